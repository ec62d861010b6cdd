import { describe, expect, it } from 'vitest'
import { draft, type Draft } from '#kernel/event.ts'
import { ask, drafts, knownAfter } from '#test/room.ts'
import { workOrderCreated, workOrderReleased } from '#activities/orders/events.ts'
import { holdPlaced, holdReleased, inspectionClosed } from '#activities/quality/events.ts'
import { shipping } from './activity.ts'
import { handlingUnitClosed, handlingUnitOpened } from './events.ts'
import { handlingUnitView, packedOrderView, shipmentView } from './projection.ts'
import {
  closeHandlingUnit,
  openHandlingUnit,
  packPieces,
  reopenHandlingUnit,
  sendShipment,
  takeOutPieces
} from './rules.ts'
import { checkDigit, makeSscc } from './sscc.ts'

const workOrder = 'WO-0012'
const created = draft(workOrderCreated, {
  workOrder,
  item: 'SENSOR',
  revision: 'A',
  itemName: 'Sensor',
  quantity: 15,
  due: '2026-11-27',
  priority: 1
})
const head = { stations: ['ST-01'], runMinutes: 1, steps: [] }
const released = draft(workOrderReleased, {
  workOrder,
  method: 'a'.repeat(64),
  operations: [
    { ...head, op: 10, name: 'Build', checks: 0 },
    { ...head, op: 20, name: 'Check', checks: 3 }
  ]
})
const inspected = draft(inspectionClosed, { workOrder, op: 20, accepted: 15, rejected: 0 })
const hold = '01900000-0000-7000-8000-000000000001'
const held = draft(holdPlaced, { hold, workOrder, reason: 'solder' })
const letGo = draft(holdReleased, { hold, workOrder, note: 'Reworked' })
const handlingUnit = makeSscc('9521234', 1)
const opened = draft(handlingUnitOpened, { handlingUnit, workOrder, item: 'SENSOR', capacity: 12 })
const ready = [created, released, inspected, opened]
const having = (...events: readonly Draft[]) => knownAfter(shipping, events)
const pack = (events: readonly Draft[], quantity: number, serial?: string) =>
  ask(shipping, packPieces, having(...events), { handlingUnit, quantity, ...(serial ? { serial } : {}) })

describe('an SSCC', () => {
  it('ends with the check digit of GS1', () => {
    // The worked example of the GS1 General Specifications, figure 7.9.1-1, and one from a printed label.
    expect(checkDigit('37610425002123456')).toBe(9)
    expect(checkDigit('10614141192837465')).toBe(7)
    expect(makeSscc('9521234', 1)).toMatch(/^09521234000000001\d$/)
    expect(makeSscc('9521234', 1)).toHaveLength(18)
  })

  it('is not made when the serial has no room behind the prefix', () => {
    expect(() => makeSscc('9521234567', 1_000_000)).toThrow(RangeError)
  })

  it('counts on from box to box', () => {
    const first = drafts(ask(shipping, openHandlingUnit, having(created, released), { workOrder, capacity: 12 }))
    const second = drafts(
      ask(shipping, openHandlingUnit, having(created, released, ...first), { workOrder, capacity: 12 })
    )
    expect(first[0]?.payload).toMatchObject({ handlingUnit })
    expect(second[0]?.payload).toMatchObject({ handlingUnit: makeSscc('9521234', 2) })
  })
})

