/** The jobs of a station, in the order in which a person there would take them. Pure; the home screen shows it. */
import type { Refusal } from '#kernel/decision.ts'
import { counted } from './fold.ts'
import { type Dispatch, isInspection, type OperationSummary, type WorkOrder } from './views.ts'
import { expected, orderStop, readiness } from './readiness.ts'

export type QueueState = 'running' | 'paused' | 'ready' | 'held' | 'blocked'

export type QueueRow = {
  readonly order: WorkOrder
  readonly operation: OperationSummary
  readonly state: QueueState
  /** Why it can't be worked now. */
  readonly why?: Refusal
  /** When the published schedule has it begin here, ISO 8601 UTC. */
  readonly planned?: string
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

/** What the schedule does not have comes after all that it has. */
const UNPLANNED = '~'

/**
 * Open jobs that may be worked at the station: what runs, what waits to be resumed, what may start, then what may not yet. Among
 * those as the published schedule has them; what it does not have by priority and due day.
 */
export const queueOf = (
  orders: readonly WorkOrder[],
  station: string,
  dispatch?: Pick<Dispatch, 'jobs'>
): readonly QueueRow[] =>
  orders
    .filter(order => order.state === 'released')
    .flatMap(order =>
      order.operations
        .filter(one => one.state !== 'done' && one.stations.includes(station))
        .map((operation): QueueRow => {
          const planned = dispatch?.jobs[`${order.workOrder}/${operation.op}`]
          const row = rowOf(order, operation, station)
          return planned === undefined ? row : { ...row, planned }
        })
    )
    .sort(
      (a, b) =>
        rank[a.state] - rank[b.state] ||
        compare(a.planned ?? UNPLANNED, b.planned ?? UNPLANNED) ||
        a.order.priority - b.order.priority ||
        compare(a.order.due, b.order.due) ||
        compare(a.order.workOrder, b.order.workOrder) ||
        a.operation.op - b.operation.op
    )

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Where a job is worked: an inspection has its own screen. */
export const jobPath = ({
  order,
  operation,
  inspection
}: Pick<QueueRow, 'order' | 'operation' | 'inspection'>): string =>
  `/${inspection ? 'inspect' : 'job'}/${encodeURIComponent(order.workOrder)}/${operation.op}`

/** The tooling room's screen, where what a job needs is looked at. */
export const setUpPath = ({ order, operation }: Pick<QueueRow, 'order' | 'operation'>): string =>
  `/set-up/${encodeURIComponent(order.workOrder)}/${operation.op}`
