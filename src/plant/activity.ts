import { type Activity, lines } from '#kernel/activity.ts'
import { plantEvents } from './events.ts'

export const plant: Activity = {
  name: 'plant',
  events: lines(...plantEvents),
  views: lines(),
  guards: [],
  actions: lines(),
  reasons: {}
}
