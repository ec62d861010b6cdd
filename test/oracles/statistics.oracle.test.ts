import { describe, expect, it } from 'vitest'
import { constants } from '#activities/quality/statistics/chart-constants.ts'
import {
  beyond,
  type Chart,
  countChart,
  deviationChart,
  fractionChart,
  individualsChart,
  numberChart,
  rangeChart,
  rateChart,
  standardised,
  xbarChart
} from '#activities/quality/statistics/control-chart.ts'
import { normal } from '#activities/quality/statistics/distribution.ts'
import { nelson, type Rule, sideRun, westernElectric } from '#activities/quality/statistics/run-rules.ts'
import { deviation, lagOne, mean, oneWay } from '#activities/quality/statistics/variance.ts'
import { documents, filesOf, named, textOf } from './oracles.ts'

describe('the constants of control charts', () => {
  it('agree with a second way to the mean range, from the largest and the smallest reading', () => {
    for (const n of [2, 5, 10, 25]) {
      let total = 0
      for (let x = -10; x <= 10; x += 1 / 64) total += (1 - normal(x) ** n - (1 - normal(x)) ** n) / 64
      expect(constants(n).d2).toBeCloseTo(total, 11)
    }
  })
})

describe.each(filesOf('spc', '.csv'))('the published constants of control charts in %s', path => {
  const [head = '', ...lines] = textOf(path).trim().replaceAll(/["\r]/g, '').split('\n')
  const names = head.split(',')

  it.each(lines.map(line => line.split(',').map(Number)))('for subgroups of %i', (...row) => {
    // The reference integrates to about seven digits for large subgroups; up to nine readings it has nine.
    const near = (row[0] ?? 0) < 10 ? 1e-9 : 2e-7
    const ours: Readonly<Record<string, number>> = constants(row[0] ?? 0)
    for (const [at, name] of names.entries())
      if (name !== 'n') {
        const apart = Math.abs((ours[name] ?? Number.NaN) - (row[at] ?? 0))
        expect([name, apart < near]).toEqual([name, true])
      }
  })
})

type Piece = { readonly D?: number; readonly size?: number; readonly trial?: boolean; readonly [more: string]: unknown }
type Expected = {
  readonly type: string
  readonly center: number
  readonly 'std.dev': number
  readonly limits: readonly (readonly [number, number])[]
  readonly statistics: readonly number[]
  readonly sizes: readonly number[]
  readonly beyond: readonly number[]
  readonly runs: readonly number[]
}
type Data = readonly (number | readonly number[] | Piece)[]

/** What a case was drawn from: the data set its name begins with, as many of it as the chart has points. */
const chosen = (name: string, data: Readonly<Record<string, Data>>, { sizes }: Expected): Data => {
  const sets = Object.keys(data).filter(key => name.startsWith(key))
  // Of 'rings' and 'rings2' the longer one is meant.
  const set = sets.toSorted((a, b) => a.length - b.length).at(-1)
  const all = set === undefined ? [] : (data[set] ?? [])
  const trial = all.filter(one => typeof one === 'object' && 'trial' in one && one.trial === true)
  return (name.includes('trial') && trial.length > 0 ? trial : all).slice(0, sizes.length)
}

const chartOf = (data: Data, { type, statistics, sizes }: Expected): Chart | undefined => {
  const groups = data.filter((one): one is readonly number[] => Array.isArray(one))
  const counted = sizes.map((size, at) => {
    const one = data[at]
    const count = typeof one === 'object' && 'D' in one && typeof one.D === 'number' ? one.D : undefined
    // Where the file names the count otherwise, it is what was drawn times the size.
    return { count: count ?? Math.round((statistics[at] ?? 0) * (type === 'np' || type === 'c' ? 1 : size)), size }
  })
  const makers: Readonly<Record<string, () => Chart>> = {
    xbar: () => xbarChart(groups),
    R: () => rangeChart(groups),
    S: () => deviationChart(groups),
    'xbar.one': () => individualsChart(data.filter(one => typeof one === 'number')),
    p: () => fractionChart(counted),
    np: () => numberChart(counted),
    u: () => rateChart(counted),
    c: () => countChart(counted.map(({ count }) => count))
  }
  return makers[type]?.()
}

type Charts = { readonly data: Readonly<Record<string, Data>>; readonly expected: Readonly<Record<string, Expected>> }

describe.each(documents<Charts>('control charts'))('control charts', ({ data, expected }) => {
  // The reference takes d2 from a table of three decimals, so what hangs on it agrees to a thousandth.
  const near = (ours: number, theirs: number, scale: number) => Math.abs(ours - theirs) <= 1e-3 * Math.max(scale, 1e-12)

  it.each(Object.entries(expected))('%s', (name, one) => {
    const chart = chartOf(chosen(name, data, one), one)
    if (!chart) throw new Error(`no chart of the kind ${one.type}`)
    expect(chart.points.map(point => Math.round(point * 1e9))).toEqual(
      one.statistics.map(point => Math.round(point * 1e9))
    )
    expect(near(chart.centre, one.center, Math.abs(one.center) * 1e-6)).toBe(true)
    const spread = one.limits.map(([low, high]) => high - low)
    for (const [at, { low, high }] of chart.limits.entries()) {
      const [theirLow, theirHigh] = one.limits[at] ?? one.limits[0] ?? [Number.NaN, Number.NaN]
      const scale = spread[at] ?? spread[0] ?? 1
      expect([near(low, theirLow, scale), near(high, theirHigh, scale)]).toEqual([true, true])
    }
    expect(beyond(chart).map(at => at + 1)).toEqual(one.beyond)
    expect(sideRun(7)(standardised(chart)).map(at => at + 1)).toEqual(one.runs)
  })
})

type Runs = {
  /** Nelson's number; of Western Electric's four where the set says so, or 'WE4'. */
  readonly rule: number | string
  readonly set?: string
  readonly z: readonly number[]
  readonly fires_at: readonly number[]
}

const ruleOf = ({ rule, set = '' }: Runs): Rule | undefined => {
  const [, family = set, number] =
    /^(nelson|we|weco|western[ _-]?electric)?[ _-]?(?:rule)?[ _-]?(\d+)$/i.exec(`${rule}`) ?? []
  return (/^we/i.test(family) ? westernElectric : nelson)[Number(number) - 1]
}

const runs = documents<{ cases: readonly Runs[] }>('run rules').flatMap(({ cases }) => cases)

describe.skipIf(runs.length === 0)('run rules', () => {
  it.each(runs)('$rule on $z', one => {
    const rule = ruleOf(one)
    if (!rule) throw new Error(`${one.rule} is no rule that is known here`)
    expect(rule.fires(one.z)).toEqual(one.fires_at)
  })
})

type Series = {
  readonly name: string
  readonly values?: readonly number[]
  readonly construct?: string
  readonly mean: number
  readonly sd: number
  readonly lag1: number
}

/** 'A then B,C alternating, n=N': NIST's own description of the long series. */
const built = (text: string): readonly number[] => {
  const [, first, low, high, n] = /([\d.]+) then ([\d.]+),([\d.]+) alternating, n=(\d+)/.exec(text) ?? []
  return Array.from({ length: Number(n) }, (_, i) => Number(i === 0 ? first : i % 2 === 1 ? low : high))
}

const series = documents<readonly Series[]>('series').flat()

describe.skipIf(series.length === 0)('moments of the NIST series', () => {
  it.each(named(series, ({ name }) => name))('%s', (_, one) => {
    const values = one.values ?? built(one.construct ?? '')
    expect(values.length).toBeGreaterThan(2)
    expect(digits(mean(values), one.mean)).toBeGreaterThanOrEqual(14)
    expect(digits(deviation(values), one.sd)).toBeGreaterThanOrEqual(8)
    expect(digits(lagOne(values), one.lag1)).toBeGreaterThanOrEqual(8)
  })
})

/** Correct digits, as NIST counts them: the logarithm of the relative distance. */
const digits = (ours: number, certified: number): number =>
  ours === certified ? 15 : -Math.log10(Math.abs(ours - certified) / Math.abs(certified))

const studyOf = (text: string) => {
  const certified = (pattern: RegExp) => (pattern.exec(text) ?? []).slice(1).map(Number)
  const between = certified(/Between \S+\s+(\d+)\s+(\S+)\s+(\S+)\s+(\S+)/)
  const within = certified(/Within \S+\s+(\d+)\s+(\S+)\s+(\S+)/)
  const [rSquared = Number.NaN] = certified(/Certified R-Squared\s+(\S+)/)
  const [residual = Number.NaN] = certified(/Certified Residual\s+Standard Deviation\s+(\S+)/)
  const groups = new Map<string, number[]>()
  for (const [, treatment = '', value] of (text.split(/^Data:.*$/m).at(-1) ?? '').matchAll(
    /^\s*(\d+)\s+([\d.]+)\s*$/gm
  ))
    groups.set(treatment, [...(groups.get(treatment) ?? []), Number(value)])
  return { between, within, rSquared, residual, groups: [...groups.values()] }
}

const studies = filesOf('spc', '.dat')

describe.skipIf(studies.length === 0)('one-way analysis of variance', () => {
  it.each(studies)('%s', path => {
    const text = textOf(path)
    const { between, within, rSquared, residual, groups } = studyOf(text)
    const found = oneWay(groups)
    // Thirteen digits that are the same in all leave so few that no sum of doubles can hold more than four.
    const wanted = Number(/(\d+) Constant Leading Digits/.exec(text)?.[1] ?? 0) > 9 ? 4 : 9
    expect([found.between.df, found.within.df]).toEqual([between[0], within[0]])
    for (const [ours, certified] of [
      [found.between.ss, between[1]],
      [found.between.ms, between[2]],
      [found.between.f ?? Number.NaN, between[3]],
      [found.within.ss, within[1]],
      [found.rSquared, rSquared],
      [found.deviation, residual]
    ] as const)
      expect(digits(ours, certified ?? Number.NaN)).toBeGreaterThanOrEqual(wanted)
  })
})
