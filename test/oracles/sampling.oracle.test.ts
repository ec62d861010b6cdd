import { describe, expect, it } from 'vitest'
import { inspectionLevel } from '#activities/quality/events.ts'
import { COLUMNS, samplePlan } from '#activities/quality/sampling.ts'
import {
  acceptedOfCounts,
  acceptedOfLot,
  acceptedOfProcess,
  smallestPlan
} from '#activities/quality/statistics/acceptance.ts'
import {
  afterLot,
  begin,
  type Lot,
  type Switching,
  type SwitchingStandard
} from '#activities/quality/statistics/switching.ts'
import { documents, filesOf, named, textOf } from './oracles.ts'

const severities = ['normal', 'tightened', 'reduced'] as const

const rows = filesOf('qc', '.csv').flatMap(path =>
  textOf(path)
    .trim()
    .split('\n')
    .slice(1)
    .map(line => line.trim().split(','))
)

describe.skipIf(rows.length === 0)('the master tables of MIL-STD-105E', () => {
  it('are asked in severities that they know', () => {
    expect(rows.filter(([severity]) => !severities.some(one => one === severity))).toEqual([])
  })

  it.each(severities)('give the published plan of every lot, level and quality limit: %s', severity => {
    const asked = rows.filter(row => row[0] === severity)
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

type OwnRows = Readonly<Record<string, Readonly<Record<string, 'up' | 'down' | readonly [number, number]>>>>
const LETTERS = 'ABCDEFGHJKLMNPQR'
const LOTS = [2, 9, 16, 26, 51, 91, 151, 281, 501, 1201, 3201, 10_001, 35_001, 150_001, 500_001]

/** Whose own plans, of all that the rows hold, are not what we would draw; a lot's level II has the letter, R is level III. */
const differingRows = (own: OwnRows, asked: Omit<Parameters<typeof samplePlan>[1], 'level' | 'aql'>) =>
  Object.entries(own).flatMap(([letter, cells]) =>
    Object.entries(cells).flatMap(([aql, cell]) => {
      if (typeof cell === 'string' || letter === 'S') return []
      const lot = LOTS[LETTERS.indexOf(letter)] ?? 1e6
      const found = samplePlan(lot, { ...asked, level: letter === 'R' ? 'III' : 'II', aql })
      const same = found.letter === letter && found.accept === cell[0] && found.reject === cell[1]
      return same ? [] : [{ letter, aql, cell, found }]
    })
  )

describe.each(documents<{ own_row_plans: OwnRows }>('reduced tables'))('the reduced tables of ISO 2859-1', table => {
  it('have the published acceptance numbers in every row of their own', () => {
    expect(differingRows(table.own_row_plans, { severity: 'reduced' })).toEqual([])
  })
})

type Master = {
  readonly levels: readonly string[]
  readonly lot_ranges: readonly (readonly [number, number | null])[]
  readonly code_letters: readonly (readonly string[])[]
  readonly own_row_plans: Readonly<Record<(typeof severities)[number], OwnRows>>
}

describe.each(documents<Master>('master tables'))('the printed tables of MIL-STD-105E', table => {
  it.each(severities)('have the printed acceptance numbers in every row of their own: %s', severity => {
    expect(differingRows(table.own_row_plans[severity], { severity, standard: 'military' })).toEqual([])
  })

  it('have the printed code letter for every lot and level', () => {
    const differing = table.lot_ranges.flatMap(([, largest], line) =>
      table.levels.flatMap((level, column) => {
        const printed = table.code_letters[line]?.[column] ?? ''
        // At this quality limit every letter has a plan of its own, or the arrow to it is followed the same way for all.
        const asked = { aql: '0.65', severity: 'normal', standard: 'military' } as const
        const found = samplePlan(largest ?? 1e6, { ...asked, level: inspectionLevel.parse(level) })
        const lot = LOTS[LETTERS.indexOf(printed)] ?? 1e6
        const same = samplePlan(lot, { ...asked, level: printed === 'R' ? 'III' : 'II' })
        return found.letter === same.letter ? [] : [{ level, largest, printed, found }]
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

const curves = documents<{ oc?: readonly Curve[]; find_plan?: readonly Wanted[] }>('curves')

describe.skipIf(curves.length === 0)('operating characteristics', () => {
  const oc = curves.flatMap(one => one.oc ?? [])
  const wanted = curves.flatMap(one => one.find_plan ?? [])

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
  /** Letters: A for accepted, R for not, B for between the two numbers of Z1.4; or '15 accepted with Ac=0'. */
  readonly lots: string
  /** With what it begins: N, T or R, or the word. */
  readonly start?: string
  readonly steady?: boolean
  readonly agreed?: boolean
  readonly state_after?: readonly string[]
  readonly score?: number
}

/** What files call the standards. */
const RULES: readonly (readonly [RegExp, SwitchingStandard])[] = [
  [/^iso/, 'iso'],
  [/z14/, 'z14'],
  [/105/, '105e']
]

const lotsOf = ({ lots }: Sequence): readonly Lot[] => {
  if (/^[ARB]+$/.test(lots))
    return [...lots].map(letter => ({ accepted: letter !== 'R', accept: 0, between: letter === 'B' }))
  const [, count, tighter, , accept] =
    /^(\d+) accepted( at one step tighter)?(?: with Ac(>=|=)(\d+))?$/.exec(lots) ?? []
  if (count === undefined) throw new Error(`${lots} is not a sequence that is known here`)
  const one = { accepted: true, accept: Number(accept ?? 0), acceptedTighter: tighter !== undefined }
  return Array.from({ length: Number(count) }, () => one)
}

const letterOf = ({ severity, stopped }: Switching): string => (stopped ? 'D' : (severity[0] ?? '').toUpperCase())

const sequences = documents<{ derived_sequences: readonly Sequence[] }>('switching').flatMap(
  one => one.derived_sequences
)

/** `state_after_15`: what it is after so many lots, for those who have the authority's consent. */
const afterSoMany = (one: Sequence): readonly (readonly [number, string])[] =>
  Object.entries(one).flatMap(([name, said]) => {
    const [, many] = /^state_after_(\d+)$/.exec(name) ?? []
    return many === undefined ? [] : [[Number(many), String(said).slice(0, 1)] as const]
  })

describe.skipIf(sequences.length === 0)('switching by ISO 2859-1, Z1.4 and 105E', () => {
  it.each(named(sequences, ({ rule, lots }) => `${rule} ${lots}`))('%s', (_, one) => {
    const plain = one.rule.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
    const standard = RULES.find(([name]) => name.test(plain))?.[1]
    if (!standard) throw new Error(`${one.rule} is no standard that is known here`)
    const first = severities.find(severity => severity[0]?.toUpperCase() === one.start?.[0]?.toUpperCase())
    const told = (agreed: boolean): readonly Switching[] => {
      let state = begin(first)
      return lotsOf(one).map(lot => {
        state = afterLot(state, lot, { steady: one.steady ?? true, agreed }, standard)
        return state
      })
    }
    const later = afterSoMany(one)
    expect(one.state_after ?? one.score ?? later[0], 'There is no answer to compare with.').toBeDefined()
    if (one.state_after) expect(told(one.agreed ?? true).map(letterOf)).toEqual(one.state_after)
    for (const [many, letter] of later) expect(told(true).slice(0, many).map(letterOf).at(-1)).toBe(letter)
    // The score is that of the last lot, before it leads to reduced inspection.
    if (one.score !== undefined) expect(told(false).at(-1)?.score).toBe(one.score)
  })
})
