import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { methodFrozen } from '#activities/changes/events.ts'
import { operationStarted, quantityReported, workOrderClosed, workOrderCreated, workOrderReleased } from '#activities/orders/events.ts'
import { toolCalibrated, toolSet } from '#activities/tooling/events.ts'
import { type Action, decideAction, firstBroken, type Given, isRefusal } from '#kernel/decision.ts'
import type { EventKind } from '#kernel/event.ts'
import { foldEvent, knownFrom, listenersOf } from '#kernel/fold.ts'
import { siteSetUp } from '#plant/events.ts'
import { quality } from './activity.ts'
import { checkRecorded } from './events.ts'
import { lotOf, tally } from './known.ts'
import { defectView, holdView, inspectionView, pieceView, qualityMethodView, runView } from './projection.ts'
import {
  clearCheck, closeInspection, dispositionDefect, identifySample, placeHold, recordCheck, recordDefect, releaseHold,
  setControlPlan
} from './rules.ts'
import { sampleContent, sampleMethod, samplePlan } from './samples.ts'

const job = { workOrder: 'WO-0012', op: 30 }
const photo = { sha256: 'e'.repeat(64), size: 9, type: 'image/webp' }

/** One tablet's knowledge: what is done is folded at once, as the device does it. */
const world = (pieces = 3) => {
  const views = new Map<string, Map<string, unknown>>()
  const listeners = listenersOf(quality.views)
  const known = knownFrom(views)
  let ids = 0
  const newId = () => `00000000-0000-7000-8000-${String(++ids).padStart(12, '0')}`
  const happened = <P>(kind: EventKind<P>, payload: P, person = 'P-001', at = '2026-11-22T10:00:00Z') =>
    foldEvent(
      listeners,
      { type: kind.type, payload, stamp: { id: newId(), person, device: 'd', at } },
      (kindName, key) => views.get(kindName)?.get(key),
      ({ kind: name, key, view }) => {
        const map = views.get(name) ?? new Map<string, unknown>()
        views.set(name, map)
        if (view === undefined) map.delete(key)
        else map.set(key, view)
      }
    )
  const act = <I>(action: Action<I>, input: I, over: Partial<Given> = {}) => {
    const given: Given = {
      person: 'P-001', roles: ['inspector'], station: 'ST-03', at: '2026-11-22T10:00:00Z', newId, hash: text => text, ...over
    }
    const answer = decideAction(action, quality.guards, known, input, given)
    if (isRefusal(answer)) return answer
    for (const { kind, payload } of answer) happened(kind, payload, given.person, given.at)
    return { events: answer.map(({ kind }) => kind.type), payloads: answer.map(({ payload }) => payload) }
  }
  happened(siteSetUp, { site: 'S', name: 'Fennel Labs', timeZone: 'Europe/Berlin', sample: true })
  happened(toolSet, { tool: 'T-DC-07', name: 'Caliper', kind: 'gauge', location: 'LOC-Q1', calibratedTo: '2026-11-22' })
  happened(methodFrozen, { method: sampleMethod, number: 1, content: sampleContent })
  happened(workOrderCreated, {
    workOrder: 'WO-0012', item: 'FL-100', itemName: 'LoRa sensor', revision: 'B', quantity: pieces, due: '2026-12-01', priority: 1
  })
  happened(workOrderReleased, {
    workOrder: 'WO-0012', method: sampleMethod,
    operations: [
      { op: 10, name: 'Assemble', stations: ['ST-01'], runMinutes: 5, steps: [1], checks: 0 },
      { op: 30, name: 'Final check', stations: ['ST-03'], runMinutes: 3, steps: [], checks: 4 }
    ]
  })
  const check = (sample: number, characteristic: number, more: Partial<Parameters<typeof recordCheck.decide>[1]> = {}, over: Partial<Given> = {}) =>
    act(recordCheck, { ...job, sample, characteristic, ...more }, over)
  const passAll = (sample: number, except: readonly number[] = []) => {
    if (!except.includes(1)) check(sample, 1, { verdict: 'pass' })
    if (!except.includes(2)) check(sample, 2, { value: 12, gauge: 'T-DC-07' })
    if (!except.includes(3)) check(sample, 3, { value: 5 })
    if (!except.includes(4)) check(sample, 4, { verdict: 'pass' })
  }
  return { known, happened, act, check, passAll, inspection: () => known.get(inspectionView, 'WO-0012/30') }
}

