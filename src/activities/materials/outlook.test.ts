import { describe, expect, it } from 'vitest'
import { dayNumber } from '#kernel/calendar.ts'
import { type Draft, draft } from '#kernel/event.ts'
import { knownAfter } from '#test/room.ts'
import { workOrderCreated } from '#activities/orders/events.ts'
import { demandSet } from '#activities/schedule/events.ts'
import { siteSetUp } from '#plant/events.ts'
import { materials } from './activity.ts'
import { bomSet, itemSet, messageNoted, purchaseLineChanged, purchaseOrderSet, stockCounted } from './events.ts'
import { itemPlanOf } from './item-plan.ts'
import { outlookOf } from './outlook.ts'

/** A Sunday. */
const TODAY = '2026-11-22'
const item = (code: string, over: object = {}) =>
  draft(itemSet, { item: code, name: code, revision: 'A', uom: 'pcs', source: 'buy', tracking: 'none', ...over })
const line = (component: string, quantity: number) => ({ component, quantity, uom: 'pcs' })
const order = (workOrder: string, quantity: number, due: string, of = 'SENSOR') =>
  draft(workOrderCreated, { workOrder, item: of, revision: 'A', itemName: 'Sensor', quantity, due, priority: 1 })
const stock = (code: string, quantity: number) =>
  draft(stockCounted, { item: code, lot: '', location: 'LOC-A', quantity })
const purchase = (due: string) =>
  draft(purchaseOrderSet, {
    order: 'PO-1',
    lines: [{ line: 1, item: 'SCREW', quantity: 5000, due, state: 'open' }]
  })

/** The stage's own example: 3,000 sensors on Friday, two screws too few, and more of them on the Thursday after. */
const base: readonly Draft[] = [
  draft(siteSetUp, { site: 'main', name: 'Fennel', timeZone: 'Europe/Berlin', sample: true }),
  item('SENSOR', { source: 'make', leadTimeDays: 1 }),
  item('KIT', { source: 'phantom' }),
  item('SCREW', { name: 'M2x5 screw', leadTimeDays: 14 }),
  item('CASE', { leadTimeDays: 5 }),
  draft(bomSet, { item: 'SENSOR', revision: 'A', lines: [line('KIT', 1), line('CASE', 1)] }),
  draft(bomSet, { item: 'KIT', revision: 'A', lines: [line('SCREW', 1)] }),
  stock('SCREW', 2998),
  stock('CASE', 9000),
  order('WO-0012', 3000, '2026-11-27'),
  purchase('2026-12-03')
]
const known = (...more: readonly Draft[]) => knownAfter(materials, [...base, ...more])
const outlook = (...more: readonly Draft[]) => outlookOf(known(...more), { today: TODAY })

describe('the shortage tracker', () => {
  it('has a row for the part, a column for the build that it stops, and the sentence of both', () => {
    const { parts, columns } = outlook()
    expect(columns.map(({ kind, name }) => [kind, name])).toEqual([['work-order', 'WO-0012']])
    expect(parts).toHaveLength(1)
    expect(parts[0]).toMatchObject({
      item: 'SCREW',
      onHand: 2998,
      all: 2,
      cells: { 'receipt WO-0012': 2 },
      coming: [{ receipt: 'PO-1/1', day: dayNumber('2026-12-03'), quantity: 5000 }]
    })
    expect(parts[0]?.sentence).toBe(
      'M2x5 screw: 2 short on Thu; stops WO-0012 (3,000 units, due Fri); next receipt Thu 3 Dec.'
    )
  })

  it('puts the builds in the order in which they are due and sorts parts by the first that they stop', () => {
    const { parts, columns } = outlook(
      order('WO-0011', 10, '2026-11-26', 'OTHER'),
      item('OTHER', { source: 'make', leadTimeDays: 1 }),
      draft(bomSet, { item: 'OTHER', revision: 'A', lines: [line('NUT', 2), line('SCREW', 1)] }),
      item('NUT', { leadTimeDays: 30 }),
      stock('NUT', 5)
    )
    expect(columns.map(({ name }) => name)).toEqual(['WO-0011', 'WO-0012'])
    expect(parts.map(({ item: part, cells }) => [part, cells])).toEqual([
      ['NUT', { 'receipt WO-0011': 15 }],
      // Ten screws went to the order before it.
      ['SCREW', { 'receipt WO-0012': 12 }]
    ])
  })

  it('names the order behind a phantom when it is only planned', () => {
    const { parts, columns } = outlook(
      stock('CASE', 3001),
      draft(demandSet, { demand: 'SO-1', item: 'SENSOR', quantity: 3100, due: '2026-11-27', kind: 'order' })
    )
    const planned = columns.filter(({ kind }) => kind === 'planned')
    expect(planned.map(one => [one.item, one.quantity])).toEqual([['SENSOR', 100]])
    expect(parts.find(one => one.item === 'SCREW')?.cells[planned[0]?.key ?? '']).toBe(100)
  })

  it('is empty again when the line is brought in', () => {
    const soon = draft(purchaseLineChanged, { order: 'PO-1', line: 1, due: '2026-11-26' })
    expect(outlook(soon).parts).toEqual([])
  })
})

