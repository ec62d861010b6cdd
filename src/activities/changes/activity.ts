import { type Activity, lines } from '#kernel/activity.ts'
import { changesEvents } from './events.ts'

export const changes: Activity = {
  name: 'changes',
  events: lines(...changesEvents),
  views: lines(),
  guards: [],
  actions: lines(),
  reasons: {}
}
