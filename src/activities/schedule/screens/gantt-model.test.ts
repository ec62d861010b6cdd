import { describe, expect, it } from 'vitest'
import { type Draft, draft } from '#kernel/event.ts'
import { knownAfter } from '#test/room.ts'
import { operationStarted, workOrderCreated } from '#activities/orders/events.ts'
import { calendarSet, siteSetUp, stationSet } from '#plant/events.ts'
import { schedule } from '../activity.ts'
import { operationPinned } from '../events.ts'
import type { PlanSchedule } from '../outlook.ts'
import { dispatch } from '../solver/solve.ts'
import type { OperationInput } from '../solver/problem.ts'
import { ganttOf, neighbour, opened, snapped, swapped, ticksOf } from './gantt-model.ts'
import { publishable } from './publish-schedule.tsx'

const ZONE = 'Europe/Berlin'
/** Monday, 08:00 in Berlin. */
const NOW = Date.parse('2026-11-23T07:00:00Z')
const HOUR = 3_600_000

const station = (code: string, capacity?: number) =>
  draft(stationSet, {
    station: code,
    name: `Station ${code}`,
    line: 'L1',
    kind: 'build',
    order: 1,
    ...(capacity === undefined ? {} : { capacity })
  })
const base: readonly Draft[] = [
  draft(siteSetUp, { site: 'S', name: 'Site', timeZone: ZONE, sample: false }),
  draft(calendarSet, {
    calendar: 'PLANT',
    name: 'Plant',
    week: [1, 2, 3, 4, 5].map(day => ({ day, from: '08:00', to: '16:00' })),
    exceptions: []
  }),
  station('ST-1'),
  station('ST-2', 2),
  draft(workOrderCreated, {
    workOrder: 'WO-1',
    item: 'UNIT',
    revision: 'A',
    itemName: 'Unit',
    quantity: 10,
    due: '2026-11-23',
    priority: 1
  })
]
const operation = (id: string, at: string, minutes: number, over: Partial<OperationInput> = {}): OperationInput => {
  const cut = id.lastIndexOf('-')
  return {
    id,
    workOrder: id.slice(0, cut),
    op: Number(id.slice(cut + 1)),
    stations: [{ station: at, minutes }],
    ...over
  }
}
const stations = ['ST-1', 'ST-2', 'ST-2/2'].map(one => ({ station: one }))
const problem = {
  now: 0,
  stations,
  operations: [
    operation('WO-1-10', 'ST-1', 60, { due: 60 }),
    operation('WO-1-20', 'ST-2/2', 60, { predecessors: ['WO-1-10'] }),
    operation('UNIT@1-10', 'ST-1', 30, { release: 60 })
  ]
}
const run = { item: 'UNIT', name: 'Unit', quantity: 10 }
const plan: PlanSchedule = {
  from: NOW,
  schedule: dispatch(problem, { rule: 'EDD', generation: 'non-delay' }),
  runs: {
    'WO-1': { ...run, due: '2026-11-23', firm: true, material: '2026-11-25' },
    'UNIT@1': { ...run, due: '2026-12-01', firm: false }
  }
}
const gantt = (...more: readonly Draft[]) => ganttOf(knownAfter(schedule, [...base, ...more]), plan, ZONE)
const barOf = (id: string, ...more: readonly Draft[]) =>
  gantt(...more)
    .rows.flatMap(row => row.bars)
    .find(bar => bar.id === id)

