import * as z from 'zod/mini'
import { decision, fact } from '#kernel/event.ts'
import { code, day, name, note, ordinal, quantity } from '#kernel/shape.ts'

export const toolSet = decision(
  'tooling/tool-set.v1',
  z.object({
    tool: code,
    name,
    kind: z.enum(['tool', 'jig', 'gauge']),
    location: code,
    /** The last day it may be used before it is calibrated again. */
    calibratedTo: z.optional(day),
    /** Pieces it may make before it is serviced. */
    lifeLimit: z.optional(quantity)
  })
)
export const toolCalibrated = decision(
  'tooling/tool-calibrated.v1',
  z.object({ tool: code, calibratedTo: day, passed: z.boolean(), note: z.optional(note) })
)
/** A person looked at it, at the station, for this job. */
export const toolSetUp = fact(
  'tooling/tool-set-up.v1',
  z.object({ tool: code, station: code, workOrder: code, op: ordinal, aligned: z.boolean(), note: z.optional(note) })
)

export const toolingEvents = [toolSet, toolCalibrated, toolSetUp]
