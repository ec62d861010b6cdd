import { type Activity, lines } from '#kernel/activity.ts'
import { materialsEvents } from './events.ts'
import { materialsViews, messageNoteView } from './projection.ts'
import {
  changePurchaseLine,
  orderPlanned,
  purchaseGuards,
  receivePurchase,
  setPurchaseOrder
} from './purchase-rules.ts'
import { firmPlanned, noteMessage } from './plan-rules.ts'
import { countStock, setBom, setItem } from './rules.ts'
import { materialsReasons } from './words.ts'

export const materials: Activity = {
  name: 'materials',
  events: lines(...materialsEvents),
  views: lines(...materialsViews, messageNoteView),
  guards: purchaseGuards,
  actions: lines(
    setItem,
    setBom,
    countStock,
    setPurchaseOrder,
    orderPlanned,
    changePurchaseLine,
    receivePurchase,
    firmPlanned,
    noteMessage
  ),
  reasons: materialsReasons
}
