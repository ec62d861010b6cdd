/** Single pegs, as a person reads them: which supply serves which need, with how much. */
import {
  DEMAND,
  ON_HAND,
  OPEN_NEED,
  OWED,
  RECEIPT,
  STANDS_IN,
  beginOf,
  endOf,
  entryAt,
  indexOf,
  kindOf
} from './pegging.ts'
import { type Plan, idOf, rankOf } from './state.ts'
import type { NeedRef, Peg, SupplyRef } from './problem.ts'
import { orderName, orderNamed } from './read.ts'
import type { Lists } from './lists.ts'
import { dayOf } from './slots.ts'
import { PHANTOM } from './snapshot.ts'

/** Entries of `lists` whose shares overlap [from, to) of the running total of an item. */
export const overlapping = (
  lists: Lists,
  item: number,
  from: number,
  to: number,
  visit: (entry: number, quantity: number) => void
): void => {
  const end = endOf(lists, item)
  for (let at = entryAt(lists, item, from); at < end; at++) {
    const begin = Math.max(from, beginOf(lists, item, at))
    if (begin >= to) return
    const quantity = Math.min(to, lists.quantity[at] ?? 0) - begin
    if (quantity > 0) visit(at, quantity)
  }
}

/** The first entry of an item's list in this slot or later. */
export const firstIn = (lists: Lists, item: number, slot: number): number => {
  let low = lists.offset[item] ?? 0
  let high = endOf(lists, item)
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((lists.slot[middle] ?? 0) >= slot) high = middle
    else low = middle + 1
  }
  return low
}

/** The entries of one slot that carry a key. */
export const entriesOf = (lists: Lists, item: number, slot: number, key: number): readonly number[] => {
  const found: number[] = []
  for (let at = firstIn(lists, item, slot); at < endOf(lists, item) && lists.slot[at] === slot; at++)
    if (lists.key[at] === key) found.push(at)
  return found
}

export const supplyRef = (plan: Plan, item: number, key: number): SupplyRef => {
  const id = idOf(plan, item)
  if (key >= 0)
    return plan.snapshot.items.source[item] === PHANTOM
      ? { kind: 'stand-in', item: id, by: id }
      : { kind: 'planned', item: id, order: orderName(plan, key) }
  if (kindOf(key) === ON_HAND) return { kind: 'on-hand', item: id }
  if (kindOf(key) === RECEIPT)
    return { kind: 'receipt', item: id, receipt: plan.loaded.receipts[indexOf(key)]?.id ?? '' }
  return { kind: 'stand-in', item: id, by: idOf(plan, indexOf(key)) }
}

export const needRef = (plan: Plan, item: number, key: number): NeedRef => {
  if (key >= 0) {
    const parent = plan.owner[key] ?? 0
    const id = idOf(plan, parent)
    return plan.snapshot.items.source[parent] === PHANTOM
      ? { kind: 'through', item: id }
      : { kind: 'planned', item: id, order: orderName(plan, key) }
  }
  const index = indexOf(key)
  const kind = kindOf(key)
  if (kind === DEMAND) return { kind: 'demand', demand: plan.loaded.demands[index]?.id ?? '' }
  if (kind === OPEN_NEED) {
    const { id = '', item: of = '' } = plan.loaded.receipts[index] ?? {}
    return { kind: 'receipt', item: of, receipt: id }
  }
  if (kind === STANDS_IN) return { kind: 'through', item: idOf(plan, index) }
  return { kind: kind === OWED ? 'owed' : 'safety', item: idOf(plan, item) }
}

/** The entry of a supply in its item's list; -1 when the plan has none. */
export const supplyEntry = (plan: Plan, ref: SupplyRef): number => {
  const item = rankOf(plan, ref.item)
  if (item < 0) return -1
  const wanted = ref.kind === 'planned' ? orderNamed(plan, ref.item, ref.order) : -1
  if (ref.kind === 'planned' && wanted < 0) return -1
  const { supplies } = plan
  for (let at = supplies.offset[item] ?? 0; at < endOf(supplies, item); at++) {
    const key = supplies.key[at] ?? 0
    if (ref.kind === 'planned' ? key === wanted : sameSupply(supplyRef(plan, item, key), ref)) return at
  }
  return -1
}

