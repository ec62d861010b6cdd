import * as z from 'zod/mini'
import { decision } from '#kernel/event.ts'
import { code, day, minutes, name, note, ordinal, quantity, sha256, uuid } from '#kernel/shape.ts'

export const demandSet = decision(
  'schedule/demand-set.v1',
  z.object({
    demand: code,
    item: code,
    quantity: ordinal,
    due: day,
    kind: z.enum(['order', 'forecast']),
    customer: z.optional(name),
    /** Smaller is served first among demands of one day; 0 when absent. */
    priority: z.optional(z.int()),
    /** 'closed': delivered or no longer wanted. */
    state: z.optional(z.enum(['open', 'closed']))
  })
)
/** A line of the master schedule: this many, finished by this day. Quantity 0 takes the line out. */
export const buildPlanned = decision(
  'schedule/build-planned.v1',
  z.object({ build: code, item: code, quantity: z.int(), due: day, workOrder: z.optional(code) })
)

/** How many of an item are expected to be sold from this day on for a day, a week or a month. 0 takes it out. */
export const forecastSet = decision(
  'schedule/forecast-set.v1',
  z.object({ item: code, bucket: z.enum(['day', 'week', 'month']), from: day, quantity })
)

/**
 * Minutes to change a station over from one family to another, or every station when none is named. `out`: the row is gone, and
 * its minutes say nothing.
 */
export const setupSet = decision(
  'schedule/setup-set.v1',
  z.object({ from: code, to: code, minutes, station: z.optional(code), out: z.optional(z.boolean()) })
)

/** A planner wants to change a build inside the frozen zone; `was` is what it is now, absent for a new one. */
export const frozenEditAsked = decision(
  'schedule/frozen-edit-asked.v1',
  z.object({
    edit: uuid,
    build: code,
    item: code,
    quantity: z.int().check(z.gte(0)),
    due: day,
    was: z.optional(z.object({ quantity: z.int(), due: day })),
    reason: note.check(z.minLength(1))
  })
)
/** Signed by the person of the event, who did not ask; the build is changed with it. */
export const frozenEditApproved = decision('schedule/frozen-edit-approved.v1', z.object({ edit: uuid }))
export const frozenEditDeclined = decision(
  'schedule/frozen-edit-declined.v1',
  z.object({ edit: uuid, note: note.check(z.minLength(1)) })
)

/** The master schedule as it was on a day: what was planned, and what was ordered already. */
export const mpsContent = z.object({
  on: day,
  builds: z.array(z.object({ build: code, item: code, quantity: ordinal, due: day, workOrder: z.optional(code) })),
  orders: z.array(z.object({ workOrder: code, item: code, quantity: ordinal, due: day }))
})
/** `hash` is the SHA-256 of the canonical content: what is signed later is this, byte for byte. */
export const mpsVersionLocked = decision(
  'schedule/mps-version-locked.v1',
  z.object({ version: code, hash: sha256, content: mpsContent, note: z.optional(note) })
)
/** Signed by the person of the event, who did not lock it. */
export const mpsVersionSigned = decision('schedule/mps-version-signed.v1', z.object({ version: code, hash: sha256 }))

/** What was tried in a copy became the plan, for a reason. The changes themselves are events of their own beside it. */
export const scenarioPublished = decision(
  'schedule/scenario-published.v1',
  z.object({ scenario: name, reason: note.check(z.minLength(1)), changes: ordinal })
)

const stationed = { workOrder: code, op: ordinal, station: code }

export const stationedOperations = z
  .array(z.object({ ...stationed, start: z.iso.datetime(), end: z.iso.datetime() }))
  .check(z.maxLength(20_000))

/**
 * The finite schedule that the floor follows from now on. `version` is the next number, so that a tablet can say which
 * schedule it works by.
 */
export const schedulePublished = decision(
  'schedule/schedule-published.v1',
  z.object({ version: ordinal, operations: stationedOperations, note: z.optional(note) })
)
/** A planner wants this operation there, from then on; the scheduler keeps it until it is let go. */
export const operationPinned = decision(
  'schedule/operation-pinned.v1',
  z.object({ ...stationed, start: z.iso.datetime(), note: z.optional(note) })
)
export const operationUnpinned = decision('schedule/operation-unpinned.v1', z.object({ workOrder: code, op: ordinal }))

export const scheduleEvents = [
  demandSet,
  buildPlanned,
  forecastSet,
  setupSet,
  frozenEditAsked,
  frozenEditApproved,
  frozenEditDeclined,
  mpsVersionLocked,
  mpsVersionSigned,
  scenarioPublished,
  schedulePublished,
  operationPinned,
  operationUnpinned
]
