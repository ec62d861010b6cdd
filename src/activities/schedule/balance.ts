/** The projected available balance of one item (APICS dictionary, "projected available balance"), week by week. */
import { add } from '#kernel/quantity.ts'

/** `due` is a day, YYYY-MM-DD. */
export type Movement = { readonly due: string; readonly quantity: number }

export type Week = {
  /** Its Monday, YYYY-MM-DD. */
  readonly week: string
  readonly demand: number
  /** Planned and not yet an order. */
  readonly planned: number
  /** On open work orders. */
  readonly ordered: number
  /** At the end of the week; less than nothing when the plan can't serve the demand. */
  readonly balance: number
}

const DAY = 86_400_000

/** The Monday of the week that a day lies in (ISO 8601 weeks). */
export const weekOf = (day: string): string => {
  const time = Date.parse(day)
  const sinceMonday = (new Date(time).getUTCDay() + 6) % 7
  return new Date(time - sinceMonday * DAY).toISOString().slice(0, 10)
}

/** `count` Mondays, beginning with the week of `day`. */
export const weeksFrom = (day: string, count: number): readonly string[] => {
  const first = Date.parse(weekOf(day))
  return Array.from({ length: count }, (_, i) => new Date(first + i * 7 * DAY).toISOString().slice(0, 10))
}

/** The week that a day counts in when the plan begins with the week `first`: what is past due counts there. */
export const bucketOf = (day: string, first: string): string => {
  const week = weekOf(day)
  if (week >= first) return week
  return first
}

/**
 * Balance = balance before + orders + planned builds - demand. What is past due falls into the first week: it is owed, or
 * expected, now. What lies after the last week is left out. Quantities in the item's unit.
 */
export const projectBalance = (
  weeks: readonly string[],
  onHand: number,
  moves: {
    readonly demand: readonly Movement[]
    readonly planned: readonly Movement[]
    readonly ordered: readonly Movement[]
  }
): readonly Week[] => {
  const first = weeks[0] ?? ''
  const sums = (list: readonly Movement[]) => {
    const byWeek = new Map<string, number>()
    for (const { due, quantity } of list) {
      const week = bucketOf(due, first)
      byWeek.set(week, add(byWeek.get(week) ?? 0, quantity))
    }
    return byWeek
  }
  const [demands, planneds, ordereds] = [sums(moves.demand), sums(moves.planned), sums(moves.ordered)]
  let balance = onHand
  return weeks.map(week => {
    const demand = demands.get(week) ?? 0
    const planned = planneds.get(week) ?? 0
    const ordered = ordereds.get(week) ?? 0
    balance = add(balance, planned, ordered, -demand)
    return { week, demand, planned, ordered, balance }
  })
}
