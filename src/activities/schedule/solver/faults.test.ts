import { describe, expect, it } from 'vitest'
import { broken } from '#test/oracles/feasible.ts'
import type { OperationInput, Schedule, ScheduleProblem } from './problem.ts'
import { dispatch, schedule } from './solve.ts'

const good: OperationInput = {
  id: 'good',
  workOrder: 'WO-1',
  op: 10,
  stations: [{ station: 'A', minutes: 30 }],
  due: 60
}

const other = (id: string, more: Partial<OperationInput> = {}): OperationInput => ({
  ...good,
  id,
  workOrder: `WO-${id}`,
  ...more
})

const plan = (operations: readonly OperationInput[], more: Partial<ScheduleProblem> = {}): Schedule => {
  const problem = { now: 0, stations: [{ station: 'A' }, { station: 'B' }], operations: [good, ...operations], ...more }
  const made = schedule(problem, { seed: 1, iterations: 128 })
  expect(made.operations.map(({ id }) => id)).toContain('good')
  return made
}

const named = ({ faults }: Schedule): string[] =>
  faults.map(({ code, operation, station, tool }) => [code, operation ?? station ?? tool].join(' '))

describe('what cannot be planned is named, and the rest is planned', () => {
  it('an operation without a station, or at one that nobody knows', () => {
    const made = plan([
      other('nowhere', { stations: [] }),
      other('unknown', { stations: [{ station: 'X', minutes: 5 }] }),
      other('half', {
        stations: [
          { station: 'X', minutes: 5 },
          { station: 'B', minutes: 7 }
        ]
      })
    ])
    expect(named(made)).toEqual(['no-station nowhere', 'unknown-station unknown', 'unknown-station half'])
    expect(made.operations.find(({ id }) => id === 'half')?.station).toBe('B')
  })

  it('a cycle among predecessors, in its order, once, and what waits for it', () => {
    const made = plan([
      other('a', { predecessors: ['c'] }),
      other('b', { predecessors: ['a'] }),
      other('c', { predecessors: ['b', 'good'] }),
      other('d', { predecessors: ['c'] })
    ])
    const cycle = made.faults.find(({ code }) => code === 'predecessor-cycle')
    expect(cycle?.operations).toHaveLength(3)
    expect(new Set(cycle?.operations)).toEqual(new Set(['a', 'b', 'c']))
    expect(made.faults).toContainEqual({
      code: 'waits-for-unplanned',
      operation: 'd',
      workOrder: 'WO-d',
      operations: ['c']
    })
    expect(made.faults).toHaveLength(2)
  })

  it('an operation that is its own predecessor, or waits for one that nobody knows', () => {
    const made = plan([other('self', { predecessors: ['self'] }), other('lost', { predecessors: ['gone'] })])
    expect(named(made).sort()).toEqual(['predecessor-cycle self', 'unknown-predecessor lost'])
    expect(made.operations.map(({ id }) => id)).toContain('lost')
  })

  it('a calendar without open time, and what could only be done there', () => {
    const made = plan([other('shut', { stations: [{ station: 'C', minutes: 5 }] })], {
      stations: [{ station: 'A' }, { station: 'C', open: [] }]
    })
    expect(named(made)).toEqual(['no-open-time C', 'no-open-time shut'])
  })

  it('a calendar that ends too soon, and what waits for it', () => {
    const made = plan(
      [other('late', { stations: [{ station: 'C', minutes: 90 }] }), other('next', { predecessors: ['late'] })],
      { stations: [{ station: 'A' }, { station: 'C', open: [[0, 60]] }] }
    )
    expect(named(made)).toEqual(['beyond-the-calendar late', 'waits-for-unplanned next'])
  })

  it('an operation that has to fit into one shift and is longer than any', () => {
    const open = [
      [0, 60],
      [100, 160]
    ] as const
    const made = plan([other('long', { stations: [{ station: 'C', minutes: 61 }], overBreaks: 'fit' })], {
      stations: [{ station: 'A' }, { station: 'C', open }]
    })
    expect(named(made)).toEqual(['never-fits long'])
  })

  it('minutes below nothing, without end, and no number', () => {
    const minutes = [-1, 1e15, Number.POSITIVE_INFINITY, Number.NaN]
    const made = plan(minutes.map((value, k) => other(`m${k}`, { stations: [{ station: 'A', minutes: value }] })))
    expect(named(made)).toEqual(['m0', 'm1', 'm2', 'm3'].map(id => `minutes-out-of-range ${id}`))
    expect(made.operations).toHaveLength(1)
  })

  it('dates and weights that cannot be; the operation is planned without them', () => {
    const made = plan([other('d', { due: Number.NaN }), other('w', { weight: -3 }), other('r', { release: 1e30 })])
    expect(named(made)).toEqual(['time-out-of-range d', 'weight-out-of-range w', 'time-out-of-range r'])
    expect(made.operations).toHaveLength(4)
  })

  it('tools that nobody knows, of which there are none, and set-ups of negative length', () => {
    const made = plan([other('t', { tools: ['T-9'] }), other('n', { tools: ['T-0'] })], {
      tools: [{ tool: 'T-0', count: 0 }],
      setups: [{ from: 'x', to: 'y', minutes: -5, station: 'A' }]
    })
    expect(named(made)).toEqual(['setup-out-of-range A', 'unknown-tool t', 'tool-count n'])
  })

  it('the same id twice, the same station twice, and a load too big for its furnace', () => {
    const made = plan(
      [other('good'), other('big', { stations: [{ station: 'F', minutes: 5 }], batch: { key: 'k', size: 9 } })],
      {
        stations: [{ station: 'A' }, { station: 'A' }, { station: 'F', batchCapacity: 4 }]
      }
    )
    expect(named(made)).toEqual(['same-station A', 'same-id good', 'too-big-for-batch big'])
  })

  it('locks that overlap, that come before what they wait for, and a started operation without a place', () => {
    const made = plan([
      other('l1', { locked: { station: 'A', start: 100 } }),
      other('l2', { locked: { station: 'A', start: 110 } }),
      other('l3', { locked: { station: 'A', start: 5 }, predecessors: ['l1'] }),
      other('s', { state: 'started' }),
      other('begun', {
        state: 'started',
        locked: { station: 'B', start: 0 },
        remaining: 5,
        stations: [{ station: 'B', minutes: 5 }],
        predecessors: ['l1']
      })
    ])
    expect(named(made).sort()).toEqual(['locked-before-predecessor l3', 'locked-overlap l2', 'started-without-place s'])
    expect(made.operations.filter(({ locked }) => locked).map(({ id, start }) => [id, start])).toEqual([
      ['begun', 0],
      ['l3', 5],
      ['l1', 100],
      ['l2', 110]
    ])
  })

  it('every lock that a long one overlaps, not only the next', () => {
    const lock = (id: string, start: number, minutes: number) =>
      other(id, { stations: [{ station: 'A', minutes }], locked: { station: 'A', start } })
    const made = plan([lock('long', 0, 100), lock('inside', 10, 10), lock('later', 30, 10), lock('after', 100, 10)])
    expect(made.faults.map(({ operation, operations }) => [operation, operations])).toEqual([
      ['inside', ['long']],
      ['later', ['long']]
    ])
  })
})

