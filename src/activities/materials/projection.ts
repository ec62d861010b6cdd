/** What is known of items, their BOMs and the stock on the shelves. */
import type * as z from 'zod/mini'
import { add } from '#kernel/quantity.ts'
import { viewKind, when } from '#kernel/view.ts'
import { materialConsumed, materialReturned } from '#activities/orders/events.ts'
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

export const itemView = viewKind<Item>('materials/item', 'desk', [when(itemSet, ({ item }) => item, (_, payload) => payload)])

export const bomView = viewKind<Bom>('materials/bom', 'desk', [
  when(bomSet, ({ item, revision }) => bomKey(item, revision), (_, payload) => payload)
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
      item, lot, location, quantity,
      ...(supplierLot === undefined ? {} : { supplierLot }),
      ...(expires === undefined ? {} : { expires }),
      countedAt: at,
      changedAt: at
    })
  ),
  when(materialConsumed, ({ item, lot }) => stockKey(item, lot), (was, payload, { at }) => move(was, payload, -payload.quantity, at)),
  when(materialReturned, ({ item, lot }) => stockKey(item, lot), (was, payload, { at }) => move(was, payload, payload.quantity, at))
])
