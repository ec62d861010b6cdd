/**
 * What a blurred piece of a code looks like, and how well a profile fits it. Bars and spaces of whole modules, seen through a
 * Gaussian of `sigma` modules: the deformable templates of Gallo and Manduchi (IEEE PAMI 33, 2011), with gain and level fitted
 * for every piece.
 */
import type { Profile } from './profile.ts'

/** Samples a module. */
export const SAMPLES = 4

/** Zero mean; `energy` is the sum of squares. Positions are counted from the first sample of the piece. */
export type Template = { readonly shape: Float32Array; readonly energy: number; readonly before: number }

/** Error function, Abramowitz and Stegun 7.1.26; good to 1.5e-7. */
const erf = (x: number): number => {
  const t = 1 / (1 + 0.3275911 * Math.abs(x))
  const poly = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
  const value = 1 - poly * Math.exp(-x * x)
  return x < 0 ? -value : value
}

/** A step from 0 to 1 at 0, blurred. */
export const stepAt = (x: number, sigma: number): number => 0.5 * (1 + erf(x / (sigma * Math.SQRT2)))

/**
 * `edges`: positions in modules where brightness turns, the first one from `level` (1 is light). The template reaches from
 * `from` to `to`, in modules; its samples lie in the middle of their quarter of a module.
 */
export const template = (edges: readonly number[], level: 0 | 1, from: number, to: number, sigma: number): Template => {
  const count = Math.round((to - from) * SAMPLES)
  const shape = new Float32Array(count)
  let sum = 0
  for (let i = 0; i < count; i += 1) {
    const x = from + (i + 0.5) / SAMPLES
    let value: number = level
    let sign = level === 1 ? -1 : 1
    for (const edge of edges) {
      value += sign * stepAt(x - edge, sigma)
      sign = -sign
    }
    shape[i] = value
    sum += value
  }
  let energy = 0
  for (let i = 0; i < count; i += 1) {
    const centred = (shape[i] as number) - sum / count
    shape[i] = centred
    energy += centred * centred
  }
  return { shape, energy, before: Math.round(-from * SAMPLES) }
}

/** Sums of the samples and of their squares, so that the mean of any stretch is two look-ups. */
export class Signal {
  readonly samples: Float32Array
  readonly sums: Float64Array
  readonly squares: Float64Array
  count = 0

  constructor(most: number) {
    this.samples = new Float32Array(most)
    this.sums = new Float64Array(most + 1)
    this.squares = new Float64Array(most + 1)
  }

  /** Call after the samples were written. */
  close(count: number): void {
    this.count = count
    for (let i = 0; i < count; i += 1) {
      const value = this.samples[i] as number
      this.sums[i + 1] = (this.sums[i] as number) + value
      this.squares[i + 1] = (this.squares[i] as number) + value * value
    }
  }
}

/** Sum of squares about the mean from sample `at` on. */
export const spreadOf = (signal: Signal, at: number, n: number): number => {
  const sum = (signal.sums[at + n] as number) - (signal.sums[at] as number)
  const squares = (signal.squares[at + n] as number) - (signal.squares[at] as number)
  return Math.max(0, squares - (sum * sum) / n)
}

const along = (signal: Signal, shape: Float32Array, at: number): number => {
  const samples = signal.samples
  let dot = 0
  for (let i = 0; i < shape.length; i += 1) dot += (samples[at + i] as number) * (shape[i] as number)
  return dot
}

/** Correlation, -1 to 1, of the piece that begins at sample `at`; -1 outside. */
export const likeness = (signal: Signal, { shape, energy, before }: Template, at: number): number => {
  const first = at - before
  if (first < 0 || first + shape.length > signal.count) return -1
  const spread = spreadOf(signal, first, shape.length)
  return spread < 1e-6 ? -1 : along(signal, shape, first) / Math.sqrt(spread * energy)
}

/** What a signal spans: its darkest and how many steps there are to its brightest. */
export type Span = { readonly low: number; readonly steps: number }

export const spanOf = (signal: Signal): Span => {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let i = 0; i < signal.count; i += 1) {
    const value = signal.samples[i] as number
    if (value < low) low = value
    if (value > high) high = value
  }
  return { low, steps: high - low }
}

/**
 * Whether sample `at` may be where quiet ends and a bar begins: even and light for `quiet` modules before, darker after. `span`
 * is of the whole signal.
 */
export const opens = (signal: Signal, at: number, span: Span, quiet: number): boolean =>
  bounds(signal, at - quiet * SAMPLES - 1, at - 1, at + 1, at + SAMPLES - 1, span)

/** Whether sample `at` may be where the last bar ends and quiet begins. */
export const closes = (signal: Signal, at: number, span: Span, quiet: number): boolean =>
  bounds(signal, at + 1, at + quiet * SAMPLES + 1, at - SAMPLES + 1, at - 1, span)

const bounds = (
  signal: Signal,
  quiet: number,
  quietEnd: number,
  bar: number,
  barEnd: number,
  { low, steps }: Span
): boolean => {
  const { sums, count } = signal
  if (quiet < 0 || bar < 0 || quietEnd > count || barEnd > count) return false
  const width = quietEnd - quiet
  const light = ((sums[quietEnd] as number) - (sums[quiet] as number)) / width
  const dark = ((sums[barEnd] as number) - (sums[bar] as number)) / (barEnd - bar)
  if (light - dark < 0.1 * steps || light < low + 0.55 * steps) return false
  return spreadOf(signal, quiet, width) < width * (0.2 * steps) ** 2
}

export type Fit = { gain: number; rest: number }

/**
 * Least squares with a gain between `low` and `high` and any level. `rest`: mean square of what is left, in squared steps of
 * brightness; infinite outside.
 */
export const fitted = (
  signal: Signal,
  { shape, energy, before }: Template,
  at: number,
  low: number,
  high: number,
  into: Fit
): Fit => {
  const first = at - before
  if (first < 0 || first + shape.length > signal.count) {
    into.rest = Number.POSITIVE_INFINITY
    into.gain = 0
    return into
  }
  const dot = along(signal, shape, first)
  const gain = Math.min(high, Math.max(low, dot / energy))
  const spread = spreadOf(signal, first, shape.length)
  into.gain = gain
  into.rest = Math.max(0, spread - 2 * gain * dot + gain * gain * energy) / shape.length
  return into
}

/** A signal of `count` samples, `step` apart in the profile, from `start` on. */
export const signalOf = (profile: Profile, start: number, step: number, count: number, into: Signal): Signal => {
  const last = profile.length - 1
  for (let i = 0; i < count; i += 1) {
    const x = Math.min(last, Math.max(0, start + i * step))
    const left = Math.min(last - 1, x | 0)
    const a = profile[left] as number
    into.samples[i] = a + (x - left) * ((profile[left + 1] as number) - a)
  }
  into.close(count)
  return into
}
