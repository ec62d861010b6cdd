import { type Activity, lines } from '#kernel/activity.ts'
import { ordersEvents } from './events.ts'

export const orders: Activity = {
  name: 'orders',
  events: lines(...ordersEvents),
  views: lines(),
  guards: [],
  actions: lines(),
  reasons: {}
}
