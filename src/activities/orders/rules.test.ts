import { describe, expect, it } from 'vitest'
import {
  type Action,
  decideAction,
  firstBroken,
  type Given,
  isRefusal,
  type Known,
  type Refusal
} from '#kernel/decision.ts'
import type { EventKind } from '#kernel/event.ts'
import { defectRecorded, holdPlaced, holdReleased, inspectionClosed } from '#activities/quality/events.ts'
import { orders } from './activity.ts'
import { operationStarted, quantityReported, stepCompleted, workOrderClosed } from './events.ts'
import { closeWorkOrder, createWorkOrder, setRouting } from './office-rules.ts'
import { jobView, lotView, unitView, workOrderView } from './projection.ts'
import { handedOver, readiness } from './readiness.ts'
import {
  completeOperation,
  pauseOperation,
  reportQuantity,
  resumeOperation,
  startOperation,
  withdrawReport
} from './rules.ts'
import { type Happened, happened, knownAfter, sampleContent, sampleCreated, sampleReleased } from './samples.ts'
import { completeStep, consumePart, measureValue, reopenStep, returnPart, takePhoto } from './step-rules.ts'
import { ordersReasons } from './words.ts'

const op10 = { workOrder: 'WO-0012', op: 10 }
const op20 = { workOrder: 'WO-0012', op: 20 }
const photo = { sha256: 'e'.repeat(64), size: 10, type: 'image/webp' }
const uuid = (last: number) => `00000000-0000-7000-8000-00000000000${last}`

const there = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('nothing is known of it')
  return value
}

/** A tablet at a station with what it knows; time goes on a minute with every act. */
const floor = (events: readonly Happened[] = sampleReleased, at = 'ST-01') => {
  const log = [...events]
  let minute = 0
  let ids = 0
  const given = (station: string | undefined): Given => ({
    person: 'P-001',
    roles: ['operator', 'planner', 'engineer'],
    station,
    hash: text => text,
    newId: () => `id-${++ids}`,
    at: `2026-11-23T09:${String(++minute).padStart(2, '0')}:00.000Z`
  })
  const tablet = {
    get known(): Known {
      return knownAfter(log)
    },
    get order() {
      return knownAfter(log).get(workOrderView, 'WO-0012')
    },
    op: (op: number) => tablet.order?.operations.find(one => one.op === op),
    happens: <P>(kind: EventKind<P>, payload: P, time?: string) => {
      log.push(happened(kind, payload, time ? { at: time } : {}))
      return tablet
    },
    act: <I>(action: Action<I>, input: I, station: string | undefined = at): 'done' | Refusal => {
      const now = given(station)
      const answer = decideAction(action, orders.guards, tablet.known, input, now)
      if (isRefusal(answer)) return answer
      for (const { kind, payload } of answer) {
        expect(kind.payload.safeParse(payload).success).toBe(true)
        log.push(happened(kind, payload, { at: now.at, person: now.person }))
      }
      return 'done'
    },
    flag: <P>(kind: EventKind<P>, payload: P, time = '2026-11-23T10:00:00.000Z') =>
      firstBroken(orders.guards, tablet.known, kind.type, payload, {
        id: 'late',
        person: 'P-002',
        device: 'tablet-2',
        at: time
      })?.refused
  }
  return tablet
}

const unitDone = (tablet: ReturnType<typeof floor>, cycle: number) => {
  expect(tablet.act(completeStep, { ...op10, cycle, step: 1 })).toBe('done')
  expect(tablet.act(measureValue, { ...op10, cycle, step: 2, value: 0.61 })).toBe('done')
  expect(tablet.act(completeStep, { ...op10, cycle, step: 2 })).toBe('done')
  expect(tablet.act(consumePart, { ...op10, cycle, step: 3, lot: `RM-${cycle}` })).toBe('done')
  expect(tablet.act(completeStep, { ...op10, cycle, step: 3 })).toBe('done')
  expect(tablet.act(takePhoto, { ...op10, cycle, step: 4, photo })).toBe('done')
  expect(tablet.act(completeStep, { ...op10, cycle, step: 4 })).toBe('done')
}

const none = { good: 0, scrap: 0, rework: 0 }
const hold = { hold: uuid(1), workOrder: 'WO-0012', reason: 'solder' }

