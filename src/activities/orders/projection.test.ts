import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defectRecorded, holdPlaced, holdReleased } from '#activities/quality/events.ts'
import {
  materialConsumed,
  materialReturned,
  operationCompleted,
  operationPaused,
  operationResumed,
  operationStarted,
  quantityReported,
  quantityWithdrawn,
  stepCompleted,
  stepReopened,
  valueMeasured,
  workOrderClosed,
  workOrderCreated,
  workOrderReleased
} from './events.ts'
import { type Counts, counted, none } from './fold.ts'
import { jobView, lotView, methodView, runningMinutes, unitView, workOrderView } from './projection.ts'
import { type Happened, happened, heads, knownAfter, SAMPLE_METHOD, sampleContent, sampleReleased } from './samples.ts'

const op10 = { workOrder: 'WO-0012', op: 10 }
/** What is there; a view that should be there and isn't ends the test. */
const there = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('nothing is known of it')
  return value
}
const knownWith = (...events: Happened[]) => knownAfter([...sampleReleased, ...events])
const orderAfter = (...events: Happened[]) => knownWith(...events).get(workOrderView, 'WO-0012')
const at = (time: string, person = 'P-001') => ({ at: `2026-11-23T${time}:00.000Z`, person })

describe('a work order', () => {
  it('is for the desk when created, for the floor when released and out of the way when closed', () => {
    const created = there(knownAfter(sampleReleased.slice(0, 1)).get(workOrderView, 'WO-0012'))
    const closed = there(orderAfter(happened(workOrderClosed, { workOrder: 'WO-0012', outcome: 'complete' })))
    expect([created, there(orderAfter()), closed].map(workOrderView.scope)).toEqual(['desk', 'floor', 'archive'])
  })
  it('lists its operations in order of work, nothing counted', () => {
    expect(orderAfter()?.operations.map(({ op, state, good, checks }) => [op, state, good, checks])).toEqual([
      [10, 'waiting', 0, 0],
      [20, 'waiting', 0, 0],
      [30, 'waiting', 0, 3],
      [40, 'waiting', 0, 0]
    ])
  })
  it('leaves nothing behind for an order that was never created', () => {
    expect(
      knownAfter([happened(operationStarted, { workOrder: 'WO-9', op: 10, station: 'ST-01' })]).get(
        workOrderView,
        'WO-9'
      )
    ).toBeUndefined()
  })
  it('carries who holds it and why until the hold is released', () => {
    const hold = '00000000-0000-7000-8000-000000000001'
    const placed = happened(holdPlaced, { hold, workOrder: 'WO-0012', reason: 'solder' }, at('10:31', 'P-005'))
    expect(orderAfter(placed, placed)?.holds).toEqual([
      { hold, reason: 'solder', person: 'P-005', at: '2026-11-23T10:31:00.000Z' }
    ])
    expect(orderAfter(placed, happened(holdReleased, { hold, workOrder: 'WO-0012', note: 'ok' }))?.holds).toEqual([])
  })
  it('stays done when a late start arrives', () => {
    const order = orderAfter(
      happened(operationStarted, { ...op10, station: 'ST-01' }),
      happened(operationCompleted, op10),
      happened(operationStarted, { ...op10, station: 'ST-01' }),
      happened(operationPaused, { ...op10, reason: 'break' })
    )
    expect(order?.operations[0]?.state).toBe('done')
  })
})

const report = fc.record({
  good: fc.nat(9),
  scrap: fc.nat(9),
  rework: fc.nat(9),
  withdrawn: fc.boolean(),
  repeats: fc.integer({ min: 1, max: 3 })
})

const factsOf = (reports: readonly (Counts & { withdrawn: boolean; repeats: number })[]): Happened[] =>
  reports.flatMap(({ good, scrap, rework, withdrawn, repeats }, index) => {
    const payload = { ...op10, report: `r${index}`, good, scrap, rework }
    const told = Array.from({ length: repeats }, () =>
      happened(quantityReported, { ...payload, scrapReason: 'burnt', reworkReason: 'bridge' })
    )
    return withdrawn ? [...told, happened(quantityWithdrawn, payload)] : told
  })

const shuffled = fc.array(report, { maxLength: 12 }).chain(reports => {
  const facts = factsOf(reports)
  return fc.record({
    reports: fc.constant(reports),
    facts: fc.shuffledSubarray(facts, { minLength: facts.length, maxLength: facts.length })
  })
})

