import { type Activity, lines } from '#kernel/activity.ts'
import { toolingEvents } from './events.ts'

export const tooling: Activity = {
  name: 'tooling',
  events: lines(...toolingEvents),
  views: lines(),
  guards: [],
  actions: lines(),
  reasons: {}
}
