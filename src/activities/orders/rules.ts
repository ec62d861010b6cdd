/** What a person may do with an operation: start, pause, resume, count, complete. Steps of a unit are in step-rules.ts. */
import * as z from 'zod/mini'
import { floorAction, type Given, refuse } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { code, count, note, ordinal } from '#kernel/shape.ts'
import {
  operationCompleted,
  operationPaused,
  operationResumed,
  operationStarted,
  quantityReported,
  quantityWithdrawn
} from './events.ts'
import { counted, countsOf, present } from './fold.ts'
import { INSPECTED, jobKey, jobView, type WorkOrder } from './projection.ts'
import { atWork, expected, findJob, readiness } from './readiness.ts'

export const job = { workOrder: code, op: ordinal }

/** The method on screen goes with what was done to it. */
export const shownMethod = ({ method }: WorkOrder): { readonly method?: string } =>
  present({ method }) as { method?: string }

/** A desk has no station; whoever starts from there names one. */
const stationOf = (input: { readonly station?: string | undefined }, given: Given): string | undefined =>
  input.station ?? given.station

export const startOperation = floorAction(
  'orders/start-operation',
  z.object({ ...job, station: z.optional(code), piecesHere: z.optional(z.boolean()) }),
  (known, input, given) => {
    const { workOrder, op } = input
    const found = findJob(known, workOrder, op)
    if ('refused' in found) return found
    const station = stationOf(input, given)
    if (station === undefined) return refuse('no-station')
    const { order, operation } = found
    const stop = readiness(order, operation, station, input.piecesHere)
    if (stop) return stop
    if (operation.state === 'running')
      return refuse('operation-running', { workOrder, op, station: operation.station ?? '' })
    if (operation.state === 'paused') return [draft(operationResumed, { workOrder, op, station })]
    return [draft(operationStarted, { workOrder, op, station, ...shownMethod(order) })]
  }
)

export const pauseOperation = floorAction(
  'orders/pause-operation',
  z.object({ ...job, reason: code }),
  (known, input) => {
    const found = findJob(known, input.workOrder, input.op)
    if ('refused' in found) return found
    return found.operation.state === 'running'
      ? [draft(operationPaused, input)]
      : refuse('operation-not-running', { workOrder: input.workOrder, op: input.op })
  }
)

export const resumeOperation = floorAction(
  'orders/resume-operation',
  z.object({ ...job, station: z.optional(code) }),
  (known, input, given) => {
    const { workOrder, op } = input
    const found = findJob(known, workOrder, op)
    if ('refused' in found) return found
    const station = stationOf(input, given)
    if (station === undefined) return refuse('no-station')
    // Pieces were here when it was started.
    const stop = readiness(found.order, found.operation, station, true)
    if (stop) return stop
    if (found.operation.state === 'running')
      return refuse('operation-running', { workOrder, op, station: found.operation.station ?? '' })
    if (found.operation.state === 'waiting') return refuse('operation-waiting', { workOrder, op })
    return [draft(operationResumed, { workOrder, op, station })]
  }
)

export const reportQuantity = floorAction(
  'orders/report-quantity',
  z.object({
    ...job,
    /** Given by who wants to repeat the same report safely; else made here. */
    report: z.optional(code),
    good: count,
    scrap: count,
    rework: count,
    scrapReason: z.optional(code),
    reworkReason: z.optional(code),
    note: z.optional(note)
  }),
  (known, input, given) => {
    const found = atWork(known, input.workOrder, input.op)
    if ('refused' in found) return found
    const { report, ...facts } = input
    return [draft(quantityReported, { ...facts, ...shownMethod(found.order), report: report ?? given.newId() })]
  }
)

/** Undo of a report; what is right is reported anew. A completed operation is open again afterwards. */
export const withdrawReport = floorAction(
  'orders/withdraw-report',
  z.object({ ...job, report: z.string() }),
  (known, { workOrder, op, report }) => {
    const found = findJob(known, workOrder, op)
    if ('refused' in found) return found
    const one = known.get(jobView, jobKey(workOrder, op))?.reports.find(entry => entry.report === report)
    if (!one) return refuse('report-unknown')
    if (one.state === 'withdrawn') return refuse('report-withdrawn')
    return [draft(quantityWithdrawn, { workOrder, op, report, ...countsOf(one) })]
  }
)

export const completeOperation = floorAction(
  'orders/complete-operation',
  z.object({ ...job, shortfall: z.optional(note) }),
  (known, { workOrder, op, shortfall }) => {
    const found = atWork(known, workOrder, op)
    if ('refused' in found) return found
    const { checks, ledger } = found.operation
    if (checks > 0 && !ledger.includes(INSPECTED)) return refuse('checks-open', { workOrder, op })
    const missing = expected(found.order, op) - counted(found.operation)
    const why = shortfall?.trim()
    if (missing > 0 && !why) return refuse('pieces-missing', { missing, expected: expected(found.order, op) })
    return [draft(operationCompleted, { workOrder, op, ...(missing > 0 && why ? { note: why } : {}) })]
  }
)
