/** The work order that every tablet, the board and the desk list, with its operations, counts and holds. */
import type * as z from 'zod/mini'
import { checkRecorded, holdPlaced, holdReleased, inspectionClosed } from '#activities/quality/events.ts'
import { change, viewKind, when } from '#kernel/view.ts'
import {
  operationCompleted,
  operationPaused,
  operationResumed,
  operationStarted,
  quantityReported,
  quantityWithdrawn,
  workOrderClosed,
  workOrderCreated,
  workOrderReleased,
  workOrderRescheduled
} from './events.ts'
import { type Counts, entered, none, plus, present, takenBack } from './fold.ts'
import { doneAt, openedAgain, pausedFor, runningAt, turned } from './running.ts'
import { INSPECTED, isInspection, type OperationSummary, type WorkOrder, workOrderView as named } from './views.ts'

const withOperation = (order: WorkOrder, op: number, next: (was: OperationSummary) => OperationSummary): WorkOrder => {
  const was = order.operations.find(one => one.op === op)
  if (!was) return order
  const now = next(was)
  return now === was ? order : { ...order, operations: order.operations.map(one => (one === was ? now : one)) }
}

const openOperations = (
  released: z.infer<typeof workOrderReleased.payload>,
  before: readonly OperationSummary[]
): readonly OperationSummary[] =>
  [...released.operations]
    .sort((a, b) => a.op - b.op)
    .map(header => ({
      ...(before.find(one => one.op === header.op) ?? { state: 'waiting' as const, ledger: [], ...none }),
      ...header
    }))

const counting = (was: OperationSummary, seen: ReturnType<typeof entered | typeof takenBack>, counts: Counts) =>
  seen ? { ...was, ...plus(was, counts, seen.sign), ledger: seen.ledger } : was

const inspected = (op: OperationSummary, p: z.infer<typeof inspectionClosed.payload>, at: string): OperationSummary => {
  const seen = entered(op.ledger, INSPECTED)
  if (!isInspection(op)) return counting(op, seen, none)
  return turned(counting(op, seen, { good: p.accepted, scrap: 0, rework: p.rejected }), doneAt(op, at))
}

export const workOrderView = viewKind(
  named,
  order => (order.state === 'created' ? 'desk' : order.state === 'released' ? 'floor' : 'archive'),
  [
    when(
      workOrderCreated,
      p => p.workOrder,
      (was, p) => was ?? { ...present(p), state: 'created', operations: [], holds: [] }
    ),
    when(
      workOrderReleased,
      p => p.workOrder,
      change((was, p) => ({
        ...was,
        state: 'released',
        method: p.method,
        operations: openOperations(p, was.operations)
      }))
    ),
    when(
      workOrderRescheduled,
      p => p.workOrder,
      change((was, { due = was.due, quantity = was.quantity }) => ({ ...was, due, quantity }))
    ),
    when(
      workOrderClosed,
      p => p.workOrder,
      change((was, p) => ({ ...was, state: p.outcome }))
    ),
    when(
      operationStarted,
      p => p.workOrder,
      change((was, p, { at }) => withOperation(was, p.op, op => turned(op, runningAt(p.station, at))))
    ),
    when(
      operationPaused,
      p => p.workOrder,
      change((was, p, { at }) => withOperation(was, p.op, op => pausedFor(op, p.reason, at)))
    ),
    when(
      operationResumed,
      p => p.workOrder,
      change((was, p, { at }) => withOperation(was, p.op, op => turned(op, runningAt(p.station, at))))
    ),
    when(
      operationCompleted,
      p => p.workOrder,
      change((was, p, { at }) => withOperation(was, p.op, op => turned(op, doneAt(op, at))))
    ),
    when(
      quantityReported,
      p => p.workOrder,
      change((was, p) => withOperation(was, p.op, op => counting(op, entered(op.ledger, p.report), p)))
    ),
    when(
      quantityWithdrawn,
      p => p.workOrder,
      change((was, p, { at }) =>
        withOperation(was, p.op, op => openedAgain(counting(op, takenBack(op.ledger, p.report), p), at))
      )
    ),
    // An inspection is worked in the quality room: its first check starts the operation, its close counts and ends it.
    when(
      checkRecorded,
      p => p.workOrder,
      change((was, p, { at }) =>
        withOperation(was, p.op, op =>
          isInspection(op) && op.state === 'waiting' ? { ...op, state: 'running', since: at } : op
        )
      )
    ),
    when(
      inspectionClosed,
      p => p.workOrder,
      change((was, p, { at }) => withOperation(was, p.op, op => inspected(op, p, at)))
    ),
    when(
      holdPlaced,
      p => p.workOrder,
      change((was, { workOrder: _, ...p }, { person, at }) =>
        was.holds.some(one => one.hold === p.hold)
          ? was
          : { ...was, holds: [...was.holds, { ...present(p), person, at }] }
      )
    ),
    when(
      holdReleased,
      p => p.workOrder,
      change((was, p) => ({ ...was, holds: was.holds.filter(one => one.hold !== p.hold) }))
    )
  ]
)
