import { type Activity, lines } from '#kernel/activity.ts'
import { qualityEvents } from './events.ts'
import { qualityViews } from './projection.ts'

export const quality: Activity = {
  name: 'quality',
  events: lines(...qualityEvents),
  views: lines(...qualityViews),
  guards: [],
  actions: lines(),
  reasons: {}
}