const sameSupply = (a: SupplyRef, b: SupplyRef): boolean =>
  a.kind === b.kind &&
  (a.kind !== 'receipt' || (b.kind === 'receipt' && a.receipt === b.receipt)) &&
  (a.kind !== 'stand-in' || (b.kind === 'stand-in' && a.by === b.by))

/** Who a supply serves, the earliest need first. */
export const servedBy = (plan: Plan, ref: SupplyRef): readonly Peg[] => {
  const item = rankOf(plan, ref.item)
  const entry = supplyEntry(plan, ref)
  return entry < 0 ? [] : pegsOf(plan, item, entry)
}

/** Every peg of one item. */
export const pegsOfItem = (plan: Plan, id: string): readonly Peg[] => {
  const item = rankOf(plan, id)
  const pegs: Peg[] = []
  if (item >= 0)
    for (let at = plan.supplies.offset[item] ?? 0; at < endOf(plan.supplies, item); at++)
      // Of a screw they may be more than a call takes.
      for (const peg of pegsOf(plan, item, at)) pegs.push(peg)
  return pegs
}

const pegsOf = (plan: Plan, item: number, entry: number): readonly Peg[] => {
  const { supplies, needs, snapshot } = plan
  const { slots, items } = snapshot
  const pegs: Peg[] = []
  const supplied = dayOf(slots, supplies.slot[entry] ?? 0)
  overlapping(needs, item, beginOf(supplies, item, entry), supplies.quantity[entry] ?? 0, (at, quantity) => {
    const need = needRef(plan, item, needs.key[at] ?? 0)
    pegs.push({
      supply: supplyRef(plan, item, supplies.key[entry] ?? 0),
      need,
      item: idOf(plan, item),
      quantity: quantity / (items.scale[item] ?? 1),
      supplied,
      // The safety stock is wanted from the start: no day is later than another.
      needed: need.kind === 'safety' ? supplied : dayOf(slots, needs.slot[at] ?? 0)
    })
  })
  return pegs
}

/**
 * How much of each demand a planned order serves, through all levels, in the unit of the demanded item. Inside a lot the
 * first that comes out goes to the first that was asked: quantity pegging, which splits; `delayedBy` takes the union.
 */
export const demandsOf = (plan: Plan, item: string, order: string): ReadonlyMap<string, number> => {
  const found = new Map<string, number>()
  const entry = supplyEntry(plan, { kind: 'planned', item, order })
  const rank = rankOf(plan, item)
  if (entry >= 0) share(plan, rank, beginOf(plan.supplies, rank, entry), plan.supplies.quantity[entry] ?? 0, found)
  return found
}

/** Follows a part of an item's running total up to the demands that it serves. */
const share = (plan: Plan, item: number, from: number, to: number, found: Map<string, number>): void => {
  const { needs, supplies, orders, owner, snapshot, loaded } = plan
  overlapping(needs, item, from, to, (need, quantity) => {
    const key = needs.key[need] ?? 0
    const begin = beginOf(needs, item, need)
    if (key >= 0) {
      const whole = (needs.quantity[need] ?? 0) - begin
      const parent = owner[key] ?? 0
      const [entry] = entriesOf(supplies, parent, orders.slot[key] ?? 0, key)
      if (entry === undefined) return
      const first = beginOf(supplies, parent, entry)
      const output = ((supplies.quantity[entry] ?? 0) - first) / whole
      const at = Math.max(from, begin) - begin
      share(plan, parent, first + at * output, first + (at + quantity) * output, found)
    } else if (kindOf(key) === DEMAND) {
      const id = loaded.demands[indexOf(key)]?.id ?? ''
      found.set(id, (found.get(id) ?? 0) + quantity / (snapshot.items.scale[item] ?? 1))
    }
  })
}
