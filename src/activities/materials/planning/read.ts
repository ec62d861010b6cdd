/** What stands in the plan, as a person reads it. */
import { floorOf } from './exact.ts'
import { ON_HAND, OWED, SAFETY, beginOf, endOf, kindOf } from './pegging.ts'
import { type Plan, idOf, rankOf } from './state.ts'
import type { ItemRow, PlannedOrder } from './problem.ts'
import { dayOf } from './slots.ts'
import { BUY, MAKE, TRANSFER } from './snapshot.ts'

const WORDS = { [MAKE]: 'make', [BUY]: 'buy', [TRANSFER]: 'transfer' } as const

/** Name of a planned order: the item, its due day, and its place among those of that day. The same in the next plan. */
export const orderName = (plan: Plan, order: number): string => {
  const item = plan.owner[order] ?? 0
  const { slot, offset } = plan.orders
  const due = slot[order] ?? 0
  const first = offset[item] ?? 0
  const name = `${idOf(plan, item)}@${dayOf(plan.snapshot.slots, due)}`
  if (order === first || slot[order - 1] !== due) return name
  let place = 1
  for (let at = order - 1; at >= first && slot[at] === due; at--) place++
  return `${name}.${place}`
}

/** The planned order of that name; -1 when the plan has none. */
export const orderNamed = (plan: Plan, item: string, name: string): number => {
  const rank = rankOf(plan, item)
  if (rank < 0) return -1
  const from = plan.orders.offset[rank] ?? 0
  for (let order = from; order < from + (plan.orders.count[rank] ?? 0); order++)
    if (orderName(plan, order) === name) return order
  return -1
}

/** One planned order; undefined for what a phantom passes through, which nobody orders. */
export const plannedOrder = (plan: Plan, order: number): PlannedOrder | undefined => {
  const { items, slots } = plan.snapshot
  const item = plan.owner[order] ?? 0
  const source = WORDS[items.source[item] as keyof typeof WORDS] // other sources have no word and answer undefined
  if (!source) return undefined
  const scale = items.scale[item] ?? 1
  const quantity = plan.orders.quantity[order] ?? 0
  return {
    id: orderName(plan, order),
    item: idOf(plan, item),
    source,
    quantity: quantity / scale,
    output: floorOf(quantity, items.yieldNum[item] ?? 1, items.yieldDen[item] ?? 1) / scale,
    start: dayOf(slots, plan.orders.key[order] ?? 0),
    due: dayOf(slots, plan.orders.slot[order] ?? 0)
  }
}

/** All planned orders of one item, by due day; of every item, parents first, when none is named. */
export const plannedOrders = (plan: Plan, item?: string): readonly PlannedOrder[] => {
  const ranks = item === undefined ? [...Array(plan.snapshot.count).keys()] : [rankOf(plan, item)]
  return ranks.flatMap(rank => {
    const from = plan.orders.offset[rank] ?? 0
    const found: PlannedOrder[] = []
    for (let order = from; order < from + (plan.orders.count[rank] ?? 0); order++) {
      const one = plannedOrder(plan, order)
      if (one) found.push(one)
    }
    return found
  })
}

/** What is to be made here and due before the day `until`: what is planned, and what a planner has fixed. By item, parents first. */
export const ordersToMake = (plan: Plan, until = Infinity): readonly PlannedOrder[] => {
  const { items, slots, count } = plan.snapshot
  const found: PlannedOrder[] = []
  for (let item = 0; item < count; item++) {
    if (items.source[item] !== MAKE) continue
    const from = plan.orders.offset[item] ?? 0
    // By due day.
    for (let order = from; order < from + (plan.orders.count[item] ?? 0); order++) {
      if (dayOf(slots, plan.orders.slot[order] ?? 0) >= until) break
      const one = plannedOrder(plan, order)
      if (one) found.push(one)
    }
    found.push(...firmOrders(plan, item).filter(({ due }) => due < until))
  }
  return found
}

const firmOrders = (plan: Plan, item: number): readonly PlannedOrder[] => {
  const { items, receipts, original } = plan.snapshot
  const scale = items.scale[item] ?? 1
  const from = receipts.offset[item] ?? 0
  return Array.from({ length: receipts.count[item] ?? 0 }, (_, k) => from + k).flatMap(at => {
    const given = plan.loaded.receipts[receipts.key[at] ?? 0]
    if (given?.kind !== 'firm-planned') return []
    const [quantity, day] = [receipts.quantity[at] ?? 0, Math.round(given.day)]
    const begun = plan.loaded.opened.begun(given, { item: original[item] ?? 0, day, quantity })
    return [
      {
        id: given.id,
        item: given.item,
        source: 'make',
        quantity: begun.started / scale,
        output: quantity / scale,
        start: begun.day,
        due: day
      }
    ]
  })
}

/** Low-level code: 0 for what no BOM names; undefined for what is unknown or in a loop. */
export const levelOf = (plan: Plan, item: string): number | undefined => {
  const rank = rankOf(plan, item)
  return rank < 0 ? undefined : plan.snapshot.level[rank]
}

/** The rows of one item, only those in which something happens, in the item's unit. */
export const itemRows = (plan: Plan, item: string): readonly ItemRow[] => {
  const rank = rankOf(plan, item)
  if (rank < 0) return []
  const { items, slots } = plan.snapshot
  const scale = items.scale[rank] ?? 1
  const rows = new Map<number, { gross: number; receipts: number; planned: number; released: number }>()
  const row = (slot: number) => {
    const known = rows.get(slot) ?? { gross: 0, receipts: 0, planned: 0, released: 0 }
    rows.set(slot, known)
    return known
  }
  const { needs, supplies, orders } = plan
  for (let at = needs.offset[rank] ?? 0; at < endOf(needs, rank); at++)
    if (isAsked(needs.key[at] ?? 0))
      row(needs.slot[at] ?? 0).gross += (needs.quantity[at] ?? 0) - beginOf(needs, rank, at)
  for (let at = supplies.offset[rank] ?? 0; at < endOf(supplies, rank); at++) {
    const key = supplies.key[at] ?? 0
    const brought = (supplies.quantity[at] ?? 0) - beginOf(supplies, rank, at)
    const slot = supplies.slot[at] ?? 0
    if (key >= 0) {
      row(slot).planned += brought
      row(orders.key[key] ?? 0).released += orders.quantity[key] ?? 0
    } else if (kindOf(key) !== ON_HAND) row(slot).receipts += brought
  }
  let projected = items.onHand[rank] ?? 0
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([slot, { gross, receipts, planned, released }]) => {
      projected += receipts + planned - gross
      return {
        day: dayOf(slots, slot),
        gross: gross / scale,
        receipts: receipts / scale,
        planned: planned / scale,
        released: released / scale,
        projected: projected / scale
      }
    })
}

/** The safety stock is no need of a day, and what the books owe is in the opening stock already. */
const isAsked = (key: number): boolean => key >= 0 || (kindOf(key) !== SAFETY && kindOf(key) !== OWED)
