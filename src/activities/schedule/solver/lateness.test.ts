import { describe, expect, it } from 'vitest'
import type { OperationInput, ScheduleProblem, WorkOrderResult } from './problem.ts'
import { dispatch } from './solve.ts'

const operation = (
  workOrder: string,
  op: number,
  minutes: number,
  more: Partial<OperationInput> = {}
): OperationInput => ({
  id: `${workOrder}-${op}`,
  workOrder,
  op,
  stations: [{ station: 'A', minutes }],
  ...more
})

const late = (
  operations: readonly OperationInput[],
  more: Partial<ScheduleProblem> = {}
): WorkOrderResult | undefined => {
  const problem = { now: 0, stations: [{ station: 'A' }, { station: 'B' }], operations, ...more }
  return dispatch(problem, { rule: 'EDD', generation: 'non-delay' }).workOrders.find(
    ({ workOrder }) => workOrder === 'WO-2'
  )
}

describe('a late work order says that it waited for', () => {
  it('a station that another one had', () => {
    const found = late([operation('WO-1', 10, 50, { due: 10 }), operation('WO-2', 10, 20, { due: 30 })])
    expect(found).toMatchObject({ lateMinutes: 40 })
    expect(found?.cause).toEqual({
      cause: 'capacity',
      how: 'station-busy',
      minutes: 50,
      operation: 'WO-2-10',
      blocking: 'WO-1-10',
      station: 'A'
    })
  })

  it('its material', () => {
    const found = late([operation('WO-2', 10, 20, { due: 30, release: 45 })])
    expect(found?.cause).toEqual({ cause: 'material', how: 'material-date', minutes: 45, operation: 'WO-2-10' })
  })

  it('the end of the frozen zone, and for being locked late', () => {
    expect(late([operation('WO-2', 10, 20, { due: 30 })], { fence: 60 })?.cause).toMatchObject({
      cause: 'fence',
      how: 'fence',
      minutes: 60
    })
    expect(late([operation('WO-2', 10, 20, { due: 30, locked: { station: 'A', start: 70 } })])?.cause).toMatchObject({
      cause: 'fence',
      how: 'locked',
      minutes: 70
    })
  })

  it('another work order that makes its part', () => {
    const found = late([
      operation('WO-1', 10, 80, { stations: [{ station: 'B', minutes: 80 }] }),
      operation('WO-2', 10, 20, { due: 30, predecessors: ['WO-1-10'] })
    ])
    expect(found?.cause).toMatchObject({
      cause: 'predecessor',
      how: 'other-work-order',
      minutes: 80,
      blocking: 'WO-1-10'
    })
  })

  it('a tool that another one had', () => {
    const found = late(
      [
        operation('WO-1', 10, 50, { due: 10, tools: ['T-1'] }),
        operation('WO-2', 10, 20, { due: 30, tools: ['T-1'], stations: [{ station: 'B', minutes: 20 }] })
      ],
      { tools: [{ tool: 'T-1', count: 1 }] }
    )
    expect(found?.cause).toMatchObject({
      cause: 'capacity',
      how: 'tool-busy',
      minutes: 50,
      blocking: 'WO-1-10',
      tool: 'T-1'
    })
  })

  it('its station to open, first before it and then in the middle of it', () => {
    const open = [
      [100, 110],
      [150, 200]
    ] as const
    const found = late([operation('WO-2', 10, 20, { due: 30 })], { stations: [{ station: 'A', open }] })
    expect(found?.end).toBe(160)
    expect(found?.waits?.map(({ how, minutes }) => [how, minutes])).toEqual([
      ['station-closed', 100],
      ['station-closed', 40]
    ])
  })

  it('nothing, when the work itself is too long', () => {
    const found = late([
      operation('WO-2', 10, 20, { due: 30 }),
      operation('WO-2', 20, 40, { predecessors: ['WO-2-10'] })
    ])
    expect(found).toMatchObject({
      lateMinutes: 30,
      cause: { cause: 'fence', how: 'work-content', operation: 'WO-2-10' }
    })
  })

  it('several things, all in the order of time, of which the longest is the cause', () => {
    const found = late([
      operation('WO-1', 10, 15, { due: 1 }),
      operation('WO-2', 10, 10, { due: 30 }),
      operation('WO-2', 20, 10, { predecessors: ['WO-2-10'], release: 90, stations: [{ station: 'B', minutes: 10 }] })
    ])
    expect(found?.waits?.map(({ how, minutes }) => [how, minutes])).toEqual([
      ['station-busy', 15],
      ['material-date', 65]
    ])
    expect(found?.cause?.how).toBe('material-date')
  })
})
