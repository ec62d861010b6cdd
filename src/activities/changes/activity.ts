import { type Activity, lines } from '#kernel/activity.ts'
import { changesEvents } from './events.ts'
import {
  bomMasterView,
  controlPlanMasterView,
  documentMasterView,
  flagView,
  itemMasterView,
  itemMethodsView,
  methodView,
  releaseView,
  routingMasterView,
  toolMasterView
} from './projection.ts'
import { decideLateWork, releaseWorkOrder } from './rules.ts'
import { changesReasons } from './words.ts'

export const changes: Activity = {
  name: 'changes',
  events: lines(...changesEvents),
  views: lines(
    itemMasterView,
    bomMasterView,
    routingMasterView,
    controlPlanMasterView,
    toolMasterView,
    documentMasterView,
    releaseView,
    methodView,
    itemMethodsView,
    flagView
  ),
  guards: [],
  actions: lines(releaseWorkOrder, decideLateWork),
  reasons: changesReasons
}
