import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { dayNumber, dayText } from '#kernel/calendar.ts'
import type { OpenOrder } from '../order-view.ts'
import { bucketOf, bucketsFrom, sumInto } from './buckets.ts'
import { compareVersion } from './compare.ts'
import { consequencesOf, type Short } from './consequences.ts'
import { type LotChoice, proposeMps } from './propose.ts'
import { mpsRecord, type MpsItem } from './record.ts'

const day = dayNumber('2026-11-25')

describe('buckets', () => {
  const starts = (kind: 'day' | 'week' | 'month') => bucketsFrom(day, kind, 3).map(({ from }) => dayText(from))

  it('begin with the one that today lies in', () => {
    expect(starts('day')).toEqual(['2026-11-25', '2026-11-26', '2026-11-27'])
    expect(starts('week')).toEqual(['2026-11-23', '2026-11-30', '2026-12-07'])
    expect(starts('month')).toEqual(['2026-11-01', '2026-12-01', '2027-01-01'])
  })

  it('take what is past due into the first, and leave out what lies behind the last', () => {
    const weeks = bucketsFrom(day, 'week', 3)
    expect([0, day, day + 7, day + 100].map(one => bucketOf(weeks, one))).toEqual([0, 0, 1, -1])
    expect(
      sumInto(weeks, [
        { day: 0, quantity: 0.1 },
        { day, quantity: 0.2 },
        { day: day + 99, quantity: 5 }
      ])
    ).toEqual([0.3, 0, 0])
  })
})

const item = (over: Partial<MpsItem> = {}): MpsItem => ({
  onHand: 10,
  forecast: [5, 5, 5, 5],
  orders: [8, 0, 20, 0],
  planned: [0, 0, 20, 0],
  demandRule: 'greater',
  ...over
})

describe('the record', () => {
  it('counts work orders beside planned builds, and says how far below safety it falls', () => {
    const rows = mpsRecord(item({ receipts: [0, 4, 0, 0], safetyStock: 3 }))
    expect(rows.map(({ projected }) => projected)).toEqual([2, 1, 1, -4])
    expect(rows.map(({ belowSafety }) => belowSafety)).toEqual([1, 2, 2, 7])
  })

  it('promises nothing twice: an oversold lot takes from the ones before it', () => {
    const rows = mpsRecord(item({ orders: [2, 0, 25, 0] }))
    expect(rows.map(({ promise }) => promise)).toEqual([3, undefined, 0, undefined])
    expect(rows.map(({ cumulativePromise }) => cumulativePromise)).toEqual([3, 3, 3, 3])
    expect(mpsRecord(item({ orders: [2, 0, 40, 0] }))[0]?.promise).toBe(-12)
  })

  it('names the zone of each bucket', () => {
    expect(mpsRecord(item({ demandFence: 1, planningFence: 3 })).map(({ zone }) => zone)).toEqual([
      'frozen',
      'slushy',
      'slushy',
      'liquid'
    ])
  })
})

describe('a proposal', () => {
  it('leaves what lies inside the fence alone, and makes up for it right after', () => {
    const proposed = proposeMps(item({ onHand: 0, planningFence: 2, planned: [1, 0, 99, 99] }), { rule: 'lot-for-lot' })
    expect(proposed).toEqual([1, 0, 32, 5])
  })

  const numbers = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 6, maxLength: 6 })
  const choice = fc.constantFrom<LotChoice>(
    { rule: 'lot-for-lot' },
    { rule: 'fixed', quantity: 25 },
    { rule: 'period', periods: 3 },
    { rule: 'economic', setup: 50, holding: 1 },
    { rule: 'silver-meal', setup: 50, holding: 1 },
    { rule: 'least-unit-cost', setup: 50, holding: 1 },
    { rule: 'part-period', setup: 50, holding: 1 },
    { rule: 'wagner-whitin', setup: 50, holding: 1 }
  )
  const limits = fc.record({ minimum: fc.integer({ min: 0, max: 30 }), multiple: fc.integer({ min: 0, max: 12 }) })

  it('never leaves the balance below safety after the fence, whatever the rule', () => {
    fc.assert(
      fc.property(
        numbers,
        numbers,
        fc.nat(60),
        fc.nat(9),
        choice,
        limits,
        (forecast, orders, onHand, safetyStock, lot, limit) => {
          const asked = item({ onHand, safetyStock, forecast, orders, planned: forecast.map(() => 0), demandFence: 0 })
          const planned = proposeMps(asked, lot, limit)
          const rows = mpsRecord({ ...asked, planned })
          for (const { belowSafety } of rows) expect(belowSafety).toBe(0)
          for (const one of planned) {
            if (one > 0) expect(one).toBeGreaterThanOrEqual(limit.minimum)
            if (limit.multiple > 0 && lot.rule === 'lot-for-lot') expect(one % limit.multiple).toBe(0)
          }
          // Nothing is built that nobody needs: the last order can't be taken away.
          const last = planned.findLastIndex(one => one > 0)
          if (last >= 0) {
            const without = planned.map((one, at) => (at === last ? 0 : one))
            expect(mpsRecord({ ...asked, planned: without }).some(({ belowSafety }) => belowSafety > 0)).toBe(true)
          }
        }
      )
    )
  })
})

