/** The schedule that was published, station by station, so that a queue can follow it. */
import { schedulePublished } from '#activities/schedule/events.ts'
import { viewKind, when } from '#kernel/view.ts'
import { dispatchView, PLAN } from './views.ts'

export const dispatchKind = viewKind(dispatchView, 'floor', [
  when(
    schedulePublished,
    ({ operations }) => [PLAN, ...new Set(operations.map(({ station }) => station))],
    (_, { version, operations }, { at }, key) => ({
      version,
      at,
      jobs: Object.fromEntries(
        operations.flatMap(({ workOrder, op, station, start }) =>
          station === key ? [[`${workOrder}/${op}`, start] as const] : []
        )
      )
    })
  )
])
