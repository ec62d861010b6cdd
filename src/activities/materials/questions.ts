/** What material planning can be asked beside the page. */
import { question } from '#kernel/question.ts'
import { planOf } from './planning/plan.ts'
import { planProblemFrom } from './planning/problem-from.ts'
import type { ItemRow, PlannedOrder } from './planning/problem.ts'
import { itemRows, plannedOrders } from './planning/read.ts'
import {
  bomView,
  firmPlannedView,
  forecastView,
  itemView,
  needView,
  placeView,
  plannedBuildView,
  purchaseOrderView,
  stockView,
  wantedView,
  workCalendarView
} from './projection.ts'

/** All that the planning problem is made of. */
export const materialsViews = [
  itemView,
  bomView,
  stockView,
  purchaseOrderView,
  firmPlannedView,
  wantedView,
  forecastView,
  plannedBuildView,
  workCalendarView,
  placeView,
  needView
]

/** `today`: the plant's day, YYYY-MM-DD. */
export type ItemAsked = { readonly today: string; readonly item: string }
export type ItemPlan = { readonly rows: readonly ItemRow[]; readonly orders: readonly PlannedOrder[] }

export const itemPlan = question(
  'materials/item-plan',
  materialsViews,
  (known, { today, item }: ItemAsked): ItemPlan => {
    const plan = planOf(planProblemFrom(known, { today }))
    return { rows: itemRows(plan, item), orders: plannedOrders(plan, item) }
  }
)

export const materialsQuestions = [itemPlan]
