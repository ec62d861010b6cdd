/**
 * Wedge scanners type like a person, only faster: keys less than 50 ms apart, ended by Enter or Tab. The detector is pure;
 * the adapter below listens to a page. Whatever a person types goes where they type it.
 */

export type Key = { readonly key: string; readonly at: number }
type Burst = { readonly text: string; readonly last: number }
export type Heard = { readonly burst: Burst; readonly scan: string | undefined }

export const SILENT: Burst = { text: '', last: Number.NEGATIVE_INFINITY }
const GAP_MS = 50
const SHORTEST = 4

/** One key later. `scan` is the code when this key ended one. */
export const hear = (was: Burst, { key, at }: Key): Heard => {
  const quick = at - was.last < GAP_MS
  if (key === 'Enter' || key === 'Tab') {
    const scan = quick && was.text.length >= SHORTEST ? was.text : undefined
    return { burst: SILENT, scan }
  }
  // Shift and its like come between the letters of a scan; they neither add to it nor end it.
  if (key.length !== 1) return { burst: quick && key === 'Shift' ? { ...was, last: at } : SILENT, scan: undefined }
  return { burst: { text: quick ? was.text + key : key, last: at }, scan: undefined }
}

/** Ours by its prefix: then it is a scan wherever the cursor stands. */
export const isOurs = (text: string): boolean => /^(WO-|B-|T-|LOC-)[A-Z0-9]/i.test(text)

type Field = HTMLInputElement | HTMLTextAreaElement
type Page = Pick<Document, 'addEventListener' | 'removeEventListener' | 'activeElement'>

/** Listens to a page's keys. Returns the way to stop. */
export const listenWedge = (page: Page, now: () => number, onScan: (raw: string) => void): (() => void) => {
  let burst = SILENT
  /** The focused field as it was before the burst, to put it back when the burst turns out to be a scan. */
  let before: { readonly field: Field; readonly value: string } | undefined
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
    const field = fieldOf(page.activeElement)
    const heard = hear(burst, { key: event.key, at: now() })
    if (heard.burst.text.length === 1) before = field && { field, value: field.value }
    burst = heard.burst
    if (heard.scan === undefined) return
    // Somebody else's code typed into a text field belongs to that field, as if it had been typed by hand.
    if (field && takesText(field) && !isOurs(heard.scan)) return
    event.preventDefault()
    event.stopPropagation()
    if (field && before?.field === field) putBack(field, before.value)
    onScan(heard.scan)
  }
  page.addEventListener('keydown', onKey, { capture: true })
  return () => page.removeEventListener('keydown', onKey, { capture: true })
}

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
