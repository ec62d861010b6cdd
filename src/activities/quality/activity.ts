import { type Activity, lines } from '#kernel/activity.ts'
import { qualityEvents } from './events.ts'

export const quality: Activity = {
  name: 'quality',
  events: lines(...qualityEvents),
  views: lines(),
  guards: [],
  actions: lines(),
  reasons: {}
}
