/** Fields. Every one saves itself by `onChange`; there is nothing unsaved to lose. */
import { type ComponentChildren, createContext } from 'preact'
import { useContext, useId, useState } from 'preact/hooks'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import css from './field.module.css'
import { readNumber } from './number-entry.ts'
import { NumberPad } from './number-pad.tsx'
import { usePress } from './press.ts'
import { Shape } from './state-mark.tsx'
import { takeFocus } from './take-focus.ts'

type FieldProps = {
  readonly label: string
  readonly hint?: string | undefined
  /** What is wrong with it and what to do, as a sentence. */
  readonly problem?: string | undefined
  readonly children: ComponentChildren
}

/** The ids by which a control is named and described. */
const FieldContext = createContext<
  { readonly label: string; readonly about: string; readonly wrong: boolean } | undefined
>(undefined)

export const Field = ({ label, hint, problem, children }: FieldProps) => {
  const id = useId()
  return (
    <div class={css.field}>
      <span class={css.label} id={`${id}l`}>
        {label}
      </span>
      <FieldContext.Provider value={{ label: `${id}l`, about: `${id}a`, wrong: problem !== undefined }}>
        {children}
      </FieldContext.Provider>
      <span id={`${id}a`} class={css.about} data-wrong={problem ? '' : undefined} aria-live="polite">
        {problem && <Shape level="stop" />}
        {problem ?? hint}
      </span>
    </div>
  )
}

const useNamed = () => {
  const field = useContext(FieldContext)
  return field
    ? { 'aria-labelledby': field.label, 'aria-describedby': field.about, 'aria-invalid': field.wrong || undefined }
    : {}
}

type TextProps = {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onDone?: (() => void) | undefined
  readonly placeholder?: string | undefined
  readonly type?: 'text' | 'search' | 'date' | 'number' | 'password' | undefined
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'search' | 'none' | undefined
  readonly lines?: number | undefined
  readonly label?: string | undefined
  readonly autoFocus?: boolean | undefined
  readonly readOnly?: boolean | undefined
  readonly maxLength?: number | undefined
  readonly autoComplete?: string | undefined
  readonly list?: readonly string[] | undefined
  readonly [data: `data-${string}`]: string | boolean | undefined
}

export const TextInput = ({
  value,
  onChange,
  onDone,
  lines,
  label,
  list,
  type = 'text',
  autoComplete = 'off',
  autoFocus,
  ...rest
}: TextProps) => {
  const named = useNamed()
  const options = useId()
  const done = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !onDone) return
    event.preventDefault()
    onDone()
  }
  if (lines && lines > 1)
    return (
      <textarea
        class={css.input}
        ref={autoFocus ? takeFocus : null}
        rows={lines}
        value={value}
        aria-label={label}
        {...named}
        {...rest}
        onInput={event => onChange(event.currentTarget.value)}
      />
    )
  return (
    <>
      <input
        class={css.input}
        ref={autoFocus ? takeFocus : null}
        type={type}
        value={value}
        aria-label={label}
        list={list ? options : undefined}
        autoComplete={autoComplete}
        spellcheck={false}
        {...named}
        {...rest}
        onInput={event => onChange(event.currentTarget.value)}
        onKeyDown={done}
      />
      {list && (
        <datalist id={options}>
          {list.map(one => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </>
  )
}

export type Option = { readonly value: string; readonly label: string; readonly hint?: string | undefined }

type SelectProps = {
  readonly value: string
  readonly options: readonly Option[]
  readonly onChange: (value: string) => void
  readonly label?: string | undefined
  readonly [data: `data-${string}`]: string | boolean | undefined
}

export const Select = ({ value, options, onChange, label, ...data }: SelectProps) => (
  <select
    class={css.input}
    value={value}
    aria-label={label}
    {...useNamed()}
    {...data}
    onChange={event => onChange(event.currentTarget.value)}
  >
    {options.some(one => one.value === value) ? null : <option value={value}>{value}</option>}
    {options.map(one => (
      <option key={one.value} value={one.value}>
        {one.label}
      </option>
    ))}
  </select>
)

type TilesProps = {
  readonly options: readonly Option[]
  readonly value?: string | undefined
  readonly onChange: (value: string) => void
  readonly label?: string | undefined
}

/** One of a few, each big enough for a glove. */
export const Tiles = ({ options, value, onChange, label }: TilesProps) => (
  <div class={css.tiles} role="group" aria-label={label} {...useNamed()}>
    {options.map(one => (
      <Tile key={one.value} option={one} chosen={one.value === value} onPress={() => onChange(one.value)} />
    ))}
  </div>
)

const Tile = ({ option, chosen, onPress }: { option: Option; chosen: boolean; onPress: () => void }) => (
  <button type="button" class={css.tile} aria-pressed={chosen} data-value={option.value} {...usePress(onPress)}>
    <span>{option.label}</span>
    {option.hint && <small>{option.hint}</small>}
  </button>
)

type CounterProps = {
  readonly value: number
  readonly onChange: (value: number) => void
  readonly max?: number | undefined
  readonly label: string
}

/** Pieces: less, more, or the number itself on a pad. */
export const Counter = ({ value, onChange, max = 1_000_000, label }: CounterProps) => {
  const [typed, setTyped] = useState<string>()
  const set = (next: number) => onChange(Math.min(max, Math.max(0, next)))
  const done = () => {
    const number = readNumber(typed ?? '')
    if (number !== undefined) set(Math.trunc(number))
    setTyped(undefined)
  }
  return (
    <div class={css.counter} role="group" aria-label={label}>
      <span class={css.counterLabel}>{label}</span>
      <Button
        repeat
        label={`${label}: one less`}
        why={value <= 0 ? 'It is nothing already.' : undefined}
        onPress={() => set(value - 1)}
      >
        −
      </Button>
      <Button label={`${label}: ${value}. Type the number`} data-nocut="" data-count="" onPress={() => setTyped('')}>
        {value}
      </Button>
      <Button
        repeat
        label={`${label}: one more`}
        why={value >= max ? `No more than ${max}.` : undefined}
        onPress={() => set(value + 1)}
      >
        +
      </Button>
      {typed !== undefined && (
        <Dialog title={label} onClose={() => setTyped(undefined)}>
          <NumberPad value={typed} onChange={setTyped} onDone={done} whole />
        </Dialog>
      )}
    </div>
  )
}
