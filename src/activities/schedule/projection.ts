/** What is known of demand and planned builds, and the little of items, stock and work orders that the balance needs. */
import type * as z from 'zod/mini'
import { add } from '#kernel/quantity.ts'
import { change, viewKind, when } from '#kernel/view.ts'
import { itemSet, stockCounted } from '#activities/materials/events.ts'
import { materialConsumed, materialReturned, workOrderClosed, workOrderCreated } from '#activities/orders/events.ts'
import { buildPlanned, demandSet } from './events.ts'

export type Demand = z.infer<typeof demandSet.payload>
export type Build = z.infer<typeof buildPlanned.payload>

export const demandView = viewKind<Demand>('schedule/demand', 'desk', [
  when(
    demandSet,
    ({ demand }) => demand,
    (_, payload) => payload
  )
])

/** A build of quantity 0 is taken out. */
export const buildView = viewKind<Build>('schedule/build', 'desk', [
  when(
    buildPlanned,
    ({ build }) => build,
    (_, payload) => (payload.quantity > 0 ? payload : undefined)
  )
])

export type PlannedItem = {
  readonly item: string
  readonly name: string
  readonly revision: string
  readonly source: 'make' | 'buy' | 'phantom'
  readonly safetyStock: number
}
export const plannedItemView = viewKind<PlannedItem>('schedule/item', 'desk', [
  when(
    itemSet,
    ({ item }) => item,
    (_, { item, name, revision, source, safetyStock }) => ({
      item,
      name,
      revision,
      source,
      safetyStock: safetyStock ?? 0
    })
  )
])

/** Pieces on hand of one item, lot by lot; a count replaces a lot, the floor takes from it. */
export type OnHand = { readonly item: string; readonly lots: Readonly<Record<string, number>> }
const byItem = ({ item }: { item: string }) => item
type Moved = { readonly item: string; readonly lot: string }

const put = (was: OnHand | undefined, { item, lot }: Moved, next: (before: number) => number): OnHand => ({
  item,
  lots: { ...was?.lots, [lot]: next(was?.lots[lot] ?? 0) }
})

export const onHandView = viewKind<OnHand>('schedule/on-hand', 'desk', [
  when(stockCounted, byItem, (was, moved) => put(was, moved, () => moved.quantity)),
  when(materialConsumed, byItem, (was, moved) => put(was, moved, before => add(before, -moved.quantity))),
  when(materialReturned, byItem, (was, moved) => put(was, moved, before => add(before, moved.quantity)))
])

export const total = (onHand: OnHand | undefined): number => add(...Object.values(onHand?.lots ?? {}))

export type OpenOrder = {
  readonly workOrder: string
  readonly item: string
  readonly quantity: number
  readonly due: string
  readonly state: 'open' | 'closed'
}
export const openOrderView = viewKind<OpenOrder>('schedule/order', 'desk', [
  when(
    workOrderCreated,
    ({ workOrder }) => workOrder,
    (_, { workOrder, item, quantity, due }) => ({
      workOrder,
      item,
      quantity,
      due,
      state: 'open'
    })
  ),
  when(
    workOrderClosed,
    ({ workOrder }) => workOrder,
    change((was): OpenOrder => ({ ...was, state: 'closed' }))
  )
])
