import { describe, expect, it } from 'vitest'
import { dayNumber } from '#kernel/calendar.ts'
import { draft, type Draft } from '#kernel/event.ts'
import { knownAfter } from '#test/room.ts'
import { materialConsumed, workOrderCreated } from '#activities/orders/events.ts'
import { buildPlanned, demandSet, forecastSet } from '#activities/schedule/events.ts'
import { calendarSet, siteSetUp } from '#plant/events.ts'
import { materials } from '../activity.ts'
import { bomSet, itemSet, purchaseOrderSet, purchaseReceived, stockCounted } from '../events.ts'
import { planProblemFrom } from './problem-from.ts'

const item = (code: string, over: object = {}) =>
  draft(itemSet, { item: code, name: code, revision: 'A', uom: 'pcs', source: 'make', tracking: 'none', ...over })
const line = (component: string, quantity: number, over: object = {}) => ({ component, quantity, uom: 'pcs', ...over })
const base: readonly Draft[] = [
  draft(siteSetUp, { site: 'main', name: 'Fennel', timeZone: 'Europe/Berlin', sample: true }),
  item('UNIT', { demandFenceDays: 7, consumeBackDays: 6, leadTimeDays: 3 }),
  item('KIT', { source: 'phantom' }),
  item('SCREW', { source: 'buy', purchaseUnit: 'bag', purchaseFactor: 100, leadTimeDays: 10, supplier: 'Bolt & Co' }),
  item('WIRE', { source: 'buy', uom: 'm' }),
  draft(bomSet, { item: 'UNIT', revision: 'A', lines: [line('KIT', 2), line('WIRE', 250, { uom: 'mm' })] }),
  draft(bomSet, { item: 'KIT', revision: 'A', lines: [line('SCREW', 3, { scrapPercent: 10 })] })
]
const problem = (...more: readonly Draft[]) =>
  planProblemFrom(knownAfter(materials, [...base, ...more]), { today: '2026-11-25' })
const order = draft(workOrderCreated, {
  workOrder: 'WO-1',
  item: 'UNIT',
  revision: 'A',
  itemName: 'Unit',
  quantity: 10,
  due: '2026-12-01',
  priority: 1
})
const used = (component: string, quantity: number) =>
  draft(materialConsumed, { workOrder: 'WO-1', op: 10, cycle: 1, step: 1, item: component, quantity, lot: '' })
const demand = (code: string, due: string, quantity: number, kind: 'order' | 'forecast' = 'order') =>
  draft(demandSet, { demand: code, item: 'UNIT', quantity, due, kind })
const week = (from: string, quantity: number) => draft(forecastSet, { item: 'UNIT', bucket: 'week', from, quantity })

describe('the planning problem', () => {
  it('asks for what an order still needs: through phantoms, with its scrap, less what was used, in the part’s unit', () => {
    const [receipt] = problem(order, used('SCREW', 6), used('WIRE', 0.5)).receipts
    // Due on a Tuesday, begun three working days before: on Thursday.
    const days = { day: dayNumber('2026-12-01'), start: dayNumber('2026-11-26') }
    expect(receipt).toMatchObject({ id: 'WO-1', kind: 'work-order', quantity: 10, ...days })
    expect(receipt?.components).toEqual([
      { item: 'SCREW', quantity: 60 },
      { item: 'WIRE', quantity: 2 }
    ])
  })

  it('counts what is still to come of a purchase, and the stock that is not past its date', () => {
    const ordered = draft(purchaseOrderSet, {
      order: 'PO-1',
      lines: [{ line: 1, item: 'SCREW', quantity: 500, due: '2026-12-03', state: 'open' }]
    })
    const came = draft(purchaseReceived, {
      order: 'PO-1',
      line: 1,
      item: 'SCREW',
      quantity: 200,
      lot: '',
      location: 'LOC-A'
    })
    const counted = (lot: string, expires?: string) =>
      draft(stockCounted, { item: 'WIRE', lot, location: 'LOC-A', quantity: 5, ...(expires ? { expires } : {}) })
    const found = problem(
      ordered,
      came,
      counted('old', '2026-11-24'),
      counted('last day', '2026-11-25'),
      counted('none')
    )
    expect(found.receipts).toEqual([
      { id: 'PO-1/1', item: 'SCREW', quantity: 300, day: dayNumber('2026-12-03'), kind: 'purchase' }
    ])
    const onHand = Object.fromEntries(found.items.map(one => [one.id, one.onHand]))
    expect(onHand).toMatchObject({ SCREW: 200, WIRE: 10, UNIT: 0 })
  })

  it('takes forecast for what orders have not used up, after the fence and not in the past', () => {
    const found = problem(
      week('2026-11-16', 99),
      week('2026-11-23', 50),
      week('2026-11-30', 40),
      week('2026-12-07', 20),
      demand('D1', '2026-12-08', 25),
      demand('F1', '2026-12-20', 7, 'forecast'),
      draft(demandSet, { demand: 'D2', item: 'UNIT', quantity: 9, due: '2026-12-01', kind: 'order', state: 'closed' })
    )
    // The week of 30 November begins inside the fence; the order of 8 December uses up its own week.
    expect(found.demands.map(({ id, quantity, kind }) => [id, quantity, kind])).toEqual([
      ['D1', 25, 'customer'],
      ['F1', 7, 'forecast']
    ])
    const free = problem(
      item('UNIT', { consumeBackDays: 6 }),
      week('2026-11-30', 40),
      week('2026-12-07', 20),
      demand('D1', '2026-12-08', 25)
    )
    expect(free.demands.map(({ id, quantity }) => [id, quantity])).toEqual([
      ['D1', 25],
      ['forecast UNIT/week/2026-11-30', 35]
    ])
  })

  it('keeps planned builds as firm orders until they are work orders', () => {
    const build = { build: 'B1', item: 'UNIT', quantity: 4, due: '2026-12-09' }
    expect(problem(draft(buildPlanned, build)).receipts).toMatchObject([
      { id: 'B1', kind: 'firm-planned', quantity: 4 }
    ])
    expect(problem(draft(buildPlanned, { ...build, workOrder: 'WO-1' })).receipts).toEqual([])
  })

  it('says how each item is planned, and which units its lines speak', () => {
    const byId = new Map(problem().items.map(one => [one.id, one]))
    expect(byId.get('SCREW')).toMatchObject({
      source: 'buy',
      leadTime: 10,
      lot: { rule: 'lot-for-lot', multiple: 100 },
      units: [{ unit: 'bag', times: 100 }],
      decimals: 0
    })
    expect(byId.get('WIRE')?.units).toEqual([{ unit: 'mm', times: 10, per: 10_000 }])
    expect(problem().bom.find(one => one.component === 'SCREW')?.scrap).toBeCloseTo(1 / 11, 12)
  })

  it('works on the plant’s calendar, and Monday to Friday where there is none', () => {
    const days = (...more: readonly Draft[]) => new Set(problem(...more).workingDays)
    const saturday = dayNumber('2026-11-28')
    expect([days().has(saturday), days().has(saturday - 1)]).toEqual([false, true])
    const plant = draft(calendarSet, {
      calendar: 'PLANT',
      name: 'Plant',
      week: [{ day: 6, from: '08:00', to: '12:00' }],
      exceptions: []
    })
    expect([days(plant).has(saturday), days(plant).has(saturday - 1)]).toEqual([true, false])
  })

  it('is the same whatever was told first', () => {
    const told = [order, demand('D1', '2026-12-08', 25), demand('D2', '2026-12-08', 3), week('2026-12-07', 20)]
    expect(problem(...told.toReversed())).toEqual(problem(...told))
  })
})