describe('starting an operation', () => {
  it('starts the first operation of a released order and says where and to which method', () => {
    const tablet = floor()
    expect(tablet.act(startOperation, op10)).toBe('done')
    expect(tablet.op(10)).toMatchObject({ state: 'running', station: 'ST-01', since: '2026-11-23T09:01:00.000Z' })
  })
  it('refuses what may not be started, in the order a foreman would ask', () => {
    expect(floor([]).act(startOperation, op10)).toMatchObject({ refused: 'order-unknown' })
    expect(floor([sampleCreated]).act(startOperation, op10)).toMatchObject({ refused: 'order-not-released' })
    expect(floor().act(startOperation, { ...op10, op: 11 })).toMatchObject({ refused: 'operation-unknown' })
    expect(floor().act(startOperation, op10, 'ST-09')).toMatchObject({
      refused: 'wrong-station',
      about: { stations: 'ST-01', station: 'ST-09' }
    })
    expect(
      floor().happens(workOrderClosed, { workOrder: 'WO-0012', outcome: 'cancelled' }).act(startOperation, op10)
    ).toMatchObject({ refused: 'order-closed', about: { state: 'cancelled' } })
    const tablet = floor()
    tablet.act(startOperation, op10)
    expect(tablet.act(startOperation, op10)).toMatchObject({
      refused: 'operation-running',
      about: { station: 'ST-01' }
    })
  })
  it('refuses a start without a station, unless one is named', () => {
    const desk = floor(sampleReleased, undefined)
    // The default of `act` stands at ST-01, so a desk is asked through the rule itself.
    const answer = decideAction(startOperation, orders.guards, desk.known, op10, {
      person: 'P-001',
      roles: [],
      station: undefined,
      at: '2026-11-23T09:00:00.000Z',
      newId: () => '',
      hash: text => text
    })
    expect(answer).toEqual({ refused: 'no-station' })
    expect(desk.act(startOperation, { ...op10, station: 'ST-01' })).toBe('done')
  })
  it('waits for pieces of the operation before, until a person says that they are here', () => {
    const tablet = floor(sampleReleased, 'ST-02')
    expect(tablet.act(startOperation, op20)).toMatchObject({
      refused: 'pieces-not-here',
      about: { before: 10, count: 0 }
    })
    expect(tablet.act(startOperation, { ...op20, piecesHere: true })).toBe('done')
    const handed = floor(sampleReleased, 'ST-02').happens(quantityReported, { ...op10, report: 'r', ...none, good: 1 })
    expect(handed.act(startOperation, op20)).toBe('done')
  })
  it('passes the whole lot on from an inspection that looked at a sample, less what it rejected', () => {
    const tablet = floor()
    tablet.happens(quantityReported, { ...op20, report: 'r', ...none, good: 3 })
    expect(handedOver(there(tablet.order), 40)).toBe(0)
    tablet.happens(inspectionClosed, { workOrder: 'WO-0012', op: 30, accepted: 1, rejected: 1 })
    expect(tablet.op(30)).toMatchObject({ state: 'done', good: 1, rework: 1 })
    expect(handedOver(there(tablet.order), 40)).toBe(2)
  })
})

describe('a hold', () => {
  it('stops starting, resuming, steps and counting, and lets a running operation be paused', () => {
    const tablet = floor()
    tablet.act(startOperation, op10)
    tablet.happens(holdPlaced, hold, '2026-11-23T08:30:00.000Z')
    expect(tablet.act(completeStep, { ...op10, cycle: 1, step: 1 })).toMatchObject({
      refused: 'order-on-hold',
      about: { person: 'P-001', reason: 'solder' }
    })
    expect(tablet.act(reportQuantity, { ...op10, ...none, good: 1 })).toMatchObject({ refused: 'order-on-hold' })
    expect(tablet.act(pauseOperation, { ...op10, reason: 'break' })).toBe('done')
    expect(tablet.act(resumeOperation, op10)).toMatchObject({ refused: 'order-on-hold' })
    tablet.happens(holdReleased, { hold: hold.hold, workOrder: 'WO-0012', note: 'checked' })
    expect(tablet.act(resumeOperation, op10)).toBe('done')
  })
  it('flags late work done after it and lets pass what was done before it', () => {
    const tablet = floor()
      .happens(operationStarted, { ...op10, station: 'ST-01' })
      .happens(holdPlaced, hold, '2026-11-23T10:31:00.000Z')
    const late = { ...op10, cycle: 1, step: 1 }
    expect(tablet.flag(stepCompleted, late, '2026-11-23T10:35:00.000Z')).toBe('order-on-hold')
    expect(tablet.flag(stepCompleted, late, '2026-11-23T10:20:00.000Z')).toBeUndefined()
  })
})

