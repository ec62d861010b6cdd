import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { broken } from '#test/oracles/feasible.ts'
import type { OperationInput, RuleName, ScheduleProblem } from './problem.ts'
import { begin, dispatch, schedule } from './solve.ts'

const small = (least: number, most: number) => fc.integer({ min: least, max: most })

/** Open from the first interval's beginning for as long as any test needs, in shifts that differ by station. */
const shifts = fc
  .tuple(small(20, 60), small(5, 40), small(0, 30))
  .map(([work, rest, offset]) =>
    Array.from({ length: 60 }, (_, k) => [offset + k * (work + rest), offset + k * (work + rest) + work] as const)
  )

const station = (k: number) =>
  fc.record(
    {
      station: fc.constant(`ST-${k}`),
      open: shifts,
      family: fc.constantFrom('red', 'blue'),
      batchCapacity: fc.constant(4)
    },
    { requiredKeys: ['station'] }
  )

const jobs = (stations: number) =>
  fc.array(
    fc.record({
      due: small(-50, 600),
      weight: small(0, 5),
      release: small(0, 80),
      steps: fc.array(
        fc.record({
          choices: fc.uniqueArray(fc.tuple(small(0, stations - 1), small(1, 18)), {
            minLength: 1,
            maxLength: 2,
            selector: ([k]) => k
          }),
          family: fc.option(fc.constantFrom('red', 'blue', 'green'), { nil: undefined }),
          tools: fc.subarray(['T-1', 'T-2']),
          batch: fc.option(fc.record({ key: fc.constantFrom('a', 'b'), size: small(1, 3) }), { nil: undefined }),
          fit: fc.boolean(),
          lockAt: fc.option(small(0, 300), { nil: undefined, freq: 8 })
        }),
        { minLength: 1, maxLength: 4 }
      )
    }),
    { minLength: 1, maxLength: 7 }
  )

type Job = ReturnType<typeof jobs> extends fc.Arbitrary<(infer One)[]> ? One : never

const operationsOf = (list: readonly Job[]): OperationInput[] =>
  list.flatMap(({ due, weight, release, steps }, j) =>
    steps.map(({ choices, family, tools, batch, fit, lockAt }, s): OperationInput => {
      const first = choices[0]
      return {
        id: `WO-${j}-${s}`,
        workOrder: `WO-${j}`,
        op: s,
        due,
        weight,
        stations: choices.map(([k, minutes]) => ({ station: `ST-${k}`, minutes })),
        tools,
        overBreaks: fit ? 'fit' : 'pause',
        ...(s === 0 ? { release } : { predecessors: [`WO-${j}-${s - 1}`] }),
        ...(family === undefined ? {} : { family }),
        ...(batch === undefined ? {} : { batch }),
        // Only first operations are locked, so that no lock contradicts a route.
        ...(lockAt !== undefined && s === 0 && first ? { locked: { station: `ST-${first[0]}`, start: lockAt } } : {})
      }
    })
  )

const plants = small(1, 4).chain(count =>
  fc
    .record({
      stations: fc.tuple(...Array.from({ length: count }, (_, k) => station(k))),
      list: jobs(count),
      setups: fc.array(
        fc.record({
          from: fc.constantFrom('red', 'blue', 'green'),
          to: fc.constantFrom('red', 'blue', 'green'),
          minutes: small(0, 12)
        }),
        { maxLength: 9 }
      ),
      fence: small(0, 40)
    })
    .map(
      ({ stations, list, setups, fence }): ScheduleProblem => ({
        now: 0,
        fence,
        stations,
        operations: operationsOf(list),
        tools: [
          { tool: 'T-1', count: 1 },
          { tool: 'T-2', count: 2 }
        ],
        setups
      })
    )
)

/** Locks of different work orders may contradict each other in a random problem; what is asked here is about the others. */
const withoutToolLocks = (problem: ScheduleProblem): ScheduleProblem => ({
  ...problem,
  operations: problem.operations.map(one => (one.locked ? { ...one, tools: [] } : one))
})

const RULES: readonly RuleName[] = ['SPT', 'LPT', 'MWKR', 'LWKR', 'MOPNR', 'FIFO', 'EDD', 'CR', 'WSPT', 'ATC', 'ATCS']

