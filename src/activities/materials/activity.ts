import { type Activity, lines } from '#kernel/activity.ts'
import { materialsEvents } from './events.ts'

export const materials: Activity = {
  name: 'materials',
  events: lines(...materialsEvents),
  views: lines(),
  guards: [],
  actions: lines(),
  reasons: {}
}
