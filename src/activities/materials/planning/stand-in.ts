/**
 * Other parts that stand in: an alternate with what it has to spare, when the main part is short or before it; a successor
 * with whatever it takes, once the old part is used up. Nothing is ordered for an alternate's sake.
 */
import { ceilOf, floorOf } from './exact.ts'
import { type Netted, type Row, type StoodIn, gather, takeIn } from './gather.ts'
import type { StandIn } from './snapshot.ts'
import { dayOf } from './slots.ts'

/** What an item has from each slot on, in order; nothing of it is asked by whom is ranked at or after `below`. */
type Spare = { readonly slot: number[]; readonly stock: number[]; readonly safety: number }

/** Covers a deficit of the item in a slot as far as others can; answers how much. Whole smallest units of the item. */
export const coverByOthers = (plan: Netted, item: number, slot: number, deficit: number, other: Row): number => {
  let covered = 0
  for (const one of plan.snapshot.standIns.get(item) ?? []) {
    if (covered >= deficit || one.use === 'first') continue
    if (one.use === 'when-short') covered += fromSpare(plan, one, slot, deficit - covered, other)
    else if (dayOf(plan.snapshot.slots, slot) >= one.from) {
      const covers = deficit - covered
      note(plan, item, { slot, covers, by: one.by, takes: ceilOf(covers, one.ratio.num, one.ratio.den) })
      covered = deficit
    }
  }
  return covered
}

/** Before the item's own stock: what is asked in each slot is taken from those that are to be used up. */
export const useUpFirst = (plan: Netted, item: number, row: Row, other: Row): void => {
  for (const one of plan.snapshot.standIns.get(item) ?? []) {
    if (one.use !== 'first') continue
    for (let at = 0; at < row.bits.length; at++)
      for (let word = row.bits[at] ?? 0; word !== 0; word &= word - 1) {
        const slot = (at << 5) + 31 - Math.clz32(word & -word)
        const asked = row.flow[slot] ?? 0
        if (asked > 0) row.flow[slot] = asked - fromSpare(plan, one, slot, asked, other)
      }
  }
}

const note = (plan: Netted, item: number, one: StoodIn): void => {
  plan.stoodIn.set(item, [...(plan.stoodIn.get(item) ?? []), one])
}

const fromSpare = (plan: Netted, one: StandIn, slot: number, deficit: number, other: Row): number => {
  const free = freeIn(spareOf(plan, one, other), slot) - alreadyTaken(plan, one)
  const wanted = ceilOf(deficit, one.ratio.num, one.ratio.den)
  const covers = free >= wanted ? deficit : floorOf(Math.max(0, free), one.ratio.den, one.ratio.num)
  if (covers <= 0) return 0
  note(plan, one.item, { slot, covers, by: one.by, takes: ceilOf(covers, one.ratio.num, one.ratio.den) })
  return covers
}

/** What the item itself took before in this run: slots are asked in order, so it lowers all that comes after. */
const alreadyTaken = (plan: Netted, { item, by }: StandIn): number =>
  (plan.stoodIn.get(item) ?? []).reduce((sum, one) => sum + (one.by === by ? one.takes : 0), 0)

const spareOf = (plan: Netted, { item, by }: StandIn, other: Row): Spare => {
  const { items } = plan.snapshot
  gather(plan, by, other, item)
  takeIn(plan.snapshot, by, other)
  const { flow, bits } = other
  const spare: Spare = { slot: [0], stock: [items.onHand[by] ?? 0], safety: items.safety[by] ?? 0 }
  for (let at = 0; at < bits.length; at++) {
    for (let word = bits[at] ?? 0; word !== 0; word &= word - 1) {
      const slot = (at << 5) + 31 - Math.clz32(word & -word)
      spare.slot.push(slot)
      spare.stock.push((spare.stock.at(-1) ?? 0) - (flow[slot] ?? 0))
      flow[slot] = 0
    }
    bits[at] = 0
  }
  return spare
}

/** The least that is there from this slot to the end, above the safety stock. */
const freeIn = ({ slot, stock, safety }: Spare, wanted: number): number => {
  let least = Infinity
  for (let at = slot.length - 1; at >= 0; at--) {
    least = Math.min(least, stock[at] ?? 0)
    if ((slot[at] ?? 0) <= wanted) break
  }
  return Math.max(0, least - safety)
}
