import { type Activity, lines } from '#kernel/activity.ts'
import { scheduleEvents } from './events.ts'
import { pinOperation, publishSchedule, unpinOperation } from './dispatch-rules.ts'
import { pinnedView, publishedView } from './dispatch-view.ts'
import { openOrderView } from './order-view.ts'
import {
  buildView,
  demandView,
  forecastView,
  inspectingView,
  onHandView,
  placeView,
  plannedItemView,
  routingView,
  setupView,
  stationView,
  toolView,
  workCalendarView
} from './projection.ts'
import { receiptView } from './receipt-view.ts'
import { makeWorkOrder, planBuild, setDemand, setForecast } from './rules.ts'
import { setSetups } from './set-up-rules.ts'
import {
  approveFrozenEdit,
  askFrozenEdit,
  declineFrozenEdit,
  lockMpsVersion,
  publishScenario,
  signMpsVersion
} from './version-rules.ts'
import { frozenEditView, mpsVersionView, publishedScenarioView } from './version-view.ts'
import { scheduleReasons } from './words.ts'

export const schedule: Activity = {
  name: 'schedule',
  events: lines(...scheduleEvents),
  views: lines(
    demandView,
    forecastView,
    buildView,
    plannedItemView,
    onHandView,
    openOrderView,
    placeView,
    workCalendarView,
    stationView,
    setupView,
    toolView,
    routingView,
    inspectingView,
    receiptView,
    frozenEditView,
    mpsVersionView,
    publishedScenarioView,
    publishedView,
    pinnedView
  ),
  guards: [],
  actions: lines(
    setDemand,
    setForecast,
    planBuild,
    makeWorkOrder,
    askFrozenEdit,
    approveFrozenEdit,
    declineFrozenEdit,
    lockMpsVersion,
    signMpsVersion,
    publishScenario,
    publishSchedule,
    pinOperation,
    unpinOperation,
    setSetups
  ),
  reasons: scheduleReasons
}
