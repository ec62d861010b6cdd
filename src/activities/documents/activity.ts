import { type Activity, lines } from '#kernel/activity.ts'
import { documentsEvents } from './events.ts'
import { documentView } from './projection.ts'
import { releaseRevision, uploadRevision, withdrawRevision } from './rules.ts'
import { documentsReasons } from './words.ts'

export const documents: Activity = {
  name: 'documents',
  events: lines(...documentsEvents),
  views: lines(documentView),
  guards: [],
  actions: lines(uploadRevision, releaseRevision, withdrawRevision),
  reasons: documentsReasons
}
