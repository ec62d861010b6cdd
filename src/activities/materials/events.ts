import * as z from 'zod/mini'
import { decision, fact } from '#kernel/event.ts'
import { code, day, name, note, positive, quantity, value } from '#kernel/shape.ts'

export const tracking = z.enum(['none', 'lot', 'serial'])

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
    leadTimeDays: z.optional(quantity),
    minimum: z.optional(quantity),
    multiple: z.optional(quantity),
    safetyStock: z.optional(quantity)
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
  note: z.optional(note)
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

export const materialsEvents = [itemSet, bomSet, stockCounted]
