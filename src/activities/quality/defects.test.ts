import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { operationStarted, quantityReported, workOrderClosed } from '#activities/orders/events.ts'
import { defectRecorded } from './events.ts'
import { defectView, holdView, runView } from './projection.ts'
import { closeInspection, dispositionDefect, holdAtLimit, placeHold, recordDefect, releaseHold } from './rules.ts'
import { defect, job, world } from './sample-world.ts'
import { samplePlan } from './samples.ts'

describe('defects and the stop rule', () => {
  it('places a hold in the same action when the count reaches the limit, not before', () => {
    const { act, known } = world(9)
    expect(act(recordDefect, defect)).toMatchObject({ events: ['quality/defect-recorded.v1'] })
    expect(act(recordDefect, defect)).toMatchObject({ events: ['quality/defect-recorded.v1'] })
    expect(act(recordDefect, defect)).toMatchObject({
      events: ['quality/defect-recorded.v1', 'quality/hold-placed.v1'],
      payloads: [{}, { reason: 'DEFECTS', note: '3 major defects found, the batch stops at 3.' }]
    })
    expect(known.get(runView, 'WO-0012')?.holds).toHaveLength(1)
  })

  it('places no second hold while the first stands, and counts anew after it was released', () => {
    const { act, known } = world(9)
    act(recordDefect, { ...defect, severity: 'critical' })
    expect(act(recordDefect, { ...defect, severity: 'critical' })).toMatchObject({
      events: ['quality/defect-recorded.v1']
    })
    const hold = known.list(holdView)[0]?.[0] ?? ''
    expect(act(releaseHold, { hold, note: 'Sorted' }, { roles: ['supervisor'], person: 'P-009' })).toMatchObject({
      events: ['quality/hold-released.v1']
    })
    expect(act(recordDefect, { ...defect, quantity: 2 })).toMatchObject({ events: ['quality/defect-recorded.v1'] })
    expect(act(recordDefect, { ...defect, severity: 'critical' })).toMatchObject({
      events: ['quality/defect-recorded.v1', 'quality/hold-placed.v1']
    })
  })

  it('holds exactly when the sum of pieces first reaches the limit, for any run of defects', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            severity: fc.constantFrom('critical', 'major', 'minor'),
            quantity: fc.integer({ min: 1, max: 4 })
          }),
          { maxLength: 12 }
        ),
        found => {
          const { act, known } = world(100)
          const sums = { critical: 0, major: 0, minor: 0 }
          let held = false
          for (const one of found) {
            sums[one.severity] += one.quantity
            act(recordDefect, { ...defect, ...one })
            held ||= sums[one.severity] >= samplePlan.stopAt[one.severity]
            expect(known.list(holdView).length).toBe(held ? 1 : 0)
          }
          expect(known.get(runView, 'WO-0012')?.defects).toEqual(sums)
        }
      ),
      { numRuns: 60 }
    )
  })

  it('holds in the office when tablets that were apart reach the limit together, and once', () => {
    const { act, happened, known } = world(9)
    const stamp = { id: '', person: 'P-001', device: 'd', at: '2026-11-22T10:00:00Z' }
    const late = (digit: number) => {
      const payload = { ...defect, defect: `00000000-0000-7000-9000-00000000000${digit}` }
      happened(defectRecorded, payload)
      return holdAtLimit.react(known, payload, stamp, () => `00000000-0000-7000-a000-00000000000${digit}`)
    }
    expect([late(1), late(2)]).toEqual([[], []])
    const [hold] = late(3)
    expect(hold).toMatchObject({
      kind: { type: 'quality/hold-placed.v1' },
      payload: { reason: 'DEFECTS', note: '3 major defects found, the batch stops at 3.' }
    })
    act(recordDefect, { ...defect, severity: 'critical' })
    expect(known.list(holdView)).toHaveLength(1)
    expect(late(4)).toEqual([])
  })

  it('holds at once when the person says so, with their reason', () => {
    expect(
      world().act(recordDefect, { ...defect, severity: 'minor', hold: 'suspect-lot', note: 'Reel 3' })
    ).toMatchObject({
      payloads: [{ code: 'missing-part' }, { reason: 'suspect-lot', note: 'Reel 3' }]
    })
  })

  it('refuses more pieces than the run has, and a closed run', () => {
    const { act, happened } = world()
    expect(act(recordDefect, { ...defect, quantity: 4 })).toMatchObject({ refused: 'more-than-there-are' })
    happened(workOrderClosed, { workOrder: 'WO-0012', outcome: 'complete' })
    expect(act(recordDefect, defect)).toMatchObject({ refused: 'work-order-closed' })
    expect(act(recordDefect, { ...defect, workOrder: 'WO-9' })).toMatchObject({ refused: 'work-order-unknown' })
  })
})