describe('late facts in the office', () => {
  it('are flagged for a closed order, a completed operation and another method', () => {
    const closed = floor().happens(workOrderClosed, { workOrder: 'WO-0012', outcome: 'complete' })
    expect(closed.flag(quantityReported, { ...op10, report: 'r', ...none, good: 1 })).toBe('order-closed')
    const tablet = floor()
    tablet.act(startOperation, op10)
    tablet.act(completeOperation, { ...op10, shortfall: 'Parts ran out' })
    expect(tablet.flag(stepCompleted, { ...op10, cycle: 1, step: 1 })).toBe('operation-done')
    expect(floor().flag(stepCompleted, { ...op10, cycle: 1, step: 1, method: 'f'.repeat(64) })).toBe(
      'method-superseded'
    )
  })
  it('are not flagged because another tablet’s start is still on its way', () => {
    expect(floor().flag(stepCompleted, { ...op10, cycle: 1, step: 1 })).toBeUndefined()
  })
  it('are flagged when two tablets count more than was ordered', () => {
    const tablet = floor().happens(quantityReported, { workOrder: 'WO-0012', op: 40, report: 'a', ...none, good: 2 })
    expect(tablet.flag(quantityReported, { workOrder: 'WO-0012', op: 40, report: 'b', ...none, good: 2 })).toBe(
      'over-quantity'
    )
    expect(tablet.flag(quantityReported, { workOrder: 'WO-0012', op: 40, report: 'a', ...none, good: 1 })).toBe(
      'report-known'
    )
    expect(
      tablet.flag(quantityReported, { workOrder: 'WO-0012', op: 40, report: 'c', ...none, good: 1 })
    ).toBeUndefined()
  })
})

describe('steps', () => {
  const started = () => {
    const tablet = floor()
    tablet.act(startOperation, op10)
    return tablet
  }
  it('need a running operation', () => {
    expect(floor().act(completeStep, { ...op10, cycle: 1, step: 1 })).toMatchObject({ refused: 'operation-waiting' })
    const tablet = started()
    tablet.act(pauseOperation, { ...op10, reason: 'break' })
    expect(tablet.act(completeStep, { ...op10, cycle: 1, step: 1 })).toMatchObject({ refused: 'operation-paused' })
  })
  it('are done in order, once, and can be taken back', () => {
    const tablet = started()
    expect(tablet.act(completeStep, { ...op10, cycle: 1, step: 2 })).toMatchObject({
      refused: 'step-before-open',
      about: { step: 1 }
    })
    expect(tablet.act(completeStep, { ...op10, cycle: 1, step: 1 })).toBe('done')
    expect(tablet.act(completeStep, { ...op10, cycle: 1, step: 1 })).toMatchObject({ refused: 'step-done' })
    expect(tablet.act(reopenStep, { ...op10, cycle: 1, step: 1 })).toBe('done')
    expect(tablet.act(reopenStep, { ...op10, cycle: 1, step: 1 })).toMatchObject({ refused: 'step-not-done' })
    expect(tablet.act(completeStep, { ...op10, cycle: 4, step: 1 })).toMatchObject({ refused: 'unit-beyond' })
    expect(tablet.act(completeStep, { ...op10, cycle: 1, step: 9 })).toMatchObject({ refused: 'step-unknown' })
  })
  it('keep every reading, and wait for one inside or for a defect', () => {
    const tablet = started()
    const spot = { ...op10, cycle: 1, step: 2 }
    tablet.act(completeStep, { ...op10, cycle: 1, step: 1 })
    expect(tablet.act(completeStep, spot)).toMatchObject({ refused: 'value-missing' })
    expect(tablet.act(measureValue, { ...spot, value: 0.76 })).toBe('done')
    expect(tablet.act(completeStep, spot)).toEqual({
      refused: 'value-outside',
      about: { value: 0.76, unit: 'N·m', by: 0.11, side: 'above', limit: 0.65 }
    })
    tablet.happens(
      defectRecorded,
      { defect: uuid(2), ...op10, code: 'torque', place: 'nut', quantity: 1, severity: 'minor', sample: 2 },
      '2026-11-23T09:30:00.000Z'
    )
    expect(tablet.act(completeStep, spot)).toMatchObject({ refused: 'value-outside' })
    tablet.happens(
      defectRecorded,
      { defect: uuid(3), ...op10, code: 'torque', place: 'nut', quantity: 1, severity: 'minor', sample: 1 },
      '2026-11-23T09:31:00.000Z'
    )
    expect(tablet.act(completeStep, spot)).toBe('done')
    expect(tablet.known.get(unitView, 'WO-0012/10/00001')?.steps[2]?.values.map(one => one.value)).toEqual([0.76])
  })
  it('are done again when a second reading lies inside, limits included', () => {
    const tablet = started()
    const spot = { ...op10, cycle: 1, step: 2 }
    tablet.act(completeStep, { ...op10, cycle: 1, step: 1 })
    tablet.act(measureValue, { ...spot, value: 0.5 })
    tablet.act(measureValue, { ...spot, value: 0.65 })
    expect(tablet.act(completeStep, spot)).toBe('done')
  })
  it('wait for their photo', () => {
    const tablet = started()
    unitDone(tablet, 1)
    expect(tablet.act(completeStep, { ...op10, cycle: 2, step: 1 })).toBe('done')
    tablet.act(measureValue, { ...op10, cycle: 2, step: 2, value: 0.6 })
    tablet.act(completeStep, { ...op10, cycle: 2, step: 2 })
    tablet.act(consumePart, { ...op10, cycle: 2, step: 3, lot: 'rm-2' })
    tablet.act(completeStep, { ...op10, cycle: 2, step: 3 })
    expect(tablet.act(completeStep, { ...op10, cycle: 2, step: 4 })).toMatchObject({ refused: 'photo-missing' })
  })
})

