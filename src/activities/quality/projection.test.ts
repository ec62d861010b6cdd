import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCleared, checkRecorded } from './events.ts'
import { lotOf, tally } from './known.ts'
import { qualityMethodView } from './plans.ts'
import { inspectionView, pieceKey, pieceView } from './projection.ts'
import { closeInspection, setControlPlan } from './rules.ts'
import { job, world } from './sample-world.ts'
import { sampleMethod, samplePlan } from './samples.ts'

describe('a work order that is released', () => {
  it('opens an inspection only where a control plan asks for checks', () => {
    const { known, inspection } = world()
    expect(known.list(inspectionView).map(([key]) => key)).toEqual(['WO-0012/30'])
    expect(inspection()).toMatchObject({ method: sampleMethod, checks: 4, name: 'Final check' })
  })

  it('brings only the documents that its inspections need', () => {
    const method = world().known.get(qualityMethodView, sampleMethod)
    expect(method && qualityMethodView.blobs?.(method)).toEqual(['d'.repeat(64)])
  })
})

describe('what is known of an inspection', () => {
  it('remembers the last values of a check, one per piece, for the dots', () => {
    const { check, inspection } = world(9)
    for (const sample of [1, 2, 3, 4, 5]) check(sample, 3, { value: 5 + sample / 100 })
    check(5, 3, { value: 5.09 })
    expect(inspection()?.last[3]).toEqual([
      { sample: 2, value: 5.02 },
      { sample: 3, value: 5.03 },
      { sample: 4, value: 5.04 },
      { sample: 5, value: 5.09 }
    ])
  })

  it('leaves the closed pieces to the desks', () => {
    const { act, known, passAll } = world(1)
    passAll(1)
    const scope = () =>
      known.list(pieceView).map(([, piece]) => (typeof pieceView.scope === 'function' ? pieceView.scope(piece) : ''))
    expect(scope()).toEqual(['floor'])
    act(closeInspection, job)
    expect(scope()).toEqual(['desk'])
  })

  it('works to the plan that was frozen in its method, whatever the desk sets later', () => {
    const { act, known } = world()
    act(
      setControlPlan,
      { ...samplePlan, revision: 'B', characteristics: samplePlan.characteristics.slice(0, 1) },
      { roles: ['engineer'] }
    )
    expect(lotOf(known, 'WO-0012', 30)?.plan.revision).toBe('A')
  })
})

describe('one check recorded by two', () => {
  const at = { ...job, sample: 1, characteristic: 3 }
  const records = (first: string, second: string, cleared = false) => {
    const { happened, known } = world()
    happened(checkRecorded, { ...at, verdict: 'fail', value: 5.2 }, first, '2026-11-22T09:00:00Z')
    if (cleared) happened(checkCleared, at, second, '2026-11-22T09:30:00Z')
    else happened(checkRecorded, { ...at, verdict: 'pass', value: 5.01 }, second, '2026-11-22T09:30:00Z')
    return known.get(pieceView, pieceKey(job.workOrder, job.op, 1))
  }
  const before = [{ verdict: 'fail', value: 5.2, person: 'P-001', at: '2026-11-22T09:00:00Z' }]

  it('counts the later one and says what the other said, who it was and when', () => {
    const piece = records('P-001', 'P-002')
    expect(piece?.results[3]).toMatchObject({ verdict: 'pass', value: 5.01, person: 'P-002' })
    expect(piece?.earlier?.[3]).toEqual(before)
  })

  it('keeps in view what somebody else took back', () => {
    const piece = records('P-001', 'P-002', true)
    expect(piece?.results).toEqual({})
    expect(piece?.earlier?.[3]).toEqual(before)
  })

  it('makes no fuss of a person who corrects a slip on the same tablet', () => {
    expect(records('P-001', 'P-001')?.earlier).toBeUndefined()
  })
})

describe('the order of work', () => {
  it('makes no difference to what is found, as long as the last word on each check stays last', () => {
    const check = fc.record({
      sample: fc.integer({ min: 1, max: 3 }),
      characteristic: fc.constantFrom(1, 4),
      verdict: fc.constantFrom('pass', 'fail'),
      rank: fc.nat()
    })
    fc.assert(
      fc.property(fc.array(check, { maxLength: 20 }), checks => {
        const results = (list: typeof checks) => {
          const { happened, known } = world()
          for (const { rank: _rank, ...one } of list) happened(checkRecorded, { ...job, ...one })
          const lot = lotOf(known, 'WO-0012', 30)
          return { verdicts: lot?.inspection.verdicts, tally: lot && tally(lot) }
        }
        const last = new Map(checks.map(one => [`${one.sample}/${one.characteristic}`, one]))
        const shuffled = [...last.values()].sort((a, b) => a.rank - b.rank)
        expect(results(shuffled)).toEqual(results(checks))
      }),
      { numRuns: 80 }
    )
  })
})
