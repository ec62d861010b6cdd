import { describe, expect, it } from 'vitest'
import { averageRange, type Part, variance } from '#activities/quality/statistics/gauge-study.ts'
import type { Source } from '#activities/quality/statistics/variance.ts'
import { documents, named } from './oracles.ts'

type Row = { readonly _row: string; readonly [column: string]: number | string | null }
/** A printed sheet of analysis of variance, to as many digits as it has. */
type Printed = {
  readonly interaction_F?: number
  readonly interaction_p?: number
  readonly pooled?: boolean
  readonly var: Readonly<Record<string, number>>
  readonly pct_contribution?: Readonly<Record<string, number>>
  readonly pct_study?: Readonly<Record<string, number>>
  readonly ndc?: number
}
type Study = {
  readonly case?: string
  readonly source?: string
  readonly data: readonly { readonly operator: string; readonly part: number | string; readonly y: number }[]
  readonly published?: {
    readonly average_range?: {
      readonly EV: number
      readonly AV: number
      readonly GRR: number
      readonly PV: number
      readonly TV: number
      readonly ndc: number
      readonly pct?: Readonly<Record<string, number>>
      readonly UCL_R?: number
      readonly out_of_control?: readonly (readonly [string, number, number])[]
    }
    readonly anova_minitab?: Printed
  }
  readonly r_sixsigma?: {
    readonly anova: readonly Row[]
    readonly anovaRed?: readonly Row[]
    readonly varComp: readonly Row[]
    readonly studyVar: readonly Row[]
    readonly ncat: number
  }
}

const studies = named(documents<Study | readonly Study[]>('gauge studies').flat(), one => one.case ?? one.source)
const close = (ours: number | undefined, theirs: unknown, relative: number): boolean =>
  ours !== undefined && Math.abs(ours - Number(theirs)) <= relative * Math.max(Math.abs(Number(theirs)), 1e-12)

const sameRows = (ours: readonly Source[], theirs: readonly Row[]) => {
  expect(ours).toHaveLength(theirs.length)
  for (const [at, row] of theirs.entries()) {
    const one = ours[at]
    expect(one?.df).toBe(row['Df'])
    expect([row._row, close(one?.ss, row['Sum Sq'], 1e-9)]).toEqual([row._row, true])
    if (row['F value'] !== null) expect([row._row, close(one?.f, row['F value'], 1e-8)]).toEqual([row._row, true])
    if (row['Pr(>F)'] !== null) expect([row._row, close(one?.p, row['Pr(>F)'], 1e-6)]).toEqual([row._row, true])
  }
}

