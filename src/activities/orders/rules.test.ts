import { describe, expect, it } from 'vitest'
import { decideAction } from '#kernel/decision.ts'
import { holdPlaced, holdReleased, inspectionClosed } from '#activities/quality/events.ts'
import { orders } from './activity.ts'
import { operationStarted, quantityReported, stepCompleted, workOrderClosed } from './events.ts'
import { handedOver, readiness } from './readiness.ts'
import {
  completeOperation,
  pauseOperation,
  reportQuantity,
  resumeOperation,
  startOperation,
  withdrawReport
} from './rules.ts'
import { floorOf, hold, noPieces, op10, op20, there, unitDone } from './sample-tablet.ts'
import { sampleCreated, sampleReleased } from './samples.ts'
import { completeStep } from './step-rules.ts'

describe('starting an operation', () => {
  it('starts the first operation of a released order and says where and to which method', () => {
    const tablet = floorOf()
    expect(tablet.act(startOperation, op10)).toBe('done')
    expect(tablet.op(10)).toMatchObject({ state: 'running', station: 'ST-01', since: '2026-11-23T09:01:00.000Z' })
  })
  it('refuses what may not be started, in the order a foreman would ask', () => {
    expect(floorOf([]).act(startOperation, op10)).toMatchObject({ refused: 'order-unknown' })
    expect(floorOf([sampleCreated]).act(startOperation, op10)).toMatchObject({ refused: 'order-not-released' })
    expect(floorOf().act(startOperation, { ...op10, op: 11 })).toMatchObject({ refused: 'operation-unknown' })
    expect(floorOf().act(startOperation, op10, 'ST-09')).toMatchObject({
      refused: 'wrong-station',
      about: { stations: 'ST-01', station: 'ST-09' }
    })
    expect(
      floorOf().happens(workOrderClosed, { workOrder: 'WO-0012', outcome: 'cancelled' }).act(startOperation, op10)
    ).toMatchObject({ refused: 'order-closed', about: { state: 'cancelled' } })
    const tablet = floorOf()
    tablet.act(startOperation, op10)
    expect(tablet.act(startOperation, op10)).toMatchObject({
      refused: 'operation-running',
      about: { station: 'ST-01' }
    })
  })
  it('refuses a start without a station, unless one is named', () => {
    const desk = floorOf(sampleReleased, undefined)
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
    const tablet = floorOf(sampleReleased, 'ST-02')
    expect(tablet.act(startOperation, op20)).toMatchObject({
      refused: 'pieces-not-here',
      about: { before: 10, count: 0 }
    })
    expect(tablet.act(startOperation, { ...op20, piecesHere: true })).toBe('done')
    const handed = floorOf(sampleReleased, 'ST-02').happens(quantityReported, {
      ...op10,
      report: 'r',
      ...noPieces,
      good: 1
    })
    expect(handed.act(startOperation, op20)).toBe('done')
  })
  it('passes the whole lot on from an inspection that looked at a sample, less what it rejected', () => {
    const tablet = floorOf()
    tablet.happens(quantityReported, { ...op20, report: 'r', ...noPieces, good: 3 })
    expect(handedOver(there(tablet.order), 40)).toBe(0)
    tablet.happens(inspectionClosed, { workOrder: 'WO-0012', op: 30, accepted: 1, rejected: 1 })
    expect(tablet.op(30)).toMatchObject({ state: 'done', good: 1, rework: 1 })
    expect(handedOver(there(tablet.order), 40)).toBe(2)
  })
})

describe('a hold', () => {
  it('stops starting, resuming, steps and counting, and lets a running operation be paused', () => {
    const tablet = floorOf()
    tablet.act(startOperation, op10)
    tablet.happens(holdPlaced, hold, '2026-11-23T08:30:00.000Z')
    expect(tablet.act(completeStep, { ...op10, cycle: 1, step: 1 })).toMatchObject({
      refused: 'order-on-hold',
      about: { person: 'P-001', reason: 'solder' }
    })
    expect(tablet.act(reportQuantity, { ...op10, ...noPieces, good: 1 })).toMatchObject({ refused: 'order-on-hold' })
    expect(tablet.act(pauseOperation, { ...op10, reason: 'break' })).toBe('done')
    expect(tablet.act(resumeOperation, op10)).toMatchObject({ refused: 'order-on-hold' })
    tablet.happens(holdReleased, { hold: hold.hold, workOrder: 'WO-0012', note: 'checked' })
    expect(tablet.act(resumeOperation, op10)).toBe('done')
  })
  it('flags late work done after it and lets pass what was done before it', () => {
    const tablet = floorOf()
      .happens(operationStarted, { ...op10, station: 'ST-01' })
      .happens(holdPlaced, hold, '2026-11-23T10:31:00.000Z')
    const late = { ...op10, cycle: 1, step: 1 }
    expect(tablet.flag(stepCompleted, late, '2026-11-23T10:35:00.000Z')).toBe('order-on-hold')
    expect(tablet.flag(stepCompleted, late, '2026-11-23T10:20:00.000Z')).toBeUndefined()
  })
})

