/** Which characters of a chain are meant: the cheapest that fulfil its check. */
import type { Slot } from './chain.ts'

/**
 * The cheapest values for which `weigh(slot, value)` sums up to nothing modulo `modulus`, and the cost of the next such. With a
 * modulus of 1 every text is allowed.
 */
export const cheapest = (
  slots: readonly Slot[],
  modulus: number,
  begin: number,
  weigh: (slot: number, value: number) => number
): { values: number[]; total: number; next: number } | undefined => {
  const best = cheapestBut(slots, modulus, begin, weigh, -1, -1)
  if (!best) return undefined
  let next = Number.POSITIVE_INFINITY
  for (const [slot, value] of best.values.entries()) {
    const other = cheapestBut(slots, modulus, begin, weigh, slot, value)
    // What is not among the kept ones costs at least as much as the last of them.
    const kept = slots[slot]?.at(-1)?.cost ?? 0
    const own = slots[slot]?.find(one => one.value === value)?.cost ?? 0
    next = Math.min(
      next,
      other?.total ?? Number.POSITIVE_INFINITY,
      modulus === 1 ? best.total + kept - own : Number.POSITIVE_INFINITY
    )
  }
  // Nothing else among the kept ones fulfils the check: at least two characters would have to be ones that are not.
  if (!Number.isFinite(next))
    next = best.total + 2 * Math.min(...slots.map(slot => (slot.at(-1)?.cost ?? 0) - (slot[0]?.cost ?? 0)))
  return { ...best, next }
}

const cheapestBut = (
  slots: readonly Slot[],
  modulus: number,
  begin: number,
  weigh: (slot: number, value: number) => number,
  notAt: number,
  not: number
): { values: number[]; total: number } | undefined => {
  let sums = new Float64Array(modulus).fill(Number.POSITIVE_INFINITY)
  sums[begin % modulus] = 0
  const chosen: Int16Array[] = []
  for (const [i, slot] of slots.entries()) {
    const next = new Float64Array(modulus).fill(Number.POSITIVE_INFINITY)
    const choice = new Int16Array(modulus).fill(-1)
    for (const { value, cost } of slot) {
      if (i === notAt && value === not) continue
      const weight = weigh(i, value)
      for (let rest = 0; rest < modulus; rest += 1) {
        const to = (rest + weight) % modulus
        const total = (sums[rest] as number) + cost
        if (total >= (next[to] as number)) continue
        next[to] = total
        choice[to] = value
      }
    }
    sums = next
    chosen.push(choice)
  }
  const total = sums[0] as number
  if (!Number.isFinite(total)) return undefined
  const values: number[] = []
  let rest = 0
  for (let i = slots.length - 1; i >= 0; i -= 1) {
    const value = (chosen[i] as Int16Array)[rest] as number
    values.unshift(value)
    rest = (rest - (weigh(i, value) % modulus) + modulus) % modulus
  }
  return { values, total }
}
