/** Master schedules and lot sizes as books and papers have them. */
import { describe, expect, it } from 'vitest'
import {
  economicQuantity,
  fixedQuantity,
  leastUnitCost,
  lotCost,
  lotForLot,
  partPeriod,
  periodQuantity,
  silverMeal,
  wagnerWhitin
} from '#activities/schedule/mps/lot-sizing.ts'
import { proposeMps } from '#activities/schedule/mps/propose.ts'
import { mpsRecord, type MpsItem } from '#activities/schedule/mps/record.ts'
import { documents, named } from './oracles.ts'

type Record = {
  readonly case: string
  readonly on_hand: number
  readonly lot_size?: number
  readonly forecast: readonly number[]
  readonly orders: readonly number[]
  readonly mps: readonly number[]
  readonly pab: readonly number[]
  readonly atp?: readonly (number | null)[]
  readonly cumulative_atp?: readonly number[]
  readonly demand_time_fence_period?: number
}
type Lots = {
  readonly case: string
  readonly demand: readonly number[]
  readonly setup: readonly number[]
  readonly holding: number
  readonly method?: string
  /** Of a rule that needs one. */
  readonly quantity?: number
  readonly periods?: number
  readonly orders?: readonly (readonly [number, number])[]
  readonly total_cost?: number
  readonly optimal_cost?: number
  readonly optimal_orders_one?: readonly (readonly [number, number])[]
}

/** The rules by the names that books give them; EOQ is rounded, and POQ is its number of periods of mean demand, rounded. */
const ruleNamed = (method: string, one: Lots): (() => readonly number[]) | undefined => {
  const { demand } = one
  const mean = demand.reduce((sum, need) => sum + need, 0) / demand.length
  const economic = economicQuantity(mean, one.setup[0] ?? 0, one.holding)
  const rules: readonly (readonly [RegExp, () => readonly number[]])[] = [
    [/^(wagner|ww$)/, () => wagnerWhitin(demand, one)],
    [/^(silver|sm$|leastperiodcost)/, () => silverMeal(demand, one)],
    [/^(leastunitcost|luc$)/, () => leastUnitCost(demand, one)],
    [/^(partperiod|ppb$|leasttotalcost|ltc$)/, () => partPeriod(demand, one)],
    [/^(lotforlot|l4l$|lfl$)/, () => lotForLot(demand)],
    [/^(economicorderquantity|eoq$)/, () => fixedQuantity(demand, one.quantity ?? Math.round(economic))],
    [/^(periodorderquantity|poq$)/, () => periodQuantity(demand, one.periods ?? Math.round(economic / mean))],
    [/^(fixed|foq$)/, () => fixedQuantity(demand, one.quantity ?? 0)]
  ]
  const plain = method.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return rules.find(([name]) => name.test(plain))?.[1]
}

const records = documents<{ cases: readonly Record[] }>('master schedules').flatMap(({ cases }) => cases)
const lots = documents<readonly Lots[]>('lot sizes').flat()
const nameOf = (one: { readonly case: string }) => one.case

const itemOf = (one: Record, planned: readonly number[]): MpsItem => ({
  onHand: one.on_hand,
  forecast: one.forecast,
  orders: one.orders,
  planned,
  demandRule: 'greater',
  ...(one.demand_time_fence_period === undefined ? {} : { demandFence: one.demand_time_fence_period })
})

describe.skipIf(records.length === 0)('a record of the master schedule', () => {
  it.each(named(records, nameOf))('%s: the balance', (_, one) => {
    expect(mpsRecord(itemOf(one, one.mps)).map(({ projected }) => projected)).toEqual(one.pab)
  })

  it.each(
    named(
      records.filter(({ atp }) => atp),
      nameOf
    )
  )('%s: what can be promised', (_, one) => {
    expect(mpsRecord(itemOf(one, one.mps)).map(({ promise }) => promise ?? null)).toEqual(one.atp)
  })

  it.each(
    named(
      records.filter(({ cumulative_atp: sums }) => sums),
      nameOf
    )
  )('%s: what can be promised in all', (_, one) => {
    expect(mpsRecord(itemOf(one, one.mps)).map(row => row.cumulativePromise)).toEqual(one.cumulative_atp)
  })

  it.each(
    named(
      records.filter(({ lot_size }) => lot_size),
      nameOf
    )
  )('%s: the lots that are proposed', (_, one) => {
    // The books' fence says which demand counts; they propose inside it as well.
    const item = itemOf(
      one,
      one.forecast.map(() => 0)
    )
    const fence = one.demand_time_fence_period ?? 0
    const orders = one.orders.map((ordered, at) => (at < fence ? ordered : Math.max(ordered, one.forecast[at] ?? 0)))
    const open: MpsItem = { ...item, orders, forecast: orders, demandFence: 0 }
    expect(proposeMps(open, { rule: 'fixed', quantity: one.lot_size ?? 0 })).toEqual(one.mps)
  })
})

describe.skipIf(lots.length === 0)('lot sizes', () => {
  const byPeriod = (list: readonly number[]) => list.flatMap((lot, at) => (lot > 0 ? [[at + 1, lot] as const] : []))

  it.each(named(lots, nameOf))('%s: as it is printed', (_, one) => {
    const at = (list: Lots['orders']) => one.demand.map((_, i) => list?.find(([period]) => period === i + 1)?.[1] ?? 0)
    const found = ruleNamed(one.method ?? 'Wagner-Whitin', one)?.()
    if (!found) throw new Error(`${one.method} is not known here`)
    const cost = lotCost(one.demand, found, one)
    // Of several cheapest plans a book prints one: it must cost the same.
    if (one.optimal_cost !== undefined)
      expect(lotCost(one.demand, wagnerWhitin(one.demand, one), one)).toBe(one.optimal_cost)
    if (one.optimal_orders_one) expect(lotCost(one.demand, at(one.optimal_orders_one), one)).toBe(one.optimal_cost)
    if (one.orders) expect(byPeriod(found)).toEqual(one.orders)
    if (one.total_cost !== undefined) expect(cost).toBe(one.total_cost)
    expect(one.optimal_cost ?? one.total_cost ?? one.orders, 'There is no answer to compare with.').toBeDefined()
  })

  it.each(named(lots, nameOf))(
    '%s: nothing is cheaper than Wagner and Whitin, and every rule covers every need',
    (_, one) => {
      const mean = one.demand.reduce((sum, need) => sum + need, 0) / one.demand.length
      const least = lotCost(one.demand, wagnerWhitin(one.demand, one), one)
      const economic = Math.round(economicQuantity(mean, one.setup[0] ?? 0, one.holding))
      const others = [
        lotForLot(one.demand),
        silverMeal(one.demand, one),
        leastUnitCost(one.demand, one),
        partPeriod(one.demand, one),
        periodQuantity(one.demand, 3),
        fixedQuantity(one.demand, economic)
      ]
      for (const found of others) {
        let left = 0
        for (const [at, need] of one.demand.entries()) {
          left += (found[at] ?? 0) - need
          expect(left).toBeGreaterThanOrEqual(0)
        }
        expect(lotCost(one.demand, found, one)).toBeGreaterThanOrEqual(least)
      }
    }
  )
})
