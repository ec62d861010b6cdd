/**
 * The rooms, in the order a tablet needs them: first what is known (views, to draw the first screen), then what may be done
 * (rules, guards, words), which nobody can ask for before something is drawn. A desk knows every room from the start;
 * a station's tablet is sent no views of the rooms that only a desk sees.
 */
import { signal } from '@preact/signals'
import { orderItemView } from '#activities/orders/item.ts'
import { jobView, lotView, methodView, routingView, unitView, workOrderView } from '#activities/orders/projection.ts'
import { qualityViews } from '#activities/quality/projection.ts'
import { boxCounterView, handlingUnitView, packedOrderView, shipmentView } from '#activities/shipping/projection.ts'
import { toolView } from '#activities/tooling/projection.ts'
import { type Activity, lines } from '#kernel/activity.ts'
import { type Action, decideAction, type Guard } from '#kernel/decision.ts'
import type { ViewKind } from '#kernel/view.ts'
import { plantViews } from '#plant/projection.ts'

/** Every view kind that a station's tablet may be sent; `rooms.test.ts` holds it against the catalog. */
export const floorViews: readonly ViewKind[] = lines(
  ...plantViews, workOrderView, jobView, unitView, methodView, lotView, routingView, orderItemView,
  ...qualityViews, handlingUnitView, shipmentView, packedOrderView, boxCounterView, toolView
)

/** Views alone, as a room that can do nothing: the guards come with the actions, below. */
export const viewsOnly = (views: readonly ViewKind[]): Activity => ({
  name: 'known', events: [], views, guards: [], actions: [], reasons: {}
})

export const loadRooms = (): Promise<readonly Activity[]> => import('#activities/catalog.ts').then(({ catalog }) => catalog)

/** The rooms whole; undefined in the first moments. Reading it in a component draws it again when they are there. */
export const rooms = signal<readonly Activity[] | undefined>(undefined)

let loading: Promise<readonly Activity[]> | undefined

export const wholeRooms = (): Promise<readonly Activity[]> => {
  loading ??= loadRooms().then(
    loaded => {
      rooms.value = loaded
      return loaded
    },
    (problem: unknown) => {
      loading = undefined
      throw problem
    }
  )
  return loading
}

/** An action that asks every room's guards itself, so that who runs it needs none. */
export const guarded = <I>(action: Action<I>, guards: readonly Guard[]): Action<I> => ({
  ...action,
  // Roles are asked of the outer action already.
  decide: (known, input, given) => decideAction({ ...action, roles: [] }, guards, known, input, given)
})
