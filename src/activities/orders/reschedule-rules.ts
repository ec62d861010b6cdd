/** Moving a work order to another day, giving it another quantity, and making two of one. */
import * as z from 'zod/mini'
import { officeAction, refuse } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { numberAfter } from '#kernel/number.ts'
import { code, day, note, ordinal } from '#kernel/shape.ts'
import { workOrderCreated, workOrderRescheduled } from './events.ts'
import { type WorkOrder, workOrderView } from './projection.ts'

/** As the plan or the screen had it: a change that is based on something older is refused. */
const was = z.object({ quantity: ordinal, due: day })
const movedSince = (order: WorkOrder, before: z.infer<typeof was>) =>
  order.quantity === before.quantity && order.due === before.due
    ? undefined
    : refuse('order-moved', { workOrder: order.workOrder, quantity: order.quantity, due: order.due })

/** Applies a message to expedite, defer, increase or decrease, or what was agreed otherwise. */
export const rescheduleWorkOrder = officeAction(
  'orders/reschedule-work-order',
  ['planner', 'supervisor'],
  z.object({ workOrder: code, was, due: z.optional(day), quantity: z.optional(ordinal), note: z.optional(note) }),
  (known, { was: before, ...input }) => {
    const { workOrder, due, quantity } = input
    const order = known.get(workOrderView, workOrder)
    if (!order) return refuse('order-unknown', { workOrder })
    const moved = movedSince(order, before)
    if (moved) return moved
    if ((due ?? order.due) === order.due && (quantity ?? order.quantity) === order.quantity)
      return refuse('order-unchanged', { workOrder })
    return [draft(workOrderRescheduled, input)]
  }
)

/** `quantity` stays; the rest becomes a new order of the same kind, due on `due`, which is released by itself. */
export const splitWorkOrder = officeAction(
  'orders/split-work-order',
  ['planner', 'supervisor'],
  z.object({ workOrder: code, was, quantity: ordinal, due: day, note: z.optional(note) }),
  (known, { workOrder, was: before, quantity, due, note: why }) => {
    const order = known.get(workOrderView, workOrder)
    if (!order) return refuse('order-unknown', { workOrder })
    const moved = movedSince(order, before)
    if (moved) return moved
    const split = numberAfter('WO-', known.list(workOrderView))
    const { item, itemName, revision, priority, customer } = order
    return [
      draft(workOrderRescheduled, { workOrder, quantity, split, ...(why === undefined ? {} : { note: why }) }),
      draft(workOrderCreated, {
        workOrder: split,
        item,
        itemName,
        revision,
        quantity: order.quantity - quantity,
        due,
        priority,
        ...(customer === undefined ? {} : { customer })
      })
    ]
  }
)
