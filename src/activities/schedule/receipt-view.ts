/** What is on order of suppliers, as far as a scenario asks: which line brings what, and when. */
import type * as z from 'zod/mini'
import { add } from '#kernel/quantity.ts'
import { change, viewKind, when } from '#kernel/view.ts'
import { purchaseLineChanged, purchaseOrderSet, purchaseReceived } from '#activities/materials/events.ts'

type Ordered = z.infer<typeof purchaseOrderSet.payload>
export type ReceiptLine = Ordered['lines'][number] & { readonly received: number }
export type Receipts = Pick<Ordered, 'order' | 'supplier'> & { readonly lines: readonly ReceiptLine[] }

const byOrder = ({ order }: { readonly order: string }): string => order

const lineOf = (was: Receipts, line: number, next: (was: ReceiptLine) => ReceiptLine): Receipts => ({
  ...was,
  lines: was.lines.map(one => (one.line === line ? next(one) : one))
})

/** By the number of the purchase order. What has come of a line stays beside it when the order is written anew. */
export const receiptView = viewKind<Receipts>('schedule/receipt', 'desk', [
  when(purchaseOrderSet, byOrder, (was, { order, supplier, lines }) => ({
    order,
    ...(supplier === undefined ? {} : { supplier }),
    lines: lines.map(one => ({ ...one, received: was?.lines.find(({ line }) => line === one.line)?.received ?? 0 }))
  })),
  when(
    purchaseLineChanged,
    byOrder,
    change((was, { line, quantity, due, state }) =>
      lineOf(was, line, one => ({
        ...one,
        quantity: quantity ?? one.quantity,
        due: due ?? one.due,
        state: state ?? one.state
      }))
    )
  ),
  when(
    purchaseReceived,
    byOrder,
    change((was, { line, quantity }) => lineOf(was, line, one => ({ ...one, received: add(one.received, quantity) })))
  )
])

/** Lines of which something still comes, the first to come first. */
export const openReceipts = (
  orders: readonly Receipts[]
): readonly (ReceiptLine & Pick<Receipts, 'order' | 'supplier'>)[] =>
  orders
    .flatMap(({ order, supplier, lines }) =>
      lines
        .filter(one => one.state === 'open' && one.received < one.quantity)
        .map(one => ({ ...one, order, ...(supplier === undefined ? {} : { supplier }) }))
    )
    .sort((a, b) => (a.due !== b.due ? (a.due < b.due ? -1 : 1) : a.order < b.order ? -1 : a.line - b.line))