describe('a plan of', () => {
  it('thousands of orders of the same day, at one station, is made', { timeout: 120_000 }, () => {
    const operations = Array.from({ length: 3000 }, (_, k) =>
      other(`${k}`, { due: 480, stations: [{ station: 'A', minutes: 1 + (k % 9) }] })
    )
    const problem = { now: 0, stations: [{ station: 'A' }], operations }
    const made = dispatch(problem, { rule: 'ATCS', generation: 'non-delay' })
    expect(broken(problem, made)).toEqual([])
    expect(
      made.workOrders.filter(({ lateMinutes }) => lateMinutes > 0).every(({ cause }) => cause?.cause === 'capacity')
    ).toBe(true)
  })

  it('due dates in 1970 and in 9999 is made, and only the first is late', () => {
    const now = 29_900_000
    const operations = [other('old', { due: 0 }), other('far', { due: 4_223_000_000 })]
    const made = schedule({ now, stations: [{ station: 'A' }], operations }, { seed: 1, iterations: 64 })
    expect(made.workOrders.map(({ workOrder, lateMinutes }) => [workOrder, lateMinutes])).toEqual([
      ['WO-old', now + 30],
      ['WO-far', 0]
    ])
  })

  it('nothing is empty', () => {
    const made = schedule({ now: 5, stations: [], operations: [] }, { seed: 1, iterations: 64 })
    expect(made).toMatchObject({ operations: [], workOrders: [], faults: [], makespan: 0, cost: 0 })
  })
})
