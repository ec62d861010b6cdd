import { describe, expect, it } from 'vitest'
import { knownAfter } from '#test/room.ts'
import { schedulePublished } from '#activities/schedule/events.ts'
import { draft } from '#kernel/event.ts'
import { orders } from './activity.ts'
import { queueOf } from './queue.ts'
import { dispatchOf, dispatchView, type OperationSummary, type WorkOrder } from './views.ts'

const operation = (op: number, state: OperationSummary['state'] = 'waiting'): OperationSummary => ({
  op,
  name: `Op ${op}`,
  stations: ['ST-1'],
  runMinutes: 1,
  steps: [1],
  checks: 0,
  state,
  ledger: [],
  good: 0,
  scrap: 0,
  rework: 0,
  ...(state === 'running' ? { station: 'ST-1' } : {})
})
const order = (workOrder: string, priority: number, state?: OperationSummary['state']): WorkOrder => ({
  workOrder,
  item: 'UNIT',
  itemName: 'Unit',
  revision: 'A',
  quantity: 10,
  due: '2026-12-01',
  priority,
  state: 'released',
  operations: [operation(10, state)],
  holds: []
})
const all = [order('WO-1', 1), order('WO-2', 2), order('WO-3', 3), order('WO-4', 9, 'running')]

const published = (
  version: number,
  ...jobs: readonly (readonly [workOrder: string, station: string, hour: number])[]
) =>
  draft(schedulePublished, {
    version,
    operations: jobs.map(([workOrder, station, hour]) => ({
      workOrder,
      op: 10,
      station,
      start: `2026-11-24T${hour}:00:00Z`,
      end: `2026-11-24T${hour + 1}:00:00Z`
    }))
  })

/** The queue of ST-1 after these schedules. */
const queue = (...schedules: readonly ReturnType<typeof published>[]) => {
  const known = knownAfter(orders, schedules)
  const dispatch = dispatchOf(key => known.get(dispatchView, key), 'ST-1')
  return { version: dispatch?.version, rows: queueOf(all, 'ST-1', dispatch) }
}
const names = (rows: ReturnType<typeof queueOf>) => rows.map(row => row.order.workOrder)

describe('the queue of a station', () => {
  it('goes by priority and due day while no schedule is published', () => {
    expect(names(queue().rows)).toEqual(['WO-4', 'WO-1', 'WO-2', 'WO-3'])
  })

  it('follows the published schedule, with what runs first and what it does not have last', () => {
    const { rows, version } = queue(published(1, ['WO-2', 'ST-1', 12], ['WO-3', 'ST-1', 10]))
    expect(names(rows)).toEqual(['WO-4', 'WO-3', 'WO-2', 'WO-1'])
    expect(rows.map(row => row.planned?.slice(11, 13))).toEqual([undefined, '10', '12', undefined])
    expect(version).toBe(1)
  })

  it('forgets the schedule before, at a station too that the new one does not name', () => {
    const { rows, version } = queue(published(1, ['WO-3', 'ST-1', 10]), published(2, ['WO-3', 'ST-2', 10]))
    expect(names(rows)).toEqual(['WO-4', 'WO-1', 'WO-2', 'WO-3'])
    expect(version).toBe(2)
  })
})
