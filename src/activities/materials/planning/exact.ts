/**
 * Exact arithmetic on whole numbers that JavaScript keeps in doubles: products beyond 2^53 go through BigInt. Shares and
 * conversions are rationals, and are rounded once, where a quantity is made from them.
 */

export type Ratio = { readonly num: number; readonly den: number }

export const ONE: Ratio = { num: 1, den: 1 }

const gcd = (a: number, b: number): number => {
  let [x, y] = [Math.abs(a), Math.abs(b)]
  while (y > 0) [x, y] = [y, x % y]
  return x || 1
}

const gcdBig = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcdBig(b, a % b))

export const ratio = (num: number, den: number): Ratio => {
  const common = gcd(num, den)
  return { num: num / common, den: den / common }
}

/** The product of two ratios with whole parts, not negative. Where the parts outgrow 2^53, both are halved until they fit: 15 digits stay. */
export const product = (a: Ratio, b: Ratio): Ratio => {
  const [top, bottom] = [a.num * b.num, a.den * b.den]
  if (top <= Number.MAX_SAFE_INTEGER && bottom <= Number.MAX_SAFE_INTEGER)
    return bottom === 1 ? { num: top, den: 1 } : ratio(top, bottom)
  let [num, den] = [BigInt(a.num) * BigInt(b.num), BigInt(a.den) * BigInt(b.den)]
  const common = gcdBig(num, den) || 1n
  num /= common
  den /= common
  while (num > LIMIT || den > LIMIT) {
    num >>= 1n
    den = den >> 1n || 1n
  }
  return { num: Number(num), den: Number(den) }
}

const LIMIT = BigInt(Number.MAX_SAFE_INTEGER)

/** A decimal as a person writes it, to nine digits after the point, as a ratio of whole numbers. */
export const decimal = (value: number): Ratio => {
  let den = 1
  while (den < 1e9 && Math.abs(value * den - Math.round(value * den)) > 1e-9 * Math.max(1, Math.abs(value * den)))
    den *= 10
  return ratio(Math.round(value * den), den)
}

/** amount · num / den rounded up. All whole, amount not negative. */
export const ceilOf = (amount: number, num: number, den: number): number => {
  const whole = amount * num
  if (den === 1 && whole <= Number.MAX_SAFE_INTEGER) return whole
  if (whole > Number.MAX_SAFE_INTEGER) return Number((BigInt(amount) * BigInt(num) + BigInt(den) - 1n) / BigInt(den))
  const rest = whole % den
  return (whole - rest) / den + (rest > 0 ? 1 : 0)
}

/** amount · num / den rounded down. All whole, amount not negative. */
export const floorOf = (amount: number, num: number, den: number): number => {
  const whole = amount * num
  if (den === 1 && whole <= Number.MAX_SAFE_INTEGER) return whole
  if (whole > Number.MAX_SAFE_INTEGER) return Number((BigInt(amount) * BigInt(num)) / BigInt(den))
  return (whole - (whole % den)) / den
}

/** The next whole step at or above; a step of 1 or less changes nothing. */
export const upTo = (amount: number, step: number): number => {
  if (step <= 1) return amount
  const rest = amount % step
  return rest === 0 ? amount : amount - rest + step
}