describe('the chart of a schedule', () => {
  it('has a row for each place of each station, with its bars in real time', () => {
    const { rows, from } = gantt()
    expect(rows.map(row => [row.place, row.bars.map(bar => bar.id)])).toEqual([
      ['ST-1', ['WO-1-10', 'UNIT@1-10']],
      ['ST-2', []],
      ['ST-2/2', ['WO-1-20']]
    ])
    expect(new Date(from).toISOString()).toBe('2026-11-22T23:00:00.000Z')
    expect(barOf('WO-1-20')).toMatchObject({ from: NOW + HOUR, to: NOW + 2 * HOUR })
  })

  it('shades what is closed, from the first midnight', () => {
    const [first, second] = gantt().rows[0]?.closed ?? []
    expect([first?.from, first?.to]).toEqual([NOW - 8 * HOUR, NOW])
    expect([second?.from, second?.to]).toEqual([NOW + 8 * HOUR, NOW + 24 * HOUR])
  })

  it('says what is late before all else, then what is begun, pinned, only planned', () => {
    expect(barOf('WO-1-10')?.state).toBe('late')
    expect(barOf('UNIT@1-10')?.state).toBe('planned')
    const onTime: PlanSchedule = {
      ...plan,
      schedule: { ...plan.schedule, workOrders: plan.schedule.workOrders.map(one => ({ ...one, lateMinutes: 0 })) }
    }
    const pin = draft(operationPinned, { workOrder: 'WO-1', op: 20, station: 'ST-2', start: '2026-11-24T08:00:00Z' })
    const start = draft(operationStarted, { workOrder: 'WO-1', op: 10, station: 'ST-1' })
    const bars = ganttOf(knownAfter(schedule, [...base, pin, start]), onTime, ZONE).rows.flatMap(row => row.bars)
    expect(Object.fromEntries(bars.map(bar => [bar.id, bar.state]))).toEqual({
      'WO-1-10': 'started',
      'WO-1-20': 'pinned',
      'UNIT@1-10': 'planned'
    })
  })

  it('marks the day on which parts come at the first operation alone', () => {
    expect(barOf('WO-1-10')?.material).toBe(Date.parse('2026-11-24T23:00:00Z'))
    expect(barOf('WO-1-20')?.material).toBeUndefined()
  })

  it('is walked with arrows, over empty rows', () => {
    const { rows } = gantt()
    const to = (id: string | undefined, way: Parameters<typeof neighbour>[2]) => neighbour(rows, id, way)?.id
    expect(to(undefined, 'right')).toBe('WO-1-10')
    expect(to('WO-1-10', 'right')).toBe('UNIT@1-10')
    expect(to('WO-1-10', 'left')).toBeUndefined()
    expect(to('WO-1-10', 'down')).toBe('WO-1-20')
    expect(to('WO-1-20', 'up')).toBe('UNIT@1-10')
    expect(to('UNIT@1-10', 'first')).toBe('WO-1-10')
  })

  it('changes places with a neighbour, and snaps to quarters but never before now', () => {
    const { rows } = gantt()
    const [first, second] = rows[0]?.bars ?? []
    if (!first || !second) throw new Error('there are two')
    expect(swapped(rows, second, 'left')).toBe(first.from)
    expect(swapped(rows, first, 'right')).toBe(first.from + (second.to - second.from))
    expect(swapped(rows, first, 'left')).toBeUndefined()
    expect(snapped(NOW + 20 * 60_000, NOW)).toBe(NOW + 15 * 60_000)
    expect(snapped(NOW - HOUR, NOW)).toBe(NOW)
    // Closed from 16:00 to 08:00: what is dropped there waits for the morning, and what is dropped before stays.
    const night = { closed: [{ from: NOW + 8 * HOUR, to: NOW + 24 * HOUR }] }
    expect(opened(night, NOW + 9 * HOUR)).toBe(NOW + 24 * HOUR)
    expect(opened(night, NOW + 7 * HOUR)).toBe(NOW + 7 * HOUR)
    expect(opened(night, NOW + 24 * HOUR)).toBe(NOW + 24 * HOUR)
  })

  it('has a mark each day, each two hours, or each Monday', () => {
    const span = { from: NOW - 8 * HOUR, to: NOW + 8 * 24 * HOUR, zone: ZONE }
    expect(
      ticksOf(span, 'week')
        .map(tick => tick.text)
        .slice(0, 2)
    ).toEqual(['Mon 23 Nov', 'Tue 24 Nov'])
    expect(ticksOf(span, 'month').map(tick => tick.text)).toEqual(['Mon 23 Nov', 'Mon 30 Nov'])
    expect(ticksOf(span, 'day')[4]).toEqual({ at: NOW, text: '08:00', strong: false })
  })
})

describe('what is given to the stations', () => {
  it('is work orders only, by station and in UTC', () => {
    expect(publishable(plan)).toEqual([
      {
        workOrder: 'WO-1',
        op: 10,
        station: 'ST-1',
        start: '2026-11-23T07:00:00.000Z',
        end: '2026-11-23T08:00:00.000Z'
      },
      {
        workOrder: 'WO-1',
        op: 20,
        station: 'ST-2',
        start: '2026-11-23T08:00:00.000Z',
        end: '2026-11-23T09:00:00.000Z'
      }
    ])
  })
})
