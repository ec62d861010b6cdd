/** The only list of the rooms. Device and server read it and never name a room themselves. */
import type { Activity } from '#kernel/activity.ts'
import { plant } from '#plant/activity.ts'
import { changes } from './changes/activity.ts'
import { exportBroughtIn, lateWorkFlagged } from './changes/events.ts'
import { seenView } from './changes/seen-view.ts'
import { documents } from './documents/activity.ts'
import { materials } from './materials/activity.ts'
import { orders } from './orders/activity.ts'
import { quality } from './quality/activity.ts'
import { schedule } from './schedule/activity.ts'
import { shipping } from './shipping/activity.ts'
import { tooling } from './tooling/activity.ts'

export const catalog: readonly Activity[] = [
  plant,
  schedule,
  materials,
  orders,
  quality,
  documents,
  tooling,
  shipping,
  changes
]

/** How the office records that a fact broke a rule; the decision tray in `changes` shows and closes it. */
export const flagEvent = lateWorkFlagged

/** What was said about a record that was set aside, by its hash. */
export const setAsideSeenView = seenView

/** How the office records who brought in what a tablet could not send. */
export const broughtInEvent = exportBroughtIn
