/**
 * What each fact would break. The tablet asks before it records; the office asks again when the fact arrives and flags it.
 * So a guard says only what is wrong whatever the order of arrival: that an operation is not running is no reason here,
 * because another tablet may have started it and not sent it yet.
 */
import { type Guard, guard, type Known, type Refusal, refuse } from '#kernel/decision.ts'
import type { Stamp } from '#kernel/event.ts'
import {
  materialConsumed,
  operationCompleted,
  operationResumed,
  operationStarted,
  photoTaken,
  quantityReported,
  quantityWithdrawn,
  stepCompleted,
  valueMeasured,
  workOrderClosed,
  workOrderCreated,
  workOrderReleased,
  workOrderRescheduled
} from './events.ts'
import { counted } from './fold.ts'
import { jobKey, jobView, unitView, type WorkOrder, workOrderView } from './projection.ts'
import { findJob, type Found } from './readiness.ts'
import { rescheduleLacks } from './reschedule.ts'
import { partProblem, readySteps } from './step.ts'

type AtOp = { readonly workOrder: string; readonly op: number; readonly method?: string | undefined }

/** A hold stops what is done after it; what was done before it reached the office rightly. */
const heldAt = ({ order }: Found, at: string): Refusal | undefined => {
  const hold = order.holds.find(one => one.at <= at)
  return (
    hold &&
    refuse('order-on-hold', { workOrder: order.workOrder, reason: hold.reason, person: hold.person, at: hold.at })
  )
}

const standing = (known: Known, p: AtOp): Found | Refusal => {
  const found = findJob(known, p.workOrder, p.op)
  if ('refused' in found) return found
  const { order, operation } = found
  if (order.state !== 'released') return refuse('order-closed', { workOrder: p.workOrder, state: order.state })
  if (p.method !== undefined && p.method !== order.method)
    return refuse('method-superseded', { workOrder: p.workOrder, revision: order.revision })
  return operation.state === 'done' ? refuse('operation-done', { workOrder: p.workOrder, op: p.op }) : found
}

const working =
  <P extends AtOp>(check?: (known: Known, p: P, found: Found, stamp: Stamp) => Refusal | undefined) =>
  (known: Known, p: P, stamp: Stamp): Refusal | undefined => {
    const found = standing(known, p)
    if ('refused' in found) return found
    return heldAt(found, stamp.at) ?? check?.(known, p, found, stamp)
  }

/** Seen, not done: a reading or a photo harms nothing under a hold. */
const observing = (known: Known, p: AtOp & { readonly step: number }): Refusal | undefined => {
  const found = standing(known, p)
  return 'refused' in found ? found : stepOf(found, p)
}

const stepOf = ({ operation }: Found, p: AtOp & { readonly step: number }): Refusal | undefined =>
  operation.steps.includes(p.step)
    ? undefined
    : refuse('step-unknown', { workOrder: p.workOrder, op: p.op, step: p.step })

const atStation = (_known: Known, p: AtOp & { readonly station: string }, { operation }: Found): Refusal | undefined =>
  operation.stations.includes(p.station)
    ? undefined
    : refuse('wrong-station', {
        workOrder: p.workOrder,
        op: p.op,
        station: p.station,
        stations: operation.stations.join(', ')
      })

const reportGuard = guard(
  quantityReported,
  working((known, p, { order, operation }) => {
    const { workOrder, op } = p
    if (known.get(jobView, jobKey(workOrder, op))?.reports.some(one => one.report === p.report))
      return refuse('report-known')
    if (counted(p) === 0) return refuse('nothing-counted')
    if (p.scrap > 0 && p.scrapReason === undefined) return refuse('scrap-needs-reason')
    if (p.rework > 0 && p.reworkReason === undefined) return refuse('rework-needs-reason')
    const left = order.quantity - counted(operation)
    if (counted(p) > left)
      return refuse('over-quantity', { workOrder, op, quantity: order.quantity, left: Math.max(0, left) })
    if (operation.steps.length === 0 || p.good === 0) return undefined
    const finished = finishedUnits(known, workOrder, op, operation.steps)
    return operation.good + p.good > finished
      ? refuse('steps-open', { finished, good: operation.good + p.good })
      : undefined
  })
)

/** Units whose every step is done. */
export const finishedUnits = (known: Known, workOrder: string, op: number, steps: readonly number[]): number =>
  known.list(unitView, `${jobKey(workOrder, op)}/`).filter(([, unit]) => readySteps(unit, steps)).length

export const ordersGuards: readonly Guard[] = [
  guard(workOrderCreated, (known, { workOrder }) =>
    known.get(workOrderView, workOrder) ? refuse('order-known', { workOrder }) : undefined
  ),
  guard(workOrderReleased, (known, { workOrder, replaces }) => {
    const order = known.get(workOrderView, workOrder)
    if (!order) return refuse('order-unknown', { workOrder })
    if (order.state === 'released')
      return replaces === order.method ? begun(order) : refuse('already-released', { workOrder })
    return order.state === 'created' ? undefined : refuse('order-closed', { workOrder, state: order.state })
  }),
  guard(workOrderClosed, (known, { workOrder }) => {
    const order = known.get(workOrderView, workOrder)
    if (!order) return refuse('order-unknown', { workOrder })
    return order.state === 'complete' || order.state === 'cancelled'
      ? refuse('order-closed', { workOrder, state: order.state })
      : undefined
  }),
  guard(workOrderRescheduled, (known, payload) => rescheduleLacks(known, payload)),
  guard(operationStarted, working(atStation)),
  guard(operationResumed, working(atStation)),
  guard(operationCompleted, working()),
  guard(
    stepCompleted,
    working((_known, p, found) => unitBeyond(p, found) ?? stepOf(found, p))
  ),
  guard(valueMeasured, observing),
  guard(photoTaken, observing),
  guard(
    materialConsumed,
    working((known, p, found, stamp) => stepOf(found, p) ?? partProblem(known, found, p, stamp.at))
  ),
  reportGuard,
  guard(quantityWithdrawn, (known, p) => {
    const found = findJob(known, p.workOrder, p.op)
    if ('refused' in found) return found
    const { state } = found.order
    return state === 'released' ? undefined : refuse('order-closed', { workOrder: p.workOrder, state })
  })
]

/** A method is not changed under a piece that is half done. */
const begun = ({ workOrder, operations }: WorkOrder): Refusal | undefined => {
  const at = operations.find(({ state }) => state === 'running' || state === 'paused')
  return at && refuse('operation-begun', { workOrder, op: at.op, name: at.name })
}

const unitBeyond = (p: AtOp & { readonly cycle: number }, { order }: Found): Refusal | undefined =>
  p.cycle > order.quantity ? refuse('unit-beyond', { cycle: p.cycle, quantity: order.quantity }) : undefined