const defect = { ...job, code: 'missing-part', place: 'J3', quantity: 1, severity: 'major' as const }

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

describe('recording a check', () => {
  it('takes pass and fail from the person who looked', () => {
    const { check, inspection } = world()
    check(1, 1, { verdict: 'pass' })
    check(1, 4, { verdict: 'fail' })
    expect(inspection()?.verdicts).toEqual({ 1: { 1: 'pass', 4: 'fail' } })
  })

  it.each([
    [11.8, 'pass'], [12.2, 'pass'], [11.79, 'fail'], [12.31, 'fail']
  ] as const)('judges %f mm against 11.80 to 12.20 as %s, whatever the person says', (value, verdict) => {
    const { check, known } = world()
    check(1, 2, { value, gauge: 'T-DC-07', verdict: verdict === 'pass' ? 'fail' : 'pass' })
    expect(known.get(pieceView, 'WO-0012/30/000001')?.results[2]).toMatchObject({ verdict, value, gauge: 'T-DC-07' })
  })

  it('wants the value, and takes "no reading" with words instead', () => {
    const { check } = world()
    expect(check(1, 3)).toMatchObject({ refused: 'value-needed' })
    expect(check(1, 3, { verdict: 'fail', text: 'No reading' })).toMatchObject({ payloads: [{ verdict: 'fail', text: 'No reading' }] })
  })

  it('asks again when a decimal point was lost', () => {
    expect(world().check(1, 2, { value: 1231, gauge: 'T-DC-07' })).toMatchObject({ refused: 'value-impossible', about: { value: 1231 } })
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
    expect(check(1, 1, { verdict: 'pass' }, { person: 'P-002' })).toMatchObject({ events: ['quality/check-recorded.v1'] })
  })

  it('carries the photo with the event', () => {
    const { known } = world()
    const answer = recordCheck.decide(known, { ...job, sample: 1, characteristic: 1, verdict: 'fail', photo }, {
      person: 'P-001', roles: [], station: undefined, at: '2026-11-22T10:00:00Z', newId: () => '', hash: text => text
    })
    expect(answer).toMatchObject([{ blobs: [photo] }])
  })

  it('refuses what is not there: the inspection, the piece, the check', () => {
    const { act, check } = world()
    expect(act(recordCheck, { ...job, op: 10, sample: 1, characteristic: 1, verdict: 'pass' })).toMatchObject({ refused: 'inspection-unknown' })
    expect(check(4, 1, { verdict: 'pass' })).toMatchObject({ refused: 'sample-out-of-range', about: { sample: 4, pieces: 3 } })
    expect(check(1, 9, { verdict: 'pass' })).toMatchObject({ refused: 'check-unknown' })
  })

  it('goes on while the batch is on hold', () => {
    const { act, check } = world()
    act(placeHold, { workOrder: 'WO-0012', reason: 'suspect-lot' })
    expect(check(1, 1, { verdict: 'pass' })).toMatchObject({ events: ['quality/check-recorded.v1'] })
  })

  it('remembers the last values of a check, one per piece, for the dots', () => {
    const { check, inspection } = world(9)
    for (const sample of [1, 2, 3, 4, 5]) check(sample, 3, { value: 5 + sample / 100 })
    check(5, 3, { value: 5.09 })
    expect(inspection()?.last[3]).toEqual([{ sample: 2, value: 5.02 }, { sample: 3, value: 5.03 }, { sample: 4, value: 5.04 }, { sample: 5, value: 5.09 }])
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
    const { check } = world()
    expect(check(1, 2, measured)).toMatchObject({ refused: 'gauge-needed', about: { gauge: 'T-DC-07' } })
    expect(check(1, 2, { ...measured, gauge: 'T-DC-08' })).toMatchObject({ refused: 'gauge-other' })
  })

  it('takes the last day of the calibration, in the plant\'s own day', () => {
    const { check } = world()
    const gauge = { ...measured, gauge: 'T-DC-07' }
    expect(check(1, 2, gauge, { at: '2026-11-22T22:59:59Z' })).toMatchObject({ events: ['quality/check-recorded.v1'] })
    // 23:00 in UTC is already the 23rd in Berlin.
    expect(check(2, 2, gauge, { at: '2026-11-22T23:00:00Z' })).toMatchObject({ refused: 'gauge-expired', about: { until: '2026-11-22' } })
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
    expect(firstBroken(quality.guards, known, checkRecorded.type, payload, stamp)).toMatchObject({ refused: 'gauge-expired' })
  })

  it('flags a verdict that does not fit its value', () => {
    const payload = { ...job, sample: 1, characteristic: 3, verdict: 'pass' as const, value: 6 }
    const stamp = { id: '', person: 'P-001', device: 'd', at: '2026-11-22T10:00:00Z' }
    expect(firstBroken(quality.guards, world().known, checkRecorded.type, payload, stamp)).toMatchObject({ refused: 'verdict-differs' })
  })
})

