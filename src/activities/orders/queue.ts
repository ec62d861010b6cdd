/** The jobs of a station, in the order in which a person there would take them. Pure; the home screen shows it. */
import type { Refusal } from '#kernel/decision.ts'
import { counted } from './fold.ts'
import { isInspection, type OperationSummary, type WorkOrder } from './views.ts'
import { expected, orderStop, readiness } from './readiness.ts'

export type QueueState = 'running' | 'paused' | 'ready' | 'held' | 'blocked'

export type QueueRow = {
  readonly order: WorkOrder
  readonly operation: OperationSummary
  readonly state: QueueState
  /** Why it can't be worked now. */
  readonly why?: Refusal
  readonly inspection: boolean
  readonly counted: number
  readonly expected: number
}

const rank: Record<QueueState, number> = { running: 0, held: 1, paused: 2, ready: 3, blocked: 4 }

export const rowOf = (order: WorkOrder, operation: OperationSummary, station: string): QueueRow => {
  const row = {
    order,
    operation,
    inspection: isInspection(operation),
    counted: counted(operation),
    expected: expected(order, operation.op)
  }
  const elsewhere = operation.state === 'running' && operation.station !== undefined && operation.station !== station
  if (elsewhere)
    return {
      ...row,
      state: 'blocked',
      why: { refused: 'operation-running', about: { op: operation.op, station: operation.station ?? '' } }
    }
  const begun = operation.state === 'running' || operation.state === 'paused'
  // Pieces were here when it began.
  const why = readiness(order, operation, station, begun)
  if (!why)
    return {
      ...row,
      state: operation.state === 'running' ? 'running' : operation.state === 'paused' ? 'paused' : 'ready'
    }
  return { ...row, why, state: begun && orderStop(order) ? 'held' : 'blocked' }
}

/** Open jobs that may be worked at the station: what runs, what waits to be resumed, what may start, then what may not yet. */
export const queueOf = (orders: readonly WorkOrder[], station: string): readonly QueueRow[] =>
  orders
    .filter(order => order.state === 'released')
    .flatMap(order =>
      order.operations
        .filter(one => one.state !== 'done' && one.stations.includes(station))
        .map(operation => rowOf(order, operation, station))
    )
    .sort(
      (a, b) =>
        rank[a.state] - rank[b.state] ||
        a.order.priority - b.order.priority ||
        (a.order.due < b.order.due ? -1 : a.order.due > b.order.due ? 1 : 0) ||
        (a.order.workOrder < b.order.workOrder
          ? -1
          : a.order.workOrder > b.order.workOrder
            ? 1
            : a.operation.op - b.operation.op)
    )

/** Where a job is worked: an inspection has its own screen. */
export const jobPath = ({
  order,
  operation,
  inspection
}: Pick<QueueRow, 'order' | 'operation' | 'inspection'>): string =>
  `/${inspection ? 'inspect' : 'job'}/${encodeURIComponent(order.workOrder)}/${operation.op}`
