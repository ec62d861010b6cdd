import { type Activity, lines } from '#kernel/activity.ts'
import { shippingEvents } from './events.ts'

export const shipping: Activity = {
  name: 'shipping',
  events: lines(...shippingEvents),
  views: lines(),
  guards: [],
  actions: lines(),
  reasons: {}
}
