import * as z from 'zod/mini'
import { decision } from '#kernel/event.ts'
import { code, day, name, ordinal } from '#kernel/shape.ts'

export const demandSet = decision(
  'schedule/demand-set.v1',
  z.object({
    demand: code,
    item: code,
    quantity: ordinal,
    due: day,
    kind: z.enum(['order', 'forecast']),
    customer: z.optional(name)
  })
)
/** A line of the master schedule: this many, finished by this day. Quantity 0 takes the line out. */
export const buildPlanned = decision(
  'schedule/build-planned.v1',
  z.object({ build: code, item: code, quantity: z.int(), due: day, workOrder: z.optional(code) })
)

export const scheduleEvents = [demandSet, buildPlanned]