describe('a schedule', () => {
  it('keeps calendars, routes, set-ups, tools, furnaces, material dates and locks, whatever the rule', () => {
    fc.assert(
      fc.property(
        plants,
        fc.constantFrom(...RULES),
        fc.constantFrom('non-delay', 'active'),
        (plant, rule, generation) => {
          const problem = withoutToolLocks(plant)
          expect(broken(problem, dispatch(problem, { rule, generation }))).toEqual([])
        }
      ),
      { numRuns: 150 }
    )
  })

  it('keeps them after a search too, and is never worse than ATCS', () => {
    fc.assert(
      fc.property(plants, small(0, 1000), (plant, seed) => {
        const problem = withoutToolLocks(plant)
        const searched = schedule(problem, { seed, iterations: 400 })
        const atcs = dispatch(problem, { rule: 'ATCS', generation: 'non-delay' })
        expect(broken(problem, searched)).toEqual([])
        expect(searched.operations.length).toBeGreaterThanOrEqual(atcs.operations.length)
        if (searched.operations.length === atcs.operations.length)
          expect(searched.weightedTardiness).toBeLessThanOrEqual(atcs.weightedTardiness)
      }),
      { numRuns: 40 }
    )
  })

  it('is the same for the same seed and iterations', () => {
    fc.assert(
      fc.property(plants, small(0, 1000), (problem, seed) => {
        const budget = { seed, iterations: 300 }
        expect(schedule(problem, budget)).toEqual(schedule(problem, budget))
      }),
      { numRuns: 25 }
    )
  })

  it('never costs more than the best rule when the objective is given', () => {
    fc.assert(
      fc.property(
        plants,
        fc.record({ tardiness: small(0, 3), setup: small(0, 9), makespan: small(0, 3) }),
        (plant, objective) => {
          const problem = { ...plant, objective }
          const searched = schedule(problem, { seed: 1, iterations: 300 })
          expect(searched.cost).toBeLessThanOrEqual(schedule(problem).cost + 1e-6)
        }
      ),
      { numRuns: 40 }
    )
  })

  it('explains each lateness by waits that, with the work, fill the time from now to the end', () => {
    fc.assert(
      fc.property(plants, plant => {
        const problem = { ...plant, operations: plant.operations.map(({ locked: _, batch: __, ...one }) => one) }
        const made = dispatch(problem, { rule: 'EDD', generation: 'non-delay' })
        const byId = new Map(made.operations.map(one => [one.id, one]))
        for (const order of made.workOrders.filter(one => one.lateMinutes > 0 && !one.unplanned)) {
          const waits = order.waits ?? []
          if (waits[0]?.how === 'work-content') continue
          const members = made.operations.filter(one => one.workOrder === order.workOrder)
          const work = members.reduce((sum, one) => sum + one.setupMinutes + one.runMinutes, 0)
          expect(waits.reduce((sum, wait) => sum + wait.minutes, 0) + work).toBeCloseTo(order.end - problem.now)
          for (const wait of waits) {
            expect(wait.minutes).toBeGreaterThan(0)
            if (wait.blocking) expect(byId.has(wait.blocking)).toBe(true)
          }
        }
      }),
      { numRuns: 150 }
    )
  })
})

describe('a search', () => {
  const problem: ScheduleProblem = {
    now: 0,
    stations: [{ station: 'A' }, { station: 'B' }],
    operations: Array.from({ length: 12 }, (_, j) => [
      { id: `${j}-1`, workOrder: `${j}`, op: 1, stations: [{ station: 'A', minutes: 3 + (j % 5) }], due: 20 + 3 * j },
      {
        id: `${j}-2`,
        workOrder: `${j}`,
        op: 2,
        stations: [{ station: 'B', minutes: 2 + (j % 7) }],
        due: 20 + 3 * j,
        predecessors: [`${j}-1`]
      }
    ]).flat()
  }

  it('answers the best so far when it is cancelled', () => {
    let asked = 0
    const seen: number[] = []
    const made = schedule(
      problem,
      { seed: 1, iterations: 1_000_000 },
      { cancelled: () => ++asked === 5, onProgress: ({ cost }) => seen.push(cost) }
    )
    expect(made.how.stopped).toBe('cancelled')
    expect(seen).toHaveLength(5)
    expect(made.cost).toBeCloseTo(seen.at(-1) ?? 0)
    expect(broken(problem, made)).toEqual([])
  })

  it('stops at its time, by the clock that it was given', () => {
    let clock = 0
    const made = schedule(problem, { seed: 1, milliseconds: 50, now: () => clock++ })
    expect(made.how.stopped).toBe('time')
    expect(clock).toBeLessThan(200)
  })

  it('goes on in small pieces for whoever has to listen in between', () => {
    const run = begin(problem, { seed: 2, iterations: 640 })
    let pieces = 0
    while (run.advance()) pieces++
    expect(pieces).toBe(9)
    expect(run.progress().part).toBe(1)
    expect(run.answer().how.stopped).toBe('iterations')
  })
})
