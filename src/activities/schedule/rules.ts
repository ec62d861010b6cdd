/** What a planner may write into the master schedule, and how a planned build becomes a work order. */
import * as z from 'zod/mini'
import { officeAction, refuse } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { code, count, day } from '#kernel/shape.ts'
import { workOrderCreated } from '#activities/orders/events.ts'
import { buildPlanned, demandSet } from './events.ts'
import { buildView, openOrderView, plannedItemView } from './projection.ts'

export const setDemand = officeAction('schedule/set-demand', ['planner'], demandSet.payload, (known, input) =>
  known.get(plannedItemView, input.item) ? [draft(demandSet, input)] : refuse('plan-item-unknown', { item: input.item })
)

/** Quantity 0 takes the line out. */
const plan = z.object({ build: code, item: code, quantity: count, due: day })

export const planBuild = officeAction('schedule/plan-build', ['planner'], plan, (known, input) => {
  const item = known.get(plannedItemView, input.item)
  const was = known.get(buildView, input.build)
  if (!item) return refuse('plan-item-unknown', { item: input.item })
  if (item.source === 'buy') return refuse('plan-item-bought', { item: input.item })
  if (was?.workOrder !== undefined) return refuse('build-ordered', { workOrder: was.workOrder })
  return [draft(buildPlanned, input)]
})

/** From here on the order counts and the planned line only points to it. */
export const makeWorkOrder = officeAction(
  'schedule/make-work-order',
  ['planner'],
  z.object({ build: code, workOrder: code.check(z.regex(/^WO-[A-Z0-9-]+$/)) }),
  (known, { build, workOrder }) => {
    const was = known.get(buildView, build)
    if (!was) return refuse('build-unknown')
    if (was.workOrder !== undefined) return refuse('build-ordered', { workOrder: was.workOrder })
    const item = known.get(plannedItemView, was.item)
    if (!item) return refuse('plan-item-unknown', { item: was.item })
    if (known.get(openOrderView, workOrder)) return refuse('order-number-taken', { workOrder })
    const { quantity, due } = was
    return [
      draft(workOrderCreated, {
        workOrder,
        item: item.item,
        revision: item.revision,
        itemName: item.name,
        quantity,
        due,
        priority: 5
      }),
      draft(buildPlanned, { ...was, workOrder })
    ]
  }
)
