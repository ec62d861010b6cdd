/** A live project's regression values: phantoms, open orders, working days, lots, grouping and safety stock. */
import { describe, expect, it } from 'vitest'
import { planOf } from '#activities/materials/planning/plan.ts'
import type { ItemSource, LotRule, PlanItem, PlanProblem } from '#activities/materials/planning/problem.ts'
import { itemRows, levelOf, plannedOrders } from '#activities/materials/planning/read.ts'
import { documents } from './oracles.ts'

type Safety = {
  readonly on_hand: number
  readonly safety: number
  readonly lead: number
  readonly group_days: number
  readonly out: readonly (readonly [day: number, quantity: number])[]
  readonly in_: readonly (readonly [day: number, quantity: number])[]
  readonly expected: readonly (readonly number[])[]
}

type Oracle = {
  readonly items: Readonly<
    Record<string, { readonly type: ItemSource; readonly lead?: number; readonly on_hand?: number }>
  >
  readonly bom: readonly (readonly [parent: string, component: string, quantity: number])[]
  readonly demand: readonly { readonly item: string; readonly day: number; readonly qty: number }[]
  readonly open_manufacturing_orders: readonly {
    readonly item: string
    readonly start_day: number
    readonly finish_day: number
    readonly qty: number
  }[]
  readonly open_purchase_orders: readonly { readonly item: string; readonly day: number; readonly qty: number }[]
  readonly expected_low_level_codes: Readonly<Record<string, number>>
  readonly expected: readonly (readonly [item: string, day: number | 'any', demand: number, procure: number])[]
  readonly lot_rules: readonly {
    readonly net: number
    readonly min: number
    readonly max: number
    readonly mult: number
    readonly expected_total: number
    readonly expected_orders?: readonly number[]
  }[]
  readonly grouping: Grouping
  readonly grouping_same_day: Grouping
  readonly unit_conversion: {
    readonly stock_unit: string
    readonly purchase_unit: string
    readonly purchase_qty: number
    readonly expected_supply: number
  }
  readonly safety_stock: readonly Safety[]
}

type Grouping = {
  readonly days: number
  readonly multiple?: number
  readonly supply?: readonly (readonly [day: number, quantity: number])[]
  readonly demand: readonly (readonly [day: number, quantity: number])[]
  readonly expected_orders: readonly number[]
}

/** A Monday. D(n) is the n-th working day after it. */
const TODAY = 20_003
const workday = (n: number): number => TODAY + Math.floor(n / 5) * 7 + (n % 5)
const WORKING = Array.from({ length: 200 }, (_, n) => workday(n - 100))
const dayBack = new Map(Array.from({ length: 60 }, (_, n) => [workday(n), n]))

const base = { today: TODAY, bucketing: 'day', policy: { expediteWithin: 0 }, bom: [], receipts: [] } as const

const single = (item: Partial<PlanItem>, problem: Partial<PlanProblem>): PlanProblem => ({
  ...base,
  demands: [],
  ...problem,
  items: [{ id: 'A', source: 'buy', leadTime: 0, ...item }]
})

const quantities = (problem: PlanProblem): readonly number[] => plannedOrders(planOf(problem)).map(one => one.quantity)

const dated = (prefix: string, list: readonly (readonly [number, number])[] = []) =>
  list.map(([day, quantity], at) => ({ id: `${prefix}${at}`, item: 'A', quantity, day: TODAY + day }))

