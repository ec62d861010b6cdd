/**
 * Gauge repeatability and reproducibility of a balanced crossed study: every operator measures every part as often. AIAG,
 * Measurement Systems Analysis, 4th edition (2010), chapter III B: average and range, and analysis of variance. Spreads are
 * reported as 6 sigma.
 */
import { constants } from './chart-constants.ts'
import { against, mean, type Source, sum } from './variance.ts'

export type Reading = { readonly part: string; readonly operator: string; readonly value: number }

/** A standard deviation with its share of the total spread and, when a tolerance is known, of that; in percent. */
export type Part = { readonly deviation: number; readonly study: number; readonly tolerance?: number }

/** Number of distinct categories: how many grades of parts the gauge can tell apart; whole, cut and not rounded. */
export type Study = {
  readonly repeatability: Part
  readonly reproducibility: Part
  readonly gauge: Part
  readonly parts: Part
  readonly total: Part
  readonly categories: number
}

export type AverageRange = Study & {
  /** Above this a range is out of control; its operator, part and range are named. */
  readonly rangeLimit: number
  readonly outOfControl: readonly { readonly operator: string; readonly part: string; readonly range: number }[]
}

export type Variance = Study & {
  /** With the interaction as a source of its own. */
  readonly full: readonly Source[]
  /** Pooled into repeatability when the interaction is not significant. */
  readonly pooled: boolean
  readonly sources: readonly Source[]
}

type Cells = {
  readonly parts: readonly string[]
  readonly operators: readonly string[]
  readonly trials: number
  readonly of: (part: string, operator: string) => readonly number[]
}

/** The study as a table, or undefined when it is not balanced, or smaller than 2 parts, 2 operators and 2 trials. */
const cellsOf = (readings: readonly Reading[]): Cells | undefined => {
  const cells = new Map<string, number[]>()
  const key = (part: string, operator: string) => JSON.stringify([part, operator])
  for (const { part, operator, value } of readings) {
    const at = key(part, operator)
    cells.set(at, [...(cells.get(at) ?? []), value])
  }
  const parts = [...new Set(readings.map(({ part }) => part))]
  const operators = [...new Set(readings.map(({ operator }) => operator))]
  const trials = readings.length / (parts.length * operators.length)
  const of = (part: string, operator: string) => cells.get(key(part, operator)) ?? []
  const balanced = parts.every(part => operators.every(operator => of(part, operator).length === trials))
  return balanced && parts.length > 1 && operators.length > 1 && trials > 1
    ? { parts, operators, trials, of }
    : undefined
}

const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values)

/** One over d2*: a single range of n values, so that the chance of the range itself is in it. */
const factor = (n: number): number => 1 / Math.hypot(constants(n).d2, constants(n).d3)

/** `tolerance` is the width between the limits, in the unit of the readings. Undefined for a study that is not balanced. */
export const averageRange = (readings: readonly Reading[], tolerance?: number): AverageRange | undefined => {
  const cells = cellsOf(readings)
  if (!cells) return undefined
  const { parts, operators, trials, of } = cells
  const ranges = operators.flatMap(operator =>
    parts.map(part => ({ operator, part, range: spread(of(part, operator)) }))
  )
  const meanRange = mean(ranges.map(({ range }) => range))
  const repeat = meanRange / constants(trials).d2
  const byOperator = operators.map(operator => mean(parts.flatMap(part => of(part, operator))))
  const between = (spread(byOperator) * factor(operators.length)) ** 2 - repeat ** 2 / (parts.length * trials)
  const byPart = parts.map(part => mean(operators.flatMap(operator => of(part, operator))))
  const partSpread = spread(byPart) * factor(parts.length)
  const rangeLimit = constants(trials).D4 * meanRange
  return {
    ...study(repeat ** 2, Math.max(0, between), partSpread ** 2, tolerance),
    rangeLimit,
    outOfControl: ranges.filter(({ range }) => range > rangeLimit)
  }
}

/**
 * `alpha`: an interaction with a p-value above it is pooled into repeatability (AIAG and Minitab 0.25, others 0.05). Undefined for
 * a study that is not balanced. A component of variance that comes out below nothing is nothing.
 */
export const variance = (readings: readonly Reading[], alpha = 0.05, tolerance?: number): Variance | undefined => {
  const cells = cellsOf(readings)
  if (!cells) return undefined
  const { parts, operators, trials } = cells
  const [p, o, r] = [parts.length, operators.length, trials]
  const { part, operator, both, error } = squaresOf(cells)
  const df = { part: p - 1, operator: o - 1, both: (p - 1) * (o - 1), error: p * o * (r - 1) }
  const interaction = { df: df.both, ss: both }
  const repeat = { df: df.error, ss: error }
  const total = line('total', p * o * r - 1, part + operator + both + error)
  const meeting = against('part × operator', df.both, both, repeat)
  const full = [
    against('part', df.part, part, interaction),
    against('operator', df.operator, operator, interaction),
    meeting,
    line('repeatability', df.error, error),
    total
  ]
  const pooled = (meeting.p ?? 0) > alpha
  const below = pooled ? { df: df.both + df.error, ss: both + error } : interaction
  const reduced = [
    against('part', df.part, part, below),
    against('operator', df.operator, operator, below),
    line('repeatability', below.df, below.ss),
    total
  ]
  const noise = below.ss / below.df
  const repeatability = pooled ? noise : error / df.error
  const byOperator = Math.max(0, (operator / df.operator - noise) / (p * r))
  const byMeeting = pooled ? 0 : Math.max(0, (noise - repeatability) / r)
  const byPart = Math.max(0, (part / df.part - noise) / (o * r))
  const sources = pooled ? reduced : full
  return { ...study(repeatability, byOperator + byMeeting, byPart, tolerance), full, pooled, sources }
}

const line = (source: string, df: number, ss: number): Source => ({ source, df, ss, ms: ss / df })

const squaresOf = ({ parts, operators, trials, of }: Cells) => {
  const grand = mean(parts.flatMap(part => operators.flatMap(operator => of(part, operator))))
  const square = (values: readonly number[]) => sum(values.map(value => (value - grand) ** 2))
  const byPart = parts.map(part => mean(operators.flatMap(operator => of(part, operator))))
  const byOperator = operators.map(operator => mean(parts.flatMap(part => of(part, operator))))
  const byCell = parts.flatMap(part => operators.map(operator => mean(of(part, operator))))
  const part = operators.length * trials * square(byPart)
  const operator = parts.length * trials * square(byOperator)
  const error = sum(
    parts.flatMap(one =>
      operators.flatMap(who => {
        const middle = mean(of(one, who))
        return of(one, who).map(value => (value - middle) ** 2)
      })
    )
  )
  return { part, operator, both: Math.max(0, trials * square(byCell) - part - operator), error }
}

/** From the variances to what is reported. */
const study = (repeat: number, reproduce: number, parts: number, tolerance: number | undefined): Study => {
  const whole = Math.sqrt(repeat + reproduce + parts)
  const of = (squared: number): Part => {
    const deviation = Math.sqrt(squared)
    const share = { deviation, study: whole > 0 ? (100 * deviation) / whole : 0 }
    return tolerance === undefined ? share : { ...share, tolerance: (600 * deviation) / tolerance }
  }
  const gauge = of(repeat + reproduce)
  return {
    repeatability: of(repeat),
    reproducibility: of(reproduce),
    gauge,
    parts: of(parts),
    total: of(whole ** 2),
    categories: gauge.deviation > 0 ? Math.floor((1.41 * Math.sqrt(parts)) / gauge.deviation) : Number.POSITIVE_INFINITY
  }
}
