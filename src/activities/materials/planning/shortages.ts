/**
 * What is short with what is really there and really comes: stock, receipts on their days (an overdue one today at the
 * earliest), planned orders only where there is still time to start them. One entry for each part that runs out.
 */
import { endOf, kindOf, ON_HAND, SAFETY } from './pegging.ts'
import type { Delayed, Shortage } from './problem.ts'
import { soonestFrom } from './lead.ts'
import { dayOf } from './slots.ts'
import { NO_SOURCE, PHANTOM } from './snapshot.ts'
import { idOf, type Plan } from './state.ts'
import { delayedByNeeds } from './trace-up.ts'

/** A need that is not covered on its day, and the slots by which it waits; Infinity when nothing comes. */
export type Unmet = { readonly need: number; readonly short: number; readonly late: number }

/** Parts that are short, the first day first. Phantoms have no stock of their own and are never short. */
export const shortagesOf = (plan: Plan): readonly Shortage[] => {
  const found: Shortage[] = []
  for (let item = 0; item < plan.snapshot.count; item++) {
    const one = mayBeShort(plan, item) ? shortageOf(plan, item) : undefined
    if (one) found.push(one)
  }
  return found.sort((a, b) => a.day - b.day || (a.item < b.item ? -1 : 1))
}

/** Only where something is planned too late, comes late or has no source: the rest is covered by the plan itself. */
const mayBeShort = ({ snapshot, orders }: Plan, item: number): boolean => {
  const { items, receipts, slots } = snapshot
  if (items.source[item] === PHANTOM) return false
  const first = orders.offset[item] ?? 0
  const last = first + (snapshot.growing.has(item) ? (orders.count[item] ?? 0) : Math.min(1, orders.count[item] ?? 0))
  const tooLate = orders.key.subarray(first, last).some(start => start < slots.today)
  return tooLate || (receipts.count[item] ?? 0) > 0 || items.source[item] === NO_SOURCE
}

/** Supplies by the slot in which they can be there, as running totals. */
const realSupply = (plan: Plan, item: number): { readonly slot: number[]; readonly total: number[] } => {
  const { supplies, snapshot, orders } = plan
  const { slots } = snapshot
  const comes: [slot: number, quantity: number][] = []
  let before = 0
  for (let at = supplies.offset[item] ?? 0; at < endOf(supplies, item); at++) {
    const key = supplies.key[at] ?? 0
    const slot = supplies.slot[at] ?? 0
    const late = key >= 0 && (orders.key[key] ?? 0) < slots.today
    const there =
      key < 0 && kindOf(key) === ON_HAND
        ? 0
        : late
          ? Math.max(slot, soonestFrom(snapshot, item, orders.quantity[key] ?? 0, slots.today))
          : slot
    comes.push([there, (supplies.quantity[at] ?? 0) - before])
    before = supplies.quantity[at] ?? 0
  }
  comes.sort((a, b) => a[0] - b[0])
  let total = 0
  const totals = comes.map(([, quantity]) => {
    total += quantity
    return total
  })
  return { slot: comes.map(([slot]) => slot), total: totals }
}

/** What of an item's needs is not there on its day, the first first; smallest units. Safety stock is nobody's need. */
export const unmetOf = (plan: Plan, item: number): readonly Unmet[] => {
  const { needs } = plan
  const { slots } = plan.snapshot
  const { slot, total } = realSupply(plan, item)
  const unmet: Unmet[] = []
  let [at, begin] = [0, 0]
  for (let need = needs.offset[item] ?? 0; need < endOf(needs, item); need++) {
    const key = needs.key[need] ?? 0
    const end = needs.quantity[need] ?? 0
    if (key < 0 && kindOf(key) === SAFETY) break
    while (at < total.length && (total[at] ?? 0) < end) at++
    const asked = Math.max(slots.today, needs.slot[need] ?? 0)
    const comes = at < total.length ? (slot[at] ?? 0) : Infinity
    if (comes > asked)
      unmet.push({
        need,
        short: end - Math.max(begin, onTime(slot, total, asked)),
        late: comes - (needs.slot[need] ?? 0)
      })
    begin = end
  }
  return unmet
}

const shortageOf = (plan: Plan, item: number): Shortage | undefined => {
  const { needs, snapshot } = plan
  const { slots, items } = snapshot
  const unmet = unmetOf(plan, item)
  const [first] = unmet
  if (!first) return undefined
  const day = Math.max(slots.today, needs.slot[first.need] ?? 0)
  const short = unmet
    .filter(one => Math.max(slots.today, needs.slot[one.need] ?? 0) === day)
    .reduce((sum, one) => sum + one.short, 0)
  const next = nextReceipt(plan, item, day)
  return {
    item: idOf(plan, item),
    short: short / (items.scale[item] ?? 1),
    day: dayOf(slots, day),
    stops: stopped(plan, item, unmet),
    ...(next ? { next } : {})
  }
}

/** What is there by a slot. */
const onTime = (slot: readonly number[], total: readonly number[], asked: number): number => {
  let there = 0
  for (let at = 0; at < slot.length && (slot[at] ?? 0) <= asked; at++) there = total[at] ?? 0
  return there
}

const stopped = (plan: Plan, item: number, unmet: readonly Unmet[]): readonly Delayed[] => {
  const { width } = plan.snapshot.slots
  return delayedByNeeds(
    plan,
    item,
    unmet.map(({ need, short, late }) => ({ need, quantity: short, days: late * width }))
  )
}

const nextReceipt = (plan: Plan, item: number, slot: number): Shortage['next'] => {
  const { receipts, slots, items } = plan.snapshot
  const from = receipts.offset[item] ?? 0
  for (let at = from; at < from + (receipts.count[item] ?? 0); at++) {
    const comes = receipts.slot[at] ?? 0
    if (comes <= slot) continue
    const quantity = (receipts.quantity[at] ?? 0) / (items.scale[item] ?? 1)
    return { day: dayOf(slots, comes), quantity, receipt: plan.loaded.receipts[receipts.key[at] ?? 0]?.id ?? '' }
  }
  return undefined
}
