import { describe, expect, it } from 'vitest'
import { dayNumber } from '#kernel/calendar.ts'
import { draft, type Draft } from '#kernel/event.ts'
import { knownAfter } from '#test/room.ts'
import {
  operationStarted,
  quantityReported,
  routingSet,
  workOrderCreated,
  workOrderReleased
} from '#activities/orders/events.ts'
import { controlPlanSet } from '#activities/quality/events.ts'
import { toolSet } from '#activities/tooling/events.ts'
import { calendarSet, lineSet, siteSetUp, stationSet } from '#plant/events.ts'
import { schedule } from '../activity.ts'
import { bucketsFrom } from '../mps/buckets.ts'
import { scheduleProblemFrom } from '../solver/problem-from.ts'
import { INSPECTION, loadOf } from './load.ts'
import { sampleSize } from './sample-size.ts'

const now = Date.parse('2026-11-23T06:00:00Z')
const weeks = bucketsFrom(dayNumber('2026-11-23'), 'week', 2)
const station = (code: string, over: object = {}) =>
  draft(stationSet, { station: code, name: code, line: 'L1', kind: 'build', order: 1, ...over })
const operation = (op: number, stations: string[], over: object = {}) => ({
  op,
  name: `Op ${op}`,
  stations,
  setupMinutes: 10,
  runMinutes: 2,
  steps: [],
  ...over
})
const base: readonly Draft[] = [
  draft(siteSetUp, { site: 'main', name: 'Fennel', timeZone: 'Europe/Berlin', sample: true }),
  draft(lineSet, { line: 'L1', name: 'Line' }),
  draft(calendarSet, {
    calendar: 'SHORT',
    name: 'Mornings',
    week: [{ day: 1, from: '08:00', to: '12:00' }],
    exceptions: []
  }),
  station('ST-1', { calendar: 'SHORT' }),
  station('ST-2', { capacity: 2 }),
  station('ST-3', { kind: 'inspection' }),
  draft(toolSet, { tool: 'T-JIG', name: 'Jig', kind: 'jig', location: 'LOC-A' }),
  draft(controlPlanSet, {
    plan: 'QC-1',
    revision: 'A',
    title: 'Final',
    sample: 8,
    stopAt: { critical: 1, major: 1, minor: 1 },
    characteristics: [{ number: 1, name: 'Height', kind: 'attribute', severity: 'major' }]
  }),
  draft(routingSet, {
    item: 'UNIT',
    revision: 'A',
    operations: [
      operation(10, ['ST-1', 'ST-2'], { tools: ['T-JIG', 'T-GONE'] }),
      operation(20, ['ST-3'], { controlPlan: 'QC-1', setupMinutes: 0 })
    ]
  }),
  draft(workOrderCreated, {
    workOrder: 'WO-1',
    item: 'UNIT',
    revision: 'A',
    itemName: 'Unit',
    quantity: 40,
    due: '2026-11-26',
    priority: 2
  })
]
const known = (...more: readonly Draft[]) => knownAfter(schedule, [...base, ...more])
const run = { order: 'P-1', item: 'UNIT', revision: 'A', quantity: 5, due: '2026-12-02' }

describe('how many are inspected', () => {
  it('is as the plan says: each, so many, or by the size of the run', () => {
    expect([sampleSize('each', 40), sampleSize(8, 40), sampleSize(8, 3)]).toEqual([40, 8, 3])
    const byTable = (level: 'I' | 'II' | 'S-1', quantity: number) => sampleSize({ level, aql: '1.0' }, quantity)
    expect([byTable('II', 8), byTable('II', 9), byTable('II', 500), byTable('I', 500), byTable('S-1', 60_000)]).toEqual(
      [2, 3, 50, 20, 8]
    )
    expect(byTable('II', 1_000_000)).toBe(1_250)
  })
})

describe('the rough-cut load', () => {
  const load = (resource: string, from = known(), planned = [run]) =>
    loadOf(from, weeks, { now, planned }).find(one => one.resource === resource)?.buckets

  it('is shared by the stations that may do it, and stands against the minutes they are open', () => {
    expect(load('ST-1')).toEqual([
      { firm: 45, planned: 0, open: 240 },
      { firm: 0, planned: 10, open: 240 }
    ])
    // Two places for five days of eight hours.
    expect(load('ST-2')?.[1]).toEqual({ firm: 0, planned: 10, open: 2 * 5 * 480 })
  })

  it('counts each tool, and the minutes of inspectors by what is sampled', () => {
    expect(load('T-JIG')?.map(one => one.firm + one.planned)).toEqual([90, 20])
    expect(load(INSPECTION)?.map(one => [one.firm, one.planned])).toEqual([
      [16, 0],
      [0, 10]
    ])
    expect(load('T-GONE')).toBeUndefined()
  })

  it('leaves out what is done, and opens no hour that is over', () => {
    const later = loadOf(known(), weeks, { now: Date.parse('2026-11-23T10:00:00Z') })
    expect(later.find(one => one.resource === 'ST-1')?.buckets[0]?.open).toBe(60)
    const made = known(
      draft(quantityReported, { workOrder: 'WO-1', op: 10, report: 'r', good: 30, scrap: 0, rework: 0 })
    )
    expect(load('ST-1', made, [])?.[0]?.firm).toBe(15)
  })
})

describe('the scheduling problem', () => {
  it('has places for what a station does at once, minutes from now, and the day’s end as due', () => {
    const problem = scheduleProblemFrom(known(), { now, planned: [run], materialOf: () => '2026-11-24' })
    expect(problem.stations.map(one => one.station)).toEqual(['ST-1', 'ST-2', 'ST-2/2', 'ST-3'])
    expect(problem.stations[0]?.open?.[0]).toEqual([60, 300])
    expect(problem.operations.map(one => one.id)).toEqual(['WO-1-10', 'WO-1-20', 'P-1-10', 'P-1-20'])
    expect(problem.operations[0]).toMatchObject({
      stations: [
        { station: 'ST-1', minutes: 90 },
        { station: 'ST-2', minutes: 90 },
        { station: 'ST-2/2', minutes: 90 }
      ],
      tools: ['T-JIG'],
      release: 17 * 60,
      due: (4 * 24 - 7) * 60,
      weight: 8
    })
    expect(problem.operations[1]).toMatchObject({ predecessors: ['WO-1-10'], stations: [{ minutes: 16 }] })
  })

  it('keeps what has begun where it is, with what is left of it, and lets a board go before its unit', () => {
    const released = draft(workOrderReleased, {
      workOrder: 'WO-1',
      method: 'a'.repeat(64),
      operations: [{ op: 10, name: 'Op 10', stations: ['ST-1'], runMinutes: 2, steps: [], checks: 0 }]
    })
    const begun = draft(operationStarted, { workOrder: 'WO-1', op: 10, station: 'ST-1' })
    const made = draft(quantityReported, { workOrder: 'WO-1', op: 10, report: 'r', good: 30, scrap: 0, rework: 0 })
    const { operations } = scheduleProblemFrom(known(released, begun, made), {
      now: Date.parse('2026-11-23T10:00:00Z'),
      planned: [run],
      waitsFor: order => (order === 'P-1' ? ['WO-1'] : [])
    })
    expect(operations[0]).toMatchObject({ id: 'WO-1-10', state: 'started', locked: { station: 'ST-1' }, remaining: 20 })
    expect(operations[1]).toMatchObject({ id: 'P-1-10', predecessors: ['WO-1-10'] })
  })
})
