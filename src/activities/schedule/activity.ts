import { type Activity, lines } from '#kernel/activity.ts'
import { scheduleEvents } from './events.ts'
import { buildView, demandView, onHandView, openOrderView, plannedItemView } from './projection.ts'
import { makeWorkOrder, planBuild, setDemand } from './rules.ts'
import { scheduleReasons } from './words.ts'

export const schedule: Activity = {
  name: 'schedule',
  events: lines(...scheduleEvents),
  views: lines(demandView, buildView, plannedItemView, onHandView, openOrderView),
  guards: [],
  actions: lines(setDemand, planBuild, makeWorkOrder),
  reasons: scheduleReasons
}
