/**
 * All that a browser needs to record and to send, with the rooms' folds: one file, loaded after the first screen stands, or before
 * it when something waits to be folded.
 */
import { requestView } from '#activities/changes/change-order-view.ts'
import { seenView } from '#activities/changes/seen-view.ts'
import { dispatchKind } from '#activities/orders/dispatch-view.ts'
import { orderItemView } from '#activities/orders/item.ts'
import { jobView, lotView, methodView, unitView, workOrderView } from '#activities/orders/projection.ts'
import { routingView } from '#activities/orders/routing-view.ts'
import { qualityViews } from '#activities/quality/projection.ts'
import { boxCounterView, handlingUnitView, packedOrderView, shipmentView } from '#activities/shipping/projection.ts'
import { jobToolsView, toolView } from '#activities/tooling/projection.ts'
import type { PagePorts } from '#device/browser.ts'
import { browserPorts } from '#device/browser-works.ts'
import type { Base, Works } from '#device/face.ts'
import { makeWorks } from '#device/works.ts'
import { type Activity, lines } from '#kernel/activity.ts'
import type { ViewKind } from '#kernel/view.ts'
import { plantViews } from '#plant/projection.ts'
import { OfficeProblem } from '#ui/floor.tsx'

/** Every view kind that a station's tablet may be sent; `rooms.test.ts` holds it against the catalog. */
export const floorViews: readonly ViewKind[] = lines(
  ...plantViews,
  workOrderView,
  jobView,
  unitView,
  methodView,
  lotView,
  routingView,
  orderItemView,
  dispatchKind,
  ...qualityViews,
  handlingUnitView,
  shipmentView,
  packedOrderView,
  boxCounterView,
  toolView,
  jobToolsView,
  jobToolsView,
  requestView,
  seenView
)

/** Views alone, as a room that can do nothing: the guards come with the actions (`rooms.ts`). */
const viewsOnly = (views: readonly ViewKind[]): Activity => ({
  name: 'known',
  events: [],
  views,
  guards: [],
  actions: [],
  reasons: {}
})

/** `rooms`: the whole catalog for a desk, which knows every view; a station is sent those above. */
export const worksHere = (page: PagePorts, rooms: readonly Activity[] | undefined, base: Base): Works =>
  makeWorks(
    {
      ...browserPorts(page),
      activities: [viewsOnly(rooms ? rooms.flatMap(room => room.views) : floorViews)],
      problem: (code, message, hint) => new OfficeProblem(code, message, hint)
    },
    base
  )
