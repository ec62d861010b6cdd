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
  const best = walked(slots, modulus, begin, weigh)
  if (!best) return undefined
  const after = remaining(slots, modulus, weigh)
  let next = Number.POSITIVE_INFINITY
  for (const [slot, value] of best.values.entries()) {
    const other = best.before[slot] as Float64Array
    for (const one of slots[slot] as Slot) {
      if (one.value === value) continue
      next = Math.min(next, one.cost + joined(other, after[slot + 1] as Float64Array, weigh(slot, one.value) % modulus))
    }
    if (modulus > 1) continue
    // What is not among the kept ones costs at least as much as the last of them.
    const kept = slots[slot]?.at(-1)?.cost ?? 0
    const own = slots[slot]?.find(one => one.value === value)?.cost ?? 0
    next = Math.min(next, best.total + kept - own)
  }
  // Nothing else among the kept ones fulfils the check: at least two characters would have to be ones that are not.
  if (!Number.isFinite(next))
    next = best.total + 2 * Math.min(...slots.map(slot => (slot.at(-1)?.cost ?? 0) - (slot[0]?.cost ?? 0)))
  return { values: best.values, total: best.total, next }
}

/** The cheapest way from any sum of the slots before to nothing, by that sum: for each slot, and after the last. */
const remaining = (
  slots: readonly Slot[],
  modulus: number,
  weigh: (slot: number, value: number) => number
): Float64Array[] => {
  const ends = new Float64Array(modulus).fill(Number.POSITIVE_INFINITY)
  ends[0] = 0
  const after = [ends]
  for (let i = slots.length - 1; i >= 0; i -= 1) {
    const behind = after[0] as Float64Array
    const here = new Float64Array(modulus).fill(Number.POSITIVE_INFINITY)
    for (const { value, cost } of slots[i] as Slot) {
      let to = weigh(i, value) % modulus
      for (let rest = 0; rest < modulus; rest += 1) {
        const total = (behind[to] as number) + cost
        if (total < (here[rest] as number)) here[rest] = total
        to = to + 1 === modulus ? 0 : to + 1
      }
    }
    after.unshift(here)
  }
  return after
}

/** The cheapest of the sums before and after a character of that weight. */
const joined = (before: Float64Array, after: Float64Array, weight: number): number => {
  let least = Number.POSITIVE_INFINITY
  let to = weight
  for (let rest = 0; rest < before.length; rest += 1) {
    const total = (before[rest] as number) + (after[to] as number)
    if (total < least) least = total
    to = to + 1 === before.length ? 0 : to + 1
  }
  return least
}

const walked = (
  slots: readonly Slot[],
  modulus: number,
  begin: number,
  weigh: (slot: number, value: number) => number
): { values: number[]; total: number; before: Float64Array[] } | undefined => {
  let sums = new Float64Array(modulus).fill(Number.POSITIVE_INFINITY)
  sums[begin % modulus] = 0
  const before: Float64Array[] = []
  const chosen: Int16Array[] = []
  for (const [i, slot] of slots.entries()) {
    const next = new Float64Array(modulus).fill(Number.POSITIVE_INFINITY)
    const choice = new Int16Array(modulus).fill(-1)
    for (const { value, cost } of slot) {
      let to = weigh(i, value) % modulus
      for (let rest = 0; rest < modulus; rest += 1) {
        const total = (sums[rest] as number) + cost
        if (total < (next[to] as number)) {
          next[to] = total
          choice[to] = value
        }
        to = to + 1 === modulus ? 0 : to + 1
      }
    }
    before.push(sums)
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
  return { values, total, before }
}
