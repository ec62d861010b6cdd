/** What is to be made here and no work order yet, as stations are loaded with it. */
import type { Plan } from '#activities/materials/planning/state.ts'
import { ordersToMake } from '#activities/materials/planning/read.ts'
import { plannedItemView } from '#activities/schedule/projection.ts'
import type { PlannedRun } from '#activities/schedule/solver/problem-from.ts'
import { dayText } from '#kernel/calendar.ts'
import type { Known } from '#kernel/decision.ts'

/** Planned orders, those that are firm, and builds of the master schedule, due before the day `until`. */
export const plannedRuns = (known: Known, plan: Plan, until?: number): readonly PlannedRun[] =>
  ordersToMake(plan, until).flatMap(({ id, item, quantity, due, start }) => {
    const revision = known.get(plannedItemView, item)?.revision
    return revision === undefined
      ? []
      : [{ order: id, item, revision, quantity: Math.ceil(quantity), due: dayText(due), start: dayText(start) }]
  })
