/** What a planner may say about the plan itself: planned orders that stay, and messages that have an owner. */
import * as z from 'zod/mini'
import { officeAction, refuse } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { numberAfter } from '#kernel/number.ts'
import { code, day, note, quantity } from '#kernel/shape.ts'
import { messageNoted, plannedOrderFirmed } from './events.ts'
import { firmPlannedView, itemView } from './projection.ts'

/** Quantity 0 lets it go again. The next free number when it has none. */
export const firmPlanned = officeAction(
  'materials/firm-planned',
  ['planner'],
  z.object({
    order: z.optional(code),
    item: code,
    quantity,
    start: z.optional(day),
    due: day,
    note: z.optional(note)
  }),
  (known, input) => {
    const order = input.order ?? numberAfter('FPO-', known.list(firmPlannedView))
    if (!known.get(itemView, input.item)) return refuse('item-unknown', { item: input.item })
    const was = known.get(firmPlannedView, order)
    if (was && was.item !== input.item) return refuse('firm-number-taken', { order, item: was.item })
    if (!was && input.quantity === 0) return refuse('firm-unknown', { order })
    if (input.start !== undefined && input.start > input.due)
      return refuse('firm-days-reversed', { start: input.start, due: input.due })
    return [draft(plannedOrderFirmed, { ...input, order })]
  }
)

/** `dismissed` is the message's state as the person saw it; without it the message is back. */
export const noteMessage = officeAction(
  'materials/note-message',
  ['planner'],
  messageNoted.payload,
  (_known, input) => [draft(messageNoted, input)]
)
