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
  workOrderReleased
} from './events.ts'
import { type Counts, entered, none, plus, present, takenBack } from './fold.ts'
import { doneAt, openedAgain, type OperationState, pausedFor, runningAt, turned } from './running.ts'

/** One operation as every tablet, the board and the desk list it. */
export type OperationSummary = Counts & {
  readonly op: number
  readonly name: string
  readonly stations: readonly string[]
  readonly runMinutes: number
  /** Steps of one unit, by number. */
  readonly steps: readonly number[]
  readonly checks: number
  readonly state: OperationState
  readonly station?: string
  readonly since?: string
  /** Why it is paused. */
  readonly reason?: string
  /** Reports already counted here: a repeated one changes nothing. */
  readonly ledger: readonly string[]
}

export type Hold = {
  readonly hold: string
  readonly reason: string
  readonly note?: string
  readonly person: string
  readonly at: string
  readonly defect?: string
}

export type WorkOrder = {
  readonly workOrder: string
  readonly label?: string
  readonly item: string
  readonly itemName: string
  readonly revision: string
  readonly quantity: number
  /** YYYY-MM-DD */
  readonly due: string
  readonly priority: number
  readonly customer?: string
  readonly state: 'created' | 'released' | 'complete' | 'cancelled'
  readonly method?: string
  readonly operations: readonly OperationSummary[]
  readonly holds: readonly Hold[]
}

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

/** Nothing but checks: worked on the inspection's own screen, counted by its close. */
export const isInspection = (op: OperationSummary): boolean => op.checks > 0 && op.steps.length === 0

/** The mark in the ledger that the inspection of the operation is closed. */
export const INSPECTED = 'inspection'

const inspected = (op: OperationSummary, p: z.infer<typeof inspectionClosed.payload>, at: string): OperationSummary => {
  const seen = entered(op.ledger, INSPECTED)
  if (!isInspection(op)) return counting(op, seen, none)
  return turned(counting(op, seen, { good: p.accepted, scrap: 0, rework: p.rejected }), doneAt(op, at))
}

export const workOrderView = viewKind<WorkOrder>(
  'orders/work-order',
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
