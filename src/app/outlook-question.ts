/** The plan desk's question, answered where material planning and the master schedule are both known. */
import { materialsViews } from '#activities/materials/questions.ts'
import { planOf } from '#activities/materials/planning/plan.ts'
import { planProblemFrom } from '#activities/materials/planning/problem-from.ts'
import type { Delayed, PlannedOrder, Shortage } from '#activities/materials/planning/problem.ts'
import { plannedOrders } from '#activities/materials/planning/read.ts'
import { shortagesOf } from '#activities/materials/planning/shortages.ts'
import { schedule } from '#activities/schedule/activity.ts'
import { type Load, loadOf } from '#activities/schedule/capacity/load.ts'
import { bucketsFrom } from '#activities/schedule/mps/buckets.ts'
import type { Late, Overload, Short } from '#activities/schedule/mps/consequences.ts'
import { OUTLOOK, type OutlookAsked, type PlanOutlook } from '#activities/schedule/outlook.ts'
import { openOrderView } from '#activities/schedule/order-view.ts'
import { plannedItemView } from '#activities/schedule/projection.ts'
import type { PlannedRun } from '#activities/schedule/solver/problem-from.ts'
import { dayNumber, dayText } from '#kernel/calendar.ts'
import type { Known } from '#kernel/decision.ts'
import { question } from '#kernel/question.ts'

export const outlookQuestion = question(
  OUTLOOK,
  [...materialsViews, ...schedule.views],
  (known, { today, now, bucket, count }: OutlookAsked): PlanOutlook => {
    const plan = planOf(planProblemFrom(known, { today }))
    const shortages = shortagesOf(plan)
    const planned = plannedOrders(plan).flatMap(order => runOf(known, order))
    const loads = loadOf(known, bucketsFrom(dayNumber(today), bucket, count), { now, planned })
    return { shortages: shortages.map(shortOf), late: lateOf(shortages), overloads: overloadsOf(loads), loads }
  }
)

/** A planned order that is to be made here; a firm planned build counts as one, too. */
const runOf = (known: Known, { id, item, source, quantity, due, start }: PlannedOrder): readonly PlannedRun[] => {
  const revision = known.get(plannedItemView, item)?.revision
  return source !== 'make' || revision === undefined || known.get(openOrderView, id)
    ? []
    : [{ order: id, item, revision, quantity: Math.ceil(quantity), due: dayText(due), start: dayText(start) }]
}

const shortOf = ({ item, short, day, stops }: Shortage): Short => ({
  item,
  short,
  day,
  stops: stops.map(({ what }) => nameOf(what))
})

const nameOf = (what: Delayed['what']): string =>
  what.kind === 'demand' ? what.demand : what.kind === 'receipt' ? what.receipt : what.order

/** Demands and open orders by how late they become through what is short; what is only planned can still be planned otherwise. */
const lateOf = (shortages: readonly Shortage[]): readonly Late[] => {
  const late = new Map<string, Late>()
  for (const { what, item, due, days } of shortages.flatMap(({ stops }) => stops)) {
    const name = nameOf(what)
    if (what.kind !== 'planned' && days > (late.get(name)?.days ?? 0)) late.set(name, { what: name, item, due, days })
  }
  return [...late.values()].sort((a, b) => (a.due !== b.due ? (a.due < b.due ? -1 : 1) : a.what < b.what ? -1 : 1))
}

const overloadsOf = (loads: readonly Load[]): readonly Overload[] =>
  loads.flatMap(({ resource, buckets }) =>
    buckets.flatMap(({ firm, planned, open }, bucket) => {
      const over = firm + planned - open
      return over > 0.5 ? [{ resource, bucket, over }] : []
    })
  )
