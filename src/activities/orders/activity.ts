import { type Activity, lines } from '#kernel/activity.ts'
import { dispatchKind } from './dispatch-view.ts'
import { ordersEvents } from './events.ts'
import { ordersGuards } from './guards.ts'
import { orderItemView } from './item.ts'
import { closeWorkOrder, createWorkOrder, setRouting } from './office-rules.ts'
import { rescheduleWorkOrder, splitWorkOrder } from './reschedule-rules.ts'
import { jobView, lotView, methodView, routingView, unitView, workOrderView } from './projection.ts'
import {
  completeOperation,
  pauseOperation,
  reportQuantity,
  resumeOperation,
  startOperation,
  withdrawReport
} from './rules.ts'
import { completeStep, consumePart, measureValue, reopenStep, returnPart, takePhoto } from './step-rules.ts'
import { ordersReasons } from './words.ts'

export const orders: Activity = {
  name: 'orders',
  events: lines(...ordersEvents),
  views: lines(workOrderView, jobView, unitView, methodView, lotView, routingView, orderItemView, dispatchKind),
  guards: ordersGuards,
  actions: lines(
    startOperation,
    pauseOperation,
    resumeOperation,
    reportQuantity,
    withdrawReport,
    completeOperation,
    completeStep,
    reopenStep,
    measureValue,
    consumePart,
    returnPart,
    takePhoto,
    createWorkOrder,
    closeWorkOrder,
    rescheduleWorkOrder,
    splitWorkOrder,
    setRouting
  ),
  reasons: ordersReasons
}
