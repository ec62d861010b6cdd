import { describe, expect, it } from 'vitest'
import { dayNumber } from '#kernel/calendar.ts'
import { draft } from '#kernel/event.ts'
import { knownAfter } from '#test/room.ts'
import { schedule } from '../activity.ts'
import { buildPlanned } from '../events.ts'
import { bucketsFrom } from '../mps/buckets.ts'
import type { PlanOutlook } from '../outlook.ts'
import { differencesOf, type Group, type Standing } from './compare-model.ts'

const day = dayNumber('2026-11-23')
const buckets = bucketsFrom(day, 'week', 3)
const names = { item: (item: string) => `the ${item}`, bucket: (at: number) => `W${48 + at}`, resource: String }
const outlook = (over: Partial<PlanOutlook>): PlanOutlook => ({
  shortages: [],
  late: [],
  overloads: [],
  loads: [],
  ...over
})
const planning = (quantity: number) =>
  knownAfter(schedule, [draft(buildPlanned, { build: 'B-1', item: 'UNIT', quantity, due: '2026-12-04' })])
const load = (firm: number) => ({
  resource: 'ST-1',
  kind: 'station' as const,
  name: 'ST-1',
  buckets: [{ firm, planned: 0, open: 600 }]
})
const live: Standing = {
  known: planning(10),
  outlook: outlook({
    late: [
      { what: 'WO-1', item: 'UNIT', due: day, days: 3 },
      { what: 'WO-2', item: 'UNIT', due: day, days: 1 },
      { what: 'WO-3', item: 'UNIT', due: day, days: 2 }
    ],
    shortages: [{ item: 'SCREW', short: 2, day, stops: 'WO-1', stopped: 3 }],
    loads: [load(300)]
  })
}
const tried: Standing = {
  known: planning(25),
  outlook: outlook({
    late: [
      { what: 'WO-2', item: 'UNIT', due: day, days: 5 },
      { what: 'WO-3', item: 'UNIT', due: day, days: 2 }
    ],
    shortages: [{ item: 'BALUN', short: 7, day: day + 1, stopped: 0 }],
    overloads: [{ resource: 'ST-1', bucket: 0, over: 60 }],
    loads: [load(660)]
  })
}
const groups = (...plans: readonly Standing[]) => differencesOf(plans, buckets, names)
const told = (all: readonly Group[], title: string) => {
  const group = all.find(one => one.title === title)
  const rows = group?.rows.map(({ name, cells }) => [
    name,
    ...cells.map(cell => (cell ? `${cell.text} (${cell.against})` : 'unknown'))
  ])
  return { rows, same: group?.same }
}

describe('plans side by side', () => {
  it('name each order that becomes late or comes in time, and only count those that stay as they are', () => {
    expect(told(groups(live, tried), 'Late for want of parts')).toEqual({
      rows: [
        ['WO-2, the UNIT', '1 day late (same)', '5 days late (worse)'],
        ['WO-1, the UNIT', '3 days late (same)', 'not late (better)']
      ],
      same: 1
    })
  })

  it('name each part that is short in one and not in the other', () => {
    expect(told(groups(live, tried), 'Short parts').rows).toEqual([
      ['the BALUN', 'not short (same)', '7 short on Tue 24 Nov (worse)'],
      ['the SCREW', '2 short on Mon 23 Nov; stops WO-1 and 2 more (same)', 'not short (better)']
    ])
  })

  it('show planned builds that differ, neither as better nor as worse', () => {
    expect(told(groups(live, tried), 'Planned builds').rows).toEqual([['the UNIT, W49', '10 (same)', '25 (other)']])
    expect(told(groups(live, { known: planning(0) }), 'Planned builds').rows).toEqual([
      ['the UNIT, W49', '10 (same)', 'none (other)']
    ])
  })

  it('hold the fullest time of a station against what it is open', () => {
    const title = 'Fullest of each station, tool and the inspectors'
    expect(told(groups(live, tried), title).rows).toEqual([
      ['ST-1', '5 of 10 h, W48 (same)', '11 of 10 h, W48 (worse)']
    ])
  })

  it('add up each plan, the same or not', () => {
    expect(told(groups(live, tried), 'In all').rows).toEqual([
      ['Late for want of parts', '3, 6 days in all (same)', '2, 7 days in all (worse)'],
      ['Late in the schedule', 'unknown', 'unknown'],
      ['Short parts', '1 (same)', '1 (same)'],
      ['Too much to do', '0 h (same)', '1 h (worse)']
    ])
  })

  it('say nothing of a plan that is not worked out yet, and nothing is different then', () => {
    const all = groups(live, { known: live.known })
    expect(told(all, 'Late for want of parts')).toEqual({ rows: [], same: 3 })
    expect(told(all, 'Short parts').rows).toEqual([])
  })

  it('hold the orders of two schedules against each other, what is only planned by what it is and when', () => {
    const planned = (order: string, lateMinutes: number, firm: boolean): Standing => ({
      known: live.known,
      schedule: {
        from: 0,
        runs: { [order]: { item: 'UNIT', name: 'Unit', quantity: 1, due: '2026-12-04', firm } },
        schedule: {
          ...{ operations: [], makespan: 0, weightedTardiness: 0, setupMinutes: 0, moved: 0, cost: 0, faults: [] },
          workOrders: [{ workOrder: order, end: 0, weight: 1, lateMinutes }],
          how: { rule: 'EDD', generation: 'active', iterations: 0, stopped: 'constructed' }
        }
      }
    })
    expect(told(groups(planned('WO-1', 90, true), planned('WO-1', 0, true)), 'Late in the schedule').rows).toEqual([
      ['WO-1, Unit', '1.5 h late (same)', 'in time (better)']
    ])
    expect(told(groups(planned('P-1', 90, false), planned('P-7', 30, false)), 'Late in the schedule').rows).toEqual([
      ['the build of Unit by Fri 4 Dec', '1.5 h late (same)', '30 min late (better)']
    ])
  })
})
