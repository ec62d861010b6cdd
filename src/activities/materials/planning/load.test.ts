/** Units, lots, lengths, places and open orders, each with numbers that can be checked by hand. */
import { describe, expect, it } from 'vitest'
import { messagesOf } from './messages.ts'
import { pegsOfItem } from './pegs.ts'
import { planOf } from './plan.ts'
import type { PlanBomLine, PlanItem, PlanProblem } from './problem.ts'
import { itemRows, plannedOrders } from './read.ts'

/** A Monday. */
const TODAY = 20_780
const DUE = TODAY + 28

const item = (id: string, more: Partial<PlanItem> = {}): PlanItem => ({ id, source: 'buy', leadTime: 7, ...more })

const plan = (
  items: readonly PlanItem[],
  quantity: number,
  bom: readonly PlanBomLine[] = [],
  more: Partial<PlanProblem> = {}
) =>
  planOf({
    today: TODAY,
    items,
    bom,
    demands: [{ id: 'd', item: items[0]?.id ?? '', quantity, day: DUE }],
    receipts: [],
    ...more
  })

const made = item('top', { source: 'make', leadTime: 2, leadIn: 'calendar' })
const part = (line: Partial<PlanBomLine>, more: Partial<PlanItem> = {}, quantity = 10): number | undefined =>
  plannedOrders(
    plan([made, item('part', { rounding: 0.001, ...more })], quantity, [
      { parent: 'top', component: 'part', quantity: 1, ...line }
    ]),
    'part'
  )[0]?.quantity

describe('what a BOM line takes', () => {
  it('converts units by exact ratios and rounds up once, at the order', () => {
    const reel = { unit: 'm', decimals: 3, units: [{ unit: 'in', times: 254, per: 10_000 }] }
    expect(part({ quantity: 3, unit: 'in' }, reel, 7)).toBe(0.534)
    expect(part({ quantity: 0.1 }, { decimals: 1 }, 3)).toBe(0.3)
  })

  it('counts whole stock lengths, with the saw’s kerf between the pieces', () => {
    const cut = { length: 900, stockLength: 3000, kerf: 100 }
    expect(part({ quantity: 2, cut }, { rounding: 1 })).toBe(7)
  })

  it('loses a share, but at least so much, and so much for each set-up', () => {
    expect(part({ quantity: 1, scrap: 0.2 }, {}, 8)).toBe(10)
    expect(part({ quantity: 1, scrap: 0.01, lossMinimum: 3, setup: 5 }, {}, 10)).toBe(18)
  })

  it('is asked for a whole order where it is fixed, and in steps where it is rounded', () => {
    expect(part({ quantity: 4, fixed: true })).toBe(4)
    expect(part({ quantity: 1, rounding: 25 }, {}, 26)).toBe(50)
  })
})

describe('lots', () => {
  const orders = (more: Partial<PlanItem>, quantity: number): readonly number[] =>
    plannedOrders(plan([item('part', more)], quantity)).map(one => one.quantity)

  it('are Wilson’s where holding and ordering cost is known', () => {
    // √(2 · 1000 · 50 / 4) = 158.1
    expect(orders({ lot: { rule: 'economic', orderCost: 50, holdingCost: 4, yearlyDemand: 1000 } }, 10)).toEqual([159])
  })

  it('are fixed, as many as it takes', () => {
    expect(orders({ lot: { rule: 'fixed', quantity: 40 } }, 90)).toEqual([40, 40, 40])
  })

  it('are cut at the maximum, the rest raised to the minimum', () => {
    expect(orders({ lot: { rule: 'lot-for-lot', minimum: 30, maximum: 50 } }, 110)).toEqual([50, 50, 30])
  })

  it('are started larger than what comes out', () => {
    const [order] = plannedOrders(plan([item('part', { yield: 0.9 })], 10))
    expect([order?.quantity, order?.output]).toEqual([12, 10])
  })
})

describe('where it comes from', () => {
  it('is another place, one for one, a lead time before', () => {
    const moved = plan([item('part@B', { source: 'transfer', transferFrom: 'part@A', leadTime: 3 }), item('part@A')], 5)
    expect(plannedOrders(moved).map(({ item: of, source, quantity, due }) => [of, source, quantity, due])).toEqual([
      ['part@B', 'transfer', 5, DUE],
      ['part@A', 'buy', 5, DUE - 3]
    ])
  })

  it('is an open order, which asks for what it still has to be given and no more', () => {
    const receipts = [
      {
        id: 'WO',
        item: 'top',
        quantity: 10,
        day: DUE,
        kind: 'work-order' as const,
        components: [{ item: 'part', quantity: 3, day: DUE - 5 }]
      }
    ]
    const bom = [{ parent: 'top', component: 'part', quantity: 1 }]
    const running = plan([made, item('part')], 10, bom, { receipts })
    expect(plannedOrders(running).map(({ item: of, quantity, due }) => [of, quantity, due])).toEqual([
      ['part', 3, DUE - 5]
    ])
    expect(pegsOfItem(running, 'part')[0]?.need).toEqual({ kind: 'receipt', item: 'top', receipt: 'WO' })
  })

  it('is a firm planned order, which stays where it is and whose parts are counted', () => {
    const receipts = [{ id: 'FP', item: 'top', quantity: 10, day: DUE + 3, kind: 'firm-planned' as const }]
    const kept = plan([made, item('part')], 10, [{ parent: 'top', component: 'part', quantity: 2 }], { receipts })
    expect(plannedOrders(kept, 'top').map(({ quantity, due }) => [quantity, due])).toEqual([[10, DUE]])
    expect(plannedOrders(kept, 'part').map(({ quantity, due }) => [quantity, due])).toEqual([
      [20, DUE - 2],
      [20, DUE + 1]
    ])
  })
})

