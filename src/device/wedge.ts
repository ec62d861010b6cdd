/**
 * Listens to a page's keys for a wedge scanner, wherever the focus is. A burst is put back out of the field that it fell into;
 * what a person types stays where they typed it.
 */
import { type Burst, endedByPause, hear, type Heard, isOurs, isQuick, SILENT } from './wedge-burst.ts'
import { keyReader } from './wedge-keys.ts'
import type { WedgeSettings } from './wedge-settings.ts'

/** `symbology`: the AIM identifier that stood before it. `offered`: it may be text meant for the field that has the focus. */
export type WedgeScan = { readonly raw: string; readonly symbology?: string; readonly offered: boolean }
/** Answers whether somebody took it, which is asked of an offered one. */
export type OnWedge = (scan: WedgeScan) => boolean

type Field = HTMLInputElement | HTMLTextAreaElement
type Place = { readonly at: number; readonly field: Field | undefined; readonly value: string }
type Page = Pick<Document, 'addEventListener' | 'removeEventListener' | 'activeElement'>

/** Milliseconds of silence that end a code of a scanner without an end. */
const PAUSE_MS = 120

/**
 * Returns the way to stop. The pace is told by when the keys were struck and not by when this page came to hear them: a tablet
 * that is busy for a moment hears all of them late.
 */
export const listenWedge = (page: Page, onScan: OnWedge, settings: () => WedgeSettings = () => ({})): (() => void) => {
  let burst: Burst = SILENT
  /** Characters since silence, and the fields as they were before each stretch of keys. */
  let count = 0
  let places: readonly Place[] = []
  let pause: ReturnType<typeof setTimeout> | undefined
  const read = keyReader(settings)
  const remember = (field: Field | undefined): void => {
    if (burst.lead === '') {
      count = 0
      places = []
    }
    places = [...places.slice(-8), { at: count, field, value: field?.value ?? '' }]
  }
  /** Whether the code was somebody's; then it is out of the field again. */
  const give = ({ scan }: Heard, field: Field | undefined): boolean => {
    if (!scan) return false
    const [identifier, raw] = identified(scan.text)
    const offered = field !== undefined && takesText(field) && !scan.sure && !isOurs(raw)
    const from = count - scan.typed
    const before = [...places].reverse().find(one => one.at <= from)
    const typed = field?.value ?? ''
    const fell = field !== undefined && before?.field === field && typed !== before.value
    // Out of the field before anybody hears it: a screen that takes it may write into that field itself.
    if (fell) putBack(field, before.value)
    const taken = onScan({ raw, offered, ...(identifier && { symbology: identifier }) })
    if (fell && offered && !taken) putBack(field, typed)
    return !offered || taken
  }
  const onKey = (event: KeyboardEvent) => {
    const field = fieldOf(page.activeElement)
    const { key, ours } = read(event)
    const tail = isQuick(burst, event.timeStamp)
    clearTimeout(pause)
    if (!ours) {
      burst = SILENT
      return
    }
    const heard = hear(burst, { key, at: event.timeStamp }, settings())
    burst = heard.burst
    if (burst.text.length === 1 && key !== '') remember(field)
    if (key.length === 1) count += 1
    const typing = field !== undefined && takesText(field)
    const ends = key === 'Enter' || key === 'Tab'
    // Neither the blank nor the Enter of a code may press the button that has the focus, nor its GS open a tool of the browser.
    const shields = (!typing && tail && (event.key === ' ' || ends)) || (key.length === 1 && event.ctrlKey)
    const taken = give(heard, field)
    if (taken || shields) event.preventDefault()
    if (taken) event.stopPropagation()
    if (settings().endless && burst !== SILENT)
      pause = setTimeout(() => {
        const paused = endedByPause(burst, settings())
        burst = SILENT
        give(paused, fieldOf(page.activeElement))
      }, PAUSE_MS)
  }
  page.addEventListener('keydown', onKey, { capture: true })
  return () => {
    clearTimeout(pause)
    page.removeEventListener('keydown', onKey, { capture: true })
  }
}

const identified = (text: string): readonly [string | undefined, string] =>
  /^\][A-Za-z][0-9a-z]/.test(text) ? [text.slice(0, 3), text.slice(3)] : [undefined, text]

const fieldOf = (element: Element | null): Field | undefined =>
  element && (element.tagName === 'INPUT' || element.tagName === 'TEXTAREA') ? (element as Field) : undefined

const TEXTUAL = new Set(['text', 'search', 'email', 'url', 'password', 'tel', ''])
/** `data-scan` marks a field that exists to be scanned into: it is not free text. */
const takesText = (field: Field): boolean =>
  !('scan' in field.dataset) && !field.readOnly && (field.tagName === 'TEXTAREA' || TEXTUAL.has(field.type))

const putBack = (field: Field, value: string): void => {
  field.value = value
  // The component that owns the field hears of it the way it hears of typing.
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
