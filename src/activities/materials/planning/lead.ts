/** How long one order takes: the item's lead time, or one that grows with what is started. */
import { type Growth, after } from './slots.ts'
import type { Snapshot } from './snapshot.ts'

/** Whole days, rounded up once for the order. */
export const grownDays = ({ days, each, most }: Growth, quantity: number): number =>
  Math.min(most, Math.ceil(Math.round((days + each * quantity) * 1e6) / 1e6))

/** Days that an order of so many smallest units takes. */
export const leadDays = ({ items, growing }: Snapshot, item: number, quantity: number): number => {
  const growth = growing.size > 0 ? growing.get(item) : undefined
  return growth ? grownDays(growth, quantity) : (items.lead[item] ?? 0)
}

/** The slot in which an order of so many could be there when it is begun in `from`. */
export const soonestFrom = (snapshot: Snapshot, item: number, quantity: number, from: number): number =>
  after(snapshot.slots, from, leadDays(snapshot, item, quantity), snapshot.items.leadWorking[item] === 1)