describe('late facts in the office', () => {
  it('are flagged for a closed order, a completed operation and another method', () => {
    const closed = floorOf().happens(workOrderClosed, { workOrder: 'WO-0012', outcome: 'complete' })
    expect(closed.flag(quantityReported, { ...op10, report: 'r', ...noPieces, good: 1 })).toBe('order-closed')
    const tablet = floorOf()
    tablet.act(startOperation, op10)
    tablet.act(completeOperation, { ...op10, shortfall: 'Parts ran out' })
    expect(tablet.flag(stepCompleted, { ...op10, cycle: 1, step: 1 })).toBe('operation-done')
    expect(floorOf().flag(stepCompleted, { ...op10, cycle: 1, step: 1, method: 'f'.repeat(64) })).toBe(
      'method-superseded'
    )
  })
  it('are not flagged because another tablet’s start is still on its way', () => {
    expect(floorOf().flag(stepCompleted, { ...op10, cycle: 1, step: 1 })).toBeUndefined()
  })
  it('are flagged when two tablets count more than was ordered', () => {
    const tablet = floorOf().happens(quantityReported, {
      workOrder: 'WO-0012',
      op: 40,
      report: 'a',
      ...noPieces,
      good: 2
    })
    expect(tablet.flag(quantityReported, { workOrder: 'WO-0012', op: 40, report: 'b', ...noPieces, good: 2 })).toBe(
      'over-quantity'
    )
    expect(tablet.flag(quantityReported, { workOrder: 'WO-0012', op: 40, report: 'a', ...noPieces, good: 1 })).toBe(
      'report-known'
    )
    expect(
      tablet.flag(quantityReported, { workOrder: 'WO-0012', op: 40, report: 'c', ...noPieces, good: 1 })
    ).toBeUndefined()
  })
})

describe('counting', () => {
  const built = () => {
    const tablet = floorOf()
    tablet.act(startOperation, op10)
    unitDone(tablet, 1)
    unitDone(tablet, 2)
    return tablet
  }
  it('takes good, scrap and rework at once, each with its reason', () => {
    const tablet = built()
    expect(tablet.act(reportQuantity, { ...op10, ...noPieces })).toMatchObject({ refused: 'nothing-counted' })
    expect(tablet.act(reportQuantity, { ...op10, ...noPieces, scrap: 1 })).toMatchObject({
      refused: 'scrap-needs-reason'
    })
    expect(tablet.act(reportQuantity, { ...op10, ...noPieces, rework: 1 })).toMatchObject({
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
    expect(tablet.act(reportQuantity, { ...op10, ...noPieces, good: 1 })).toMatchObject({
      refused: 'over-quantity',
      about: { left: 0 }
    })
  })
  it('counts no piece good whose steps are open', () => {
    expect(built().act(reportQuantity, { ...op10, ...noPieces, good: 3 })).toEqual({
      refused: 'steps-open',
      about: { finished: 2, good: 3 }
    })
  })
  it('takes a report back as a whole, once', () => {
    const tablet = built()
    tablet.act(reportQuantity, { ...op10, ...noPieces, good: 2, report: 'r-1' })
    expect(tablet.act(withdrawReport, { ...op10, report: 'r-1' })).toBe('done')
    expect(tablet.op(10)).toMatchObject(noPieces)
    expect(tablet.act(withdrawReport, { ...op10, report: 'r-1' })).toMatchObject({ refused: 'report-withdrawn' })
    expect(tablet.act(withdrawReport, { ...op10, report: 'r-2' })).toMatchObject({ refused: 'report-unknown' })
  })
  it('completes when all is counted, or with the reason why it is not', () => {
    const tablet = built()
    tablet.act(reportQuantity, { ...op10, ...noPieces, good: 2, report: 'r-1' })
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
