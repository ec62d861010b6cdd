/** What may start next, and why not. The station's home, the board and the rules ask the same function. */
import type { Draft } from '#kernel/event.ts'
import { type Known, type Refusal, refuse } from '#kernel/decision.ts'
import { counted } from './fold.ts'
import { isInspection, type OperationSummary, type WorkOrder, workOrderView } from './views.ts'

export type Found = { readonly order: WorkOrder; readonly operation: OperationSummary }

export const findJob = (known: Known, workOrder: string, op: number): Found | Refusal => {
  const order = known.get(workOrderView, workOrder)
  if (!order) return refuse('order-unknown', { workOrder })
  const operation = order.operations.find(one => one.op === op)
  if (order.state === 'created') return refuse('order-not-released', { workOrder })
  return operation ? { order, operation } : refuse('operation-unknown', { workOrder, op })
}

export const operationBefore = (order: WorkOrder, op: number): OperationSummary | undefined =>
  order.operations.filter(one => one.op < op).at(-1)

/**
 * Pieces that have left an operation for the next. An inspection looks at a sample and passes on the whole lot but what it
 * rejected, once it is closed.
 */
const passedOn = (order: WorkOrder, one: OperationSummary): number => {
  if (!isInspection(one)) return one.good
  return one.state === 'done' ? Math.max(0, handedOver(order, one.op) - one.rework - one.scrap) : 0
}

/** Pieces that have reached the operation: all of them at the first one, then what the one before passed on. */
export const handedOver = (order: WorkOrder, op: number): number => {
  const before = operationBefore(order, op)
  return before ? passedOn(order, before) : order.quantity
}

/** Pieces that will ever reach it: fewer than ordered once the operation before is done. */
export const expected = (order: WorkOrder, op: number): number => {
  const before = operationBefore(order, op)
  return before?.state === 'done' ? passedOn(order, before) : order.quantity
}

/** Released, open and not on hold: what every entry on the floor asks first. */
export const orderStop = (order: WorkOrder): Refusal | undefined => {
  const { workOrder } = order
  if (order.state === 'created') return refuse('order-not-released', { workOrder })
  if (order.state !== 'released') return refuse('order-closed', { workOrder, state: order.state })
  const hold = order.holds[0]
  return hold && refuse('order-on-hold', { workOrder, reason: hold.reason, person: hold.person, at: hold.at })
}

/**
 * `undefined` when the operation may be started or resumed now. `station` is asked about when it is given. `piecesHere`: a
 * person says that pieces are at the station although no report of them has reached this tablet.
 */
export const readiness = (
  order: WorkOrder,
  operation: OperationSummary,
  station?: string,
  piecesHere = false
): Refusal | undefined => {
  const stop = orderStop(order)
  if (stop) return stop
  const about = { workOrder: order.workOrder, op: operation.op }
  if (operation.state === 'done') return refuse('operation-done', about)
  if (station !== undefined && !operation.stations.includes(station))
    return refuse('wrong-station', { ...about, station, stations: operation.stations.join(', ') })
  const before = operationBefore(order, operation.op)
  if (before && !piecesHere && handedOver(order, operation.op) <= counted(operation))
    return refuse('pieces-not-here', { ...about, before: before.op, name: before.name, count: counted(operation) })
  return undefined
}

/** Facts that may be added to a running operation. */
export const atWork = (known: Known, workOrder: string, op: number): Found | Refusal => {
  const found = findJob(known, workOrder, op)
  if ('refused' in found) return found
  const stop = orderStop(found.order)
  if (stop) return stop
  const { state } = found.operation
  if (state === 'done') return refuse('operation-done', { workOrder, op })
  if (state === 'waiting') return refuse('operation-waiting', { workOrder, op })
  if (state === 'paused') return refuse('operation-paused', { workOrder, op })
  return found
}

export type Answer = readonly Draft[] | Refusal
