/** Our own number pad, so that the system keyboard does not cover the limits. Listens to a real keyboard as well. */
import { useEffect, useRef } from 'preact/hooks'
import { Button } from './button.tsx'
import { type Key, keyOf, press } from './number-entry.ts'
import css from './number-pad.module.css'

type Props = {
  /** Text with a point; `readNumber` of number-entry.ts reads it. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onDone: () => void
  readonly unit?: string | undefined
  readonly label?: string | undefined
  /** Only whole numbers of nothing or more: no point, no sign. */
  readonly whole?: boolean | undefined
  /** The word on the key that ends it. */
  readonly done?: string | undefined
}

const keys: readonly (readonly [Key, string, string?])[] = [
  ['7', '7'],
  ['8', '8'],
  ['9', '9'],
  ['back', '⌫', 'Delete last'],
  ['4', '4'],
  ['5', '5'],
  ['6', '6'],
  ['sign', '±', 'Plus or minus'],
  ['1', '1'],
  ['2', '2'],
  ['3', '3'],
  ['0', '0'],
  ['point', '. ,', 'Decimal point']
]

export const NumberPad = ({ value, onChange, onDone, unit, label, whole, done = 'Done' }: Props) => {
  const now = useRef({ value, onChange, onDone })
  now.current = { value, onChange, onDone }
  const hear = (key: Key | 'done') => {
    if (key === 'done') return now.current.onDone()
    if (whole && (key === 'point' || key === 'sign')) return
    const next = press(now.current.value, key)
    now.current.value = next
    now.current.onChange(next)
  }
  useTypedKeys(hear)
  return (
    <div class={css.pad} role="group" aria-label={label ?? 'Number'}>
      <output class={css.value} aria-live="polite">
        {label && <span class={css.label}>{label}</span>}
        <span class={css.digits} data-nocut="">
          {value === '' ? '–' : value.replace('-', '−')}
        </span>
        {unit && <span class={css.unit}>{unit}</span>}
      </output>
      {keys.map(([key, face, name]) => (
        <Button
          key={key}
          repeat
          label={name}
          data-key={key}
          why={whole && (key === 'point' || key === 'sign') ? 'Whole pieces only.' : undefined}
          onPress={() => hear(key)}
        >
          {face}
        </Button>
      ))}
      <Button data-key="done" onPress={() => hear('done')}>
        {done}
      </Button>
    </div>
  )
}

/** Characters closer together than this come from a scanner, not from fingers (research: 7 to 16 ms). */
const SCANNER_GAP = 40

/** Keys of a keyboard, heard a moment late so that a scan's digits are not taken for a value. */
const useTypedKeys = (hear: (key: Key | 'done') => void): void => {
  const latest = useRef(hear)
  latest.current = hear
  useEffect(() => {
    let last = -Infinity
    let timer: ReturnType<typeof setTimeout> | undefined
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return
      const quick = event.timeStamp - last < SCANNER_GAP
      last = event.timeStamp
      clearTimeout(timer)
      const key = keyOf(event.key)
      // Enter on a focused button presses that button.
      if (!key || quick || (key === 'done' && event.target instanceof HTMLButtonElement)) return
      event.preventDefault()
      timer = setTimeout(() => latest.current(key), SCANNER_GAP)
    }
    window.addEventListener('keydown', listen)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('keydown', listen)
    }
  }, [])
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