describe.skipIf(studies.length === 0)('gauge studies', () => {
  const readings = ({ data }: Study) =>
    data.map(({ operator, part, y }) => ({ operator, part: String(part), value: y }))

  it.each(studies.filter(([, { r_sixsigma }]) => r_sixsigma))('%s by analysis of variance', (_, study) => {
    const theirs = study.r_sixsigma
    if (!theirs) return
    // Their share of the tolerance says how wide it is.
    const shares = theirs.studyVar.map(row => Number(row['%Tolerance'])).filter(Number.isFinite)
    const first = theirs.studyVar[0]
    const tolerance =
      shares.length > 0 && first ? (100 * Number(first['StudyVar'])) / Number(first['%Tolerance']) : undefined
    const found = variance(readings(study), 0.05, tolerance)
    if (!found) throw new Error('the study is not balanced')
    sameRows(found.full, theirs.anova)
    if (theirs.anovaRed && found.pooled) sameRows(found.sources, theirs.anovaRed)
    const part = (name: string) => theirs.varComp.find(row => row._row.trim() === name)?.['VarComp']
    expect(close(found.gauge.deviation ** 2, part('Total Gage R&R'), 1e-9)).toBe(true)
    expect(close(found.repeatability.deviation ** 2, part('Repeatability'), 1e-9)).toBe(true)
    expect(close(found.reproducibility.deviation ** 2, part('Reproducibility'), 1e-9)).toBe(true)
    expect(close(found.parts.deviation ** 2, part('Part-To-Part'), 1e-9)).toBe(true)
    const share = (name: string) => theirs.studyVar.find(row => row._row.trim() === name)?.['%StudyVar']
    expect(found.gauge.study).toBeCloseTo(Number(share('Total Gage R&R')), 1)
    expect(found.parts.study).toBeCloseTo(Number(share('Part-To-Part')), 1)
    expect(found.categories).toBe(theirs.ncat)
  })

  it.each(studies.filter(([, { published }]) => published?.average_range))('%s by average and range', (_, study) => {
    const theirs = study.published?.average_range
    const found = averageRange(readings(study))
    if (!theirs || !found) throw new Error('the study is not balanced')
    // The printed sheet goes on with rounded ranges and factors, so its fifth digit is its own.
    expect(close(found.repeatability.deviation, theirs.EV, 2e-4)).toBe(true)
    expect(close(found.reproducibility.deviation, theirs.AV, 4e-4)).toBe(true)
    expect(close(found.gauge.deviation, theirs.GRR, 4e-4)).toBe(true)
    expect(close(found.parts.deviation, theirs.PV, 2e-4)).toBe(true)
    expect(close(found.total.deviation, theirs.TV, 2e-4)).toBe(true)
    expect(found.categories).toBe(theirs.ndc)
    const shares: Readonly<Record<string, Part>> = {
      EV: found.repeatability,
      AV: found.reproducibility,
      GRR: found.gauge,
      PV: found.parts
    }
    for (const [name, share] of Object.entries(theirs.pct ?? {}))
      expect([name, close(shares[name]?.study, share, 1e-3)]).toEqual([name, true])
    if (theirs.UCL_R !== undefined) expect(close(found.rangeLimit, theirs.UCL_R, 5e-4)).toBe(true)
    if (theirs.out_of_control)
      expect(
        found.outOfControl.map(({ operator, part, range }) => [operator, Number(part), Math.round(range * 100) / 100])
      ).toEqual(theirs.out_of_control)
  })

  it.each(studies)('%s is compared with something', (_, { r_sixsigma: computed, published }) => {
    expect(computed ?? published?.average_range ?? published?.anova_minitab).toBeDefined()
  })

  it.each(studies.filter(([, { published }]) => published?.anova_minitab))('%s as it was printed', (_, study) => {
    const theirs = study.published?.anova_minitab
    const found = variance(readings(study))
    if (!theirs || !found) throw new Error('the study is not balanced')
    const parts: Readonly<Record<string, Part>> = {
      GRR: found.gauge,
      repeat: found.repeatability,
      repro: found.reproducibility,
      part: found.parts,
      total: found.total
    }
    const whole = found.total.deviation ** 2
    const differing = (printed: Readonly<Record<string, number>> = {}, ours: (part: Part) => number) =>
      Object.entries(printed).filter(([name, value]) => {
        const part = parts[name]
        return !part || asPrinted(ours(part), value) !== value
      })
    expect(differing(theirs.var, ({ deviation }) => deviation ** 2)).toEqual([])
    expect(differing(theirs.pct_contribution, ({ deviation }) => (100 * deviation ** 2) / whole)).toEqual([])
    expect(differing(theirs.pct_study, ({ study: share }) => share)).toEqual([])
    const [, , interaction] = found.full
    if (theirs.interaction_F !== undefined)
      expect(asPrinted(interaction?.f, theirs.interaction_F)).toBe(theirs.interaction_F)
    if (theirs.interaction_p !== undefined)
      expect(asPrinted(interaction?.p, theirs.interaction_p)).toBe(theirs.interaction_p)
    if (theirs.pooled !== undefined) expect(found.pooled).toBe(theirs.pooled)
    if (theirs.ndc !== undefined) expect(found.categories).toBe(theirs.ndc)
  })
})

/** Our number to as many digits after the point as theirs has. */
const asPrinted = (ours: number | undefined, theirs: number): number => {
  const digits = String(theirs).split('.')[1]?.length ?? 0
  return Number((ours ?? Number.NaN).toFixed(digits))
}
