import { describe, expect, it } from 'vitest'
import { toolCalibrated, toolSet } from '#activities/tooling/events.ts'
import { firstBroken } from '#kernel/decision.ts'
import { quality } from './activity.ts'
import { checkRecorded } from './events.ts'
import { pieceView } from './projection.ts'
import { clearCheck, identifySample, placeHold, recordCheck, setControlPlan } from './rules.ts'
import { job, photo, world } from './sample-world.ts'
import { samplePlan } from './samples.ts'

describe('recording a check', () => {
  it('takes pass and fail from the person who looked', () => {
    const { check, inspection } = world()
    check(1, 1, { verdict: 'pass' })
    check(1, 4, { verdict: 'fail' })
    expect(inspection()?.verdicts).toEqual({ 1: { 1: 'pass', 4: 'fail' } })
  })

  it.each([
    [11.8, 'pass'],
    [12.2, 'pass'],
    [11.79, 'fail'],
    [12.31, 'fail']
  ] as const)('judges %f mm against 11.80 to 12.20 as %s, whatever the person says', (value, verdict) => {
    const { check, known } = world()
    check(1, 2, { value, gauge: 'T-DC-07', verdict: verdict === 'pass' ? 'fail' : 'pass' })
    expect(known.get(pieceView, 'WO-0012/30/000001')?.results[2]).toMatchObject({ verdict, value, gauge: 'T-DC-07' })
  })

  it('wants the value, and takes "no reading" with words instead', () => {
    const { check } = world()
    expect(check(1, 3)).toMatchObject({ refused: 'value-needed' })
    expect(check(1, 3, { verdict: 'fail', text: 'No reading' })).toMatchObject({
      payloads: [{ verdict: 'fail', text: 'No reading' }]
    })
  })

  it('asks again when a decimal point was lost', () => {
    expect(world().check(1, 2, { value: 1231, gauge: 'T-DC-07' })).toMatchObject({
      refused: 'value-impossible',
      about: { value: 1231 }
    })
  })

  it('wants pass or fail of an attribute', () => {
    expect(world().check(1, 1)).toMatchObject({ refused: 'verdict-needed', about: { check: 1 } })
  })

  it('lets a later record replace the earlier', () => {
    const { check, inspection } = world()
    check(1, 1, { verdict: 'fail' })
    check(1, 1, { verdict: 'pass' })
    expect(inspection()?.verdicts[1]).toEqual({ 1: 'pass' })
  })

  it('does not record the same twice for a bouncing finger, but lets a second person confirm', () => {
    const { check } = world()
    check(1, 1, { verdict: 'pass' })
    expect(check(1, 1, { verdict: 'pass' })).toMatchObject({ refused: 'recorded-already' })
    expect(check(1, 1, { verdict: 'pass' }, { person: 'P-002' })).toMatchObject({
      events: ['quality/check-recorded.v1']
    })
  })

  it('carries the photo with the event', () => {
    const { known } = world()
    const answer = recordCheck.decide(
      known,
      { ...job, sample: 1, characteristic: 1, verdict: 'fail', photo },
      {
        person: 'P-001',
        roles: [],
        station: undefined,
        at: '2026-11-22T10:00:00Z',
        newId: () => '',
        hash: text => text
      }
    )
    expect(answer).toMatchObject([{ blobs: [photo] }])
  })

  it('refuses what is not there: the inspection, the piece, the check', () => {
    const { act, check } = world()
    expect(act(recordCheck, { ...job, op: 10, sample: 1, characteristic: 1, verdict: 'pass' })).toMatchObject({
      refused: 'inspection-unknown'
    })
    expect(check(4, 1, { verdict: 'pass' })).toMatchObject({
      refused: 'sample-out-of-range',
      about: { sample: 4, pieces: 3 }
    })
    expect(check(1, 9, { verdict: 'pass' })).toMatchObject({ refused: 'check-unknown' })
  })

  it('goes on while the batch is on hold', () => {
    const { act, check } = world()
    act(placeHold, { workOrder: 'WO-0012', reason: 'suspect-lot' })
    expect(check(1, 1, { verdict: 'pass' })).toMatchObject({ events: ['quality/check-recorded.v1'] })
  })

  it('can be taken back, once', () => {
    const { act, check, inspection } = world()
    check(1, 3, { value: 5 })
    act(clearCheck, { ...job, sample: 1, characteristic: 3 })
    expect(inspection()).toMatchObject({ verdicts: {}, last: {} })
    expect(act(clearCheck, { ...job, sample: 1, characteristic: 3 })).toMatchObject({ refused: 'nothing-to-clear' })
  })
})

