/** What is known of items, their BOMs and the stock on the shelves. */
import type * as z from 'zod/mini'
import { add } from '#kernel/quantity.ts'
import { change, viewKind, when } from '#kernel/view.ts'
import { materialConsumed, materialReturned, workOrderClosed, workOrderCreated } from '#activities/orders/events.ts'
import { bomSet, itemSet, stockCounted } from './events.ts'

export type Item = z.infer<typeof itemSet.payload>
export type Bom = z.infer<typeof bomSet.payload>
export type BomLine = Bom['lines'][number]

/** What the books say lies at one place; a count replaces it, the floor's consumption takes from it. */
export type Stock = {
  readonly item: string
  /** '' for what is not tracked. */
  readonly lot: string
  /** '' while nobody has counted it. */
  readonly location: string
  readonly quantity: number
  readonly supplierLot?: string
  readonly expires?: string
  readonly countedAt?: string
  readonly changedAt: string
}

export const bomKey = (item: string, revision: string): string => `${item}@${revision}`
export const stockKey = (item: string, lot: string): string => `${item}/${lot}`

export const itemView = viewKind<Item>('materials/item', 'desk', [
  when(
    itemSet,
    ({ item }) => item,
    (_, payload) => payload
  )
])

export const bomView = viewKind<Bom>('materials/bom', 'desk', [
  when(
    bomSet,
    ({ item, revision }) => bomKey(item, revision),
    (_, payload) => payload
  )
])

type Moved = { readonly item: string; readonly lot: string; readonly quantity: number }

const move = (was: Stock | undefined, { item, lot }: Moved, by: number, at: string): Stock => ({
  ...(was ?? { item, lot, location: '', quantity: 0 }),
  quantity: add(was?.quantity ?? 0, by),
  changedAt: at
})

export const stockView = viewKind<Stock>('materials/stock', 'desk', [
  when(
    stockCounted,
    ({ item, lot }) => stockKey(item, lot),
    (_, { item, lot, location, quantity, supplierLot, expires }, { at }) => ({
      item,
      lot,
      location,
      quantity,
      ...(supplierLot === undefined ? {} : { supplierLot }),
      ...(expires === undefined ? {} : { expires }),
      countedAt: at,
      changedAt: at
    })
  ),
  when(
    materialConsumed,
    ({ item, lot }) => stockKey(item, lot),
    (was, payload, { at }) => move(was, payload, -payload.quantity, at)
  ),
  when(
    materialReturned,
    ({ item, lot }) => stockKey(item, lot),
    (was, payload, { at }) => move(was, payload, payload.quantity, at)
  )
])

/** A work order that still takes parts. */
export type OpenOrder = {
  readonly workOrder: string
  readonly item: string
  readonly revision: string
  readonly quantity: number
  readonly due: string
  /** Already consumed, by component. */
  readonly consumed: Readonly<Record<string, number>>
}

type Used = { readonly workOrder: string; readonly item: string; readonly quantity: number }

const use = (was: OpenOrder, { item }: Used, by: number): OpenOrder => ({
  ...was,
  consumed: { ...was.consumed, [item]: add(was.consumed[item] ?? 0, by) }
})

/** Work orders that still take parts; a closed one needs nothing and is gone. */
export const needView = viewKind<OpenOrder>('materials/need', 'desk', [
  when(
    workOrderCreated,
    ({ workOrder }) => workOrder,
    (_, { workOrder, item, revision, quantity, due }) => ({
      workOrder,
      item,
      revision,
      quantity,
      due,
      consumed: {}
    })
  ),
  when(
    workOrderClosed,
    ({ workOrder }) => workOrder,
    (): OpenOrder | undefined => undefined
  ),
  when(
    materialConsumed,
    ({ workOrder }) => workOrder,
    change((was, payload) => use(was, payload, payload.quantity))
  ),
  when(
    materialReturned,
    ({ workOrder }) => workOrder,
    change((was, payload) => use(was, payload, -payload.quantity))
  )
])
