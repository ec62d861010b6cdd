import * as z from 'zod/mini'
import { decision, fact } from '#kernel/event.ts'
import { code, name, note, uuid } from '#kernel/shape.ts'

export const siteSetUp = decision(
  'plant/site-set-up.v1',
  z.object({ site: code, name, timeZone: z.string(), sample: z.boolean() })
)

export const lineSet = decision('plant/line-set.v1', z.object({ line: code, name, area: z.optional(name) }))

/** The kind of work done there; it decides what the station's home offers. */
export const stationKind = z.enum(['build', 'test', 'inspection', 'packing', 'store'])
export const stationSet = decision(
  'plant/station-set.v1',
  z.object({ station: code, name, line: code, kind: stationKind, order: z.int() })
)

export const role = z.enum(['operator', 'inspector', 'supervisor', 'planner', 'engineer', 'administrator'])
/** A PIN is never part of an event. */
export const personSet = decision(
  'plant/person-set.v1',
  z.object({ person: code, name, badge: code, roles: z.array(role), active: z.boolean() })
)

/** A word the floor picks from instead of typing. */
export const reasonList = z.enum(['scrap', 'rework', 'defect', 'hold', 'pause', 'andon'])
export const reasonSet = decision(
  'plant/reason-set.v1',
  z.object({ list: reasonList, code, name, active: z.boolean(), order: z.int() })
)

export const tabletEnrolled = decision(
  'plant/tablet-enrolled.v1',
  z.object({
    device: uuid,
    name,
    use: z.enum(['station', 'desk', 'wall']),
    station: z.optional(code),
    publicKey: z.string()
  })
)
export const tabletAssigned = decision('plant/tablet-assigned.v1', z.object({ device: uuid, station: code }))
export const tabletRevoked = decision('plant/tablet-revoked.v1', z.object({ device: uuid, reason: note }))

/** A call for help from a station, heard everywhere. */
export const andonKind = z.enum(['parts', 'quality', 'machine', 'help'])
export const andonCalled = fact(
  'plant/andon-called.v1',
  z.object({ call: uuid, station: code, kind: andonKind, operation: z.optional(code), note: z.optional(note) })
)
export const andonAnswered = fact('plant/andon-answered.v1', z.object({ call: uuid, station: code }))
/** Closed with what it was; withdrawn when the caller took it back at once. */
export const andonClosed = fact(
  'plant/andon-closed.v1',
  z.object({ call: uuid, station: code, cause: note, withdrawn: z.boolean() })
)

export const plantEvents = [
  siteSetUp,
  lineSet,
  stationSet,
  personSet,
  reasonSet,
  tabletEnrolled,
  tabletAssigned,
  tabletRevoked,
  andonCalled,
  andonAnswered,
  andonClosed
]