describe('the gauge gate', () => {
  const measured = { value: 12 }
  it('wants the gauge that the plan names', () => {
    const { check, happened } = world()
    happened(toolSet, { tool: 'T-DC-08', name: 'Caliper', kind: 'gauge', location: 'LOC-Q1' })
    expect(check(1, 2, measured)).toMatchObject({ refused: 'gauge-needed', about: { gauge: 'T-DC-07' } })
    expect(check(1, 2, { ...measured, gauge: 'T-DC-08' })).toMatchObject({ refused: 'gauge-other' })
    expect(check(1, 2, { ...measured, gauge: 'T-99' })).toMatchObject({ refused: 'gauge-unknown' })
  })

  it("takes the last day of the calibration, in the plant's own day", () => {
    const { check } = world()
    const gauge = { ...measured, gauge: 'T-DC-07' }
    expect(check(1, 2, gauge, { at: '2026-11-22T22:59:59Z' })).toMatchObject({ events: ['quality/check-recorded.v1'] })
    // 23:00 in UTC is already the 23rd in Berlin.
    expect(check(2, 2, gauge, { at: '2026-11-22T23:00:00Z' })).toMatchObject({
      refused: 'gauge-expired',
      about: { until: '2026-11-22' }
    })
  })

  it('blocks a gauge that did not pass its calibration', () => {
    const { check, happened } = world()
    happened(toolCalibrated, { tool: 'T-DC-07', calibratedTo: '2027-11-22', passed: false })
    expect(check(1, 2, { ...measured, gauge: 'T-DC-07' })).toMatchObject({ refused: 'gauge-not-passed' })
  })

  it('flags in the office a check made with a gauge that the tablet did not know to be out', () => {
    const { known, happened } = world()
    happened(toolCalibrated, { tool: 'T-DC-07', calibratedTo: '2026-11-01', passed: true })
    const payload = { ...job, sample: 1, characteristic: 2, verdict: 'pass' as const, value: 12, gauge: 'T-DC-07' }
    const stamp = { id: '', person: 'P-001', device: 'd', at: '2026-11-22T10:00:00Z' }
    expect(firstBroken(quality.guards, known, checkRecorded.type, payload, stamp)).toMatchObject({
      refused: 'gauge-expired'
    })
  })

  it('flags a verdict that does not fit its value', () => {
    const payload = { ...job, sample: 1, characteristic: 3, verdict: 'pass' as const, value: 6 }
    const stamp = { id: '', person: 'P-001', device: 'd', at: '2026-11-22T10:00:00Z' }
    expect(firstBroken(quality.guards, world().known, checkRecorded.type, payload, stamp)).toMatchObject({
      refused: 'verdict-differs'
    })
  })
})

describe('naming a piece', () => {
  it('keeps its serial, and not the same for two', () => {
    const { act, inspection } = world()
    act(identifySample, { ...job, sample: 1, serial: 'SN-1042-00048' })
    expect(inspection()?.serials).toEqual({ 1: 'SN-1042-00048' })
    expect(act(identifySample, { ...job, sample: 2, serial: 'SN-1042-00048' })).toMatchObject({
      refused: 'serial-twice',
      about: { sample: 1 }
    })
    expect(act(identifySample, { ...job, sample: 9, serial: 'SN-1' })).toMatchObject({ refused: 'sample-out-of-range' })
  })
})

describe('control plans', () => {
  const set = (change: Partial<typeof samplePlan>) =>
    world().act(setControlPlan, { ...samplePlan, ...change }, { roles: ['engineer'] })
  const first = samplePlan.characteristics.slice(0, 1)
  const crossed = samplePlan.characteristics.slice(1, 2).map(one => ({ ...one, low: 13 }))
  it('are taken when they can be worked to, and else say why not', () => {
    expect(set({})).toMatchObject({ events: ['quality/control-plan-set.v1'] })
    expect(set({ characteristics: [] })).toMatchObject({ refused: 'nothing-to-check' })
    expect(set({ characteristics: [...first, ...first] })).toMatchObject({
      refused: 'check-twice',
      about: { check: 1 }
    })
    expect(set({ characteristics: crossed })).toMatchObject({ refused: 'limits-crossed', about: { check: 2 } })
  })
})
