import * as z from 'zod/mini'
import { decision, fact } from '#kernel/event.ts'
import { blob, code, name, note, ordinal, sha256, uuid } from '#kernel/shape.ts'
import { page } from '#activities/documents/events.ts'
import { bomLine, gtin } from '#activities/materials/events.ts'
import { operation } from '#activities/orders/events.ts'
import { characteristic, sampling } from '#activities/quality/events.ts'

/** The method: BOM, routing, documents, control plans and tools of one item revision, as they were when released. */
export const methodContent = z.object({
  item: code,
  itemName: name,
  revision: code,
  bom: z.array(z.extend(bomLine, { name, tracking: z.enum(['none', 'lot', 'serial']), gtin: z.optional(gtin) })),
  operations: z.array(operation),
  documents: z.array(z.object({ document: code, revision: code, title: name, file: sha256, pages: z.array(page) })),
  controlPlans: z.array(
    z.object({
      plan: code,
      revision: code,
      title: name,
      sample: sampling,
      stopAt: z.object({ critical: ordinal, major: ordinal, minor: ordinal }),
      characteristics: z.array(characteristic)
    })
  ),
  tools: z.array(z.object({ tool: code, name, kind: z.enum(['tool', 'jig', 'gauge']) }))
})

/** `method` is the SHA-256 of the canonical content: what was approved is what is shown, byte for byte. */
export const methodFrozen = decision(
  'changes/method-frozen.v1',
  z.object({ method: sha256, number: ordinal, content: methodContent })
)

/** The office found that a recorded fact breaks a rule that its tablet could not know. The fact stands. */
export const lateWorkFlagged = decision(
  'changes/late-work-flagged.v1',
  z.object({
    event: uuid,
    type: z.string(),
    person: code,
    device: z.string(),
    at: z.string(),
    codes: z.array(z.string()),
    subject: z.string(),
    sentence: note,
    /** What was recorded, where it is short: whoever decides need not look it up. */
    record: z.optional(z.unknown())
  })
)
export const lateWorkDecided = decision(
  'changes/late-work-decided.v1',
  z.object({ event: uuid, outcome: z.enum(['accept', 'rework', 'scrap', 'hold']), note })
)

/** A person looked at what the office could not make part of the log, and says what was done about it. `h` names it. */
export const setAsideSeen = decision(
  'changes/set-aside-seen.v1',
  z.object({ h: sha256, note: note.check(z.minLength(1)) })
)

const number = z.int().check(z.gte(1), z.lte(2 ** 31 - 1))
export const device = z.string().check(z.maxLength(100))
export const chain = z.string().check(z.maxLength(100))
export const numbers = z.array(z.object({ from: number, to: number })).check(z.minLength(1), z.maxLength(1000))
/** Records that a tablet made and that nobody has any more: which numbers of its chain, and why they are given up. */
export const recordsLost = decision(
  'changes/records-lost.v1',
  z.object({ device, chain, numbers, note: note.check(z.minLength(1)) })
)

/** A person brought in what a tablet could not send; the ids of what was new. Their tablet did not sign it, this person does. */
export const exportBroughtIn = decision(
  'changes/export-brought-in.v1',
  z.object({ device, chain, records: z.array(z.string()) })
)

/** Somebody saw that the method is wrong or could be better; what it is about, as far as they know. */
export const changeRequested = fact(
  'changes/change-requested.v1',
  z.object({
    request: uuid,
    problem: note.check(z.minLength(1)),
    item: z.optional(code),
    document: z.optional(code),
    workOrder: z.optional(code),
    op: z.optional(ordinal),
    photo: z.optional(blob)
  })
)
export const changeRequestDeclined = decision(
  'changes/change-request-declined.v1',
  z.object({ request: uuid, note: note.check(z.minLength(1)) })
)

/** What is to become the released revision, why, and which requests it answers. */
export const changeOrderOpened = decision(
  'changes/change-order-opened.v1',
  z.object({
    order: code,
    title: name,
    reason: note.check(z.minLength(1)),
    requests: z.array(uuid),
    documents: z.array(z.object({ document: code, revision: code })),
    items: z.array(z.object({ item: code, revision: code }))
  })
)
/** Signed by the person of the event, who is not its author. */
export const changeOrderApproved = decision('changes/change-order-approved.v1', z.object({ order: code }))
export const changeOrderWithdrawn = decision(
  'changes/change-order-withdrawn.v1',
  z.object({ order: code, note: note.check(z.minLength(1)) })
)
/** What becomes of each work order that was on the floor: it keeps its method, or takes a new one. */
export const openOrderDecision = z.object({ workOrder: code, decision: z.enum(['finish', 're-release']) })
export const changeOrderReleased = decision(
  'changes/change-order-released.v1',
  z.object({ order: code, workOrders: z.array(openOrderDecision) })
)

export const changesEvents = [
  methodFrozen,
  lateWorkFlagged,
  lateWorkDecided,
  setAsideSeen,
  recordsLost,
  exportBroughtIn,
  changeRequested,
  changeRequestDeclined,
  changeOrderOpened,
  changeOrderApproved,
  changeOrderWithdrawn,
  changeOrderReleased
]
