import { type Activity, lines } from '#kernel/activity.ts'
import { documentsEvents } from './events.ts'

export const documents: Activity = {
  name: 'documents',
  events: lines(...documentsEvents),
  views: lines(),
  guards: [],
  actions: lines(),
  reasons: {}
}
