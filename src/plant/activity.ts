import { type Activity, lines } from '#kernel/activity.ts'
import { plantEvents } from './events.ts'
import { plantViews } from './projection.ts'
import { plantActions, plantGuards } from './rules.ts'
import { reasons } from './words.ts'

export const plant: Activity = {
  name: 'plant',
  events: lines(...plantEvents),
  views: lines(...plantViews),
  guards: plantGuards,
  actions: lines(...plantActions),
  reasons
}
