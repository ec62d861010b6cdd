/** Purchase orders in words and numbers for the desk. */
import { toCome, type PurchaseLine, type PurchaseOrder } from '../projection.ts'

/** The number after the highest of the form PO-0001. */
export const nextPurchaseNumber = (known: readonly string[]): string => {
  const highest = known.reduce((max, one) => Math.max(max, Number(/^PO-(\d{1,9})$/.exec(one)?.[1] ?? 0)), 0)
  return `PO-${String(highest + 1).padStart(4, '0')}`
}

/** Days are YYYY-MM-DD. */
export type LineState = 'open' | 'late' | 'complete' | 'closed'

export const lineState = (line: PurchaseLine, today: string): LineState =>
  line.state === 'closed' ? 'closed' : toCome(line) === 0 ? 'complete' : line.due < today ? 'late' : 'open'

/** Still to come, the first day of it, and the lines that are late. */
export const orderState = ({ lines }: PurchaseOrder, today: string) => {
  const open = lines.filter(line => toCome(line) > 0)
  const next = open.map(({ due }) => due).toSorted()[0]
  return { open: open.length, next, late: open.filter(({ due }) => due < today).length }
}
