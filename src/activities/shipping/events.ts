import * as z from 'zod/mini'
import { decision, fact } from '#kernel/event.ts'
import { code, name, note, ordinal } from '#kernel/shape.ts'

/** Eighteen digits, the last a check digit (GS1 General Specifications 3.2 and 7.9). */
export const sscc = z.string().check(z.regex(/^\d{18}$/))

export const handlingUnitOpened = decision(
  'shipping/handling-unit-opened.v1',
  z.object({ handlingUnit: sscc, workOrder: code, item: code, capacity: ordinal })
)
export const piecesPacked = fact(
  'shipping/pieces-packed.v1',
  z.object({ handlingUnit: sscc, workOrder: code, quantity: ordinal, serial: z.optional(code) })
)
/** Taken out of an open box again: packed by mistake, or found wanting. */
export const piecesTakenOut = fact(
  'shipping/pieces-taken-out.v1',
  z.object({ handlingUnit: sscc, workOrder: code, quantity: ordinal, serial: z.optional(code) })
)
export const handlingUnitClosed = fact('shipping/handling-unit-closed.v1', z.object({ handlingUnit: sscc }))
/** A closed box is opened again, with the reason: its label is no longer true. */
export const handlingUnitReopened = fact(
  'shipping/handling-unit-reopened.v1',
  z.object({ handlingUnit: sscc, reason: note })
)
export const shipmentSent = decision(
  'shipping/shipment-sent.v1',
  z.object({ shipment: code, customer: name, handlingUnits: z.array(sscc), note: z.optional(note) })
)

export const shippingEvents = [
  handlingUnitOpened,
  piecesPacked,
  piecesTakenOut,
  handlingUnitClosed,
  handlingUnitReopened,
  shipmentSent
]
