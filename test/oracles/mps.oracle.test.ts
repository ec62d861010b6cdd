/** Master schedules and lot sizes as books and papers have them. */
import { describe, expect, it } from 'vitest'
import {
  economicQuantity,
  fixedQuantity,
  lotCost,
  lotForLot,
  periodQuantity,
  silverMeal,
  wagnerWhitin
} from '#activities/schedule/mps/lot-sizing.ts'
import { proposeMps } from '#activities/schedule/mps/propose.ts'
import { mpsRecord, type MpsItem } from '#activities/schedule/mps/record.ts'
import { has, read } from './oracles.ts'

type Record = {
  readonly case: string
  readonly on_hand: number
  readonly lot_size?: number
  readonly forecast: readonly number[]
  readonly orders: readonly number[]
  readonly mps: readonly number[]
  readonly pab: readonly number[]
  readonly atp?: readonly (number | null)[]
  readonly demand_time_fence_period?: number
}
type Lots = {
  readonly case: string
  readonly demand: readonly number[]
  readonly setup: readonly number[]
  readonly holding: number
  readonly method?: string
  readonly orders?: readonly (readonly [number, number])[]
  readonly total_cost?: number
  readonly optimal_cost?: number
  readonly optimal_orders_one?: readonly (readonly [number, number])[]
}

const records = has('mps/mps-atp.json') ? read<{ cases: readonly Record[] }>('mps/mps-atp.json').cases : []
const lots = has('mps/lot-sizing.json') ? read<readonly Lots[]>('mps/lot-sizing.json') : []

const itemOf = (one: Record, planned: readonly number[]): MpsItem => ({
  onHand: one.on_hand,
  forecast: one.forecast,
  orders: one.orders,
  planned,
  demandRule: 'greater',
  ...(one.demand_time_fence_period === undefined ? {} : { demandFence: one.demand_time_fence_period })
})

describe.skipIf(records.length === 0)('a record of the master schedule', () => {
  it.each(records)('$case: the balance', one => {
    expect(mpsRecord(itemOf(one, one.mps)).map(({ projected }) => projected)).toEqual(one.pab)
  })

  it.each(records.filter(({ atp }) => atp))('$case: what can be promised', one => {
    expect(mpsRecord(itemOf(one, one.mps)).map(({ promise }) => promise ?? null)).toEqual(one.atp)
  })

  it.each(records.filter(({ lot_size }) => lot_size))('$case: the lots that are proposed', one => {
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

  it.each(lots.filter(one => one.optimal_cost !== undefined))('$case: the cheapest there are', one => {
    const found = wagnerWhitin(one.demand, one)
    expect(lotCost(one.demand, found, one)).toBe(one.optimal_cost)
    const published = one.demand.map((_, at) => one.optimal_orders_one?.find(([period]) => period === at + 1)?.[1] ?? 0)
    expect(lotCost(one.demand, published, one)).toBe(one.optimal_cost)
  })

  it.each(lots.filter(one => one.method === 'Silver-Meal'))('$case: by Silver and Meal', one => {
    const found = silverMeal(one.demand, one)
    expect(byPeriod(found)).toEqual(one.orders)
    expect(lotCost(one.demand, found, one)).toBe(one.total_cost)
  })

  it.each(lots)('$case: nothing is cheaper than Wagner and Whitin, and every rule covers every need', one => {
    const mean = one.demand.reduce((sum, need) => sum + need, 0) / one.demand.length
    const least = lotCost(one.demand, wagnerWhitin(one.demand, one), one)
    const economic = Math.round(economicQuantity(mean, one.setup[0] ?? 0, one.holding))
    const others = [
      lotForLot(one.demand),
      silverMeal(one.demand, one),
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
  })
})