describe('parts', () => {
  const spot = { ...op10, cycle: 1, step: 3 }
  const started = () => {
    const tablet = floor()
    tablet.act(startOperation, op10)
    return tablet
  }
  it('are refused when they are another item, unknown or expired, with what was scanned and what is needed', () => {
    const tablet = started()
    expect(tablet.act(consumePart, { ...spot, lot: 'SL-22' })).toEqual({
      refused: 'wrong-part',
      about: { scanned: 'SL-22', is: 'SEAL-7', needed: 'RM-868' }
    })
    expect(tablet.act(consumePart, { ...spot, lot: 'RM-77' })).toEqual({
      refused: 'lot-unknown',
      about: { scanned: 'RM-77', needed: 'RM-868' }
    })
    expect(tablet.act(consumePart, { ...spot, lot: 'LOC-A1' })).toMatchObject({
      refused: 'not-a-part-label',
      about: { what: 'a shelf label' }
    })
    const second = floor(sampleReleased, 'ST-02')
    second.act(startOperation, { ...op20, piecesHere: true })
    expect(second.act(consumePart, { ...op20, cycle: 1, step: 1, lot: 'SL-OLD' })).toMatchObject({
      refused: 'lot-expired'
    })
  })
  it('refuse a serial number that is built into another unit, until it is taken out again', () => {
    const tablet = started()
    expect(tablet.act(consumePart, { ...spot, lot: 'RM-1' })).toBe('done')
    expect(tablet.act(consumePart, { ...spot, lot: 'RM-1' })).toMatchObject({ refused: 'serial-here' })
    expect(tablet.act(consumePart, { ...spot, lot: 'RM-2' })).toMatchObject({ refused: 'enough-taken' })
    expect(tablet.act(consumePart, { ...spot, cycle: 2, lot: 'RM-1' })).toMatchObject({
      refused: 'serial-used',
      about: { cycle: 1, workOrder: 'WO-0012' }
    })
    expect(tablet.act(returnPart, { ...spot, lot: 'RM-1' })).toBe('done')
    expect(tablet.known.get(lotView, 'RM-1')?.[0]?.used).toBe(0)
    expect(tablet.act(consumePart, { ...spot, cycle: 2, lot: 'RM-1' })).toBe('done')
    expect(tablet.act(returnPart, { ...spot, lot: 'RM-1' })).toMatchObject({ refused: 'part-not-taken' })
  })
  it('take what is needed from a lot, and what carries no number by the step being done', () => {
    const tablet = floor(sampleReleased, 'ST-02')
    tablet.act(startOperation, { ...op20, piecesHere: true })
    expect(tablet.act(completeStep, { ...op20, cycle: 1, step: 1 })).toMatchObject({
      refused: 'part-missing',
      about: { item: 'SEAL-7', count: 2 }
    })
    expect(tablet.act(consumePart, { ...op20, cycle: 1, step: 1, lot: 'SL-22' })).toBe('done')
    expect(tablet.act(completeStep, { ...op20, cycle: 1, step: 1 })).toBe('done')
    expect(tablet.act(completeStep, { ...op20, cycle: 1, step: 2 })).toBe('done')
    const steps = tablet.known.get(unitView, 'WO-0012/20/00001')?.steps
    expect(steps?.[1]?.parts).toMatchObject([{ item: 'SEAL-7', lot: 'SL-22', quantity: 2 }])
    expect(steps?.[2]?.parts).toMatchObject([{ item: 'SCR-M3', lot: '', quantity: 4 }])
  })
  it('open their step again when they go back', () => {
    const tablet = started()
    unitDone(tablet, 1)
    expect(tablet.act(returnPart, { ...spot, lot: 'RM-1' })).toBe('done')
    expect(tablet.known.get(unitView, 'WO-0012/10/00001')?.steps[3]?.done).toBeUndefined()
  })
})

