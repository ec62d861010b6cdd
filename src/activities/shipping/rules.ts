/** What may be packed and shipped. The gate is the same for both: nothing on hold, every inspection closed, the counts right. */
import * as z from 'zod/mini'
import { floorAction, guard, type Known, officeAction, type Refusal, refuse } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { code, note, ordinal } from '#kernel/shape.ts'
import {
  handlingUnitClosed,
  handlingUnitOpened,
  handlingUnitReopened,
  piecesPacked,
  piecesTakenOut,
  shipmentSent,
  sscc
} from './events.ts'
import { boxCounterView, handlingUnitView, type PackedOrder, packedOrderView, shipmentView } from './projection.ts'
import { DEMONSTRATION_PREFIX, makeSscc } from './sscc.ts'

/** The number is given by the office alone, so that no two boxes share one. */
export const openHandlingUnit = officeAction(
  'shipping/open-handling-unit',
  ['planner', 'supervisor', 'operator'],
  z.object({ workOrder: code, capacity: ordinal, prefix: z.optional(z.string().check(z.regex(/^\d{7,10}$/))) }),
  (known, { workOrder, capacity, prefix }) => {
    const order = known.get(packedOrderView, workOrder)
    if (!order) return refuse('pack-order-unknown', { workOrder })
    if (order.state === 'created' || order.state === 'cancelled')
      return refuse('pack-order-not-released', { workOrder })
    const last = known.get(boxCounterView, 'boxes')?.last ?? 0
    const handlingUnit = makeSscc(prefix ?? DEMONSTRATION_PREFIX, last + 1)
    return [draft(handlingUnitOpened, { handlingUnit, workOrder, item: order.item, capacity })]
  }
)

export const packPieces = floorAction(
  'shipping/pack-pieces',
  z.object({ handlingUnit: sscc, quantity: ordinal, serial: z.optional(code) }),
  (known, { handlingUnit, quantity, serial }) => {
    const unit = known.get(handlingUnitView, handlingUnit)
    if (!unit) return refuse('box-unknown', { handlingUnit })
    const pieces = { handlingUnit, workOrder: unit.workOrder, quantity }
    return [draft(piecesPacked, serial === undefined ? pieces : { ...pieces, serial })]
  }
)

/** What was packed by mistake comes out again while the box is open. */
export const takeOutPieces = floorAction(
  'shipping/take-out-pieces',
  z.object({ handlingUnit: sscc, quantity: ordinal, serial: z.optional(code) }),
  (known, input) => {
    const unit = known.get(handlingUnitView, input.handlingUnit)
    if (!unit) return refuse('box-unknown', { handlingUnit: input.handlingUnit })
    return [draft(piecesTakenOut, { ...input, workOrder: unit.workOrder })]
  }
)

export const closeHandlingUnit = floorAction(
  'shipping/close-handling-unit',
  handlingUnitClosed.payload,
  (known, input) => {
    const unit = known.get(handlingUnitView, input.handlingUnit)
    if (!unit) return refuse('box-unknown', { handlingUnit: input.handlingUnit })
    if (unit.state !== 'open') return refuse('box-not-open', { handlingUnit: input.handlingUnit })
    if (unit.packed === 0) return refuse('box-empty')
    return [draft(handlingUnitClosed, input)]
  }
)

/** Before it has left, and with a reason: whoever finds an old label on it should know why. */
export const reopenHandlingUnit = floorAction(
  'shipping/reopen-handling-unit',
  z.object({ handlingUnit: sscc, reason: note }),
  (known, { handlingUnit, reason }) => {
    const unit = known.get(handlingUnitView, handlingUnit)
    if (!unit) return refuse('box-unknown', { handlingUnit })
    if (unit.state === 'open') return refuse('box-open-already', { handlingUnit })
    if (reason.trim() === '') return refuse('reopening-unexplained')
    return [draft(handlingUnitReopened, { handlingUnit, reason: reason.trim() })]
  }
)

export const sendShipment = officeAction(
  'shipping/send-shipment',
  ['planner', 'supervisor'],
  shipmentSent.payload,
  (known, input) => {
    if (input.handlingUnits.length === 0) return refuse('shipment-empty')
    if (known.get(shipmentView, input.shipment)) return refuse('shipment-taken', { shipment: input.shipment })
    for (const handlingUnit of input.handlingUnits) {
      const unit = known.get(handlingUnitView, handlingUnit)
      if (!unit) return refuse('box-unknown', { handlingUnit })
      if (unit.state === 'shipped') return refuse('box-shipped', { handlingUnit, shipment: unit.shipment ?? '' })
      if (unit.state === 'open') return refuse('box-still-open', { handlingUnit })
      const shut = gate(known, unit.workOrder)
      if (shut) return shut
    }
    return [draft(shipmentSent, input)]
  }
)

const gate = (known: Known, workOrder: string): Refusal | undefined => {
  const order = known.get(packedOrderView, workOrder)
  return order && notReady(order)
}

/** Why nothing of an order may be packed or shipped now. */
export const notReady = (order: PackedOrder): Refusal | undefined => {
  const { workOrder } = order
  if (order.holds.length > 0) return refuse('pack-on-hold', { workOrder })
  const [op] = order.openInspections
  return op === undefined ? undefined : refuse('inspection-not-closed', { workOrder, op })
}

export const shippingGuards = [
  guard(piecesPacked, (known, { handlingUnit, workOrder, quantity, serial }) => {
    const unit = known.get(handlingUnitView, handlingUnit)
    if (!unit) return undefined
    if (unit.state !== 'open') return refuse('box-not-open', { handlingUnit })
    if (unit.workOrder !== workOrder) return refuse('box-of-another-order', { handlingUnit, workOrder: unit.workOrder })
    if (unit.packed + quantity > unit.capacity)
      return refuse('box-full', { packed: unit.packed, capacity: unit.capacity })
    if (serial !== undefined && unit.serials.includes(serial)) return refuse('serial-packed', { serial })
    const order = known.get(packedOrderView, workOrder)
    if (order && order.packed + quantity > order.quantity)
      return refuse('more-than-ordered', { workOrder, packed: order.packed, quantity: order.quantity })
    return gate(known, workOrder)
  }),
  guard(handlingUnitReopened, (known, { handlingUnit }) => {
    const unit = known.get(handlingUnitView, handlingUnit)
    return unit?.state === 'shipped'
      ? refuse('box-shipped', { handlingUnit, shipment: unit.shipment ?? '' })
      : undefined
  }),
  guard(piecesTakenOut, (known, { handlingUnit, quantity, serial }) => {
    const unit = known.get(handlingUnitView, handlingUnit)
    if (!unit) return undefined
    if (unit.state !== 'open') return refuse('box-not-open', { handlingUnit })
    if (serial !== undefined && !unit.serials.includes(serial)) return refuse('serial-not-packed', { serial })
    const bare = unit.packed - (serial === undefined ? unit.serials.length : 0)
    return quantity > bare ? refuse('not-so-many-packed', { bare, serials: unit.serials.length }) : undefined
  })
]