describe('naming a piece', () => {
  it('keeps its serial, and not the same for two', () => {
    const { act, inspection } = world()
    act(identifySample, { ...job, sample: 1, serial: 'SN-1042-00048' })
    expect(inspection()?.serials).toEqual({ 1: 'SN-1042-00048' })
    expect(act(identifySample, { ...job, sample: 2, serial: 'SN-1042-00048' })).toMatchObject({ refused: 'serial-twice', about: { sample: 1 } })
    expect(act(identifySample, { ...job, sample: 9, serial: 'SN-1' })).toMatchObject({ refused: 'sample-out-of-range' })
  })
})

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
    expect(act(recordDefect, { ...defect, severity: 'critical' })).toMatchObject({ events: ['quality/defect-recorded.v1'] })
    const hold = known.list(holdView)[0]?.[0] ?? ''
    expect(act(releaseHold, { hold, note: 'Sorted' }, { roles: ['supervisor'], person: 'P-009' })).toMatchObject({ events: ['quality/hold-released.v1'] })
    expect(act(recordDefect, { ...defect, quantity: 2 })).toMatchObject({ events: ['quality/defect-recorded.v1'] })
    expect(act(recordDefect, { ...defect, severity: 'critical' })).toMatchObject({ events: ['quality/defect-recorded.v1', 'quality/hold-placed.v1'] })
  })

  it('holds exactly when the sum of pieces first reaches the limit, for any run of defects', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ severity: fc.constantFrom('critical', 'major', 'minor'), quantity: fc.integer({ min: 1, max: 4 }) }), { maxLength: 12 }), found => {
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
      }),
      { numRuns: 60 }
    )
  })

  it('holds at once when the person says so, with their reason', () => {
    expect(world().act(recordDefect, { ...defect, severity: 'minor', hold: 'suspect-lot', note: 'Reel 3' })).toMatchObject({
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
    expect(act(closeInspection, job)).toMatchObject({ refused: 'checks-missing', about: { sample: 2, check: 3, name: '5 V rail', more: 1 } })
  })

  it('wants a defect for every failed check: two missing screws are found here', () => {
    const { act, check, passAll, inspection } = world(2)
    passAll(1)
    passAll(2, [4])
    check(2, 4, { verdict: 'fail' })
    expect(act(closeInspection, job)).toMatchObject({ refused: 'defect-missing', about: { sample: 2, check: 4, name: 'Screws fitted' } })
    act(recordDefect, { ...defect, quantity: 2, place: 'Lid', sample: 2, characteristic: 4 })
    expect(act(closeInspection, job)).toMatchObject({ payloads: [{ accepted: 1, rejected: 1 }] })
    expect(inspection()?.closed).toMatchObject({ accepted: 1, rejected: 1, person: 'P-001' })
    expect(check(1, 1, { verdict: 'fail' })).toMatchObject({ refused: 'inspection-closed' })
    expect(act(closeInspection, job)).toMatchObject({ refused: 'inspection-closed' })
  })

  it('does not wait for pieces that were scrapped before they came', () => {
    const { act, happened, passAll } = world(2)
    happened(operationStarted, { workOrder: 'WO-0012', op: 10, station: 'ST-01' })
    happened(quantityReported, { workOrder: 'WO-0012', op: 10, report: 'r', good: 1, scrap: 1, rework: 0, scrapReason: 'cracked' })
    passAll(1)
    expect(act(closeInspection, job)).toMatchObject({ payloads: [{ accepted: 1, rejected: 0 }] })
  })

  it('leaves the closed pieces to the desks', () => {
    const { act, known, passAll } = world(1)
    passAll(1)
    const scope = () => known.list(pieceView).map(([, piece]) => (typeof pieceView.scope === 'function' ? pieceView.scope(piece) : ''))
    expect(scope()).toEqual(['floor'])
    act(closeInspection, job)
    expect(scope()).toEqual(['desk'])
  })
})

