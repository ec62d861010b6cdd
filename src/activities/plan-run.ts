/** One run of both engines over what is known: material first, then stations with the days on which the material is there. */
import type { Schedule, ScheduleProblem } from '#activities/schedule/solver/problem.ts'
import { type PlannedRun, scheduleProblemFrom } from '#activities/schedule/solver/problem-from.ts'
import { messagesOf } from '#activities/materials/planning/messages.ts'
import { pegsOfItem } from '#activities/materials/planning/pegs.ts'
import { planOfKnown } from '#activities/materials/planning/plan-known.ts'
import type { Peg, PlanMessage, PlannedOrder, PlanProblem, Shortage } from '#activities/materials/planning/problem.ts'
import { ordersToMake, plannedOrders } from '#activities/materials/planning/read.ts'
import { shortagesOf } from '#activities/materials/planning/shortages.ts'
import type { Plan } from '#activities/materials/planning/state.ts'
import { plannedRuns } from '#activities/planned-runs.ts'
import { dayText } from '#kernel/calendar.ts'
import type { Known } from '#kernel/decision.ts'
import type { Remember } from '#kernel/remember.ts'

export type PlanRun = {
  readonly today: string
  readonly problem: PlanProblem
  readonly orders: readonly PlannedOrder[]
  readonly pegs: readonly Peg[]
  readonly messages: readonly PlanMessage[]
  readonly shortages: readonly Shortage[]
  /** Minutes of the schedule count from here, milliseconds since the epoch. */
  readonly from: number
  readonly schedule?: Schedule
}

export type PlanAsked = {
  /** The plant's day, YYYY-MM-DD. */
  readonly today: string
  /** Milliseconds since the epoch, from which the stations work. */
  readonly now: number
  /** The finite scheduler; without it there is no schedule. */
  readonly solve?: (problem: ScheduleProblem) => Schedule
  /** Planned orders due later than so many days are not scheduled. Default 60. */
  readonly days?: number
}

export const runPlan = (known: Known, { today, now, solve, days = 60 }: PlanAsked): PlanRun => {
  const { problem, plan } = planOfKnown(known, { today })
  const orders = plannedOrders(plan)
  const pegs = problem.items.flatMap(({ id }) => pegsOfItem(plan, id))
  const needed = new Set(pegs.map(peg => peg.item))
  const messages = messagesOf(plan).filter(one => !QUIET.has(one.kind) || needed.has(one.item ?? ''))
  const run = { today, problem, orders, pegs, messages, shortages: shortagesOf(plan), from: now }
  if (!solve) return run
  return { ...run, schedule: solve(shopOf(known, { problem, plan, orders, pegs, now, days }).problem) }
}

type Shop = {
  readonly problem: ScheduleProblem
  /** What is planned and no work order yet, as it is scheduled. */
  readonly planned: readonly PlannedRun[]
  /** The day on which an order's bought parts are there, YYYY-MM-DD; undefined when it waits for none. */
  readonly materialOf: (order: string) => string | undefined
}

/** The stations' problem alone, for whoever searches it by himself. */
export const shopOfPlan = (
  known: Known,
  { today, now, days = 60 }: Omit<PlanAsked, 'solve'>,
  keep?: Remember
): Shop => {
  const { problem, plan } = planOfKnown(known, { today }, keep)
  const pegs = problem.items.flatMap(({ id }) => pegsOfItem(plan, id))
  return shopOf(known, { problem, plan, orders: plannedOrders(plan), pegs, now, days })
}

type Planned = Pick<PlanRun, 'problem' | 'orders' | 'pegs'> & {
  readonly plan: Plan
  readonly now: number
  readonly days: number
}

const shopOf = (known: Known, { problem, plan, orders, pegs, now, days }: Planned): Shop => {
  const planned = plannedRuns(known, plan, problem.today + days)
  const links = linksOf(
    problem,
    orders,
    ordersToMake(plan).map(({ id }) => id),
    pegs
  )
  return { problem: scheduleProblemFrom(known, { now, planned, ...links }), planned, materialOf: links.materialOf }
}

/** What is missing of an item that nobody needs is no news. */
const QUIET: ReadonlySet<PlanMessage['kind']> = new Set(['no-lead-time', 'no-source'])

type Links = {
  readonly materialOf: (order: string) => string | undefined
  readonly waitsFor: (order: string) => readonly string[]
}

/**
 * What each order waits for: the last day on which something that is bought or moved comes, and the orders that make its
 * parts. A day that is over is today: it can come no earlier.
 */
const linksOf = (
  problem: PlanProblem,
  orders: readonly PlannedOrder[],
  toMake: readonly string[],
  pegs: readonly Peg[]
): Links => {
  const made = new Set([
    ...toMake,
    ...problem.receipts.filter(receipt => receipt.kind === 'work-order').map(receipt => receipt.id)
  ])
  const earliest = new Map(orders.map(order => [order.id, order.due + Math.max(0, problem.today - order.start)]))
  const material = new Map<string, number>()
  const before = new Map<string, Set<string>>()
  for (const { supply, need, supplied } of pegs) {
    const order = need.kind === 'planned' ? need.order : need.kind === 'receipt' ? need.receipt : undefined
    const from = supply.kind === 'planned' ? supply.order : supply.kind === 'receipt' ? supply.receipt : undefined
    if (order === undefined || from === undefined) continue
    if (made.has(from)) before.set(order, (before.get(order) ?? new Set()).add(from))
    else material.set(order, Math.max(material.get(order) ?? 0, problem.today, earliest.get(from) ?? supplied))
  }
  return {
    materialOf: order => (material.has(order) ? dayText(material.get(order) ?? 0) : undefined),
    waitsFor: order => [...(before.get(order) ?? [])]
  }
}
