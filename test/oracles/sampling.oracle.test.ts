import { describe, expect, it } from 'vitest'
import { inspectionLevel } from '#activities/quality/events.ts'
import { COLUMNS, samplePlan } from '#activities/quality/sampling.ts'
import {
  acceptedOfCounts,
  acceptedOfLot,
  acceptedOfProcess,
  smallestPlan
} from '#activities/quality/statistics/acceptance.ts'
import { afterLot, begin } from '#activities/quality/statistics/switching.ts'
import { has, read, textOf } from './oracles.ts'

const LOOKUPS = 'qc/z14-resolved-lookups.csv'
const CURVES = 'qc/oc-curves.json'
const REDUCED = 'qc/iso2859-1-2026-reduced-own-rows.json'
const SWITCHING = 'qc/switching-rules.json'
const severities = ['normal', 'tightened', 'reduced'] as const

describe.skipIf(!has(LOOKUPS))('the master tables of MIL-STD-105E', () => {
  const rows = has(LOOKUPS)
    ? textOf(LOOKUPS)
        .trim()
        .split('\n')
        .slice(1)
        .map(line => line.split(','))
    : []

  it.each(severities)('give the published plan of every lot, level and quality limit: %s', severity => {
    const asked = rows.filter(row => row[0] === severity)
    expect(asked.length).toBeGreaterThan(0)
    const differing = asked.filter(([, level, , high, aql = '', n, accept, reject]) => {
      // The largest lot of the line; the sample itself is never larger than the lot.
      const lot = high && high !== 'NA' ? Number(high) : 1e6
      expect(COLUMNS).toContain(aql)
      const found = samplePlan(lot, { level: inspectionLevel.parse(level), aql, severity, standard: 'military' })
      const pieces = Math.min(lot, Number(n))
      return found.pieces !== pieces || found.accept !== Number(accept) || found.reject !== Number(reject)
    })
    expect(differing).toEqual([])
  })
})

describe.skipIf(!has(REDUCED))('the reduced tables of ISO 2859-1', () => {
  it('have the published acceptance numbers in every row of their own', () => {
    const { own_row_plans: own } = read<{ own_row_plans: Record<string, Record<string, [number, number]>> }>(REDUCED)
    // A lot whose level II has that letter.
    const lots = Object.fromEntries(
      [2, 9, 16, 26, 51, 91, 151, 281, 501, 1201, 3201, 10_001, 35_001, 150_001, 500_001].map(lot => [
        samplePlan(lot, { level: 'II', aql: '1.0' }).letter === ''
          ? ''
          : 'ABCDEFGHJKLMNPQ'[
              [2, 9, 16, 26, 51, 91, 151, 281, 501, 1201, 3201, 10_001, 35_001, 150_001, 500_001].indexOf(lot)
            ],
        lot
      ])
    )
    const differing = Object.entries(own).flatMap(([letter, cells]) =>
      Object.entries(cells).flatMap(([aql, [accept, reject]]) => {
        const level = letter === 'R' ? 'III' : 'II'
        const found = samplePlan(letter === 'R' ? 1e6 : (lots[letter] ?? 0), { level, aql, severity: 'reduced' })
        const same = found.letter === letter && found.accept === accept && found.reject === reject
        return same ? [] : [{ letter, aql, accept, reject, found }]
      })
    )
    expect(differing).toEqual([])
  })
})

type Curve = {
  readonly n: number
  readonly c: number
  readonly pd: readonly number[]
  readonly Pa_binomial: readonly number[]
  readonly pd_h: readonly number[]
  readonly N: number
  readonly Pa_hypergeom: readonly number[]
  readonly Pa_poisson: readonly number[]
}
type Wanted = {
  readonly AQL: number
  readonly prp: number
  readonly RQL: number
  readonly crp: number
  n: number
  c: number
}

describe.skipIf(!has(CURVES))('operating characteristics', () => {
  const { oc, find_plan: wanted } = has(CURVES)
    ? read<{ oc: readonly Curve[]; find_plan: readonly Wanted[] }>(CURVES)
    : { oc: [], find_plan: [] }

  it.each(oc)('of $n pieces accepted with $c', curve => {
    for (const [at, p] of curve.pd.entries()) {
      expect(Math.abs(acceptedOfProcess(curve, p) - (curve.Pa_binomial[at] ?? Number.NaN))).toBeLessThan(1e-9)
    }
    // The Poisson and hypergeometric columns share the coarser list of qualities.
    for (const [at, p] of curve.pd_h.entries()) {
      const bad = Math.round(p * curve.N)
      expect(Math.abs(acceptedOfLot(curve, curve.N, bad) - (curve.Pa_hypergeom[at] ?? Number.NaN))).toBeLessThan(1e-9)
      expect(Math.abs(acceptedOfCounts(curve, p) - (curve.Pa_poisson[at] ?? Number.NaN))).toBeLessThan(1e-9)
    }
  })

  it.each(wanted)('the smallest plan for $AQL at $prp and $RQL at $crp', ({ AQL, prp, RQL, crp, n, c }) => {
    expect(smallestPlan(AQL, prp, RQL, crp)).toEqual({ n, c, reject: c + 1 })
  })
})

type Sequence = {
  readonly rule: string
  readonly accept_flags?: readonly number[]
  readonly state_after?: readonly string[]
}

describe.skipIf(!has(SWITCHING))('switching by ISO 2859-1', () => {
  const { derived_sequences: all } = has(SWITCHING)
    ? read<{ derived_sequences: readonly Sequence[] }>(SWITCHING)
    : { derived_sequences: [] }
  const lots = all.flatMap(one => (one.rule === 'iso' && one.accept_flags && one.state_after ? [one] : []))

  it.each(lots)('%j', ({ accept_flags: flags = [], state_after: states }) => {
    let state = begin()
    const found = flags.map(flag => {
      state = afterLot(state, { accepted: flag === 1, accept: 0 }, { steady: true, agreed: false })
      return state.severity[0]?.toUpperCase()
    })
    expect(found).toEqual(states)
  })
})
