/** What the office decides about work orders. Releasing one is in the changes room, with its method. */
import * as z from 'zod/mini'
import { officeAction, refuse } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { numberAfter } from '#kernel/number.ts'
import { code, day, name, note, ordinal } from '#kernel/shape.ts'
import { workOrderClosed, workOrderCreated } from './events.ts'
import { present } from './fold.ts'
import { jobKey, jobView, workOrderView } from './projection.ts'

export const createWorkOrder = officeAction(
  'orders/create-work-order',
  ['planner', 'supervisor', 'engineer', 'administrator'],
  z.object({
    /** The next free number when absent. */
    workOrder: z.optional(code),
    label: z.optional(name),
    item: code,
    revision: code,
    itemName: name,
    quantity: ordinal,
    due: day,
    priority: z.int(),
    customer: z.optional(name)
  }),
  (known, input) => {
    const workOrder = input.workOrder ?? numberAfter('WO-', known.list(workOrderView))
    // Job cards are read back by this form; a number without it could not be scanned.
    if (!/^WO-[A-Z0-9]+(-[A-Z0-9]+)*$/.test(workOrder) || /-\d{1,4}$/.test(workOrder.slice(3)))
      return refuse('number-not-scannable', { workOrder })
    return [draft(workOrderCreated, { ...input, workOrder })]
  }
)

export const closeWorkOrder = officeAction(
  'orders/close-work-order',
  ['planner', 'supervisor'],
  z.object({ workOrder: code, outcome: z.enum(['complete', 'cancelled']), note: z.optional(note) }),
  (known, input) => {
    const { workOrder, outcome } = input
    const order = known.get(workOrderView, workOrder)
    if (!order) return refuse('order-unknown', { workOrder })
    if (outcome === 'complete') {
      const hold = order.holds[0]
      if (hold) return refuse('order-on-hold', { workOrder, reason: hold.reason, person: hold.person, at: hold.at })
      const open = order.operations.filter(one => one.state !== 'done').map(one => one.op)
      if (open.length > 0 || order.state === 'created')
        return refuse('operations-open', { workOrder, ops: open.join(', ') })
    }
    if (outcome === 'cancelled' && !input.note?.trim()) return refuse('cancel-needs-note')
    const jobs = order.operations.map(({ op }) => ({
      op,
      cycles: known.get(jobView, jobKey(workOrder, op))?.cycles ?? 0
    }))
    return [draft(workOrderClosed, { ...input, jobs, ...(present({ method: order.method }) as { method?: string }) })]
  }
)
