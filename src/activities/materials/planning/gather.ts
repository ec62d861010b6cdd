/**
 * What an item is asked for, pulled together from everything that asks: its demands, what open orders still have to be
 * given, and the orders of its parents. One row of slots is reused for all items, so it stays in the processor's cache.
 */
import { ceilOf, upTo } from './exact.ts'
import type { Lists } from './lists.ts'
import type { LineRule, Snapshot } from './snapshot.ts'
import { after, before, dayOf, slotOf } from './slots.ts'

/** A part that stands in for another: how much of the other it covers, how much of itself it takes. Whole units. */
export type StoodIn = { readonly slot: number; readonly covers: number; readonly by: number; readonly takes: number }

export type Netted = {
  readonly snapshot: Snapshot
  /** Planned orders: slot = due, key = slot of the start, quantity = started, in smallest units. */
  readonly orders: Lists
  readonly stoodIn: Map<number, readonly StoodIn[]>
}

/** The row of one item. `bits` marks the slots that hold something, so that a long horizon costs only what is in it. */
export type Row = { readonly flow: Float64Array; readonly bits: Int32Array }

export const rowFor = (slots: number): Row => ({
  flow: new Float64Array(slots),
  bits: new Int32Array((slots >>> 5) + 1)
})

/** Smallest units of the component that an order of this many smallest units of the parent takes. */
export const neededBy = (rule: LineRule, quantity: number): number => {
  const { per, withLoss, lossMinimum, add, fixed, step } = rule
  const base = fixed ? 1 : quantity
  const usual = ceilOf(base, withLoss.num, withLoss.den)
  const least = lossMinimum > 0 ? ceilOf(base, per.num, per.den) + lossMinimum : 0
  return upTo(Math.max(usual, least) + add, step)
}

/** The slot in which a component is needed, by its parent's start and the line's offset in the parent's kind of days. */
export const neededIn = ({ slots, items }: Snapshot, parent: number, start: number, { offset }: LineRule): number => {
  if (offset === 0) return start
  const working = items.leadWorking[parent] === 1
  return offset > 0
    ? earlierOf(after(slots, start, offset, working), slots.width, start, offset)
    : before(slots, start, -offset, working)
}

/** In weeks, an offset that ends inside a week asks in that week and not in the next. */
const earlierOf = (slot: number, width: number, start: number, offset: number): number =>
  width === 1 ? slot : Math.min(slot, start + Math.floor(offset / width))

/** Effectivity is asked of the day on which the parent order is due. */
export const appliesTo = (day: number, { from, to }: LineRule): boolean => day >= from && day < to

export const appliesOn = ({ slots }: Snapshot, due: number, rule: LineRule): boolean =>
  appliesTo(dayOf(slots, due), rule)

/** Puts everything that asks for an item into the row. `below`: only stand-ins of items ranked before this one. */
export const gather = (plan: Netted, item: number, row: Row, below = Infinity): void => {
  const { flow, bits } = row
  const { snapshot, orders } = plan
  const { lineOffset, lineParent, lineNum, lineRule, demands } = snapshot
  const last = (demands.offset[item] ?? 0) + (demands.count[item] ?? 0)
  for (let k = demands.offset[item] ?? 0; k < last; k++) put(row, demands.slot[k] ?? 0, demands.quantity[k] ?? 0)
  if (snapshot.openNeeds.size > 0)
    for (const need of snapshot.openNeeds.get(item) ?? []) put(row, slotOf(snapshot.slots, need.day), need.quantity)
  if (plan.stoodIn.size > 0) eachStandIn(plan, item, below, (slot, quantity) => put(row, slot, quantity))
  const { slot: due, key: start, quantity } = orders
  for (let line = lineOffset[item] ?? 0; line < (lineOffset[item + 1] ?? 0); line++) {
    const parent = lineParent[line] ?? 0
    const count = orders.count[parent] ?? 0
    if (count === 0) continue
    const from = orders.offset[parent] ?? 0
    const to = from + count
    const rule = lineRule[line] ?? 0
    const num = lineNum[line] ?? 0
    if (rule === 0)
      for (let order = from; order < to; order++) {
        const slot = start[order] ?? 0
        flow[slot] = (flow[slot] ?? 0) + (quantity[order] ?? 0) * num
        bits[slot >>> 5] = (bits[slot >>> 5] ?? 0) | (1 << (slot & 31))
      }
    else {
      const how = snapshot.rules[rule]
      for (let order = from; how && order < to; order++)
        if (appliesOn(snapshot, due[order] ?? 0, how))
          put(row, neededIn(snapshot, parent, start[order] ?? 0, how), neededBy(how, quantity[order] ?? 0))
    }
  }
}

const put = ({ flow, bits }: Row, slot: number, quantity: number): void => {
  flow[slot] = (flow[slot] ?? 0) + quantity
  bits[slot >>> 5] = (bits[slot >>> 5] ?? 0) | (1 << (slot & 31))
}

/** What others take of an item by letting it stand in. */
export const eachStandIn = (
  { snapshot, stoodIn }: Netted,
  by: number,
  below: number,
  take: (slot: number, quantity: number, item: number) => void
): void => {
  const askers = new Set((snapshot.askedBy.get(by) ?? []).map(({ item }) => item))
  for (const item of [...askers].sort((a, b) => a - b)) {
    if (item >= below) continue
    for (const one of stoodIn.get(item) ?? []) if (one.by === by) take(one.slot, one.takes, item)
  }
}

/** What is on order flows the other way. */
export const takeIn = ({ receipts }: Snapshot, item: number, { flow, bits }: Row): void => {
  const from = receipts.offset[item] ?? 0
  const to = from + (receipts.count[item] ?? 0)
  for (let k = from; k < to; k++) {
    const slot = receipts.slot[k] ?? 0
    flow[slot] = (flow[slot] ?? 0) - (receipts.quantity[k] ?? 0)
    bits[slot >>> 5] = (bits[slot >>> 5] ?? 0) | (1 << (slot & 31))
  }
}