describe('messages', () => {
  const screws = (more: readonly Draft[] = []) =>
    outlook(...more).messages.find(({ message }) => message.item === 'SCREW' && message.kind === 'expedite')

  it('stay dismissed until they change', () => {
    const before = screws()
    expect(before).toMatchObject({ dismissed: false, message: { to: { day: dayNumber('2026-11-26') } } })
    const noted = draft(messageNoted, {
      message: before?.message.key ?? '',
      dismissed: before?.message.state ?? ''
    })
    expect(screws([noted])).toMatchObject({ dismissed: true })
    expect(screws([noted, purchase('2026-12-05')])).toMatchObject({ dismissed: false })
  })
})

describe('what can be built', () => {
  it('says how many, and gives what is there in the sequence that was proposed', () => {
    const second = order('WO-0013', 500, '2026-12-01')
    expect(outlook(second).builds.map(one => [one.order, one.state, one.split])).toEqual([
      ['WO-0012', 'short', 2998],
      ['WO-0013', 'after-others', 0]
    ])
    const turned = outlookOf(known(second), { today: TODAY, sequence: ['WO-0013'] })
    expect(turned.builds.map(one => [one.order, one.state, one.split])).toEqual([
      ['WO-0013', 'clear', 500],
      ['WO-0012', 'short', 2498]
    ])
  })

  it('calls nothing clear whose parts nobody knows', () => {
    const unknown = order('WO-0014', 5, '2026-12-01', 'GHOST')
    expect(outlook(unknown).builds.find(one => one.order === 'WO-0014')).toMatchObject({ hasBom: false })
  })
})

describe('the plan of one item', () => {
  const demand = draft(demandSet, {
    demand: 'SO-7',
    item: 'SENSOR',
    quantity: 3000,
    due: '2026-11-27',
    kind: 'order',
    customer: 'Northwind'
  })
  const plan = (of: string) => itemPlanOf(known(demand), { today: TODAY, item: of })

  it('pegs the part up to the order and through it to the customer', () => {
    const { pegs, above } = plan('SCREW')
    expect(pegs.map(({ supply, need, quantity }) => [supply.kind, need, quantity])).toEqual([
      ['on-hand', { kind: 'receipt', item: 'SENSOR', receipt: 'WO-0012' }, 2998],
      ['receipt', { kind: 'receipt', item: 'SENSOR', receipt: 'WO-0012' }, 2]
    ])
    expect(above.map(({ what }) => what)).toEqual([
      { kind: 'receipt', receipt: 'WO-0012' },
      { kind: 'demand', demand: 'SO-7', customer: 'Northwind' }
    ])
  })

  it('says what the orders of what is made here wait for, and not what lies there', () => {
    const { below } = plan('SENSOR')
    expect(below.map(({ item: part, quantity, supply }) => [part, quantity, supply.kind])).toEqual([
      ['SCREW', 2, 'receipt']
    ])
  })
})