describe('holds', () => {
  it('are placed by anybody, once for a reason', () => {
    const { act, known } = world()
    act(placeHold, { workOrder: 'WO-0012', reason: 'suspect-lot', note: 'Reel 3 ' }, { roles: ['operator'] })
    expect(known.list(holdView)[0]?.[1]).toMatchObject({ reason: 'suspect-lot', note: 'Reel 3', person: 'P-001' })
    expect(act(placeHold, { workOrder: 'WO-0012', reason: 'suspect-lot' })).toMatchObject({ refused: 'already-held' })
    expect(act(placeHold, { workOrder: 'WO-9', reason: 'suspect-lot' })).toMatchObject({ refused: 'work-order-unknown' })
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
    expect(act(releaseHold, { hold: '00000000-0000-7000-8000-ffffffffffff', note: 'x' }, supervisor)).toMatchObject({ refused: 'hold-unknown' })
  })
})

describe('dispositions', () => {
  it('are made by somebody else than the recorder, once, with a reason', () => {
    const { act, known } = world()
    act(recordDefect, defect, { person: 'P-001' })
    const id = known.list(defectView)[0]?.[0] ?? ''
    const decide = { defect: id, disposition: 'rework' as const, note: 'Fit the screws' }
    expect(act(dispositionDefect, decide, { person: 'P-001' })).toMatchObject({ refused: 'own-defect' })
    expect(act(dispositionDefect, { ...decide, note: '' }, { person: 'P-002' })).toMatchObject({ refused: 'note-needed' })
    act(dispositionDefect, decide, { person: 'P-002' })
    expect(known.get(defectView, id)).toMatchObject({ state: 'decided', decision: { disposition: 'rework', person: 'P-002' } })
    expect(act(dispositionDefect, decide, { person: 'P-003' })).toMatchObject({ refused: 'defect-decided-before' })
  })
})

describe('control plans', () => {
  const set = (change: Partial<typeof samplePlan>) => world().act(setControlPlan, { ...samplePlan, ...change }, { roles: ['engineer'] })
  const [first, second] = samplePlan.characteristics
  it('are taken when they can be worked to, and else say why not', () => {
    expect(set({})).toMatchObject({ events: ['quality/control-plan-set.v1'] })
    expect(set({ characteristics: [] })).toMatchObject({ refused: 'nothing-to-check' })
    expect(set({ characteristics: [first!, first!] })).toMatchObject({ refused: 'check-twice', about: { check: 1 } })
    expect(set({ characteristics: [{ ...second!, low: 13 }] })).toMatchObject({ refused: 'limits-crossed', about: { check: 2 } })
  })

  it('frozen in a method stay as they were, whatever the desk sets later', () => {
    const { act, known } = world()
    act(setControlPlan, { ...samplePlan, revision: 'B', characteristics: [first!] }, { roles: ['engineer'] })
    expect(lotOf(known, 'WO-0012', 30)?.plan.revision).toBe('A')
  })
})

describe('the order of work', () => {
  it('makes no difference to what is found, as long as the last word on each check stays last', () => {
    const check = fc.record({ sample: fc.integer({ min: 1, max: 3 }), characteristic: fc.constantFrom(1, 4), verdict: fc.constantFrom('pass', 'fail'), rank: fc.nat() })
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