describe.each(documents<Oracle>('a live project'))('material planning, against OCA multi-level', oracle => {
  const whole: PlanProblem = {
    ...base,
    workingDays: WORKING,
    items: Object.entries(oracle.items).map(([id, { type, lead, on_hand }]) => ({
      id,
      source: type,
      leadTime: lead ?? 0,
      leadIn: 'working',
      onHand: on_hand ?? 0
    })),
    bom: oracle.bom.map(([parent, component, quantity]) => ({ parent, component, quantity })),
    demands: oracle.demand.map(({ item, day, qty }, at) => ({ id: `d${at}`, item, quantity: qty, day: workday(day) })),
    receipts: [
      ...oracle.open_manufacturing_orders.map(({ item, start_day, finish_day, qty }, at) => ({
        id: `m${at}`,
        item,
        quantity: qty,
        start: workday(start_day),
        day: workday(finish_day),
        kind: 'work-order' as const
      })),
      ...oracle.open_purchase_orders.map(({ item, day, qty }, at) => ({
        id: `p${at}`,
        item,
        quantity: qty,
        day: workday(day),
        kind: 'purchase' as const
      }))
    ]
  }
  const plan = planOf(whole)

  it.each(Object.entries(oracle.expected_low_level_codes))('puts %s on level %i', (item, level) => {
    expect(levelOf(plan, item)).toBe(level)
  })

  it.each(oracle.expected)('asks of %s on day %s for %i, and procures %i', (item, day, asked, procured) => {
    const rows = itemRows(plan, item).filter(row => day === 'any' || dayBack.get(row.day) === day)
    const sum = (of: 'gross' | 'planned'): number => rows.reduce((total, row) => total + row[of], 0)
    // The open order's own row names no demand of its item.
    expect([sum('gross'), sum('planned')]).toEqual([asked, procured])
  })

  it('plans no phantom', () => {
    const phantoms = Object.entries(oracle.items).flatMap(([id, { type }]) => (type === 'phantom' ? [id] : []))
    expect(plannedOrders(plan).filter(({ item }) => phantoms.includes(item))).toEqual([])
  })

  it.each(oracle.lot_rules)('orders $expected_total for a net of $net', one => {
    const lot: LotRule = {
      rule: 'lot-for-lot',
      minimum: one.min,
      multiple: one.mult,
      ...(one.max > 0 ? { maximum: one.max } : {})
    }
    const found = quantities(single({ lot }, { demands: dated('d', [[5, one.net]]) }))
    expect(found.reduce((sum, value) => sum + value, 0)).toBe(one.expected_total)
    if (one.expected_orders) expect(found).toEqual(one.expected_orders)
  })

  it.each([
    ['', oracle.grouping],
    [' with receipts', oracle.grouping_same_day]
  ] as const)('groups what is needed within days%s', (_, { days, multiple, supply, demand, expected_orders }) => {
    const lot: LotRule = { rule: 'period', days, begins: 'event', ...(multiple === undefined ? {} : { multiple }) }
    const receipts = dated('r', supply).map(one => ({ ...one, kind: 'purchase' as const }))
    expect(quantities(single({ lot }, { demands: dated('d', demand), receipts }))).toEqual(expected_orders)
  })

  it('counts a purchase in its own unit', () => {
    const { stock_unit, purchase_unit, purchase_qty, expected_supply } = oracle.unit_conversion
    const receipts = [
      { id: 'r', item: 'A', quantity: purchase_qty, unit: purchase_unit, day: TODAY + 1, kind: 'purchase' as const }
    ]
    const units = [{ unit: purchase_unit, times: 12 }]
    const found = planOf(single({ unit: stock_unit, units }, { receipts }))
    expect(itemRows(found, 'A').map(row => row.receipts)).toEqual([expected_supply])
  })

  it.each(oracle.safety_stock)('keeps a safety stock of $safety, grouped by $group_days days', one => {
    const lot: LotRule =
      one.group_days > 0 ? { rule: 'period', days: one.group_days, begins: 'event' } : { rule: 'lot-for-lot' }
    const receipts = dated('r', one.in_).map(r => ({ ...r, kind: 'purchase' as const }))
    const found = planOf(
      single(
        { onHand: one.on_hand, safetyStock: one.safety, leadTime: one.lead, lot },
        { demands: dated('d', one.out), receipts }
      )
    )
    // day, demand, on hand without planned orders, to procure, running availability
    let bare = one.on_hand
    const happens = itemRows(found, 'A').filter(row => row.gross + row.receipts + row.planned > 0)
    const rows = happens.map(({ day, gross, receipts: come, planned, projected }) => {
      bare += come - gross
      return [day - TODAY, gross, bare, planned, projected]
    })
    expect(rows).toEqual(one.expected)
  })
})
