import * as z from 'zod/mini'
import { decision, fact } from '#kernel/event.ts'
import { code, count, day, name, note, ordinal, positive, quantity, value } from '#kernel/shape.ts'

export const tracking = z.enum(['none', 'lot', 'serial'])

const percent = z.number().check(z.gt(0), z.lte(100))

/** How an item is planned. Days are calendar days unless said otherwise, quantities in the item's own unit. */
const policy = {
  /** 'lot-for-lot' when absent. `minimum`, `multiple` and `maximum` of one order go with every rule. */
  lotRule: z.optional(z.enum(['lot-for-lot', 'fixed', 'period', 'economic'])),
  /** For 'fixed': each order is exactly this many. */
  lotQuantity: z.optional(positive),
  maximum: z.optional(positive),
  /** For 'period': one order covers the needs of so many days. */
  periodDays: z.optional(ordinal),
  /** For 'economic': what placing an order costs, and what holding one unit for a year does. */
  orderCost: z.optional(positive),
  holdingCost: z.optional(positive),
  /** Of what is started, what comes out good. */
  yieldPercent: z.optional(percent),
  /** Orders are whole steps of this. */
  rounding: z.optional(positive),
  /** The unit it is bought in, and how many of its own unit one of them is: a reel of 5,000. */
  purchaseUnit: z.optional(code),
  purchaseFactor: z.optional(positive),
  /** From today on: only customers' orders count, and a build is changed only by a signed approval. */
  demandFenceDays: z.optional(count),
  /** From today on: nothing is planned by itself. Not shorter than the demand fence. */
  planningFenceDays: z.optional(count),
  /** An order uses up forecast of so many days before and after it. */
  consumeBackDays: z.optional(count),
  consumeForwardDays: z.optional(count),
  /** The same thing at another place of ours, from where it is moved instead of being made or bought. */
  transferFrom: z.optional(code),
  buyer: z.optional(name),
  planner: z.optional(name),
  /** Worth of one unit. */
  cost: z.optional(quantity),
  /** Takes over when this one is used up; from a day on, nothing of it is ordered any more. */
  successor: z.optional(code),
  successorFrom: z.optional(day),
  /** What may stand in when it is short: `ratio` of the other for one of it. */
  alternates: z.optional(z.array(z.object({ item: code, ratio: positive })))
}

/** A trade item's number as in AI (01): always 14 digits, shorter ones begin with noughts. */
export const gtin = z.string().check(z.regex(/^\d{14}$/))

export const itemSet = decision(
  'materials/item-set.v1',
  z.object({
    item: code,
    name,
    revision: code,
    uom: code,
    source: z.enum(['make', 'buy', 'phantom']),
    tracking,
    manufacturer: z.optional(name),
    /** Manufacturer's part number. */
    mpn: z.optional(code),
    supplier: z.optional(name),
    supplierPart: z.optional(code),
    gtin: z.optional(gtin),
    leadTimeDays: z.optional(quantity),
    minimum: z.optional(quantity),
    multiple: z.optional(quantity),
    safetyStock: z.optional(quantity),
    /** Days that each unit of an order adds to its lead time. */
    leadDaysPerUnit: z.optional(quantity),
    /** Below the safety stock, as much is ordered as fills stock up to this. */
    maximumStock: z.optional(quantity),
    ...policy
  })
)

export const bomLine = z.object({
  component: code,
  quantity: positive,
  uom: code,
  /** The operation that uses it, by its number in the routing; the first when absent. */
  operation: z.optional(z.int()),
  /** Reference designators as the drawing has them. */
  places: z.optional(z.array(code)),
  scrapPercent: z.optional(quantity),
  note: z.optional(note),
  /** The quantity is for a whole order and not for each unit. */
  fixed: z.optional(z.boolean()),
  /** Lost on every order at least, and used up by each set-up. */
  lossMinimum: z.optional(quantity),
  setupQuantity: z.optional(quantity),
  /** Needed so many days after the order's start. */
  offsetDays: z.optional(count),
  /** For orders that are due from this day on, and up to the day before `to`. */
  from: z.optional(day),
  to: z.optional(day),
  /** Issued in whole steps of this, for one order. */
  rounding: z.optional(positive),
  /** Pieces of this length are cut from stock of that length; the component is counted in stock lengths. */
  cutLength: z.optional(positive),
  stockLength: z.optional(positive)
})
/** The whole list of one item revision; a later one replaces it. */
export const bomSet = decision(
  'materials/bom-set.v1',
  z.object({ item: code, revision: code, lines: z.array(bomLine) })
)

/** What was found on the shelf: it replaces what was believed. Negative is possible in books, so it is possible here. */
export const stockCounted = fact(
  'materials/stock-counted.v1',
  z.object({
    item: code,
    /** Lot or serial number; '' for what is not tracked. */
    lot: z.string(),
    location: code,
    quantity: value,
    supplierLot: z.optional(code),
    expires: z.optional(day)
  })
)

/** What was ordered of a supplier, the whole order; a later one replaces it. What has come is kept beside it. */
export const purchaseOrderSet = decision(
  'materials/purchase-order-set.v1',
  z.object({
    order: code,
    supplier: z.optional(name),
    lines: z
      .array(
        z.object({
          line: ordinal,
          item: code,
          /** In the item's own unit. */
          quantity: positive,
          /** The day that the supplier says, or the one that was asked for. */
          due: day,
          /** The supplier has said this day. */
          confirmed: z.optional(z.boolean()),
          /** 'closed': no more of it comes. */
          state: z.enum(['open', 'closed']),
          /** The firm planned order that it was made of, which is gone with it. */
          firm: z.optional(code)
        })
      )
      .check(z.minLength(1), z.maxLength(1000)),
    note: z.optional(note)
  })
)
/** One line moved, made larger or smaller, or closed; the rest of the order stays. */
export const purchaseLineChanged = decision(
  'materials/purchase-line-changed.v1',
  z.object({
    order: code,
    line: ordinal,
    quantity: z.optional(positive),
    due: z.optional(day),
    state: z.optional(z.enum(['open', 'closed'])),
    note: z.optional(note)
  })
)
/** What came, by lot. It lies where it was put, on top of what is there already. */
export const purchaseReceived = fact(
  'materials/purchase-received.v1',
  z.object({
    order: code,
    line: ordinal,
    item: code,
    /** In the item's own unit. */
    quantity: positive,
    /** Lot or serial number; '' for what is not tracked. */
    lot: z.string(),
    location: code,
    supplierLot: z.optional(code),
    expires: z.optional(day)
  })
)

/** A planned order that a planner has made firm: the plan keeps it as it is. Quantity 0 takes it out. */
export const plannedOrderFirmed = decision(
  'materials/planned-order-firmed.v1',
  z.object({ order: code, item: code, quantity, start: z.optional(day), due: day, note: z.optional(note) })
)

/**
 * What people made of one message of the plan; `message` is its key. `dismissed` holds the state that was looked at: it
 * stays away until that differs. Each note replaces the one before.
 */
export const messageNoted = decision(
  'materials/message-noted.v1',
  z.object({
    message: z.string().check(z.minLength(1), z.maxLength(300)),
    /** The person who looks after it. */
    owner: z.optional(code),
    note: z.optional(note),
    dismissed: z.optional(z.string().check(z.maxLength(300)))
  })
)

export const materialsEvents = [
  itemSet,
  bomSet,
  stockCounted,
  purchaseOrderSet,
  purchaseLineChanged,
  purchaseReceived,
  plannedOrderFirmed,
  messageNoted
]