describe('counting', () => {
  const built = () => {
    const tablet = floor()
    tablet.act(startOperation, op10)
    unitDone(tablet, 1)
    unitDone(tablet, 2)
    return tablet
  }
  it('takes good, scrap and rework at once, each with its reason', () => {
    const tablet = built()
    expect(tablet.act(reportQuantity, { ...op10, ...none })).toMatchObject({ refused: 'nothing-counted' })
    expect(tablet.act(reportQuantity, { ...op10, ...none, scrap: 1 })).toMatchObject({ refused: 'scrap-needs-reason' })
    expect(tablet.act(reportQuantity, { ...op10, ...none, rework: 1 })).toMatchObject({
      refused: 'rework-needs-reason'
    })
    expect(
      tablet.act(reportQuantity, {
        ...op10,
        good: 1,
        scrap: 1,
        rework: 1,
        scrapReason: 'burnt',
        reworkReason: 'bridge'
      })
    ).toBe('done')
    expect(tablet.op(10)).toMatchObject({ good: 1, scrap: 1, rework: 1 })
    expect(tablet.act(reportQuantity, { ...op10, ...none, good: 1 })).toMatchObject({
      refused: 'over-quantity',
      about: { left: 0 }
    })
  })
  it('counts no piece good whose steps are open', () => {
    expect(built().act(reportQuantity, { ...op10, ...none, good: 3 })).toEqual({
      refused: 'steps-open',
      about: { finished: 2, good: 3 }
    })
  })
  it('takes a report back as a whole, once', () => {
    const tablet = built()
    tablet.act(reportQuantity, { ...op10, ...none, good: 2, report: 'r-1' })
    expect(tablet.act(withdrawReport, { ...op10, report: 'r-1' })).toBe('done')
    expect(tablet.op(10)).toMatchObject(none)
    expect(tablet.act(withdrawReport, { ...op10, report: 'r-1' })).toMatchObject({ refused: 'report-withdrawn' })
    expect(tablet.act(withdrawReport, { ...op10, report: 'r-2' })).toMatchObject({ refused: 'report-unknown' })
  })
  it('completes when all is counted, or with the reason why it is not', () => {
    const tablet = built()
    tablet.act(reportQuantity, { ...op10, ...none, good: 2, report: 'r-1' })
    expect(tablet.act(completeOperation, op10)).toMatchObject({ refused: 'pieces-missing', about: { missing: 1 } })
    expect(tablet.act(completeOperation, { ...op10, shortfall: ' ' })).toMatchObject({ refused: 'pieces-missing' })
    expect(tablet.act(completeOperation, { ...op10, shortfall: 'One housing is missing' })).toBe('done')
    expect(tablet.op(10)?.state).toBe('done')
    expect(tablet.act(startOperation, op10)).toMatchObject({ refused: 'operation-done' })
    expect(tablet.act(withdrawReport, { ...op10, report: 'r-1' })).toBe('done')
    expect(tablet.op(10)).toMatchObject({ state: 'paused', good: 0 })
  })
  it('asks at the next operation only for what will ever reach it', () => {
    const tablet = built()
    tablet.act(reportQuantity, { ...op10, good: 2, scrap: 1, rework: 0, scrapReason: 'burnt' })
    expect(tablet.act(completeOperation, op10)).toBe('done')
    expect(readiness(there(tablet.order), there(tablet.op(20)), 'ST-03')).toBeUndefined()
    tablet.act(startOperation, op20, 'ST-03')
    expect(tablet.act(completeOperation, op20, 'ST-03')).toMatchObject({
      refused: 'pieces-missing',
      about: { expected: 2 }
    })
  })
})

