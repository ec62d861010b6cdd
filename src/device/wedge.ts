/**
 * Wedge scanners type like a person, only faster: keys less than 50 ms apart, ended by Enter or Tab. The detector is pure;
 * the adapter below listens to a page. Whatever a person types goes where they type it.
 */

export type Key = { readonly key: string; readonly at: number }
/** `lead` is what came before this burst with no more than a short stall between any two keys. */
type Burst = { readonly text: string; readonly lead: string; readonly last: number }
/** `healed`: the lead belonged to it. */
export type Heard = { readonly burst: Burst; readonly scan: string | undefined; readonly healed?: boolean }

export const SILENT: Burst = { text: '', lead: '', last: Number.NEGATIVE_INFINITY }
const GAP_MS = 50
/** A scanner that wakes up, or a page that was busy, may stop for so long in the middle of a code. */
const STALL_MS = 500
const SHORTEST = 4

/** One key later. `scan` is the code when this key ended one. Times in milliseconds of one clock. */
export const hear = (was: Burst, { key, at }: Key): Heard => {
  const quick = at - was.last < GAP_MS
  if (key === 'Enter' || key === 'Tab') return { burst: SILENT, ...(quick ? ended(was) : { scan: undefined }) }
  // Shift and its like come between the letters of a scan; they neither add to it nor end it.
  if (key.length !== 1) return { burst: quick && key === 'Shift' ? { ...was, last: at } : SILENT, scan: undefined }
  if (quick) return { burst: { ...was, text: was.text + key, last: at }, scan: undefined }
  return { burst: { text: key, lead: at - was.last < STALL_MS ? was.lead + was.text : '', last: at }, scan: undefined }
}

/** What was cut by stalls is one code only when that makes it one of ours. */
const ended = ({ text, lead }: Burst): { readonly scan: string | undefined; readonly healed?: boolean } => {
  if (lead !== '' && !isOurs(text) && isOurs(lead + text)) return { scan: lead + text, healed: true }
  return { scan: text.length >= SHORTEST ? text : undefined }
}

/** Ours by its prefix: then it is a scan wherever the cursor stands. */
export const isOurs = (text: string): boolean => /^(WO-|B-|T-|LOC-)[A-Z0-9]/i.test(text)

type Field = HTMLInputElement | HTMLTextAreaElement
type Before = { readonly field: Field; readonly value: string } | undefined
type Page = Pick<Document, 'addEventListener' | 'removeEventListener' | 'activeElement'>

/**
 * Listens to a page's keys. Returns the way to stop. The pace is told by when the keys were struck and not by when this page
 * came to hear them: a tablet that is busy for a moment hears all of them late.
 */
export const listenWedge = (page: Page, onScan: (raw: string) => void): (() => void) => {
  let burst = SILENT
  /** The focused field as it was before the burst and before its lead, to put it back when that turns out to be a scan. */
  let before: Before
  let beforeLead: Before
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
    const field = fieldOf(page.activeElement)
    const heard = hear(burst, { key: event.key, at: event.timeStamp })
    const tail = burst.text !== '' && event.timeStamp - burst.last < GAP_MS
    if (heard.burst.text.length === 1) {
      before = field && { field, value: field.value }
      if (heard.burst.lead === '') beforeLead = before
    }
    burst = heard.burst
    const text = field && takesText(field)
    if (heard.scan === undefined) {
      // The Enter of a code that was not understood must not press the button that has the focus.
      if (event.key === 'Enter' && tail && !text) event.preventDefault()
      return
    }
    // Somebody else's code typed into a text field belongs to that field, as if it had been typed by hand.
    if (text && !isOurs(heard.scan)) return
    event.preventDefault()
    event.stopPropagation()
    const was = heard.healed ? beforeLead : before
    if (field && was?.field === field) putBack(field, was.value)
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