describe('packing', () => {
  it('fills a box to its capacity and no further', () => {
    const known = having(...ready, ...drafts(pack(ready, 11)))
    expect(known.get(handlingUnitView, handlingUnit)).toMatchObject({ packed: 11, state: 'open' })
    const twelve = drafts(ask(shipping, packPieces, known, { handlingUnit, quantity: 1 }))
    expect(twelve).toHaveLength(1)
    expect(ask(shipping, packPieces, known, { handlingUnit, quantity: 2 })).toMatchObject({ refused: 'box-full' })
  })

  it('lets a piece out again, by its serial if it came with one, and only while the box is open', () => {
    const known = having(...ready, ...drafts(pack(ready, 3)), ...drafts(pack(ready, 1, 'S-1')))
    const takeOut = (quantity: number, serial?: string) =>
      ask(shipping, takeOutPieces, known, { handlingUnit, quantity, ...(serial ? { serial } : {}) })
    const out = drafts(takeOut(1, 'S-1'))
    const after = having(...ready, ...drafts(pack(ready, 3)), ...drafts(pack(ready, 1, 'S-1')), ...out)
    expect(after.get(handlingUnitView, handlingUnit)).toMatchObject({ packed: 3, serials: [] })
    expect(after.get(packedOrderView, workOrder)).toMatchObject({ packed: 3 })
    expect(drafts(takeOut(3))).toHaveLength(1)
    expect(takeOut(4)).toEqual({ refused: 'not-so-many-packed', about: { bare: 3, serials: 1 } })
    expect(takeOut(1, 'S-2')).toMatchObject({ refused: 'serial-not-packed' })
    const closed = having(...ready, ...drafts(pack(ready, 3)), draft(handlingUnitClosed, { handlingUnit }))
    expect(ask(shipping, takeOutPieces, closed, { handlingUnit, quantity: 1 })).toMatchObject({
      refused: 'box-not-open'
    })
  })

  it('waits for the inspection and stops at a hold', () => {
    expect(pack([created, released, opened], 1)).toEqual({
      refused: 'inspection-not-closed',
      about: { workOrder, op: 20 }
    })
    expect(pack([...ready, held], 1)).toEqual({ refused: 'pack-on-hold', about: { workOrder } })
    expect(drafts(pack([...ready, held, letGo], 1))).toHaveLength(1)
  })

  it('takes a serial once and never more than the order is for', () => {
    const one = [...ready, ...drafts(pack(ready, 1, 'SN-1'))]
    expect(pack(one, 1, 'SN-1')).toMatchObject({ refused: 'serial-packed' })
    const small = draft(workOrderCreated, { ...(created.payload as object), quantity: 2 } as never)
    expect(pack([small, released, inspected, opened], 3)).toMatchObject({ refused: 'more-than-ordered' })
    expect(having(...one).get(packedOrderView, workOrder)?.packed).toBe(1)
  })

  it('goes into a box that is open', () => {
    expect(pack([...ready, draft(handlingUnitClosed, { handlingUnit })], 1)).toMatchObject({ refused: 'box-not-open' })
    expect(ask(shipping, closeHandlingUnit, having(...ready), { handlingUnit })).toEqual({ refused: 'box-empty' })
  })
})

describe('shipping', () => {
  const packed = [...ready, ...drafts(pack(ready, 12))]
  const closed = [...packed, draft(handlingUnitClosed, { handlingUnit })]
  const input = { shipment: 'SH-0001', customer: 'Meadow AG', handlingUnits: [handlingUnit] }

  it('takes closed boxes, once', () => {
    expect(ask(shipping, sendShipment, having(...packed), input)).toMatchObject({ refused: 'box-still-open' })
    const sent = [...closed, ...drafts(ask(shipping, sendShipment, having(...closed), input))]
    expect(having(...sent).get(handlingUnitView, handlingUnit)).toMatchObject({ state: 'shipped', shipment: 'SH-0001' })
    expect(having(...sent).get(shipmentView, 'SH-0001')?.customer).toBe('Meadow AG')
    expect(ask(shipping, sendShipment, having(...sent), input)).toMatchObject({ refused: 'shipment-taken' })
    expect(ask(shipping, sendShipment, having(...sent), { ...input, shipment: 'SH-0002' })).toMatchObject({
      refused: 'box-shipped'
    })
  })

  it('leaves without a box that was opened again; opening takes a reason, and none after it has left', () => {
    const open = (known: readonly Draft[], reason = 'One piece too many') =>
      ask(shipping, reopenHandlingUnit, having(...known), { handlingUnit, reason })
    expect(open(packed)).toMatchObject({ refused: 'box-open-already' })
    expect(open(closed, ' ')).toEqual({ refused: 'reopening-unexplained' })
    const again = [...closed, ...drafts(open(closed))]
    expect(having(...again).get(handlingUnitView, handlingUnit)).toMatchObject({ state: 'open', packed: 12 })
    expect(ask(shipping, sendShipment, having(...again), input)).toMatchObject({ refused: 'box-still-open' })
    const sent = [...closed, ...drafts(ask(shipping, sendShipment, having(...closed), input))]
    expect(open(sent)).toMatchObject({ refused: 'box-shipped' })
    const late = [...sent, ...drafts(open(closed))]
    expect(having(...late).get(handlingUnitView, handlingUnit)?.state).toBe('shipped')
  })

  it('stays shut while the order is on hold', () => {
    expect(ask(shipping, sendShipment, having(...closed, held), input)).toMatchObject({ refused: 'pack-on-hold' })
    expect(ask(shipping, sendShipment, having(...closed), { ...input, handlingUnits: [] })).toEqual({
      refused: 'shipment-empty'
    })
  })
})
