/** Mean, spread and analysis of variance, in as many digits as the data have (NIST StRD certifies them). */
import { fTail } from './distribution.ts'

/** Compensated (Neumaier), so that a thousand readings with nine equal leading digits keep the rest. */
export const sum = (values: readonly number[]): number => {
  let total = 0
  let lost = 0
  for (const value of values) {
    const next = total + value
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total
    total = next
  }
  return total + lost
}

/** The mean, taken twice: the second pass takes out what the first rounded away. NaN for no values. */
export const mean = (values: readonly number[]): number => {
  const first = sum(values) / values.length
  return first + sum(values.map(value => value - first)) / values.length
}

/** Sum of squares about the mean. */
const squares = (values: readonly number[]): number => {
  const middle = mean(values)
  return sum(values.map(value => (value - middle) ** 2))
}

/** Sample standard deviation, n - 1. NaN for fewer than two values. */
export const deviation = (values: readonly number[]): number =>
  values.length < 2 ? Number.NaN : Math.sqrt(squares(values) / (values.length - 1))

/** Autocorrelation at lag one. */
export const lagOne = (values: readonly number[]): number => {
  const middle = mean(values)
  const products = values.slice(1).map((value, i) => (value - middle) * ((values[i] ?? middle) - middle))
  return sum(products) / squares(values)
}

/** One line of an analysis of variance. `f` and `p` are absent where nothing lies below to compare with. */
export type Source = {
  readonly source: string
  readonly df: number
  readonly ss: number
  readonly ms: number
  readonly f?: number
  readonly p?: number
}

export const against = (source: string, df: number, ss: number, below: { df: number; ss: number }): Source => {
  const f = ss / df / (below.ss / below.df)
  return { source, df, ss, ms: ss / df, f, p: fTail(f, df, below.df) }
}

/** One-way analysis of variance. Values are centred by their grand mean first: only differences count. */
export const oneWay = (
  groups: readonly (readonly number[])[]
): { readonly between: Source; readonly within: Source; readonly rSquared: number; readonly deviation: number } => {
  const grand = mean(groups.flat())
  const centred = groups.map(group => group.map(value => value - grand))
  const means = centred.map(mean)
  const inside = sum(centred.flatMap((group, i) => group.map(value => (value - (means[i] ?? 0)) ** 2)))
  const rest = mean(centred.flat())
  const across = sum(centred.map((group, i) => group.length * ((means[i] ?? 0) - rest) ** 2))
  const below = { df: groups.flat().length - groups.length, ss: inside }
  return {
    between: against('between', groups.length - 1, across, below),
    within: { source: 'within', ...below, ms: inside / below.df },
    rSquared: across / (across + inside),
    deviation: Math.sqrt(inside / below.df)
  }
}
