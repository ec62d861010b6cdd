/** A proposed master schedule: what would have to be built, and when, so that nobody waits. Never written by itself. */
import { add } from '#kernel/quantity.ts'
import {
  economicQuantity,
  fixedQuantity,
  leastUnitCost,
  lotForLot,
  type LotCosts,
  partPeriod,
  periodQuantity,
  silverMeal,
  wagnerWhitin
} from './lot-sizing.ts'
import { demandOf, type MpsItem } from './record.ts'

export type LotChoice =
  | { readonly rule: 'lot-for-lot' }
  | { readonly rule: 'fixed'; readonly quantity: number }
  | { readonly rule: 'period'; readonly periods: number }
  /** `setup` for one order, `holding` for one unit over one period. */
  | {
      readonly rule: 'economic' | 'silver-meal' | 'least-unit-cost' | 'part-period' | 'wagner-whitin'
      readonly setup: number
      readonly holding: number
    }

export type LotLimits = { readonly minimum?: number; readonly multiple?: number; readonly maximum?: number }

/**
 * Planned builds, one number for each bucket. What is planned inside the planning fence stays as it is and nothing is added
 * there: what is missing there is made in the first bucket after it. After the fence all is proposed anew, so that the
 * balance never falls below the safety stock. An order is at least `minimum` and whole `multiple`s; more than `maximum` in
 * one bucket is still proposed, since it may be several orders.
 */
export const proposeMps = (item: MpsItem, lot: LotChoice, limits: LotLimits = {}): readonly number[] => {
  const fence = Math.max(item.planningFence ?? 0, item.demandFence ?? 0)
  const needs = netNeeds(item, fence)
  const sized = lotsFor(needs, lot)
  const proposed = limits.minimum || limits.multiple ? withLimits(needs, sized, limits) : sized
  return item.planned.map((planned, at) => (at < fence ? planned : add(proposed[at - fence] ?? 0)))
}

/** What is missing in each bucket after the fence when nothing more is planned there. */
const netNeeds = (item: MpsItem, fence: number): readonly number[] => {
  let left = add(item.onHand, -(item.safetyStock ?? 0))
  const needs: number[] = []
  for (const at of item.planned.keys()) {
    const planned = at < fence ? (item.planned[at] ?? 0) : 0
    left = add(left, planned, item.receipts?.[at] ?? 0, -demandOf(item, at))
    if (at < fence) continue
    needs.push(Math.max(0, -left))
    left = Math.max(0, left)
  }
  return needs
}

const lotsFor = (needs: readonly number[], lot: LotChoice): readonly number[] => {
  if (lot.rule === 'lot-for-lot') return lotForLot(needs)
  if (lot.rule === 'fixed') return fixedQuantity(needs, lot.quantity)
  if (lot.rule === 'period') return periodQuantity(needs, lot.periods)
  const costs: LotCosts = { setup: needs.map(() => lot.setup), holding: lot.holding }
  if (lot.rule === 'silver-meal') return silverMeal(needs, costs)
  if (lot.rule === 'least-unit-cost') return leastUnitCost(needs, costs)
  if (lot.rule === 'part-period') return partPeriod(needs, costs)
  if (lot.rule === 'wagner-whitin') return wagnerWhitin(needs, costs)
  const mean = needs.reduce((sum, need) => sum + need, 0) / Math.max(1, needs.length)
  return fixedQuantity(needs, Math.max(1, Math.round(economicQuantity(mean, lot.setup, lot.holding))))
}

/** Orders raised to the minimum and to whole multiples; what one brings too many, the next brings fewer. */
const withLimits = (needs: readonly number[], lots: readonly number[], limits: LotLimits): readonly number[] => {
  const step = limits.multiple ?? 0
  let left = 0
  let sized = 0
  return needs.map((need, at) => {
    sized += lots[at] ?? 0
    // As much as the rule had ordered by now, less what was ordered already.
    const wanted = Math.max(need - left, Math.min(lots[at] ?? 0, sized))
    const short = need > left + 1e-9
    const ordered = short ? roundUp(Math.max(wanted, limits.minimum ?? 0), step) : 0
    sized -= ordered
    left += ordered - need
    return ordered
  })
}

const roundUp = (quantity: number, step: number): number =>
  step > 0 ? Math.ceil(quantity / step - 1e-9) * step : quantity
