import { type Activity, lines } from '#kernel/activity.ts'
import { materialsEvents } from './events.ts'
import { bomView, itemView, needView, stockView } from './projection.ts'
import { countStock, setBom, setItem } from './rules.ts'
import { materialsReasons } from './words.ts'

export const materials: Activity = {
  name: 'materials',
  events: lines(...materialsEvents),
  views: lines(itemView, bomView, stockView, needView),
  guards: [],
  actions: lines(setItem, setBom, countStock),
  reasons: materialsReasons
}
