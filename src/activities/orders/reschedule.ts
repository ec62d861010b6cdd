/** What keeps an open work order from another day or another quantity. The screens, the rules and the guard ask the same. */
import type * as z from 'zod/mini'
import { type Known, type Refusal, refuse } from '#kernel/decision.ts'
import type { workOrderRescheduled } from './events.ts'
import { counted } from './fold.ts'
import { jobKey, jobView, type OperationSummary, type WorkOrder, workOrderView } from './projection.ts'
import { isInspection } from './views.ts'

const isBegun = (one: OperationSummary): boolean => one.state !== 'waiting' || counted(one) > 0

/** Pieces that somebody has worked on, by the operation that has seen the most of them. */
export const begunPieces = (known: Known, { workOrder, operations }: WorkOrder): number =>
  Math.max(
    0,
    ...operations.map(one => Math.max(counted(one), known.get(jobView, jobKey(workOrder, one.op))?.cycles ?? 0))
  )

type Rescheduled = z.infer<typeof workOrderRescheduled.payload>

/** The day may move until the order is closed; the quantity while nothing is begun, or by splitting off what is not. */
export const rescheduleLacks = (known: Known, { workOrder, quantity, split }: Rescheduled): Refusal | undefined => {
  const order = known.get(workOrderView, workOrder)
  if (!order) return refuse('order-unknown', { workOrder })
  if (order.state === 'complete' || order.state === 'cancelled')
    return refuse('order-over', { workOrder, state: order.state })
  if (split !== undefined) return splitLacks(known, order, quantity ?? order.quantity)
  return quantity === undefined || quantity === order.quantity ? undefined : begunLacks(order)
}

const begunLacks = ({ workOrder, operations }: WorkOrder): Refusal | undefined => {
  const begun = operations.find(isBegun)
  return begun && refuse('quantity-begun', { workOrder, op: begun.op })
}

const splitLacks = (known: Known, order: WorkOrder, quantity: number): Refusal | undefined => {
  const { workOrder, operations } = order
  // A sample was drawn from the whole batch.
  const inspected = operations.find(one => isInspection(one) && isBegun(one))
  if (inspected) return refuse('split-inspected', { workOrder, op: inspected.op })
  if (quantity >= order.quantity) return refuse('split-nothing', { workOrder, quantity: order.quantity })
  const begun = begunPieces(known, order)
  return quantity < begun ? refuse('split-begun', { workOrder, begun }) : undefined
}
