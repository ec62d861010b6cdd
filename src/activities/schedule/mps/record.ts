/**
 * The record of one item of the master schedule, bucket by bucket: projected available balance, available to promise, and
 * the zone that a build lies in. Quantities in the item's unit; lists have one number for each bucket.
 *
 * After Vollmann, Berry, Whybark, Jacobs, "Manufacturing Planning and Control", chapter on master scheduling, and the APICS
 * dictionary ("projected available balance", "available-to-promise", "demand time fence", "planning time fence").
 */
import { add } from '#kernel/quantity.ts'

export type MpsItem = {
  readonly onHand: number
  readonly safetyStock?: number
  readonly forecast: readonly number[]
  /** Customers' orders. */
  readonly orders: readonly number[]
  /** Planned builds that are no order yet. */
  readonly planned: readonly number[]
  /** What open work orders and purchases bring. */
  readonly receipts?: readonly number[]
  /**
   * 'greater': the greater of forecast and orders counts, for forecast as it was made. 'sum': both count, for forecast
   * that orders have consumed already. Inside the demand fence only orders count.
   */
  readonly demandRule: 'greater' | 'sum'
  /** Buckets from the first inside which only orders count, and builds are frozen. */
  readonly demandFence?: number
  /** Buckets from the first in which nothing is proposed. */
  readonly planningFence?: number
}

export type Zone = 'frozen' | 'slushy' | 'liquid'

export type MpsBucket = {
  readonly demand: number
  readonly supply: number
  /** Projected available balance at its end. */
  readonly projected: number
  /**
   * Available to promise, discrete: what a supply brings less the orders up to the next supply. Absent where nothing
   * comes in. A group that is oversold takes from the ones before it, so that nothing is promised twice.
   */
  readonly promise?: number
  /** Cumulative available to promise: what one customer could be promised at its end in all. */
  readonly cumulativePromise: number
  /** Below safety stock by this much, 0 when not. */
  readonly belowSafety: number
  readonly zone: Zone
}

export const demandOf = (item: MpsItem, bucket: number): number => {
  const [forecast, orders] = [item.forecast[bucket] ?? 0, item.orders[bucket] ?? 0]
  if (bucket < (item.demandFence ?? 0)) return orders
  return item.demandRule === 'greater' ? Math.max(forecast, orders) : add(forecast, orders)
}

export const zoneOf = (item: Pick<MpsItem, 'demandFence' | 'planningFence'>, bucket: number): Zone =>
  bucket < (item.demandFence ?? 0) ? 'frozen' : bucket < (item.planningFence ?? 0) ? 'slushy' : 'liquid'

export const mpsRecord = (item: MpsItem): readonly MpsBucket[] => {
  const supply = item.planned.map((planned, at) => add(planned, item.receipts?.[at] ?? 0))
  const promises = promisesOf(item.onHand, supply, item.orders)
  let projected = item.onHand
  let cumulativePromise = 0
  return supply.map((come, at) => {
    const demand = demandOf(item, at)
    projected = add(projected, come, -demand)
    const promise = promises[at]
    cumulativePromise = add(cumulativePromise, promise ?? 0)
    return {
      demand,
      supply: come,
      projected,
      ...(promise === undefined ? {} : { promise }),
      cumulativePromise,
      belowSafety: Math.max(0, add(item.safetyStock ?? 0, -projected)),
      zone: zoneOf(item, at)
    }
  })
}

/** Discrete available to promise. What is on hand is in the first bucket's. */
const promisesOf = (onHand: number, supply: readonly number[], orders: readonly number[]): (number | undefined)[] => {
  const promises: (number | undefined)[] = supply.map((come, at) =>
    at === 0 ? add(onHand, come) : come > 0 ? come : undefined
  )
  let group = 0
  for (const [at, ordered] of orders.slice(0, supply.length).entries()) {
    if (promises[at] !== undefined) group = at
    promises[group] = add(promises[group] ?? 0, -ordered)
  }
  for (let at = promises.length - 1, owed = 0; at >= 0; at -= 1) {
    const promise = promises[at]
    if (promise === undefined) continue
    const left = add(promise, -owed)
    owed = at > 0 ? Math.max(0, -left) : 0
    promises[at] = at > 0 ? Math.max(0, left) : left
  }
  return promises
}
