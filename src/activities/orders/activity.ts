import { type Activity, lines } from '#kernel/activity.ts'
import { dispatchKind } from './dispatch-view.ts'
import { ordersEvents } from './events.ts'
import { ordersGuards } from './guards.ts'
import { orderItemView } from './item.ts'
import { closeWorkOrder, createWorkOrder } from './office-rules.ts'
import { rescheduleWorkOrder, splitWorkOrder } from './reschedule-rules.ts'
import { jobView, lotView, methodView, unitView, workOrderView } from './projection.ts'
import { setRouting } from './routing-rules.ts'
import { bomLinesView, routingStationView, routingView } from './routing-view.ts'
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
  views: lines(
    workOrderView,
    jobView,
    unitView,
    methodView,
    lotView,
    routingView,
    bomLinesView,
    routingStationView,
    orderItemView,
    dispatchKind
  ),
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
