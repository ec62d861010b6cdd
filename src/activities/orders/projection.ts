/** What the orders room knows. The three large views have a file each; the others are here. */
import type * as z from 'zod/mini'
import type { methodContent } from '#activities/changes/events.ts'
import { methodFrozen } from '#activities/changes/events.ts'
import { purchaseReceived, stockCounted } from '#activities/materials/events.ts'
import { add } from '#kernel/quantity.ts'
import { change, viewKind, when } from '#kernel/view.ts'
import { materialConsumed, materialReturned, workOrderClosed, workOrderReleased } from './events.ts'
import { present } from './fold.ts'

export type { Operation, Step } from './events.ts'
// biome-ignore lint/performance/noBarrelFile: this is the one file by which others know the room's views.
export { type Job, jobKey, jobView, type Report, runningMinutes } from './job-view.ts'
export type { OperationState } from './running.ts'
export { blankStep, type Consumed, type Measured, type StepRecord, type Unit, unitKey, unitView } from './unit-view.ts'
export { type Hold, INSPECTED, type OperationSummary, type WorkOrder } from './views.ts'
export { workOrderView } from './work-order-view.ts'

/** What the floor needs of a frozen method. `workOrders` are the open ones that are built to it. */
export type Method = Pick<
  z.infer<typeof methodContent>,
  'item' | 'itemName' | 'revision' | 'bom' | 'operations' | 'documents'
> & {
  readonly method: string
  readonly number: number
  readonly workOrders: readonly string[]
}

export const methodView = viewKind<Method>(
  'orders/method',
  method => (method.workOrders.length > 0 ? 'floor' : 'desk'),
  [
    when(
      methodFrozen,
      p => p.method,
      (was, { method, number, content }) => ({
        method,
        number,
        item: content.item,
        itemName: content.itemName,
        revision: content.revision,
        bom: content.bom,
        operations: content.operations,
        documents: content.documents,
        workOrders: was?.workOrders ?? []
      })
    ),
    when(
      workOrderReleased,
      p => p.method,
      change((was, p) =>
        was.workOrders.includes(p.workOrder) ? was : { ...was, workOrders: [...was.workOrders, p.workOrder] }
      )
    ),
    when(
      workOrderReleased,
      p => p.replaces,
      change((was, p) => ({ ...was, workOrders: was.workOrders.filter(one => one !== p.workOrder) }))
    ),
    when(
      workOrderClosed,
      p => p.method,
      change((was, p) => ({ ...was, workOrders: was.workOrders.filter(one => one !== p.workOrder) }))
    )
  ],
  method => method.documents.flatMap(one => one.pages.map(page => page.sha256))
)

/** A lot or serial number as it may be scanned. Two items may carry the same number, so there is a list. */
export type Lot = {
  readonly item: string
  readonly lot: string
  /** Found on a shelf at least once; otherwise it is only known from having been used. */
  readonly counted: boolean
  readonly expires?: string
  /** Taken less returned, over all work orders. */
  readonly used: number
  readonly last?: { readonly workOrder: string; readonly op: number; readonly cycle: number }
}

const onLot = (
  lots: readonly Lot[] | undefined,
  item: string,
  lot: string,
  next: (was: Lot) => Lot
): readonly Lot[] => {
  const was = lots?.find(one => one.item === item) ?? { item, lot, counted: false, used: 0 }
  return [...(lots ?? []).filter(one => one.item !== item), next(was)]
}
const keyOfLot = (p: { readonly lot: string }): string | undefined => p.lot || undefined

export const lotView = viewKind<readonly Lot[]>('orders/lot', 'floor', [
  when(stockCounted, keyOfLot, (was, p) =>
    onLot(was, p.item, p.lot, lot => ({ ...lot, counted: true, ...present({ expires: p.expires }) }) as Lot)
  ),
  when(purchaseReceived, keyOfLot, (was, p) =>
    onLot(was, p.item, p.lot, lot => ({ ...lot, counted: true, ...present({ expires: p.expires }) }) as Lot)
  ),
  when(materialConsumed, keyOfLot, (was, { item, lot, quantity, workOrder, op, cycle }) =>
    onLot(was, item, lot, one => ({ ...one, used: add(one.used, quantity), last: { workOrder, op, cycle } }))
  ),
  when(materialReturned, keyOfLot, (was, p) =>
    onLot(was, p.item, p.lot, one => ({ ...one, used: add(one.used, -p.quantity) }))
  )
])
