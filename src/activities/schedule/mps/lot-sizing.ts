/**
 * Lot sizes over time: which periods' needs are covered by one order. Needs, set-up costs and holding costs are lists of one
 * number for each period; an order arrives at the beginning of its period. Answers are quantities by period.
 */

export type LotCosts = {
  /** What an order costs, in each period. */
  readonly setup: readonly number[]
  /** What holding one unit from one period to the next costs. */
  readonly holding: number
}

const orders = (needs: readonly number[]): number[] => needs.map(() => 0)

/** An order of at least one need: everything up to before `to` is ordered at `from`. */
const cover = (needs: readonly number[], from: number, to: number): number =>
  needs.slice(from, to).reduce((sum, need) => sum + need, 0)

export const lotForLot = (needs: readonly number[]): number[] => needs.map(need => Math.max(0, need))

/** As many lots of `quantity` as it takes, when what is left would not do. */
export const fixedQuantity = (needs: readonly number[], quantity: number): number[] => {
  if (!(quantity > 0)) return lotForLot(needs)
  let left = 0
  return needs.map(need => {
    const lots = Math.max(0, Math.ceil((need - left) / quantity - 1e-9))
    left += lots * quantity - need
    return lots * quantity
  })
}

/** Period order quantity: one order for the needs of so many periods, from the first need on. */
export const periodQuantity = (needs: readonly number[], periods: number): number[] => {
  const lots = orders(needs)
  const span = Math.max(1, Math.floor(periods))
  for (let at = 0; at < needs.length; ) {
    if ((needs[at] ?? 0) <= 0) at += 1
    else {
      lots[at] = cover(needs, at, at + span)
      at += span
    }
  }
  return lots
}

/** Harris 1913: √(2 · need a period · cost of an order / cost of holding one for a period). */
export const economicQuantity = (needPerPeriod: number, setup: number, holding: number): number =>
  Math.sqrt((2 * needPerPeriod * setup) / holding)

/**
 * Silver and Meal 1973: an order covers more periods for as long as the cost per period falls. Near the optimum on most
 * needs, and steady when a need at the end changes.
 */
export const silverMeal = (needs: readonly number[], { setup, holding }: LotCosts): number[] =>
  inTurn(needs, from => {
    let [to, cost] = [from + 1, setup[from] ?? 0]
    for (let best = cost; to < needs.length; to += 1) {
      cost += holding * (to - from) * (needs[to] ?? 0)
      const average = cost / (to - from + 1)
      if (average > best) break
      best = average
    }
    return to
  })

/** Least unit cost (Gorham 1968): an order covers more periods for as long as the cost of one unit of it falls. */
export const leastUnitCost = (needs: readonly number[], { setup, holding }: LotCosts): number[] =>
  inTurn(needs, from => {
    let [to, cost, many] = [from + 1, setup[from] ?? 0, needs[from] ?? 0]
    for (let best = cost / many; to < needs.length; to += 1) {
      const need = needs[to] ?? 0
      cost += holding * (to - from) * need
      many += need
      if (cost / many > best) break
      best = cost / many
    }
    return to
  })

/** Part-period balancing (DeMatteis 1968): an order covers the periods whose holding comes nearest to what the order costs. */
export const partPeriod = (needs: readonly number[], { setup, holding }: LotCosts): number[] =>
  inTurn(needs, from => {
    const order = setup[from] ?? 0
    let held = 0
    for (let to = from + 1; to < needs.length; to += 1) {
      const more = held + holding * (to - from) * (needs[to] ?? 0)
      if (Math.abs(more - order) > Math.abs(held - order)) return to
      held = more
    }
    return needs.length
  })

/** One order after the other, each from the first need that is not covered to before the period that `end` says. */
const inTurn = (needs: readonly number[], end: (from: number) => number): number[] => {
  const lots = orders(needs)
  for (let at = 0; at < needs.length; ) {
    const to = (needs[at] ?? 0) > 0 ? end(at) : at + 1
    lots[at] = cover(needs, at, to)
    at = to
  }
  return lots
}

/** Wagner and Whitin 1958: the cheapest orders there are, by dynamic programming; time is quadratic in the periods. */
export const wagnerWhitin = (needs: readonly number[], { setup, holding }: LotCosts): number[] => {
  const cheapest = [0]
  const from = [0]
  for (let to = 1; to <= needs.length; to += 1) {
    let best = Number.POSITIVE_INFINITY
    let held = 0
    // An order in period `at` covers everything up to before `to`.
    for (let at = to - 1, many = 0; at >= 0; at -= 1) {
      held += holding * many
      many += needs[at] ?? 0
      const cost = (cheapest[at] ?? 0) + (many > 0 ? (setup[at] ?? 0) : 0) + held
      if (cost < best) {
        best = cost
        from[to] = at
      }
    }
    cheapest[to] = best
  }
  const lots = orders(needs)
  for (let to = needs.length; to > 0; to = from[to] ?? 0) {
    const at = from[to] ?? 0
    lots[at] = cover(needs, at, to)
  }
  return lots
}

/** What a plan of orders costs: set-ups and what is held over the end of each period. */
export const lotCost = (needs: readonly number[], lots: readonly number[], { setup, holding }: LotCosts): number => {
  let left = 0
  return lots.reduce((sum, lot, at) => {
    left += lot - (needs[at] ?? 0)
    return sum + (lot > 0 ? (setup[at] ?? 0) : 0) + holding * Math.max(0, left)
  }, 0)
}
