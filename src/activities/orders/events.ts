import * as z from 'zod/mini'
import { decision, fact } from '#kernel/event.ts'
import { blob, code, count, day, minutes, name, note, ordinal, positive, sha256, value } from '#kernel/shape.ts'

/** What a person does in one step, and what is recorded by it. */
export const step = z.object({
  step: ordinal,
  title: name,
  text: note,
  kind: z.enum(['task', 'measure', 'part', 'photo']),
  document: z.optional(code),
  page: z.optional(ordinal),
  /** For `measure`. Limits are inside; either may be absent. */
  unit: z.optional(code),
  nominal: z.optional(value),
  low: z.optional(value),
  high: z.optional(value),
  /** For `part`: what is consumed, per unit built. */
  item: z.optional(code),
  quantity: z.optional(positive),
  /** What changed in this revision, shown until each person has seen it. */
  news: z.optional(note)
})

export const operation = z.object({
  /** 10, 20, 30 … in the order of work. */
  op: ordinal,
  name,
  /** Where it may be done. */
  stations: z.array(code).check(z.minLength(1)),
  setupMinutes: minutes,
  runMinutes: minutes,
  document: z.optional(code),
  controlPlan: z.optional(code),
  tools: z.optional(z.array(code)),
  /** What a station has to be set up for; between two families it takes the minutes of the set-up matrix besides. */
  family: z.optional(code),
  /** Goes into a furnace with others of the same batch; `runMinutes` is then of one load and not of a piece. */
  batch: z.optional(code),
  steps: z.array(step)
})

export type Step = z.infer<typeof step>
export type Operation = z.infer<typeof operation>

export const routing = z.object({ item: code, revision: code, operations: z.array(operation) })
export const routingSet = decision('orders/routing-set.v1', routing)

export const workOrderCreated = decision(
  'orders/work-order-created.v1',
  z.object({
    workOrder: code,
    /** What people call the run: 'Batch 12'. */
    label: z.optional(name),
    item: code,
    revision: code,
    itemName: name,
    quantity: ordinal,
    due: day,
    priority: z.int(),
    customer: z.optional(name)
  })
)

/** Released to the floor with one frozen method; `operations` is the header that every tablet lists. */
export const workOrderReleased = decision(
  'orders/work-order-released.v1',
  z.object({
    workOrder: code,
    method: sha256,
    /** The method it had, when a change order gives a new one to an order that is on the floor. */
    replaces: z.optional(sha256),
    operations: z.array(
      z.object({
        op: ordinal,
        name,
        stations: z.array(code),
        runMinutes: minutes,
        steps: z.array(ordinal),
        /** Number of characteristics of its control plan; 0 when it is not an inspection. */
        checks: z.int(),
        /** Tools, jigs and gauges that it needs; absent when none. */
        tools: z.optional(z.array(code))
      })
    )
  })
)
/**
 * Its day or its quantity is another from now on, as the plan asked or a person decided. With `split` the pieces that it
 * loses are those of that new order.
 */
export const workOrderRescheduled = decision(
  'orders/work-order-rescheduled.v1',
  z.object({
    workOrder: code,
    due: z.optional(day),
    quantity: z.optional(ordinal),
    split: z.optional(code),
    note: z.optional(note)
  })
)
export const workOrderClosed = decision(
  'orders/work-order-closed.v1',
  z.object({
    workOrder: code,
    outcome: z.enum(['complete', 'cancelled']),
    note: z.optional(note),
    /** What leaves the tablets with it: its method, and each operation with the highest unit that was begun. */
    method: z.optional(sha256),
    jobs: z.optional(z.array(z.object({ op: ordinal, cycles: count })))
  })
)

const job = { workOrder: code, op: ordinal }
/** The method that the person had on screen: work done to another one than the order's is found by it. */
const shown = { method: z.optional(sha256) }

export const operationStarted = fact('orders/operation-started.v1', z.object({ ...job, ...shown, station: code }))
export const operationPaused = fact('orders/operation-paused.v1', z.object({ ...job, reason: code }))
export const operationResumed = fact('orders/operation-resumed.v1', z.object({ ...job, station: code }))
export const operationCompleted = fact(
  'orders/operation-completed.v1',
  /** `note` says why fewer pieces than expected were counted. */
  z.object({ ...job, note: z.optional(note) })
)

/** `cycle` is the unit being built, counted from 1: steps repeat for each. */
const place = { ...job, cycle: ordinal, step: ordinal }
export const stepCompleted = fact('orders/step-completed.v1', z.object({ ...place, ...shown }))
/** Taken back by the person who did it; the log keeps both. */
export const stepReopened = fact('orders/step-reopened.v1', z.object(place))
export const valueMeasured = fact(
  'orders/value-measured.v1',
  z.object({ ...place, value, unit: code, low: z.optional(value), high: z.optional(value), gauge: z.optional(code) })
)
export const materialConsumed = fact(
  'orders/material-consumed.v1',
  z.object({
    ...place,
    item: code,
    quantity: positive,
    /** Lot or serial number; '' for what is not tracked. */
    lot: z.string()
  })
)
/** A part that was scanned by mistake and goes back to its lot. */
export const materialReturned = fact(
  'orders/material-returned.v1',
  z.object({ ...place, item: code, quantity: positive, lot: z.string() })
)
export const photoTaken = fact('orders/photo-taken.v1', z.object({ ...place, photo: blob }))

/** Good, scrap and rework in one action, as the pieces leave the station. */
export const quantityReported = fact(
  'orders/quantity-reported.v1',
  z.object({
    ...job,
    ...shown,
    report: z.string(),
    good: count,
    scrap: count,
    rework: count,
    scrapReason: z.optional(code),
    reworkReason: z.optional(code),
    note: z.optional(note)
  })
)
/** A report taken back as a whole; what is right is reported anew. */
export const quantityWithdrawn = fact(
  'orders/quantity-withdrawn.v1',
  z.object({ ...job, report: z.string(), good: count, scrap: count, rework: count })
)

export const ordersEvents = [
  routingSet,
  workOrderCreated,
  workOrderReleased,
  workOrderRescheduled,
  workOrderClosed,
  operationStarted,
  operationPaused,
  operationResumed,
  operationCompleted,
  stepCompleted,
  stepReopened,
  valueMeasured,
  materialConsumed,
  materialReturned,
  photoTaken,
  quantityReported,
  quantityWithdrawn
]
