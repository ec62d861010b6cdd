/** The little that this room knows of items: what a new work order may be for. */
import { itemSet } from '#activities/materials/events.ts'
import { viewKind, when } from '#kernel/view.ts'

export type OrderItem = {
  readonly item: string
  readonly name: string
  readonly revision: string
  readonly source: 'make' | 'buy' | 'phantom'
}

export const orderItemView = viewKind<OrderItem>('orders/item', 'desk', [
  when(
    itemSet,
    ({ item }) => item,
    (_, { item, name, revision, source }) => ({ item, name, revision, source })
  )
])