describe('closing an inspection', () => {
  it('names the first missing check and how many more there are', () => {
    const { act, passAll } = world(2)
    passAll(1)
    passAll(2, [3, 4])
    expect(act(closeInspection, job)).toMatchObject({
      refused: 'checks-missing',
      about: { sample: 2, check: 3, name: '5 V rail', more: 1 }
    })
  })

  it('wants a defect for every failed check: two missing screws are found here', () => {
    const { act, check, passAll, inspection } = world(2)
    passAll(1)
    passAll(2, [4])
    check(2, 4, { verdict: 'fail' })
    expect(act(closeInspection, job)).toMatchObject({
      refused: 'defect-missing',
      about: { sample: 2, check: 4, name: 'Screws fitted' }
    })
    act(recordDefect, { ...defect, quantity: 2, place: 'Lid', sample: 2, characteristic: 4 })
    expect(act(closeInspection, job)).toMatchObject({ payloads: [{ accepted: 1, rejected: 1 }] })
    expect(inspection()?.closed).toMatchObject({ accepted: 1, rejected: 1, person: 'P-001' })
    expect(check(1, 1, { verdict: 'fail' })).toMatchObject({ refused: 'inspection-closed' })
    expect(act(closeInspection, job)).toMatchObject({ refused: 'inspection-closed' })
  })

  it('does not wait for pieces that were scrapped before they came', () => {
    const { act, happened, passAll } = world(2)
    happened(operationStarted, { workOrder: 'WO-0012', op: 10, station: 'ST-01' })
    happened(quantityReported, {
      workOrder: 'WO-0012',
      op: 10,
      report: 'r',
      good: 1,
      scrap: 1,
      rework: 0,
      scrapReason: 'cracked'
    })
    passAll(1)
    expect(act(closeInspection, job)).toMatchObject({ payloads: [{ accepted: 1, rejected: 0 }] })
  })
})

describe('holds', () => {
  it('are placed by anybody, once for a reason', () => {
    const { act, known } = world()
    act(placeHold, { workOrder: 'WO-0012', reason: 'suspect-lot', note: 'Reel 3 ' }, { roles: ['operator'] })
    expect(known.list(holdView)[0]?.[1]).toMatchObject({ reason: 'suspect-lot', note: 'Reel 3', person: 'P-001' })
    expect(act(placeHold, { workOrder: 'WO-0012', reason: 'suspect-lot' })).toMatchObject({ refused: 'already-held' })
    expect(act(placeHold, { workOrder: 'WO-9', reason: 'suspect-lot' })).toMatchObject({
      refused: 'work-order-unknown'
    })
  })

  it('are released by a supervisor or an engineer, with a reason, once', () => {
    const { act, known } = world()
    act(placeHold, { workOrder: 'WO-0012', reason: 'suspect-lot' })
    const hold = known.list(holdView)[0]?.[0] ?? ''
    const supervisor = { roles: ['supervisor'] as const }
    expect(act(releaseHold, { hold, note: 'Fine' })).toMatchObject({ refused: 'role-missing' })
    expect(act(releaseHold, { hold, note: ' ' }, supervisor)).toMatchObject({ refused: 'note-needed' })
    act(releaseHold, { hold, note: 'Reel was good' }, supervisor)
    expect(known.get(runView, 'WO-0012')?.holds).toEqual([])
    expect(act(releaseHold, { hold, note: 'Again' }, supervisor)).toMatchObject({ refused: 'hold-released-before' })
    expect(act(releaseHold, { hold: '00000000-0000-7000-8000-ffffffffffff', note: 'x' }, supervisor)).toMatchObject({
      refused: 'hold-unknown'
    })
  })
})

describe('dispositions', () => {
  it('are made by somebody else than the recorder, once, with a reason', () => {
    const { act, known } = world()
    act(recordDefect, defect, { person: 'P-001' })
    const id = known.list(defectView)[0]?.[0] ?? ''
    const decide = { defect: id, disposition: 'rework' as const, note: 'Fit the screws' }
    expect(act(dispositionDefect, decide, { person: 'P-001' })).toMatchObject({ refused: 'own-defect' })
    expect(act(dispositionDefect, { ...decide, note: '' }, { person: 'P-002' })).toMatchObject({
      refused: 'note-needed'
    })
    act(dispositionDefect, decide, { person: 'P-002' })
    expect(known.get(defectView, id)).toMatchObject({
      state: 'decided',
      decision: { disposition: 'rework', person: 'P-002' }
    })
    expect(act(dispositionDefect, decide, { person: 'P-003' })).toMatchObject({ refused: 'defect-decided-before' })
  })
})
