import { describe, expect, it } from 'vitest'
import { methodFrozen } from '#activities/changes/events.ts'
import { workOrderCreated, workOrderReleased } from '#activities/orders/events.ts'
import { aql, inspectionLevel } from './events.ts'
import { lotOf, lotVerdict } from './known.ts'
import { closeInspection, recordDefect } from './rules.ts'
import { defect, world } from './sample-world.ts'
import { sampleContent, samplePlan as plan } from './samples.ts'
import { samplePlan } from './sampling.ts'

describe('a sampling plan by ISO 2859-1', () => {
  it.each([
    // The rows that people know by heart: level II, normal.
    [8, 'II', '2.5', 'normal', 'C', 5, 0],
    [60, 'II', '1.0', 'normal', 'E', 13, 0],
    [500, 'II', '1.0', 'normal', 'H', 50, 1],
    [1200, 'II', '2.5', 'normal', 'J', 80, 5],
    [3200, 'II', '0.65', 'normal', 'K', 125, 2],
    [35_000, 'II', '1.0', 'normal', 'M', 315, 7],
    [1200, 'II', '1.0', 'tightened', 'J', 80, 1],
    [60, 'I', '4.0', 'normal', 'B', 3, 0],
    [60, 'S-1', '6.5', 'normal', 'A', 2, 0],
    [500_001, 'III', '0.025', 'tightened', 'S', 3150, 1]
  ] as const)('of %i pieces, level %s, AQL %s, %s is letter %s: %i pieces, accepted with %i', (...row) => {
    const [lot, level, quality, severity, letter, pieces, accept] = row
    expect(samplePlan(lot, { level, aql: quality, severity })).toEqual({ letter, pieces, accept, reject: accept + 1 })
  })

  it.each([
    // Reduced: about two fifths of the pieces.
    [500, 'II', '1.5', 'H', 20, 1],
    // The arrow points down.
    [500, 'II', '1.0', 'J', 32, 1],
    [1200, 'II', '2.5', 'J', 32, 3],
    [60, 'II', '1.0', 'E', 5, 0]
  ] as const)('of %i pieces, level %s, AQL %s, reduced is letter %s: %i pieces, accepted with %i', (...row) => {
    const [lot, level, quality, letter, pieces, accept] = row
    const found = samplePlan(lot, { level, aql: quality, severity: 'reduced' })
    expect(found).toEqual({ letter, pieces, accept, reject: accept + 1 })
  })

  it('looks at the whole lot when the sample would be as large', () => {
    expect(samplePlan(12, { level: 'II', aql: '0.10' })).toMatchObject({ pieces: 12, accept: 0 })
  })

  it('never asks for more than the lot and never accepts what a larger sample would count less', () => {
    for (const level of inspectionLevel.options)
      for (const quality of aql.options)
        for (const severity of ['normal', 'tightened', 'reduced'] as const) {
          const sizes = [2, 8, 9, 60, 500, 10_000, 600_000].map(lot =>
            samplePlan(lot, { level, aql: quality, severity })
          )
          for (const one of sizes) expect(one.reject).toBe(one.accept + 1)
          expect(sizes.map(one => one.pieces)).toEqual(sizes.map(one => one.pieces).sort((a, b) => a - b))
        }
  })
})

describe('an inspection by a sampling plan', () => {
  const at = { workOrder: 'WO-0020', op: 30 }
  const lot = () => {
    const all = world()
    const byTable = {
      ...plan,
      sample: { level: 'II', aql: '2.5' },
      stopAt: { critical: 9, major: 9, minor: 9 }
    } as const
    const content = { ...sampleContent, controlPlans: [byTable] }
    all.happened(methodFrozen, { method: 'b'.repeat(64), number: 2, content })
    const { workOrder } = at
    const about = {
      item: 'FL-100',
      itemName: 'LoRa sensor',
      revision: 'B',
      quantity: 60,
      due: '2026-12-01',
      priority: 1
    }
    all.happened(workOrderCreated, { workOrder, ...about })
    const operations = [{ op: 30, name: 'Final check', stations: ['ST-03'], runMinutes: 3, steps: [], checks: 4 }]
    all.happened(workOrderReleased, { workOrder, method: 'b'.repeat(64), operations })
    return all
  }
  const inspect = (failing: readonly number[]) => {
    const all = lot()
    for (let sample = 1; sample <= 20; sample++) {
      for (const characteristic of [1, 4])
        all.check(sample, characteristic, {
          ...at,
          verdict: failing.includes(sample) && characteristic === 4 ? 'fail' : 'pass'
        })
      all.check(sample, 2, { ...at, value: 12, gauge: 'T-DC-07' })
      all.check(sample, 3, { ...at, value: 5 })
      if (failing.includes(sample)) all.act(recordDefect, { ...defect, ...at, sample, characteristic: 4 })
    }
    const closed = all.act(closeInspection, at)
    const found = lotOf(all.known, at.workOrder, at.op)
    return { closed, verdict: found && lotVerdict(found) }
  }

  it('looks at the sample and not at the run', () => {
    expect(lotOf(lot().known, at.workOrder, at.op)?.pieces).toBe(20)
  })

  it('accepts the lot up to the acceptance number', () => {
    const { closed, verdict } = inspect([7])
    expect(closed).toMatchObject({
      events: ['quality/inspection-closed.v1'],
      payloads: [{ accepted: 19, rejected: 1 }]
    })
    expect(verdict).toMatchObject({ accepted: true, letter: 'F', accept: 1 })
  })

  it('holds the lot that it does not accept, and says by what', () => {
    const { closed, verdict } = inspect([3, 7])
    expect(closed).toMatchObject({
      events: ['quality/inspection-closed.v1', 'quality/hold-placed.v1'],
      payloads: [
        { accepted: 18, rejected: 2 },
        { reason: 'DEFECTS', note: 'The lot is not accepted: 2 of 20 pieces did not pass, 2 are too many.' }
      ]
    })
    expect(verdict).toMatchObject({ accepted: false })
  })
})
