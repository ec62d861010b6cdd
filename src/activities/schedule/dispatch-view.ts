/** What each station does next, as the published schedule has it, and the operations that a planner has pinned. */
import type * as z from 'zod/mini'
import { viewKind, when } from '#kernel/view.ts'
import { operationCompleted, workOrderClosed } from '#activities/orders/events.ts'
import { operationPinned, operationUnpinned, schedulePublished } from './events.ts'

type Planned = z.infer<typeof schedulePublished.payload>['operations'][number]

export type Published = {
  readonly version: number
  readonly person: string
  /** When it was published, ISO 8601 UTC. */
  readonly at: string
  /** Why it was published. */
  readonly note?: string
  /** In the order of their start; what is done, and what belongs to a closed order, is gone. */
  readonly operations: readonly Planned[]
}

/** There is one, under this key. */
export const PUBLISHED = 'now'
const one = (): string => PUBLISHED

const without = (was: Published | undefined, gone: (one: Planned) => boolean): Published | undefined =>
  was?.operations.some(gone) ? { ...was, operations: was.operations.filter(operation => !gone(operation)) } : was

/** For desks; stations follow what the orders room makes of the same event. */
export const publishedView = viewKind<Published>('schedule/published', 'desk', [
  when(schedulePublished, one, (_, { version, operations, note }, { person, at }) => ({
    version,
    ...(note === undefined ? {} : { note }),
    person,
    at,
    operations: [...operations].sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))
  })),
  when(operationCompleted, one, (was, done) =>
    without(was, ({ workOrder, op }) => workOrder === done.workOrder && op === done.op)
  ),
  when(workOrderClosed, one, (was, closed) => without(was, ({ workOrder }) => workOrder === closed.workOrder))
])

/** What a station does next, the first first. */
export const dispatchList = (published: Published | undefined, station: string): readonly Planned[] =>
  (published?.operations ?? []).filter(operation => operation.station === station)

export type Pinned = z.infer<typeof operationPinned.payload> & { readonly person: string; readonly at: string }

export const pinnedView = viewKind<Pinned>('schedule/pinned', 'desk', [
  when(
    operationPinned,
    ({ workOrder, op }) => `${workOrder}/${op}`,
    (_, payload, { person, at }) => ({ ...payload, person, at })
  ),
  when(
    operationUnpinned,
    ({ workOrder, op }) => `${workOrder}/${op}`,
    (): Pinned | undefined => undefined
  ),
  when(
    operationCompleted,
    ({ workOrder, op }) => `${workOrder}/${op}`,
    (): Pinned | undefined => undefined
  )
])
