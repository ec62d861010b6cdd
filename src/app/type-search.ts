/** What a number that somebody begins to type may be on this tablet. Pure: what is known in, suggestions out. */
import { lotView, methodView, workOrderView } from '#activities/orders/projection.ts'
import { toolView } from '#activities/tooling/projection.ts'
import type { Known } from '#kernel/decision.ts'
import { hasCheckDigit } from '#kernel/gs1-check.ts'
import { jobCardLabel, readLabel } from '#kernel/label.ts'

export type Suggestion = { readonly raw: string; readonly what: string }

/** As many as fit above the keyboard of a tablet. */
const SHOWN = 5
const RECENT = 5

/** The newest first, each once. Badges are nobody else's business. */
export const remembered = (recent: readonly string[], raw: string): readonly string[] =>
  readLabel(raw).label === 'badge' ? recent : [raw, ...recent.filter(one => one !== raw)].slice(0, RECENT)

/** Open job cards, lots and tools in which the typed text is found, those that begin with it first; with nothing typed, the last codes. */
export const suggestions = (known: Known, typed: string, recent: readonly string[]): readonly Suggestion[] => {
  const sought = plain(typed)
  if (sought === '') return recent.map(raw => ({ raw, what: 'taken lately' }))
  return all(known)
    .flatMap(one => {
      const at = plain(one.raw).indexOf(sought)
      return at < 0 ? [] : [{ ...one, at }]
    })
    .sort((a, b) => Math.min(1, a.at) - Math.min(1, b.at) || a.raw.localeCompare(b.raw, 'en', { numeric: true }))
    .slice(0, SHOWN)
    .map(({ raw, what }) => ({ raw, what }))
}

/** Without what people leave out when they type. */
const plain = (text: string): string => text.toUpperCase().replace(/[\s-]/g, '')

const all = (known: Known): Suggestion[] => [
  ...known.list(workOrderView).flatMap(([number, order]) =>
    order.state === 'released'
      ? order.operations.map(({ op, name }) => ({
          raw: jobCardLabel(number, op),
          what: `${name}, ${order.itemName}`
        }))
      : []
  ),
  ...known
    .list(lotView)
    .flatMap(([, lots]) =>
      lots.slice(0, 1).map(({ lot, item }) => ({ raw: lot, what: `lot of ${partName(known, item)}` }))
    ),
  ...known.list(toolView).map(([tool, { name }]) => ({ raw: tool, what: name }))
]

const partName = (known: Known, item: string): string => {
  for (const [, method] of known.list(methodView)) {
    const line = method.bom.find(one => one.component === item)
    if (line) return line.name
  }
  return item
}

/** Whether digits that look like a GTIN or an SSCC have a slip in them. A lot may have as many digits, so it is only a hint. */
export const slipped = (typed: string): boolean => {
  const digits = typed.replace(/\s/g, '')
  return /^(\d{12,14}|\d{18})$/.test(digits) && !hasCheckDigit(digits)
}
