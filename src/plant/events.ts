import * as z from 'zod/mini'
import { decision, fact } from '#kernel/event.ts'
import { code, day, name, note, ordinal, uuid } from '#kernel/shape.ts'

export const siteSetUp = decision(
  'plant/site-set-up.v1',
  z.object({ site: code, name, timeZone: z.string(), sample: z.boolean() })
)

export const lineSet = decision('plant/line-set.v1', z.object({ line: code, name, area: z.optional(name) }))

/** The kind of work done there; it decides what the station's home offers. */
export const stationKind = z.enum(['build', 'test', 'inspection', 'packing', 'store'])
export const stationSet = decision(
  'plant/station-set.v1',
  z.object({
    station: code,
    name,
    line: code,
    kind: stationKind,
    order: z.int(),
    /** When it is open; the plant's own calendar when absent. */
    calendar: z.optional(code),
    /** How many operations it does at once; 1 when absent. */
    capacity: z.optional(ordinal),
    /** A furnace, an oven, a washer: how many pieces go in at once. */
    batchCapacity: z.optional(ordinal)
  })
)

/** 'HH:MM' in the plant's time; '24:00' is the end of the day. */
const timeOfDay = z.string().check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/))
/** Ends on the next day when `to` is not after `from`. */
const hours = { from: timeOfDay, to: timeOfDay }

/** The code of the plant's own calendar: lead times count on it, and stations that name none. */
export const PLANT_CALENDAR = 'PLANT'

/** When work is done, in the plant's time zone; the whole calendar, a later one replaces it. */
export const calendarSet = decision(
  'plant/calendar-set.v1',
  z.object({
    calendar: code,
    name,
    /** `day`: ISO 8601 weekday, Monday is 1. */
    week: z.array(z.object({ day: z.int().check(z.gte(1), z.lte(7)), ...hours })).check(z.maxLength(200)),
    /** From the first day to the last only these shifts hold; none: closed. A later one goes before an earlier. */
    exceptions: z
      .array(z.object({ from: day, to: day, shifts: z.array(z.object(hours)), name: z.optional(name) }))
      .check(z.maxLength(2000))
  })
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
  calendarSet,
  personSet,
  reasonSet,
  tabletEnrolled,
  tabletAssigned,
  tabletRevoked,
  andonCalled,
  andonAnswered,
  andonClosed
]
