import { type Activity, lines } from '#kernel/activity.ts'
import { changesEvents } from './events.ts'
import {
  bomMasterView,
  controlPlanMasterView,
  documentMasterView,
  flagView,
  givenUpView,
  itemMasterView,
  itemMethodsView,
  methodView,
  releaseView,
  routingMasterView,
  toolMasterView
} from './projection.ts'
import {
  approveChangeOrder,
  declineRequest,
  openChangeOrder,
  releaseChangeOrder,
  requestChange,
  withdrawChangeOrder
} from './change-order-rules.ts'
import { changeOrderView, requestView } from './change-order-view.ts'
import { seenView } from './seen-view.ts'
import { giveUpRecords } from './lost-records.ts'
import { closeSetAside, decideLateWork, releaseWorkOrder } from './rules.ts'
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
    flagView,
    requestView,
    changeOrderView,
    seenView,
    givenUpView
  ),
  guards: [],
  actions: lines(
    releaseWorkOrder,
    decideLateWork,
    closeSetAside,
    giveUpRecords,
    requestChange,
    declineRequest,
    openChangeOrder,
    approveChangeOrder,
    withdrawChangeOrder,
    releaseChangeOrder
  ),
  reasons: changesReasons
}
