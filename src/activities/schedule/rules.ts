/** What a planner may write into the master schedule, and how a planned build becomes a work order. */
import * as z from 'zod/mini'
import { officeAction, refuse } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { numberAfter } from '#kernel/number.ts'
import { code } from '#kernel/shape.ts'
import { workOrderCreated } from '#activities/orders/events.ts'
import { buildPlanned, demandSet, forecastSet } from './events.ts'
import { buildLacks, frozenUntil, planInput } from './frozen.ts'
import { openOrderView } from './order-view.ts'
import { buildView, plannedItemView } from './projection.ts'

export const setDemand = officeAction('schedule/set-demand', ['planner'], demandSet.payload, (known, input) =>
  known.get(plannedItemView, input.item) ? [draft(demandSet, input)] : refuse('plan-item-unknown', { item: input.item })
)

/** Quantity 0 takes it out. */
export const setForecast = officeAction('schedule/set-forecast', ['planner'], forecastSet.payload, (known, input) =>
  known.get(plannedItemView, input.item)
    ? [draft(forecastSet, input)]
    : refuse('plan-item-unknown', { item: input.item })
)

/**
 * Outside the frozen zone; inside it a build is asked for and approved (`version-rules.ts`). A planned order that is made firm
 * has no name yet.
 */
export const planBuild = officeAction(
  'schedule/plan-build',
  ['planner'],
  z.object({ ...planInput.shape, build: z.optional(code) }),
  (known, { build, ...what }, given) => {
    const input = { ...what, build: build ?? numberAfter(`${what.item}/firm-`, known.list(buildView), 1) }
    return buildLacks(known, input) ?? frozenUntil(known, input, given) ?? [draft(buildPlanned, input)]
  }
)

/** From here on the order counts and the planned line only points to it. */
export const makeWorkOrder = officeAction(
  'schedule/make-work-order',
  ['planner'],
  z.object({ build: code, workOrder: z.optional(code.check(z.regex(/^WO-[A-Z0-9-]+$/))) }),
  (known, { build, workOrder = numberAfter('WO-', known.list(openOrderView)) }) => {
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
