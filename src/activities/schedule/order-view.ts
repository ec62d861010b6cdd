/** How far each work order is, as far as the plan asks: what it is for, which operations are begun or done, what came out. */
import type * as z from 'zod/mini'
import { add } from '#kernel/quantity.ts'
import { change, viewKind, when } from '#kernel/view.ts'
import {
  operationCompleted,
  operationResumed,
  operationStarted,
  quantityReported,
  quantityWithdrawn,
  workOrderClosed,
  workOrderCreated,
  workOrderReleased,
  workOrderRescheduled
} from '#activities/orders/events.ts'
import { piecesPacked } from '#activities/shipping/events.ts'

export type Progress = {
  readonly state: 'waiting' | 'started' | 'done'
  /** Where it was begun, and when: ISO 8601 UTC. */
  readonly station?: string
  readonly since?: string
  readonly good: number
  readonly scrap: number
  readonly rework: number
}

export type OpenOrder = Readonly<Omit<z.infer<typeof workOrderCreated.payload>, 'itemName'>> & {
  readonly state: 'open' | 'closed'
  /** Present once it was released: its operations as they were frozen. */
  readonly operations?: z.infer<typeof workOrderReleased.payload>['operations']
  readonly releasedAt?: string
  /** By the number of the operation. */
  readonly progress: Readonly<Record<string, Progress>>
  readonly packed: number
}

type Job = { readonly workOrder: string; readonly op: number }
const byOrder = ({ workOrder }: { readonly workOrder: string }) => workOrder
const NOTHING: Progress = { state: 'waiting', good: 0, scrap: 0, rework: 0 }

const progress = (was: OpenOrder, { op }: Job, next: (was: Progress) => Progress): OpenOrder => ({
  ...was,
  progress: { ...was.progress, [op]: next(was.progress[op] ?? NOTHING) }
})

type Counted = { readonly good: number; readonly scrap: number; readonly rework: number }
const count = (was: Progress, { good, scrap, rework }: Counted, sign: 1 | -1): Progress => ({
  ...was,
  good: was.good + sign * good,
  scrap: was.scrap + sign * scrap,
  rework: was.rework + sign * rework
})

export const openOrderView = viewKind<OpenOrder>('schedule/order', 'desk', [
  when(
    workOrderCreated,
    byOrder,
    (was, { itemName: _, ...payload }) => was ?? { ...payload, state: 'open', progress: {}, packed: 0 }
  ),
  when(
    workOrderReleased,
    byOrder,
    change((was, { operations }, { at }): OpenOrder => ({ ...was, operations, releasedAt: was.releasedAt ?? at }))
  ),
  when(
    workOrderRescheduled,
    byOrder,
    change((was, { due = was.due, quantity = was.quantity }) => ({ ...was, due, quantity }))
  ),
  when(
    workOrderClosed,
    byOrder,
    change((was): OpenOrder => ({ ...was, state: 'closed' }))
  ),
  when(
    operationStarted,
    byOrder,
    change((was, payload, { at }) =>
      progress(was, payload, one => ({ ...one, state: 'started', station: payload.station, since: one.since ?? at }))
    )
  ),
  when(
    operationResumed,
    byOrder,
    change((was, payload) => progress(was, payload, one => ({ ...one, station: payload.station })))
  ),
  when(
    operationCompleted,
    byOrder,
    change((was, payload) => progress(was, payload, one => ({ ...one, state: 'done' })))
  ),
  when(
    quantityReported,
    byOrder,
    change((was, payload) => progress(was, payload, one => count(one, payload, 1)))
  ),
  when(
    quantityWithdrawn,
    byOrder,
    change((was, payload) => progress(was, payload, one => count(one, payload, -1)))
  ),
  when(
    piecesPacked,
    byOrder,
    change((was, { quantity }) => ({ ...was, packed: add(was.packed, quantity) }))
  )
])

/** Good pieces of the last operation: what came out of it. 0 before it is released. */
export const madeOf = ({ operations, progress }: Pick<OpenOrder, 'operations' | 'progress'>): number => {
  const last = operations?.reduce((most, { op }) => Math.max(most, op), 0)
  return last === undefined ? 0 : (progress[last]?.good ?? 0)
}