describe('the office', () => {
  const wanted = {
    item: 'FL-100',
    revision: 'C',
    itemName: 'LoRa sensor',
    quantity: 48,
    due: '2026-12-01',
    priority: 2
  }
  it('numbers a new order after the highest, and takes no number twice or one that no card can say', () => {
    const tablet = floor()
    expect(tablet.act(createWorkOrder, wanted)).toBe('done')
    expect(tablet.known.get(workOrderView, 'WO-0013')).toMatchObject({ state: 'created', quantity: 48 })
    expect(tablet.act(createWorkOrder, { ...wanted, workOrder: 'WO-0012' })).toMatchObject({ refused: 'order-known' })
    expect(tablet.act(createWorkOrder, { ...wanted, workOrder: 'WO-2026-12' })).toMatchObject({
      refused: 'number-not-scannable'
    })
    expect(tablet.act(createWorkOrder, { ...wanted, workOrder: 'B-12' })).toMatchObject({
      refused: 'number-not-scannable'
    })
  })
  it('closes an order when its operations are done, and its jobs and units leave the tablets', () => {
    const tablet = floor()
    expect(tablet.act(closeWorkOrder, { workOrder: 'WO-0012', outcome: 'complete' })).toMatchObject({
      refused: 'operations-open',
      about: { ops: '10, 20, 30, 40' }
    })
    expect(tablet.act(closeWorkOrder, { workOrder: 'WO-0012', outcome: 'cancelled' })).toMatchObject({
      refused: 'cancel-needs-note'
    })
    tablet.act(startOperation, op10)
    unitDone(tablet, 1)
    expect(tablet.act(closeWorkOrder, { workOrder: 'WO-0012', outcome: 'cancelled', note: 'Customer withdrew' })).toBe(
      'done'
    )
    expect(tablet.known.get(jobView, 'WO-0012/10')?.closed).toBe(true)
    expect(unitView.scope(there(tablet.known.get(unitView, 'WO-0012/10/00001')))).toBe('archive')
    expect(workOrderView.scope(there(tablet.order))).toBe('archive')
    expect(tablet.act(closeWorkOrder, { workOrder: 'WO-0012', outcome: 'cancelled', note: 'again' })).toMatchObject({
      refused: 'order-closed'
    })
  })
  it('takes a routing whose steps can be worked, and says what one lacks', () => {
    const first = there(sampleContent.operations[0])
    const routing = { item: 'FL-100', revision: 'D', operations: [...sampleContent.operations] }
    expect(floor().act(setRouting, routing)).toBe('done')
    expect(floor().act(setRouting, { ...routing, operations: [first, first] })).toMatchObject({
      refused: 'operation-twice'
    })
    const bare = { step: 1, title: 'Measure', text: '', kind: 'measure' as const }
    expect(floor().act(setRouting, { ...routing, operations: [{ ...first, steps: [bare] }] })).toMatchObject({
      refused: 'step-incomplete',
      about: { lacks: 'a unit' }
    })
    expect(
      floor().act(setRouting, {
        ...routing,
        operations: [{ ...first, steps: [{ ...bare, unit: 'V', low: 2, high: 1 }] }]
      })
    ).toMatchObject({ refused: 'step-incomplete' })
  })
})

describe('the words', () => {
  const about = {
    workOrder: 'WO-0012',
    op: 10,
    count: 2,
    state: 'complete',
    before: 10,
    name: 'Solder',
    station: 'ST-01',
    stations: 'ST-02',
    revision: 'C',
    step: 2,
    cycle: 2,
    quantity: 3,
    title: 'Fit the nut',
    value: 0.76,
    unit: 'N·m',
    by: 0.11,
    side: 'above',
    limit: 0.65,
    item: 'RM-868',
    tracking: 'serial',
    lot: 'RM-1',
    scanned: 'SL-22',
    is: 'SEAL-7',
    needed: 'RM-868',
    expires: '2026-10-01',
    left: 1,
    good: 2,
    finished: 1,
    missing: 1,
    expected: 3,
    ops: '20, 30',
    lacks: 'a unit',
    what: 'a shelf label'
  }
  const sentences = Object.entries(ordersReasons).map(([reason, sentence]) => [reason, sentence(about)] as const)
  it.each(sentences)('%s says what happened and what to do', (_reason, sentence) => {
    expect(sentence).toMatch(/^[A-Z0-9“].*\.$/)
    expect(sentence).not.toContain('undefined')
    expect(sentence).not.toMatch(/invalid|failed|^error|oops|please|!/i)
  })
})