describe('a lead time that grows with the order', () => {
  it('is a base and so much for each that is started, rounded up once', () => {
    // 1 + 12 × 0.3 = 4.6 days; 14 are started for 12 good ones at 0.9: 1 + 14 × 0.3 = 5.2 days.
    const grows = { leadTime: 1, leadTimePer: 0.3 }
    expect(plannedOrders(plan([item('a', grows)], 12))[0]).toMatchObject({ start: DUE - 5, quantity: 12 })
    expect(plannedOrders(plan([item('a', { ...grows, yield: 0.9 })], 12))[0]).toMatchObject({ start: DUE - 6 })
  })

  it('asks for the parts of a larger order earlier, and says which order should be begun although a later one is due', () => {
    const top = item('top', { source: 'make', leadIn: 'calendar', leadTime: 0, leadTimePer: 0.25 })
    const demands = [
      { id: 'small', item: 'top', quantity: 4, day: TODAY + 20 },
      { id: 'large', item: 'top', quantity: 100, day: TODAY + 24 }
    ]
    const made = plan([top, item('part', { leadTime: 2 })], 1, [{ parent: 'top', component: 'part', quantity: 1 }], {
      demands
    })
    const days = plannedOrders(made).map(({ item: of, start, due }) => [of, start - TODAY, due - TODAY])
    expect(days.toSorted()).toEqual([
      ['part', -3, -1],
      ['part', 17, 19],
      ['top', -1, 24],
      ['top', 19, 20]
    ])
    const late = messagesOf(made).filter(({ kind }) => kind === 'past-due')
    expect(late.map(one => [one.item, one.why['late'], one.why['leadTime']])).toEqual([
      ['top', 1, 25],
      ['part', 3, 2]
    ])
  })

  it('begins an open order as early as its own quantity takes', () => {
    const top = item('top', { source: 'make', leadIn: 'calendar', leadTime: 1, leadTimePer: 0.5 })
    const receipt = { id: 'WO', item: 'top', quantity: 10, day: TODAY + 15, kind: 'work-order' as const }
    const made = plan([top, item('part', { leadTime: 0 })], 10, [{ parent: 'top', component: 'part', quantity: 2 }], {
      receipts: [receipt]
    })
    expect(plannedOrders(made)).toMatchObject([{ item: 'part', quantity: 20, due: TODAY + 15 - 6 }])
  })
})

describe('a maximum stock', () => {
  it('is filled up to when stock falls below the safety stock, and not before', () => {
    const tray = item('tray', { onHand: 22, safetyStock: 10, stockMaximum: 30 })
    const demands = [5, 6, 7].map((week, at) => ({
      id: `d${at}`,
      item: 'tray',
      quantity: 11,
      day: TODAY + 7 * week
    }))
    // 22 - 11 = 11 stays; 11 - 11 = 0 is filled up to 30; 30 - 11 = 19 stays.
    expect(plannedOrders(plan([tray], 1, [], { demands }))).toMatchObject([{ quantity: 30, due: TODAY + 42 }])
  })

  it('does not cap what is asked, and is rounded up to whole lots', () => {
    const tray = item('tray', { stockMaximum: 30, lot: { rule: 'lot-for-lot', multiple: 25 } })
    // 40 are asked: 40 + 30 are ordered, in lots of 25.
    expect(plannedOrders(plan([tray], 40))).toMatchObject([{ quantity: 75, due: DUE }])
  })
})

describe('weeks', () => {
  it('ask on their Monday and count lead times in whole weeks', () => {
    const weekly = plan([item('part', { leadTime: 8 })], 5, [], {
      bucketing: 'week',
      demands: [{ id: 'd', item: 'part', quantity: 5, day: DUE + 4 }]
    })
    expect(plannedOrders(weekly).map(({ start, due }) => [start, due])).toEqual([[DUE - 14, DUE]])
    expect(
      itemRows(weekly, 'part').map(({ day, gross, planned, released }) => [day, gross, planned, released])
    ).toEqual([
      [DUE - 14, 0, 0, 5],
      [DUE, 5, 5, 0]
    ])
  })
})
