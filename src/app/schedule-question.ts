/** The finite schedule, searched beside the page: it tells how far it is and hands over the best so far. */
import { materialsViews } from '#activities/materials/projection.ts'
import { shopOfPlan } from '#activities/plan-run.ts'
import { schedule as room } from '#activities/schedule/activity.ts'
import { openOrderView } from '#activities/schedule/order-view.ts'
import { type PlanSchedule, SCHEDULE, type ScheduleAsked, type ScheduledRun } from '#activities/schedule/outlook.ts'
import { plannedItemView } from '#activities/schedule/projection.ts'
import type { Schedule } from '#activities/schedule/solver/problem.ts'
import { begin } from '#activities/schedule/solver/solve.ts'
import { question } from '#kernel/question.ts'

/** Milliseconds between two drawings of what was found so far. */
const TELL = 400

export const scheduleQuestion = question(
  SCHEDULE,
  [...materialsViews, ...room.views],
  (known, { today, now, seconds, seed }: ScheduleAsked, run): PlanSchedule => {
    const { problem, planned, materialOf } = shopOfPlan(known, { today, now }, run.keep)
    const named = (item: string): string => known.get(plannedItemView, item)?.name ?? item
    const runs: Record<string, ScheduledRun> = {}
    const put = (order: string, one: Omit<ScheduledRun, 'material' | 'name'>): void => {
      const material = materialOf(order)
      runs[order] = { ...one, name: named(one.item), ...(material === undefined ? {} : { material }) }
    }
    for (const { order, item, quantity, due } of planned) put(order, { item, quantity, due, firm: false })
    for (const [order, { item, quantity, due, state }] of known.list(openOrderView))
      if (state === 'open') put(order, { item, quantity, due, firm: true })
    const answered = (schedule: Schedule): PlanSchedule => ({ from: now, schedule, runs })
    const budget = { seed, milliseconds: seconds * 1000, now: run.now }
    const search = begin(problem, seconds > 0 ? budget : undefined)
    let told = run.now()
    let cost = Number.POSITIVE_INFINITY
    while (search.advance()) {
      if (run.now() - told < TELL) continue
      told = run.now()
      const at = search.progress()
      // What is no better than the last one told is not drawn again.
      run.progress(at.part, at.cost < cost ? answered(search.answer()) : undefined)
      cost = Math.min(cost, at.cost)
    }
    return answered(search.answer())
  }
)
