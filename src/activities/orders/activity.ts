import { type Activity, lines } from '#kernel/activity.ts'
import { ordersEvents } from './events.ts'
import { jobView, lotView, methodView, routingView, unitView, workOrderView } from './projection.ts'

export const orders: Activity = {
  name: 'orders',
  events: lines(...ordersEvents),
  views: lines(workOrderView, jobView, unitView, methodView, lotView, routingView),
  guards: [],
  actions: lines(),
  reasons: {}
}