describe('counts', () => {
  it('are the sum of the reports that stand, in any order and however often each arrives', () => {
    fc.assert(
      fc.property(shuffled, ({ reports, facts }) => {
        const sum = reports
          .filter(one => !one.withdrawn)
          .reduce<Counts>(
            (all, one) => ({
              good: all.good + one.good,
              scrap: all.scrap + one.scrap,
              rework: all.rework + one.rework
            }),
            none
          )
        const known = knownWith(...facts)
        const operation = known.get(workOrderView, 'WO-0012')?.operations[0]
        expect(operation).toMatchObject(sum)
        const job = known.get(jobView, 'WO-0012/10')
        expect(job).toMatchObject(sum)
        expect(job?.reports.length).toBe(reports.length)
      })
    )
  })
  it('of parts are what was taken less what went back, in any order', () => {
    const move = fc.record({ quantity: fc.integer({ min: 1, max: 40 }).map(tenths => tenths / 10), back: fc.boolean() })
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 15 }), fc.infiniteStream(fc.nat()), (moves, keys) => {
        const facts = moves.map(({ quantity, back }) =>
          happened(back ? materialReturned : materialConsumed, {
            ...op10,
            cycle: 1,
            step: 3,
            item: 'SEAL-7',
            lot: 'SL-22',
            quantity
          })
        )
        const order = facts
          .map(fact => ({ fact, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ fact }) => fact)
        const used =
          Math.round(moves.reduce((sum, one) => sum + (one.back ? -one.quantity : one.quantity), 0) * 10) / 10
        expect(
          knownWith(...order)
            .get(lotView, 'SL-22')
            ?.find(one => one.item === 'SEAL-7')?.used
        ).toBe(used || 0)
      })
    )
  })
  it('keep the reason and the person of a report that was taken back before it arrived', () => {
    const known = knownWith(
      happened(quantityWithdrawn, { ...op10, report: 'r', good: 1, scrap: 0, rework: 0 }),
      happened(
        quantityReported,
        { ...op10, report: 'r', good: 1, scrap: 0, rework: 0, note: 'first' },
        at('10:00', 'P-003')
      )
    )
    expect(known.get(jobView, 'WO-0012/10')?.reports).toMatchObject([
      { report: 'r', person: 'P-003', note: 'first', state: 'withdrawn' }
    ])
    expect(counted(there(known.get(jobView, 'WO-0012/10')))).toBe(0)
  })
})

describe('the time of a job', () => {
  const start = happened(operationStarted, { ...op10, station: 'ST-01' }, at('08:00'))
  const pause = happened(operationPaused, { ...op10, reason: 'break' }, at('08:30'))
  const resume = happened(operationResumed, { ...op10, station: 'ST-01' }, at('09:00', 'P-002'))
  const end = happened(operationCompleted, op10, at('09:15', 'P-002'))
  const minutes = (now: string, ...events: Happened[]) =>
    runningMinutes(there(knownWith(...events).get(jobView, 'WO-0012/10')), Date.parse(`2026-11-23T${now}:00.000Z`))
  it('is what ran between start and pause, resume and end', () => {
    expect(minutes('12:00', start, pause, resume, end)).toBe(45)
    expect(minutes('09:10', start, pause, resume)).toBe(40)
    expect(minutes('08:50', start, pause)).toBe(30)
    expect(minutes('08:50')).toBe(0)
  })
  it('does not depend on the order in which the tablets sent it', () => {
    expect(minutes('12:00', resume, end, start, pause)).toBe(45)
  })
})

describe('a unit', () => {
  const spot = { ...op10, cycle: 2, step: 2 }
  it('keeps who did each step and every reading, and its place among the others', () => {
    const known = knownWith(
      happened(valueMeasured, { ...spot, value: 0.7, unit: 'N·m', high: 0.65 }),
      happened(valueMeasured, { ...spot, value: 0.6, unit: 'N·m', high: 0.65 }),
      happened(stepCompleted, spot, at('10:00', 'P-004')),
      happened(stepCompleted, { ...spot, cycle: 12 })
    )
    const unit = known.get(unitView, 'WO-0012/10/00002')
    expect(unit?.steps[2]?.values.map(one => one.value)).toEqual([0.7, 0.6])
    expect(unit?.steps[2]?.done).toEqual(at('10:00', 'P-004'))
    expect(known.list(unitView, 'WO-0012/10/').map(([, one]) => one.cycle)).toEqual([2, 12])
    expect(known.get(jobView, 'WO-0012/10')?.cycles).toBe(12)
    expect(
      knownWith(happened(stepCompleted, spot), happened(stepReopened, spot)).get(unitView, 'WO-0012/10/00002')?.steps[2]
    ).toEqual({ values: [], parts: [], photos: [] })
  })
  it('is remembered by its job when a defect was found on it', () => {
    const defect = '00000000-0000-7000-8000-000000000009'
    const found = happened(defectRecorded, {
      defect,
      ...op10,
      code: 'bridge',
      place: 'J3',
      quantity: 1,
      severity: 'minor',
      sample: 2
    })
    expect(knownWith(found, found).get(jobView, 'WO-0012/10')?.defects).toMatchObject([
      { defect, code: 'bridge', sample: 2 }
    ])
  })
})

describe('a method', () => {
  const released = (workOrder: string) => [
    happened(workOrderCreated, {
      workOrder,
      item: 'FL-100',
      revision: 'C',
      itemName: 'LoRa sensor',
      quantity: 1,
      due: '2026-12-01',
      priority: 2
    }),
    happened(workOrderReleased, { workOrder, method: SAMPLE_METHOD, operations: heads(sampleContent) })
  ]
  const closed = (workOrder: string) =>
    happened(workOrderClosed, { workOrder, outcome: 'complete', method: SAMPLE_METHOD })
  it('stays on the tablets, with its pages, while an order is built to it', () => {
    const scopeAfter = (...events: Happened[]) =>
      methodView.scope(there(knownWith(...events).get(methodView, SAMPLE_METHOD)))
    expect(scopeAfter()).toBe('floor')
    expect(scopeAfter(...released('WO-0013'), closed('WO-0012'))).toBe('floor')
    expect(scopeAfter(...released('WO-0013'), closed('WO-0012'), closed('WO-0013'))).toBe('desk')
    expect(methodView.blobs?.(there(knownWith().get(methodView, SAMPLE_METHOD)))).toEqual([
      'b'.repeat(64),
      'c'.repeat(64)
    ])
  })
})
