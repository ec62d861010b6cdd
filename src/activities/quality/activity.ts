import { type Activity, lines } from '#kernel/activity.ts'
import { qualityEvents } from './events.ts'
import { qualityViews } from './projection.ts'
import { qualityActions, qualityGuards, qualityReactions } from './rules.ts'
import { reasons } from './words.ts'

export const quality: Activity = {
  name: 'quality',
  events: lines(...qualityEvents),
  views: lines(...qualityViews),
  guards: qualityGuards,
  actions: lines(...qualityActions),
  reactions: qualityReactions,
  reasons
}
