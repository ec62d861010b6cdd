/** Control charts by Shewhart: centre, spread and limits of each point. Montgomery, chapters 6 and 7; NIST handbook 6.3. */
import { constants } from './chart-constants.ts'
import { mean, sum } from './variance.ts'

export type Limits = { readonly low: number; readonly high: number }

export type Chart = {
  readonly centre: number
  /** The process's own standard deviation; for counts, of one piece or one unit of size. */
  readonly sigma: number
  /** What is drawn, point by point, and the limits that hold for it. */
  readonly points: readonly number[]
  readonly limits: readonly Limits[]
}

const range = (group: readonly number[]): number => Math.max(...group) - Math.min(...group)

/** σ from the mean range; subgroups of one size. */
const sigmaOfRanges = (groups: readonly (readonly number[])[]): number =>
  mean(groups.map(range)) / constants(sizeOf(groups)).d2

const sizeOf = (groups: readonly (readonly number[])[]): number => groups[0]?.length ?? 0

/** Means of subgroups, limits from the mean range: x̄ ± 3 R̄ / (d2 √n). All subgroups of one size. */
export const xbarChart = (groups: readonly (readonly number[])[]): Chart => {
  const points = groups.map(mean)
  const centre = mean(points)
  const sigma = sigmaOfRanges(groups)
  const reach = (3 * sigma) / Math.sqrt(sizeOf(groups))
  return { centre, sigma, points, limits: points.map(() => ({ low: centre - reach, high: centre + reach })) }
}

/** Ranges of subgroups: D3 R̄ to D4 R̄. */
export const rangeChart = (groups: readonly (readonly number[])[]): Chart => {
  const { D3, D4 } = constants(sizeOf(groups))
  const points = groups.map(range)
  const centre = mean(points)
  const limits = points.map(() => ({ low: D3 * centre, high: D4 * centre }))
  return { centre, sigma: sigmaOfRanges(groups), points, limits }
}

/** Standard deviations of subgroups: B3 s̄ to B4 s̄. */
export const deviationChart = (groups: readonly (readonly number[])[]): Chart => {
  const { B3, B4, c4 } = constants(sizeOf(groups))
  const points = groups.map(group => {
    const middle = mean(group)
    return Math.sqrt(sum(group.map(value => (value - middle) ** 2)) / (group.length - 1))
  })
  const centre = mean(points)
  const limits = points.map(() => ({ low: B3 * centre, high: B4 * centre }))
  return { centre, sigma: centre / c4, points, limits }
}

/** Single readings, spread from the moving range of two: x̄ ± 3 MR̄ / d2. */
export const individualsChart = (values: readonly number[]): Chart => {
  const centre = mean(values)
  const moving = values.slice(1).map((value, i) => Math.abs(value - (values[i] ?? value)))
  const sigma = mean(moving) / constants(2).d2
  return {
    centre,
    sigma,
    points: values,
    limits: values.map(() => ({ low: centre - 3 * sigma, high: centre + 3 * sigma }))
  }
}

/** How many of how many. */
export type Counted = { readonly count: number; readonly size: number }

const share = (counted: readonly Counted[]): number =>
  sum(counted.map(({ count }) => count)) / sum(counted.map(({ size }) => size))

/** Fraction nonconforming, binomial; limits follow each point's own size. */
export const fractionChart = (counted: readonly Counted[]): Chart => {
  const centre = share(counted)
  const sigma = Math.sqrt(centre * (1 - centre))
  const limits = counted.map(({ size }) => about(centre, (3 * sigma) / Math.sqrt(size), 1))
  return { centre, sigma, points: counted.map(({ count, size }) => count / size), limits }
}

/** Number nonconforming, binomial; for samples of one size, taken as the mean size otherwise. */
export const numberChart = (counted: readonly Counted[]): Chart => {
  const p = share(counted)
  const size = mean(counted.map(one => one.size))
  const limits = counted.map(one => about(one.size * p, 3 * Math.sqrt(one.size * p * (1 - p)), one.size))
  return { centre: size * p, sigma: Math.sqrt(size * p * (1 - p)), points: counted.map(({ count }) => count), limits }
}

/** Nonconformities in units of one size, Poisson. */
export const countChart = (counts: readonly number[]): Chart => {
  const centre = mean(counts)
  const sigma = Math.sqrt(centre)
  return { centre, sigma, points: counts, limits: counts.map(() => about(centre, 3 * sigma, Number.POSITIVE_INFINITY)) }
}

/** Nonconformities per unit, Poisson; limits follow each point's own size. */
export const rateChart = (counted: readonly Counted[]): Chart => {
  const centre = share(counted)
  const sigma = Math.sqrt(centre)
  const limits = counted.map(({ size }) => about(centre, (3 * sigma) / Math.sqrt(size), Number.POSITIVE_INFINITY))
  return { centre, sigma, points: counted.map(({ count, size }) => count / size), limits }
}

const about = (centre: number, reach: number, top: number): Limits => ({
  low: Math.max(0, centre - reach),
  high: Math.min(top, centre + reach)
})

/** The points outside their limits, by their place from 0. On the limit is inside. */
export const beyond = ({ points, limits }: Chart): readonly number[] =>
  points.flatMap((point, at) => {
    const { low, high } = limits[at] ?? { low: point, high: point }
    return point < low || point > high ? [at] : []
  })

/** Each point as a distance from the centre in units of its own standard deviation, as the run rules want it. */
export const standardised = ({ points, limits, centre }: Chart): readonly number[] =>
  points.map((point, at) => {
    const high = limits[at]?.high ?? centre
    return high === centre ? 0 : (3 * (point - centre)) / (high - centre)
  })

export type Capability = { readonly cp?: number; readonly cpk: number }

/**
 * How well a process fits its limits: Cp = (high - low) / 6σ, Cpk the nearer side's distance over 3σ (NIST handbook 6.1.6).
 * With σ within subgroups these are Cp and Cpk, with the overall deviation Pp and Ppk. One limit is enough for Cpk.
 */
export const capability = (
  centre: number,
  sigma: number,
  { low, high }: { readonly low?: number; readonly high?: number }
): Capability | undefined => {
  if ((low === undefined && high === undefined) || !(sigma > 0)) return undefined
  const sides = [
    ...(low === undefined ? [] : [(centre - low) / (3 * sigma)]),
    ...(high === undefined ? [] : [(high - centre) / (3 * sigma)])
  ]
  const cpk = Math.min(...sides)
  return low === undefined || high === undefined ? { cpk } : { cp: (high - low) / (6 * sigma), cpk }
}
