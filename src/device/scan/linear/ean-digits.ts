/** Which digits are meant: the cheapest whose parities and check digit are those of a code. */

export type EanFormat = 'EAN13' | 'EAN8' | 'UPCE'

export type Solution = { readonly text: string; readonly total: number; readonly next: number }

/** Which left digits are even (G), by the first digit of EAN-13; bit 5 is the leftmost. */
const FIRST = [0b000000, 0b001011, 0b001101, 0b001110, 0b010011, 0b011001, 0b011100, 0b010101, 0b010110, 0b011010]

/** The same for UPC-E of number system 0, by its check digit; system 1 turns all of them round. */
const FIRST_UPCE = [0b111000, 0b110100, 0b110010, 0b110001, 0b101100, 0b100110, 0b100011, 0b101010, 0b101001, 0b100101]

/** Which patterns each digit may have, and what its digit weighs in the sum that must be nothing mod 10. */
type Frame = {
  readonly offsets: readonly number[]
  readonly weights: readonly number[]
  readonly sum: number
  readonly text: (digits: readonly number[]) => string
  /** Forces one digit. */
  readonly fixed?: readonly [slot: number, digit: number]
}

const eanWeights = (count: number): number[] => Array.from({ length: count }, (_, i) => ((count - i) % 2 === 0 ? 3 : 1))

const frames13: readonly Frame[] = FIRST.map((mask, first) => ({
  offsets: [...[5, 4, 3, 2, 1, 0].map(bit => ((mask >> bit) & 1) * 10), 20, 20, 20, 20, 20, 20],
  weights: eanWeights(12),
  sum: first,
  text: digits => `${first}${digits.join('')}`
}))

const frames8: readonly Frame[] = [
  { offsets: [0, 0, 0, 0, 20, 20, 20, 20], weights: eanWeights(8), sum: 0, text: digits => digits.join('') }
]

/** Weights of the six printed digits of UPC-E in the check sum of the UPC-A it stands for, by its last digit. */
const upceWeights = (last: number): number[] => {
  // Places in 0 ABCDE FGHIJ: odd places of the twelve weigh 3.
  if (last <= 2) return [1, 3, 3, 1, 3, 0]
  if (last === 3) return [1, 3, 1, 1, 3, 0]
  if (last === 4) return [1, 3, 1, 3, 3, 0]
  return [1, 3, 1, 3, 1, 3]
}

/** The ten digits between the number system and the check digit of the UPC-A that six digits of UPC-E stand for. */
const expanded = (digits: readonly number[]): string => {
  const [a, b, c, d, e, last] = digits as [number, number, number, number, number, number]
  if (last <= 2) return `${a}${b}${last}0000${c}${d}${e}`
  if (last === 3) return `${a}${b}${c}00000${d}${e}`
  if (last === 4) return `${a}${b}${c}${d}00000${e}`
  return `${a}${b}${c}${d}${e}0000${last}`
}

const framesE: readonly Frame[] = [0, 1].flatMap(system =>
  Array.from({ length: 10 }, (_, check) => check).flatMap(check =>
    Array.from({ length: 10 }, (_, last) => {
      const mask = (FIRST_UPCE[check] as number) ^ (system === 1 ? 0b111111 : 0)
      return {
        offsets: [5, 4, 3, 2, 1, 0].map(bit => ((mask >> bit) & 1) * 10),
        weights: upceWeights(last),
        sum: 3 * system + check + (last <= 2 ? last : 0),
        text: (digits: readonly number[]) => `0${system}${expanded(digits)}${check}`,
        fixed: [5, last] as const
      }
    })
  )
)

const framesOf: Readonly<Record<EanFormat, readonly Frame[]>> = { EAN13: frames13, EAN8: frames8, UPCE: framesE }

export const solve = (format: EanFormat, cost: readonly Float64Array[]): Solution | undefined => {
  let best: { text: string; total: number; frame: Frame; digits: number[] } | undefined
  let next = Number.POSITIVE_INFINITY
  // Most frames can't come near; the sum of their cheapest digits says so at once.
  const floors = framesOf[format].map(frame => ({ frame, floor: floorOf(frame, cost) }))
  for (const { frame, floor } of floors.sort((a, b) => a.floor - b.floor)) {
    if (floor >= next) break
    const found = cheapest(frame, cost)
    if (!found) continue
    if (!best || found.total < best.total) {
      if (best) next = Math.min(next, best.total)
      best = { ...found, text: frame.text(found.digits), frame }
    } else next = Math.min(next, found.total)
  }
  if (!best) return undefined
  // The next best text of the same frame differs in one digit at least.
  for (let slot = 0; slot < cost.length; slot += 1) {
    const without = [slot, best.digits[slot] as number] as const
    if (floorOf(best.frame, cost, without) >= next) continue
    const other = cheapest(best.frame, cost, without)
    if (other) next = Math.min(next, other.total)
  }
  return { text: best.text, total: best.total, next }
}

type Without = readonly [slot: number, digit: number]

/** What the digits of a frame cost at least, whatever they add up to. */
const floorOf = ({ offsets, fixed }: Frame, cost: readonly Float64Array[], without?: Without): number => {
  let sum = 0
  for (let slot = 0; slot < cost.length; slot += 1) {
    const prices = cost[slot] as Float64Array
    const offset = offsets[slot] as number
    let least = Number.POSITIVE_INFINITY
    for (let digit = 0; digit < 10; digit += 1) {
      if (without?.[0] === slot && without[1] === digit) continue
      if (fixed?.[0] === slot && fixed[1] !== digit) continue
      const price = prices[offset + digit] as number
      if (price < least) least = price
    }
    sum += least
  }
  return sum
}

const rooms = [new Float64Array(10), new Float64Array(10)] as const
const chosen = Array.from({ length: 12 }, () => new Uint8Array(10))

/** The digits of least cost whose weighted sum is nothing mod 10. */
const cheapest = (
  frame: Frame,
  cost: readonly Float64Array[],
  without?: Without
): { digits: number[]; total: number } | undefined => {
  let [sums, next] = rooms
  sums.fill(Number.POSITIVE_INFINITY)
  sums[frame.sum % 10] = 0
  for (let slot = 0; slot < cost.length; slot += 1) {
    next.fill(Number.POSITIVE_INFINITY)
    const choice = chosen[slot] as Uint8Array
    const weight = frame.weights[slot] as number
    for (let digit = 0; digit < 10; digit += 1) {
      if (without?.[0] === slot && without[1] === digit) continue
      if (frame.fixed?.[0] === slot && frame.fixed[1] !== digit) continue
      const price = (cost[slot] as Float64Array)[(frame.offsets[slot] as number) + digit] as number
      let to = (weight * digit) % 10
      for (let rest = 0; rest < 10; rest += 1) {
        const total = (sums[rest] as number) + price
        if (total < (next[to] as number)) {
          next[to] = total
          choice[to] = digit
        }
        to = to === 9 ? 0 : to + 1
      }
    }
    const done = sums
    sums = next
    next = done
  }
  const total = sums[0] as number
  if (!Number.isFinite(total)) return undefined
  const digits: number[] = []
  let rest = 0
  for (let slot = cost.length - 1; slot >= 0; slot -= 1) {
    const digit = (chosen[slot] as Uint8Array)[rest] as number
    digits.unshift(digit)
    rest = (rest - (frame.weights[slot] as number) * digit + 1000) % 10
  }
  return { digits, total }
}
