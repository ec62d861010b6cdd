import { describe, expect, it } from 'vitest'
import { dayNumber } from '#kernel/calendar.ts'
import { knownFrom, listenersOf } from '#kernel/fold.ts'
import { remembering } from '#kernel/remember.ts'
import { suppose } from '#kernel/suppose.ts'
import { schedule } from '../activity.ts'
import { countOf, NO_CHANGES, supposedOf, withChange, without } from '../scenario.ts'
import { bucketsFrom } from './buckets.ts'
import { dueIn, mpsLinesOf, plannedAs } from './lines.ts'

// A Monday.
const today = dayNumber('2026-11-23')
const weeks = bucketsFrom(today, 'week', 4)
const item = { item: 'FL-100', name: 'Sensor', revision: 'C', source: 'make', safetyStock: 2, demandFenceDays: 7 }
const known = knownFrom(
  new Map<string, Map<string, unknown>>([
    [
      'schedule/item',
      new Map<string, unknown>([
        ['FL-100', item],
        ['SCREW', { item: 'SCREW', name: 'Screw', revision: 'A', source: 'buy', safetyStock: 0 }]
      ])
    ],
    ['schedule/on-hand', new Map([['FL-100', { item: 'FL-100', lots: { a: 5, b: 3 } }]])],
    [
      'schedule/demand',
      new Map<string, unknown>([
        ['D1', { demand: 'D1', item: 'FL-100', quantity: 10, due: '2026-12-02', kind: 'order', customer: 'Ann' }],
        ['D2', { demand: 'D2', item: 'FL-100', quantity: 4, due: '2026-12-10', kind: 'order', state: 'closed' }]
      ])
    ],
    ['schedule/forecast', new Map([['x', { item: 'FL-100', bucket: 'week', from: '2026-11-30', quantity: 12 }]])],
    ['schedule/build', new Map([['B1', { build: 'B1', item: 'FL-100', quantity: 6, due: '2026-12-04' }]])]
  ])
)
const listeners = listenersOf(schedule.views)
const itemOf = (code: string) => ({ item: code, name: code, revision: 'A', uom: 'pcs', tracking: 'none' })

describe('the lines of the master schedule', () => {
  it('have demand as orders and what they left of the forecast, and what remains', () => {
    const [line, ...others] = mpsLinesOf(known, weeks, today)
    expect(others).toEqual([])
    expect(line?.given.orders).toEqual([0, 10, 0, 0])
    expect(line?.given.forecast).toEqual([0, 2, 0, 0])
    expect(line?.record.map(one => one.projected)).toEqual([8, 2, 2, 2])
    expect(line?.record[0]?.zone).toBe('frozen')
    expect(line?.record[1]?.promise).toBe(0)
  })

  it('follow what is only supposed', () => {
    const [build] = plannedAs(mpsLinesOf(known, weeks, today)[0] ?? never(), weeks, 1, 20, today)
    const changes = withChange(NO_CHANGES, 'builds', build ?? never())
    const [line] = mpsLinesOf(suppose(known, listeners, supposedOf(changes)), weeks, today)
    expect(line?.record.map(one => one.projected)).toEqual([8, 16, 16, 16])
    expect(line?.builds).toMatchObject([{ build: 'B1', quantity: 20, due: '2026-12-04' }])
  })

  it('are the same with a memory as without, and those of items that nothing happened to are the very same', () => {
    const keep = remembering()
    const second = { type: 'materials/item-set.v1', payload: { ...itemOf('FL-200'), source: 'make' } }
    const events = [
      { type: 'schedule/build-planned.v1', payload: { build: 'B2', item: 'FL-200', quantity: 3, due: '2026-12-01' } },
      {
        type: 'schedule/demand-set.v1',
        payload: { demand: 'D1', item: 'FL-200', quantity: 7, due: '2026-12-02', kind: 'order' }
      },
      { type: 'schedule/build-planned.v1', payload: { build: 'B1', item: 'FL-100', quantity: 0, due: '2026-12-04' } },
      { type: 'materials/stock-counted.v1', payload: { item: 'FL-200', lot: '', location: 'A', quantity: 4 } },
      { type: 'schedule/forecast-set.v1', payload: { item: 'FL-200', bucket: 'week', from: '2026-12-07', quantity: 9 } }
    ]
    for (const [at] of events.entries()) {
      const then = suppose(known, listeners, [second, ...events.slice(0, at + 1)])
      const lines = mpsLinesOf(then, weeks, today, keep)
      expect(lines).toEqual(mpsLinesOf(then, weeks, today))
      const again = mpsLinesOf(then, weeks, today, keep)
      expect(again.every((line, index) => line === lines[index])).toBe(true)
    }
    // Of the first item only what the second and the third of them did.
    const [before, after] = [2, 5].map(count =>
      mpsLinesOf(suppose(known, listeners, events.slice(0, count)), weeks, today, keep).find(
        line => line.item.item === 'FL-100'
      )
    )
    expect(before?.builds).toHaveLength(1)
    expect(after?.builds).toHaveLength(0)
  })

  it('plan a new build on the Friday of its week, and never on a day that is over', () => {
    const line = mpsLinesOf(known, weeks, today)[0] ?? never()
    expect(plannedAs(line, weeks, 2, 5, today)).toEqual([
      { build: 'FL-100/2026-12-07', item: 'FL-100', quantity: 5, due: '2026-12-11' }
    ])
    const saturday = dayNumber('2026-11-28')
    expect(dueIn(weeks[0] ?? never(), saturday)).toBe('2026-11-28')
  })
})

describe('a scenario', () => {
  const build = { build: 'B1', item: 'FL-100', quantity: 9, due: '2026-12-04' }

  it('keeps the later change of one thing', () => {
    const twice = withChange(withChange(NO_CHANGES, 'builds', build), 'builds', { ...build, quantity: 3 })
    expect(twice.builds).toEqual([{ ...build, quantity: 3 }])
    expect(countOf(twice)).toBe(1)
    expect(countOf(without(twice, 'builds', 'B1'))).toBe(0)
  })

  it('moves a receipt as the event that would be recorded', () => {
    const moved = withChange(NO_CHANGES, 'receipts', { order: 'PO-1', line: 1, due: '2026-12-09' })
    expect(supposedOf(moved)).toEqual([
      { type: 'materials/purchase-line-changed.v1', payload: { order: 'PO-1', line: 1, due: '2026-12-09' } }
    ])
  })
})

function never(): never {
  throw new Error('the line is missing')
}
