import { describe, expect, it } from 'vitest'
import { quantityReported } from './events.ts'
import { closeWorkOrder } from './office-rules.ts'
import { expected } from './readiness.ts'
import { rescheduleWorkOrder, splitWorkOrder } from './reschedule-rules.ts'
import { startOperation } from './rules.ts'
import { floorOf, op10, op20, there, unitDone, uuid } from './sample-tablet.ts'
import { sampleCreated } from './samples.ts'
import { jobKey, jobView, workOrderView } from './projection.ts'

const workOrder = 'WO-0012'
const was = { quantity: 3, due: '2026-11-27' }
const later = { workOrder, was, due: '2026-12-04' }

describe('moving a work order', () => {
  it('gives it another day and another quantity while nothing is begun', () => {
    const office = floorOf([sampleCreated])
    expect(office.act(rescheduleWorkOrder, { ...later, quantity: 5 })).toBe('done')
    expect(office.order).toMatchObject({ due: '2026-12-04', quantity: 5, state: 'created', label: 'Batch 12' })
  })

  it('refuses what is based on an older day or quantity, says what it is now, and changes nothing', () => {
    const office = floorOf([sampleCreated])
    office.act(rescheduleWorkOrder, later)
    expect(office.act(rescheduleWorkOrder, { workOrder, was, quantity: 2 })).toMatchObject({
      refused: 'order-moved',
      about: { quantity: 3, due: '2026-12-04' }
    })
    expect(office.order).toMatchObject({ due: '2026-12-04', quantity: 3 })
  })

  it('refuses what changes nothing, and an order that nobody knows', () => {
    const office = floorOf([sampleCreated])
    expect(office.act(rescheduleWorkOrder, { workOrder, was, due: was.due })).toMatchObject({
      refused: 'order-unchanged'
    })
    expect(office.act(rescheduleWorkOrder, { ...later, workOrder: 'WO-9999' })).toMatchObject({
      refused: 'order-unknown'
    })
  })

  it('moves the day of an order that has begun, and not its quantity', () => {
    const office = floorOf()
    office.act(startOperation, op10)
    expect(office.act(rescheduleWorkOrder, later)).toBe('done')
    expect(office.act(rescheduleWorkOrder, { workOrder, was: { ...was, due: later.due }, quantity: 4 })).toMatchObject({
      refused: 'quantity-begun',
      about: { op: 10 }
    })
    expect(office.order).toMatchObject({ due: later.due, quantity: 3 })
  })

  it('moves nothing once the order is closed', () => {
    const office = floorOf()
    office.act(closeWorkOrder, { workOrder, outcome: 'cancelled', note: 'Withdrawn' })
    expect(office.act(rescheduleWorkOrder, later)).toMatchObject({ refused: 'order-over' })
    expect(office.act(splitWorkOrder, { ...later, quantity: 1 })).toMatchObject({ refused: 'order-over' })
  })
})

describe('splitting a work order', () => {
  it('keeps so many in it and makes a new order of the rest, of the same kind and for the same customer', () => {
    const office = floorOf()
    expect(office.act(splitWorkOrder, { ...later, quantity: 2 })).toBe('done')
    expect(office.order).toMatchObject({ quantity: 2, due: was.due, state: 'released' })
    const rest = there(office.known.get(workOrderView, 'WO-0013'))
    expect(rest).toMatchObject({ quantity: 1, due: later.due, state: 'created', customer: 'Alpine Rescue' })
    expect(rest).toMatchObject({ item: 'FL-100', revision: 'C', priority: 1 })
    expect(expected(there(office.order), 10)).toBe(2)
  })

  it('never takes away a piece that somebody has begun', () => {
    const office = floorOf()
    office.act(startOperation, op10)
    unitDone(office, 2)
    expect(office.known.get(jobView, jobKey(workOrder, 10))?.cycles).toBe(2)
    expect(office.act(splitWorkOrder, { ...later, quantity: 1 })).toMatchObject({
      refused: 'split-begun',
      about: { begun: 2 }
    })
    expect(office.act(splitWorkOrder, { ...later, quantity: 2 })).toBe('done')
    expect(office.order?.quantity).toBe(2)
  })

  it('leaves some for the other order', () => {
    expect(floorOf().act(splitWorkOrder, { ...later, quantity: 3 })).toMatchObject({ refused: 'split-nothing' })
  })

  it('is refused when the order was moved since', () => {
    const office = floorOf()
    office.act(rescheduleWorkOrder, later)
    expect(office.act(splitWorkOrder, { ...later, quantity: 1 })).toMatchObject({ refused: 'order-moved' })
  })

  it('flags what a tablet counted without hearing of the split', () => {
    const office = floorOf()
    office.act(splitWorkOrder, { ...later, quantity: 2 })
    const report = { ...op20, report: uuid(1), good: 3, scrap: 0, rework: 0 }
    expect(office.flag(quantityReported, report)).toBe('over-quantity')
    const fits = { ...report, good: 0, scrap: 2, scrapReason: 'BENT' }
    expect(office.flag(quantityReported, fits)).toBeUndefined()
  })
})
