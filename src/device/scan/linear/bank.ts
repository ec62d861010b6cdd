/**
 * All characters of a code at once. Blurred patterns are sums of blurred steps, and the characters of a code share a few places
 * where steps may be; so each step is laid over the signal once, and a character is then a handful of sums.
 */
import { SAMPLES, type Signal, spreadOf, stepAt } from './model.ts'

export type Bank = {
  readonly patterns: number
  /** Samples of a pattern, and how many of them lie before its begin. */
  readonly count: number
  readonly before: number
  /** What all patterns share. */
  readonly common: Float64Array
  /** Blurred steps, by place: samples from `from` on are neither 0 nor 1, samples from `to` on are 1. */
  readonly steps: readonly { readonly shape: Float64Array; readonly from: number; readonly to: number }[]
  /** Of each pattern: its steps, up and down in turn; then its mean, and the sum of squares about it. */
  readonly turns: number
  readonly picks: Uint8Array
  readonly means: Float64Array
  readonly energies: Float64Array
}

/** Samples nearer than this to 0 or 1 are taken for it. */
const SMALL = 1e-5

/**
 * `patterns`: in modules, where brightness turns within each, light first; all equally many. `pitch`: modules of a character.
 * Before each lies a space of a module, a bar follows.
 */
export const bankOf = (patterns: readonly (readonly number[])[], pitch: number, sigma: number): Bank => {
  const count = Math.round((pitch + 1) * SAMPLES)
  const sampled = (edge: number) =>
    Float64Array.from({ length: count }, (_, i) => stepAt((i + 0.5) / SAMPLES - 0.5 - edge, sigma))
  const common = new Float64Array(count)
  for (const [sign, edge] of [
    [1, -1],
    [-1, 0],
    [patterns[0] && patterns[0].length % 2 ? -1 : 1, pitch],
    [patterns[0] && patterns[0].length % 2 ? 1 : -1, pitch + 1]
  ] as const)
    for (const [i, value] of sampled(edge).entries()) common[i] = (common[i] as number) + sign * value
  const places = [...new Set(patterns.flat())].sort((a, b) => a - b)
  const turns = patterns[0]?.length ?? 0
  const steps = places.map(place => {
    const shape = sampled(place)
    const from = shape.findIndex(value => value > SMALL)
    const to = shape.findIndex(value => value > 1 - SMALL)
    return { shape, from: from < 0 ? count : from, to: to < 0 ? count : to }
  })
  const means = new Float64Array(patterns.length)
  const energies = new Float64Array(patterns.length)
  for (const [value, edges] of patterns.entries()) {
    const shape = common.slice()
    for (const [k, edge] of edges.entries())
      for (const [i, part] of sampled(edge).entries()) shape[i] = (shape[i] as number) + (k % 2 ? -part : part)
    const mean = shape.reduce((sum, one) => sum + one, 0) / count
    means[value] = mean
    energies[value] = shape.reduce((sum, one) => sum + (one - mean) ** 2, 0)
  }
  const picks = Uint8Array.from(patterns.flatMap(edges => edges.map(edge => places.indexOf(edge))))
  return { patterns: patterns.length, count, before: SAMPLES / 2, common, steps, turns, picks, means, energies }
}

const MOST_OFFSETS = 16
const laid = new Float64Array(64 * MOST_OFFSETS)
const base = new Float64Array(MOST_OFFSETS)
const sums = new Float64Array(MOST_OFFSETS)
const spreads = new Float64Array(MOST_OFFSETS)
const dots = new Float64Array(MOST_OFFSETS)

const lay = (signal: Signal, { count, before, common, steps }: Bank, begin: number, offsets: number): void => {
  const { samples, sums: before0 } = signal
  for (let o = 0; o < offsets; o += 1) {
    const first = begin + o - before
    if (first < 0 || first + count > signal.count) {
      spreads[o] = Number.POSITIVE_INFINITY
      continue
    }
    const end = before0[first + count] as number
    spreads[o] = spreadOf(signal, first, count)
    sums[o] = end - (before0[first] as number)
    let dot = 0
    for (let i = 0; i < count; i += 1) dot += (samples[first + i] as number) * (common[i] as number)
    base[o] = dot
    for (let s = 0; s < steps.length; s += 1) {
      const { shape, from, to } = steps[s] as (typeof steps)[number]
      let sum = end - (before0[first + to] as number)
      for (let i = from; i < to; i += 1) sum += (samples[first + i] as number) * (shape[i] as number)
      laid[s * MOST_OFFSETS + o] = sum
    }
  }
}

/**
 * Least squares of every pattern at every offset from `begin` on, with a gain between `low` and `high` and any level: what is
 * left goes to `rests` and the gain to `gains`, the offsets of one pattern in a row. In squared steps of brightness a sample;
 * infinite outside the signal.
 */
export const fitBank = (
  signal: Signal,
  bank: Bank,
  begin: number,
  offsets: number,
  low: number,
  high: number,
  rests: Float64Array,
  gains?: Float64Array
): void => {
  lay(signal, bank, begin, offsets)
  const { patterns, count, turns, picks, means, energies } = bank
  for (let value = 0; value < patterns; value += 1) {
    const mean = means[value] as number
    const energy = energies[value] as number
    for (let o = 0; o < offsets; o += 1) dots[o] = (base[o] as number) - mean * (sums[o] as number)
    for (let k = 0; k < turns; k += 1) {
      const row = (picks[value * turns + k] as number) * MOST_OFFSETS
      if (k & 1) for (let o = 0; o < offsets; o += 1) dots[o] = (dots[o] as number) - (laid[row + o] as number)
      else for (let o = 0; o < offsets; o += 1) dots[o] = (dots[o] as number) + (laid[row + o] as number)
    }
    for (let o = 0; o < offsets; o += 1) {
      const dot = dots[o] as number
      const free = dot / energy
      const gain = free < low ? low : Math.min(free, high)
      const rest = (spreads[o] as number) - 2 * gain * dot + gain * gain * energy
      rests[value * offsets + o] = rest < 0 ? 0 : rest / count
      if (gains) gains[value * offsets + o] = gain
    }
  }
}
