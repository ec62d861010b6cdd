/** What may be said about orders to suppliers. Thin: no prices, no requests for quotes; enough that the plan knows what comes. */
import * as z from 'zod/mini'
import { floorAction, guard, type Known, officeAction, type Refusal, refuse } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { add } from '#kernel/quantity.ts'
import { code, day, name, note, ordinal, positive, quantity } from '#kernel/shape.ts'
import { purchaseLineChanged, purchaseOrderSet, purchaseReceived } from './events.ts'
import {
  firmPlannedView,
  itemView,
  type PurchaseLine,
  type PurchaseOrder,
  purchaseOrderView,
  toCome
} from './projection.ts'

export const setPurchaseOrder = officeAction(
  'materials/set-purchase-order',
  ['planner', 'engineer'],
  purchaseOrderSet.payload,
  (known, input) => {
    const lacking = input.lines.find(({ item }) => !known.get(itemView, item))
    if (lacking) return refuse('item-unknown', { item: lacking.item })
    const lines = input.lines.map(({ line }) => line)
    const twice = lines.find((line, at) => lines.indexOf(line) !== at)
    if (twice !== undefined) return refuse('purchase-line-twice', { order: input.order, line: twice })
    const lost = known
      .get(purchaseOrderView, input.order)
      ?.lines.find(
        one => one.received > 0 && input.lines.every(({ line, item }) => line !== one.line || item !== one.item)
      )
    return lost
      ? refuse('purchase-line-received', { order: input.order, line: lost.line })
      : [draft(purchaseOrderSet, input)]
  }
)

/**
 * Planned orders of the plan become an order to a supplier. `onOrder` is what the plan counted as still to come of each
 * item: when that is another number by now, somebody ordered or closed something since, and the plan is out of date.
 */
export const orderPlanned = officeAction(
  'materials/order-planned',
  ['planner'],
  z.object({
    order: code,
    supplier: z.optional(name),
    lines: z
      .array(z.object({ item: code, quantity: positive, due: day, onOrder: quantity, firm: z.optional(code) }))
      .check(z.minLength(1))
  }),
  (known, { order, supplier, lines }) => {
    if (known.get(purchaseOrderView, order)) return refuse('purchase-number-taken', { order })
    for (const { item, onOrder, firm } of lines) {
      if (!known.get(itemView, item)) return refuse('item-unknown', { item })
      if (firm !== undefined && known.get(firmPlannedView, firm)?.item !== item)
        return refuse('firm-unknown', { order: firm })
      const now = onOrderOf(known, item)
      if (now !== onOrder) return refuse('plan-outdated', { item, was: onOrder, now })
    }
    return [
      draft(purchaseOrderSet, {
        order,
        ...(supplier === undefined ? {} : { supplier }),
        lines: lines.map(({ onOrder: _, ...line }, at) => ({ line: at + 1, ...line, state: 'open' as const }))
      })
    ]
  }
)

/** Still to come of an item over all open purchase orders, in its unit. */
export const onOrderOf = (known: Known, item: string): number =>
  add(...known.list(purchaseOrderView).flatMap(([, { lines }]) => lines.filter(one => one.item === item).map(toCome)))

const lineInput = z.object({
  order: code,
  line: ordinal,
  /** As the plan or the screen had it: a change that is based on something older is refused. */
  was: z.object({ quantity: positive, due: day }),
  quantity: z.optional(positive),
  due: z.optional(day),
  close: z.optional(z.boolean()),
  note: z.optional(note)
})

/** Applies a message to expedite, defer, increase, decrease or cancel, or what the supplier said on the phone. */
export const changePurchaseLine = officeAction(
  'materials/change-purchase-line',
  ['planner'],
  lineInput,
  (known, { was, close, ...input }) => {
    const line = openLine(known.get(purchaseOrderView, input.order), input.line, input.order)
    if ('refused' in line) return line
    const { order, line: number, quantity: to } = input
    if (line.quantity !== was.quantity || line.due !== was.due)
      return refuse('purchase-line-moved', { order, line: number, quantity: line.quantity, due: line.due })
    if (to !== undefined && to < line.received)
      return refuse('purchase-below-received', { order, line: number, received: line.received })
    if (!close && (to ?? line.quantity) === line.quantity && (input.due ?? line.due) === line.due)
      return refuse('purchase-unchanged', { order, line: number })
    return [draft(purchaseLineChanged, { ...input, ...(close ? { state: 'closed' as const } : {}) })]
  }
)

const openLine = (order: PurchaseOrder | undefined, line: number, name: string): PurchaseLine | Refusal => {
  if (!order) return refuse('purchase-unknown', { order: name })
  const found = order.lines.find(one => one.line === line)
  if (!found) return refuse('purchase-line-unknown', { order: name, line })
  return found.state === 'closed' ? refuse('purchase-line-closed', { order: name, line }) : found
}

/** What came is recorded where it is put away, with or without a network. More than was ordered is true as well. */
export const receivePurchase = floorAction(
  'materials/receive-purchase',
  z.object({
    order: code,
    line: ordinal,
    quantity: positive,
    lot: z.string(),
    location: code,
    supplierLot: z.optional(code),
    expires: z.optional(day)
  }),
  (known, input) => {
    const line = openLine(known.get(purchaseOrderView, input.order), input.line, input.order)
    if ('refused' in line) return line
    const tracking = known.get(itemView, line.item)?.tracking
    if (tracking !== undefined && tracking !== 'none' && input.lot.trim() === '')
      return refuse('lot-needed', { item: line.item })
    if (tracking === 'serial' && input.quantity !== 1) return refuse('one-for-each-serial', { item: line.item })
    return [draft(purchaseReceived, { ...input, item: line.item, lot: input.lot.trim() })]
  }
)

/** Also when a published scenario changes it: nothing of a line that is closed or gone. */
export const purchaseGuards = [
  guard(purchaseLineChanged, (known, { order, line }) => {
    const found = openLine(known.get(purchaseOrderView, order), line, order)
    return 'refused' in found ? found : undefined
  })
]
