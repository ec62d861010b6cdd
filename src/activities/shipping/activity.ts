import { type Activity, lines } from '#kernel/activity.ts'
import { shippingEvents } from './events.ts'
import { boxCounterView, handlingUnitView, packedOrderView, shipmentView } from './projection.ts'
import {
  closeHandlingUnit,
  reopenHandlingUnit,
  openHandlingUnit,
  packPieces,
  sendShipment,
  shippingGuards,
  takeOutPieces
} from './rules.ts'
import { shippingReasons } from './words.ts'

export const shipping: Activity = {
  name: 'shipping',
  events: lines(...shippingEvents),
  views: lines(handlingUnitView, shipmentView, packedOrderView, boxCounterView),
  guards: shippingGuards,
  actions: lines(openHandlingUnit, packPieces, takeOutPieces, closeHandlingUnit, reopenHandlingUnit, sendShipment),
  reasons: shippingReasons
}
