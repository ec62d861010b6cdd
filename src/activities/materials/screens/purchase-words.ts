/** Purchase orders in words and numbers for the desk. */
import { toCome, type PurchaseLine, type PurchaseOrder } from '../projection.ts'

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
