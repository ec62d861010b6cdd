import { type Activity, lines } from '#kernel/activity.ts'
import { scheduleEvents } from './events.ts'

export const schedule: Activity = {
  name: 'schedule',
  events: lines(...scheduleEvents),
  views: lines(),
  guards: [],
  actions: lines(),
  reasons: {}
}
