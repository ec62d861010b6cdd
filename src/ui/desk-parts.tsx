/** What desk pages are laid out with: panels, tabs, facts, forms and meters. */
import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import css from './desk-parts.module.css'
import { TextInput } from './field.tsx'
import { type Level, StateMark } from './state-mark.tsx'

type PanelProps = {
  readonly title?: ComponentChildren
  readonly actions?: ComponentChildren
  readonly children: ComponentChildren
}

export const Panel = ({ title, actions, children }: PanelProps) => (
  <section class={css.panel}>
    {title !== undefined && (
      <header class={css.panelHead}>
        <h2>{title}</h2>
        {actions !== undefined && <div class={css.row}>{actions}</div>}
      </header>
    )}
    {children}
  </section>
)

type Children = { readonly children: ComponentChildren }

/** List on the left, what is chosen on the right; below each other on a narrow screen. The whole width while nothing is chosen. */
export const Split = ({ left, right }: { readonly left: ComponentChildren; readonly right: ComponentChildren }) => (
  <div class={css.split} data-whole={right ? undefined : ''}>
    <div>{left}</div>
    {right ? <div>{right}</div> : null}
  </div>
)
export const Stack = ({ children }: Children) => <div class={css.stack}>{children}</div>
export const Row = ({ children }: Children) => <div class={css.row}>{children}</div>
export const Quiet = ({ children }: Children) => <p class={css.quiet}>{children}</p>
export const Code = ({ children }: Children) => (
  <span class={css.code} data-nocut="">
    {children}
  </span>
)
/** The number by which people call a thing; never broken over two lines. */
export const Label = ({ children }: Children) => <strong class={css.number}>{children}</strong>
/** A number with the name below it, where a table has little room. */
export const Named = ({ number, name }: { readonly number: string; readonly name: string }) => (
  <span class={css.two}>
    <Label>{number}</Label>
    <small>{name}</small>
  </span>
)
/** Things that stay on one line of a table. */
export const Inline = ({ children }: Children) => <span class={css.inline}>{children}</span>
/** Buttons inside a table row. */
export const RowActions = ({ children }: Children) => <div class={css.small}>{children}</div>
/** A state inside a table row. */
export const Mark = (state: { readonly level: Level; readonly word: string }) => (
  <span class={css.mark}>
    <StateMark {...state} />
  </span>
)

export const Facts = ({
  facts
}: {
  readonly facts: readonly (readonly [name: string, value: ComponentChildren])[]
}) => (
  <dl class={css.facts}>
    {facts.map(([name, value]) =>
      value === undefined || value === '' ? null : [<dt key={name}>{name}</dt>, <dd key={`${name}/`}>{value}</dd>]
    )}
  </dl>
)

type TabsProps<T extends string> = {
  readonly label: string
  readonly tabs: readonly { readonly tab: T; readonly name: string; readonly count?: number; readonly level?: Level }[]
  readonly chosen: T
  readonly onChange: (tab: T) => void
}

export const Tabs = <T extends string>({ label, tabs, chosen, onChange }: TabsProps<T>) => (
  <div class={css.tabs} role="tablist" aria-label={label}>
    {tabs.map(({ tab, name, count, level }) => (
      <button key={tab} type="button" role="tab" aria-selected={tab === chosen} onClick={() => onChange(tab)}>
        {name}
        {count !== undefined && (
          <span class={css.count} data-level={count > 0 ? level : undefined}>
            {count}
          </span>
        )}
      </button>
    ))}
  </div>
)

/** Enter in one of its fields is its primary button, which also says what is still missing. */
const enter = (event: JSX.TargetedKeyboardEvent<HTMLElement>) => {
  if (event.key !== 'Enter' || event.isComposing || event.defaultPrevented) return
  if (!(event.target instanceof HTMLInputElement)) return
  const main = event.currentTarget.querySelector<HTMLElement>('[data-tone="primary"]')
  if (!main) return
  event.preventDefault()
  main.click()
}

const stay = (event: Event) => event.preventDefault()

export const Form = ({ children, end }: Children & { readonly end: ComponentChildren }) => (
  <form class={css.form} onKeyDown={enter} onSubmit={stay}>
    {children}
    <div class={css.formEnd}>{end}</div>
  </form>
)

type SearchProps = { readonly value: string; readonly onChange: (value: string) => void; readonly label: string }

/** The slash key goes to it from anywhere on the page; Escape empties it and leaves it. */
export const Search = ({ value, onChange, label }: SearchProps) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      const field = box.current?.querySelector('input')
      if (event.key === 'Escape' && event.target === field) {
        onChange('')
        field?.blur()
      }
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      event.preventDefault()
      field?.focus()
      field?.select()
    }
    addEventListener('keydown', key)
    return () => removeEventListener('keydown', key)
  }, [onChange])
  return (
    <div ref={box} class={css.search}>
      <TextInput type="search" value={value} onChange={onChange} label={label} placeholder={`${label}  /`} />
    </div>
  )
}

/** A dialog keeps its keys too: what lies under it is not reached. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input,textarea,select,[role="dialog"]') !== null

/** Whether any of the texts holds every word that was typed. */
export const matches = (typed: string, ...texts: readonly (string | undefined)[]): boolean => {
  const all = texts.join(' ').toLowerCase()
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every(word => all.includes(word))
}

export const Meter = ({ value, of }: { readonly value: number; readonly of: number }) => (
  <span class={css.meter}>
    <span class={css.track} aria-hidden="true">
      <span style={{ inlineSize: `${of > 0 ? Math.min(100, (100 * value) / of) : 0}%` }} />
    </span>
    <span>
      {value} / {of}
    </span>
  </span>
)

/** Made once: making one takes a hundred times as long as asking it. */
const dayFormat = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC'
})

/** 'Fri 27 Nov', as a plant says a day. `day` is YYYY-MM-DD. */
export const showDay = (day: string): string => dayFormat.format(Date.parse(day))

/** Today by this screen's own clock and zone, YYYY-MM-DD. `now` in milliseconds since 1970. */
export const dayOf = (now: number): string => {
  const date = new Date(now)
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`
}
