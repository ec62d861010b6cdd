/** What the floor follows: publishing a schedule, and pinning an operation where a planner wants it. */
import * as z from 'zod/mini'
import { officeAction, refuse } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { note } from '#kernel/shape.ts'
import { PUBLISHED, pinnedView, publishedView } from './dispatch-view.ts'
import { operationPinned, operationUnpinned, schedulePublished, stationedOperations } from './events.ts'
import { openOrderView } from './order-view.ts'
import { stationView } from './projection.ts'

/** `basedOn`: the version that was published when this one was begun; 0 for the first. The office gives it the next number. */
export const publishSchedule = officeAction(
  'schedule/publish-schedule',
  ['planner', 'supervisor'],
  z.object({ basedOn: z.int().check(z.gte(0)), operations: stationedOperations, note: z.optional(note) }),
  (known, { basedOn, operations, note: said }) => {
    const version = known.get(publishedView, PUBLISHED)?.version ?? 0
    if (basedOn !== version) return refuse('schedule-newer', { version })
    for (const { workOrder, station } of operations) {
      if (known.get(openOrderView, workOrder)?.state !== 'open') return refuse('order-not-open', { workOrder })
      if (!known.get(stationView, station)) return refuse('schedule-station-unknown', { station })
    }
    return [draft(schedulePublished, { version: version + 1, operations, ...(said ? { note: said } : {}) })]
  }
)

export const pinOperation = officeAction(
  'schedule/pin-operation',
  ['planner', 'supervisor'],
  operationPinned.payload,
  (known, input) => {
    const order = known.get(openOrderView, input.workOrder)
    if (order?.state !== 'open') return refuse('order-not-open', { workOrder: input.workOrder })
    if (order.progress[input.op]?.state === 'started') return refuse('operation-begun', { op: input.op })
    if (order.progress[input.op]?.state === 'done') return refuse('operation-over', { op: input.op })
    const allowed = order.operations?.find(({ op }) => op === input.op)?.stations
    if (allowed && !allowed.includes(input.station))
      return refuse('operation-elsewhere', { op: input.op, station: input.station, stations: allowed.join(', ') })
    return [draft(operationPinned, input)]
  }
)

export const unpinOperation = officeAction(
  'schedule/unpin-operation',
  ['planner', 'supervisor'],
  operationUnpinned.payload,
  (known, input) =>
    known.get(pinnedView, `${input.workOrder}/${input.op}`)
      ? [draft(operationUnpinned, input)]
      : refuse('operation-not-pinned', { op: input.op })
)
