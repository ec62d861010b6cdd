/** What the office decides about work orders and routings. Releasing one is in the changes room, with its method. */
import * as z from 'zod/mini'
import { officeAction, refuse } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { numberAfter } from '#kernel/number.ts'
import { code, day, name, note, ordinal } from '#kernel/shape.ts'
import { routingSet, workOrderClosed, workOrderCreated } from './events.ts'
import { present } from './fold.ts'
import { jobKey, jobView, type Step, workOrderView } from './projection.ts'

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

const repeated = (numbers: readonly number[]): number | undefined =>
  numbers.find((one, index) => numbers.indexOf(one) !== index)

/** What a step must say to be worked at a station. */
const stepLacks = (step: Step): string | undefined => {
  if (step.kind === 'measure' && step.unit === undefined) return 'a unit'
  if (step.kind === 'part' && step.item === undefined) return 'an item'
  if (step.low !== undefined && step.high !== undefined && step.low > step.high)
    return 'a low limit under its high limit'
  return undefined
}

export const setRouting = officeAction(
  'orders/set-routing',
  ['engineer', 'administrator', 'planner'],
  routingSet.payload,
  (_known, input) => {
    const twice = repeated(input.operations.map(one => one.op))
    if (twice !== undefined) return refuse('operation-twice', { item: input.item, op: twice })
    for (const { op, steps } of input.operations) {
      const step = repeated(steps.map(one => one.step))
      if (step !== undefined) return refuse('step-twice', { op, step })
      for (const one of steps) {
        const lacks = stepLacks(one)
        if (lacks) return refuse('step-incomplete', { op, step: one.step, lacks })
      }
    }
    return [draft(routingSet, input)]
  }
)
