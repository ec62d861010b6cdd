/**
 * Scanners that type. They are told from people by their pace: at least four characters, less than 50 ms apart, and Enter
 * or Tab at the end (research/ux.md 1.9). No field needs the focus. A text field keeps what a person types; of a
 * scanner it keeps all but our own labels, which lead somewhere wherever they are scanned.
 */
import { readLabel } from '#kernel/label.ts'

/** Gap in milliseconds between two keys of a scanner, and the shortest code. */
export const PACE = { gap: 50, length: 4 } as const

type Key = { readonly key: string; readonly at: number }
export type Burst = { readonly text: string; readonly since: number; readonly last: number }

/** One more key. `burst` is what has been typed at a scanner's pace; `read` is set at its end. `at` in milliseconds. */
export const hear = (burst: Burst | undefined, { key, at }: Key): { readonly burst?: Burst; readonly read?: string } => {
  const close = burst !== undefined && at - burst.last < PACE.gap && at >= burst.last
  if (key === 'Enter' || key === 'Tab') return close && burst.text.length >= PACE.length ? { read: burst.text } : {}
  if (key.length !== 1 && key !== GS) return burst && close ? { burst } : {}
  if (!close) return { burst: { text: key, since: at, last: at } }
  return { burst: { ...burst, text: burst.text + key, last: at } }
}

/** The separator of GS1 codes, which scanners send as Ctrl+]. */
const GS = '\u001d'

/** True for a code that must not end up in a text field. */
export const isOurs = (text: string): boolean => readLabel(text).label !== 'other'

type TextField = HTMLInputElement | HTMLTextAreaElement

/** Listens on the whole page. Returns the way to stop. */
export const startWedge = (onRead: (raw: string) => void, page: Window = window): (() => void) => {
  let burst: Burst | undefined
  /** What the focused field held before the first key of the burst. */
  let before: { readonly field: TextField; readonly value: string } | undefined
  const listener = (event: KeyboardEvent): void => {
    if (event.isComposing || event.repeat || event.altKey || event.metaKey) return
    if (event.key === 'Shift' || event.key === 'CapsLock') return
    const key = event.ctrlKey ? (event.key === ']' ? GS : '') : event.key
    if (key === '') return
    const field = textField(event.target)
    const heard = hear(burst, { key, at: event.timeStamp })
    if (heard.burst && heard.burst.text.length === 1) before = field && { field, value: field.value }
    burst = heard.burst
    if (heard.read === undefined) return
    if (field && !isOurs(heard.read)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (before && before.field === field) restore(before.field, before.value)
    onRead(heard.read)
  }
  page.addEventListener('keydown', listener, { capture: true })
  return () => page.removeEventListener('keydown', listener, { capture: true })
}

const NOT_TEXT = /^(button|submit|reset|checkbox|radio|range|color|file|image)$/

const textField = (target: EventTarget | null): TextField | undefined => {
  if (target instanceof HTMLTextAreaElement) return target
  return target instanceof HTMLInputElement && !NOT_TEXT.test(target.type) ? target : undefined
}

const restore = (field: TextField, value: string): void => {
  field.value = value
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
