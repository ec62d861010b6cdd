/**
 * Consumption of forecast by orders (APICS dictionary, "forecast consumption"): what is expected and what was ordered are
 * the same sale, so an order uses up forecast around its day and only the rest of the forecast is still demand.
 */
import { add } from './quantity.ts'

/** Expected from the day `from` to before the day `to`; day numbers, quantities in the item's unit. */
export type Expected = { readonly from: number; readonly to: number; readonly quantity: number }
export type Ordered = { readonly day: number; readonly quantity: number }

/**
 * What is left of each forecast, in the order given. An order takes from the forecast of its own day first, then from earlier
 * ones that reach into `back` days before it, the nearest first, then from later ones that begin within `forward` days.
 * What an order finds no forecast for is demand by itself. Orders are served by day, so their order in the list is no matter.
 */
export const consumeForecast = (
  forecasts: readonly Expected[],
  orders: readonly Ordered[],
  window: { readonly back: number; readonly forward: number }
): readonly number[] => {
  const left = forecasts.map(one => one.quantity)
  const at = forecasts.map((_, index) => index).sort((a, b) => (forecasts[a]?.from ?? 0) - (forecasts[b]?.from ?? 0))
  for (const order of orders.toSorted((a, b) => a.day - b.day || b.quantity - a.quantity)) {
    let open = order.quantity
    for (const index of inReach(forecasts, at, order.day, window)) {
      const taken = Math.min(open, left[index] ?? 0)
      left[index] = add(left[index] ?? 0, -taken)
      open = add(open, -taken)
      if (open <= 0) break
    }
  }
  return left
}

const inReach = (
  forecasts: readonly Expected[],
  at: readonly number[],
  day: number,
  { back, forward }: { readonly back: number; readonly forward: number }
): readonly number[] => {
  const reach = (index: number): { readonly step: number; readonly away: number } | undefined => {
    const one = forecasts[index]
    if (!one) return undefined
    if (one.from <= day && day < one.to) return { step: 0, away: 0 }
    if (one.to <= day) return day - one.to < back ? { step: 1, away: day - one.to } : undefined
    return one.from - day <= forward ? { step: 2, away: one.from - day } : undefined
  }
  return at
    .flatMap(index => {
      const found = reach(index)
      return found ? [{ index, ...found }] : []
    })
    .sort((a, b) => a.step - b.step || a.away - b.away)
    .map(one => one.index)
}

/** The days that a forecast of a day, a week or a month covers, from its first: `to` is not in it. */
export const expectedFor = (from: number, bucket: 'day' | 'week' | 'month'): { from: number; to: number } => {
  if (bucket !== 'month') return { from, to: from + (bucket === 'week' ? 7 : 1) }
  const first = new Date(from * 86_400_000)
  const next = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, first.getUTCDate())
  return { from, to: Math.round(next / 86_400_000) }
}
