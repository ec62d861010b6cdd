/** How the desk says the state of an order and an operation. */
import type { Level } from '#ui/state-mark.tsx'
import type { OperationSummary, WorkOrder } from '../projection.ts'

type Mark = { readonly level: Level; readonly word: string }

export const orderMark = (order: WorkOrder): Mark => {
  if (order.holds.length > 0) return { level: 'stop', word: 'On hold' }
  if (order.state === 'created') return { level: 'off', word: 'Created' }
  if (order.state === 'complete') return { level: 'off', word: 'Complete' }
  if (order.state === 'cancelled') return { level: 'off', word: 'Cancelled' }
  const states = order.operations.map(({ state }) => state)
  if (states.length > 0 && states.every(state => state === 'done')) return { level: 'info', word: 'All done' }
  if (states.includes('running')) return { level: 'normal', word: 'Running' }
  if (states.includes('paused')) return { level: 'attention', word: 'Paused' }
  return { level: 'info', word: 'Released' }
}

const marks: Record<OperationSummary['state'], Mark> = {
  waiting: { level: 'off', word: 'Waiting' },
  running: { level: 'normal', word: 'Running' },
  paused: { level: 'attention', word: 'Paused' },
  done: { level: 'info', word: 'Done' }
}
export const operationMark = ({ state }: OperationSummary): Mark => marks[state]

/** Pieces that have left the last operation good. */
export const finished = ({ operations }: WorkOrder): number => operations.at(-1)?.good ?? 0
