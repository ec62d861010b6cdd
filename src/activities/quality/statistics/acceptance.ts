/**
 * What a single sampling plan lets through: its operating characteristic, and the smallest plan that meets two points of
 * it. Montgomery, Introduction to Statistical Quality Control, chapter 15.
 */
import { incompleteBeta, logGamma } from './distribution.ts'

/** `n` pieces inspected, accepted with `c` nonconforming ones or fewer. */
export type Plan = { readonly n: number; readonly c: number }

/** The chance to accept a lot whose process makes a fraction `p` (0 to 1) nonconforming: binomial, a large lot. */
export const acceptedOfProcess = ({ n, c }: Plan, p: number): number =>
  c >= n ? 1 : incompleteBeta(1 - p, n - c, c + 1)

/** The chance to accept a lot of `lot` pieces of which `bad` are nonconforming: hypergeometric, drawn without return. */
export const acceptedOfLot = ({ n, c }: Plan, lot: number, bad: number): number => {
  const choose = (of: number, k: number) =>
    k < 0 || k > of ? Number.NEGATIVE_INFINITY : logGamma(of + 1) - logGamma(k + 1) - logGamma(of - k + 1)
  const all = choose(lot, n)
  let sum = 0
  for (let k = 0; k <= Math.min(c, bad); k++) sum += Math.exp(choose(bad, k) + choose(lot - bad, n - k) - all)
  return Math.min(1, sum)
}

/** The chance to accept when nonconformities are counted, `rate` per piece: Poisson. */
export const acceptedOfCounts = ({ n, c }: Plan, rate: number): number => {
  const mean = n * rate
  let term = Math.exp(-mean)
  let sum = term
  for (let k = 1; k <= c; k++) {
    term *= mean / k
    sum += term
  }
  return Math.min(1, sum)
}

/**
 * The plan with the fewest pieces that accepts quality `good` with chance `producer` or more and quality `poor` with chance
 * `consumer` or less, by the binomial. Undefined when there is none up to 100,000 pieces, or when `good` is not better than `poor`.
 */
export const smallestPlan = (
  good: number,
  producer: number,
  poor: number,
  consumer: number
): (Plan & { readonly reject: number }) | undefined => {
  if (good >= poor) return undefined
  let n = 1
  for (let c = 0; n <= 100_000; c++) {
    n = Math.max(n, c + 1)
    // More pieces only lower the chance, so each c has a first n that protects the consumer.
    while (n <= 100_000 && acceptedOfProcess({ n, c }, poor) > consumer) n++
    if (acceptedOfProcess({ n, c }, good) >= producer) return { n, c, reject: c + 1 }
  }
  return undefined
}
