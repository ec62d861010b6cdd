/** One item of the plan as a planner looks at it: its rows, its orders, who is served by what, and what its orders wait for. */
import { dayNumber } from '#kernel/calendar.ts'
import type { Known } from '#kernel/decision.ts'
import type { Run } from '#kernel/question.ts'
import { messagesOf } from './planning/messages.ts'
import { pegsOfItem } from './planning/pegs.ts'
import { planOfKnown } from './planning/plan-known.ts'
import type { Delayed, ItemRow, Peg, PlanMessage, PlannedOrder, PlanProblem } from './planning/problem.ts'
import { itemRows, plannedOrders } from './planning/read.ts'
import type { Plan } from './planning/state.ts'
import { delayedBy } from './planning/trace-up.ts'

/** `today`: the plant's day, YYYY-MM-DD. */
export type ItemAsked = { readonly today: string; readonly item: string }

export type ItemPlan = {
  /** Day number. */
  readonly today: number
  readonly onHand: number
  readonly safetyStock: number
  readonly rows: readonly ItemRow[]
  readonly orders: readonly PlannedOrder[]
  /** Planned orders, of the item and of those parts, that should have been started before today. */
  readonly late: readonly string[]
  /** Supplies of the item, each with whom it serves. */
  readonly pegs: readonly Peg[]
  /** Everything further up that hangs on it, the first due first. */
  readonly above: readonly Delayed[]
  /** Parts that its open and planned orders take, where they don't lie there already. */
  readonly below: readonly Peg[]
  readonly messages: readonly PlanMessage[]
}

export const itemPlanOf = (known: Known, { today, item }: ItemAsked, run?: Run): ItemPlan => {
  const { problem, plan } = planOfKnown(known, { today }, run?.keep)
  const pegs = pegsOfItem(plan, item)
  const below = belowOf(problem, plan, item)
  const own = problem.items.find(({ id }) => id === item)
  return {
    today: dayNumber(today),
    onHand: own?.onHand ?? 0,
    safetyStock: own?.safetyStock ?? 0,
    rows: itemRows(plan, item),
    orders: plannedOrders(plan, item),
    late: [...new Set([item, ...below.map(peg => peg.item)])].flatMap(one => lateOf(plan, one)),
    pegs,
    above: aboveOf(plan, pegs),
    below,
    messages: messagesOf(plan).filter(one => one.item === item)
  }
}

const lateOf = (plan: Plan, item: string): readonly string[] =>
  plannedOrders(plan, item).flatMap(({ id, start }) => (start < plan.snapshot.settings.today ? [id] : []))

/** Each once, as if nothing of the item ever came. */
const aboveOf = (plan: Plan, pegs: readonly Peg[]): readonly Delayed[] => {
  const found = new Map<string, Delayed>()
  const supplies = new Map(pegs.map(({ supply }) => [JSON.stringify(supply), supply]))
  for (const supply of supplies.values())
    for (const one of delayedBy(plan, supply, Number.POSITIVE_INFINITY)) {
      const key = JSON.stringify(one.what)
      const was = found.get(key)
      found.set(key, was ? { ...one, affected: Math.min(one.quantity, was.affected + one.affected) } : one)
    }
  return [...found.values()].sort((a, b) => a.due - b.due)
}

/** Through phantoms to the parts that are stocked; a phantom in itself is left where it is found again. */
const belowOf = ({ bom, receipts }: PlanProblem, plan: Plan, item: string): readonly Peg[] => {
  const components = new Set([
    ...bom.filter(({ parent }) => parent === item).map(({ component }) => component),
    ...receipts.filter(one => one.item === item).flatMap(one => (one.components ?? []).map(part => part.item))
  ])
  return [...components]
    .flatMap(component => pegsOfItem(plan, component))
    .filter(
      ({ need, supply }) => supply.kind !== 'on-hand' && 'item' in need && need.item === item && need.kind !== 'safety'
    )
    .sort((a, b) => b.supplied - b.needed - (a.supplied - a.needed) || a.needed - b.needed)
}