describe('a version and what became of it', () => {
  const order = (workOrder: string, over: Partial<OpenOrder>): OpenOrder => ({
    workOrder,
    item: 'UNIT',
    revision: 'A',
    quantity: 10,
    due: '2026-12-02',
    priority: 1,
    state: 'open',
    progress: {},
    packed: 0,
    ...over
  })
  const operations = [{ op: 10, name: 'Build', stations: ['ST-1'], runMinutes: 1, steps: [], checks: 0 }]

  it('compares each run in the week that the version had it in, closed orders too', () => {
    const content = {
      on: '2026-11-25',
      builds: [
        { build: 'B1', item: 'UNIT', quantity: 10, due: '2026-11-27' },
        { build: 'B0', item: 'UNIT', quantity: 10, due: '2026-12-02', workOrder: 'WO-0' }
      ],
      orders: [{ workOrder: 'WO-0', item: 'UNIT', quantity: 10, due: '2026-12-02' }]
    }
    const made = {
      operations,
      releasedAt: 'x',
      progress: { 10: { state: 'done' as const, good: 9, scrap: 1, rework: 0 } }
    }
    const orders = [
      order('WO-0', {}),
      order('WO-1', { ...made, packed: 7, state: 'closed' }),
      order('WO-2', { item: 'OTHER' })
    ]
    expect(
      compareVersion(content, orders, build => (build === 'B1' ? 'WO-1' : undefined), bucketsFrom(day, 'week', 3))
    ).toEqual([
      { item: 'OTHER', bucket: 1, planned: 0, released: 0, made: 0, packed: 0 },
      { item: 'UNIT', bucket: 0, planned: 10, released: 10, made: 9, packed: 7 },
      { item: 'UNIT', bucket: 1, planned: 10, released: 0, made: 0, packed: 0 }
    ])
  })
})

it('an edit’s consequences are what changed, the bad news first', () => {
  const short = (part: string, many: number): Short => ({ item: part, short: many, day: 1, stops: 'WO-1', stopped: 1 })
  const nothing = { late: [], overloads: [] }
  const found = consequencesOf(
    { ...nothing, shortages: [short('A', 2), short('B', 2), short('C', 1)] },
    {
      shortages: [short('B', 5), short('C', 1), short('D', 3)],
      late: [],
      overloads: [{ resource: 'ST-1', bucket: 0, over: 30 }]
    }
  )
  expect(found.map(({ kind }) => kind)).toEqual([
    'shortage-appears',
    'overload-appears',
    'shortage-grows',
    'shortage-goes'
  ])
  expect(consequencesOf({ ...nothing, shortages: [] }, { ...nothing, shortages: [] })).toEqual([])
})

describe('lots of five needs, reckoned by hand from the rules', () => {
  const five = item({ onHand: 0, forecast: [18, 30, 42, 5, 20], orders: [0, 0, 0, 0, 0], planned: [0, 0, 0, 0, 0] })
  // An order costs 80; holding one unit over one period 2.
  it.each([
    // A period costs 80, 70, then 102.67; from the third 80, 45, then 56.67.
    ['silver-meal', [48, 0, 47, 0, 20]],
    // A unit costs 4.44, 2.92, then 3.42; from the third 1.90, then 1.91; from the fourth 16, then 4.80.
    ['least-unit-cost', [48, 0, 42, 25, 0]],
    // Holding comes to 60, then 228; from the third to 10, then 90, which is nearer to 80.
    ['part-period', [48, 0, 67, 0, 0]]
  ] as const)('%s', (rule, lots) => {
    expect(proposeMps(five, { rule, setup: 80, holding: 2 })).toEqual(lots)
  })
})
