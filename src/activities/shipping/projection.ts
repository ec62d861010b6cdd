/** What is known of boxes and shipments, and of the orders whose pieces go into them. */
import { change, viewKind, when } from '#kernel/view.ts'
import {
  workOrderClosed,
  workOrderCreated,
  workOrderReleased,
  workOrderRescheduled
} from '#activities/orders/events.ts'
import { holdPlaced, holdReleased, inspectionClosed } from '#activities/quality/events.ts'
import {
  handlingUnitClosed,
  handlingUnitOpened,
  handlingUnitReopened,
  piecesPacked,
  piecesTakenOut,
  shipmentSent
} from './events.ts'

export type HandlingUnit = {
  readonly handlingUnit: string
  readonly workOrder: string
  readonly item: string
  readonly capacity: number
  readonly packed: number
  readonly serials: readonly string[]
  readonly openedAt: string
  readonly state: 'open' | 'closed' | 'shipped'
  readonly shipment?: string
}

const byUnit = ({ handlingUnit }: { handlingUnit: string }) => handlingUnit

export const handlingUnitView = viewKind<HandlingUnit>(
  'shipping/handling-unit',
  ({ state }) => (state === 'shipped' ? 'desk' : 'floor'),
  [
    when(handlingUnitOpened, byUnit, (_, { handlingUnit, workOrder, item, capacity }, { at }) => ({
      handlingUnit,
      workOrder,
      item,
      capacity,
      packed: 0,
      serials: [],
      openedAt: at,
      state: 'open'
    })),
    when(
      piecesPacked,
      byUnit,
      change((was, { quantity, serial }) => ({
        ...was,
        packed: was.packed + quantity,
        serials: serial === undefined ? was.serials : [...was.serials, serial]
      }))
    ),
    when(
      piecesTakenOut,
      byUnit,
      change((was, { quantity, serial }) => ({
        ...was,
        packed: Math.max(0, was.packed - quantity),
        serials: was.serials.filter(one => one !== serial)
      }))
    ),
    when(
      handlingUnitClosed,
      byUnit,
      change((was): HandlingUnit => ({ ...was, state: was.state === 'shipped' ? was.state : 'closed' }))
    ),
    when(
      handlingUnitReopened,
      byUnit,
      change((was): HandlingUnit => ({ ...was, state: was.state === 'shipped' ? was.state : 'open' }))
    ),
    when(
      shipmentSent,
      ({ handlingUnits }) => handlingUnits,
      change((was, { shipment }): HandlingUnit => ({ ...was, state: 'shipped', shipment }))
    )
  ]
)

export type Shipment = {
  readonly shipment: string
  readonly customer: string
  readonly handlingUnits: readonly string[]
  readonly note?: string
  readonly person: string
  readonly at: string
}
export const shipmentView = viewKind<Shipment>('shipping/shipment', 'desk', [
  when(
    shipmentSent,
    ({ shipment }) => shipment,
    (_, { shipment, customer, handlingUnits, note }, { person, at }) => ({
      shipment,
      customer,
      handlingUnits,
      person,
      at,
      ...(note === undefined ? {} : { note })
    })
  )
])

/** What the ship gate asks of a work order. */
export type PackedOrder = {
  readonly workOrder: string
  readonly item: string
  readonly itemName: string
  readonly quantity: number
  readonly customer?: string
  readonly state: 'created' | 'released' | 'complete' | 'cancelled'
  /** The operations that are inspections and are not closed. */
  readonly openInspections: readonly number[]
  /** Holds that nobody has released. */
  readonly holds: readonly string[]
  readonly packed: number
}

const byOrder = ({ workOrder }: { workOrder: string }) => workOrder

export const packedOrderView = viewKind<PackedOrder>(
  'shipping/order',
  ({ state }) => (state === 'released' || state === 'complete' ? 'floor' : 'desk'),
  [
    when(workOrderCreated, byOrder, (_, { workOrder, item, itemName, quantity, customer }) => ({
      workOrder,
      item,
      itemName,
      quantity,
      state: 'created',
      openInspections: [],
      holds: [],
      packed: 0,
      ...(customer === undefined ? {} : { customer })
    })),
    when(
      workOrderRescheduled,
      byOrder,
      change((was, { quantity }) => (quantity === undefined ? was : { ...was, quantity }))
    ),
    when(
      workOrderReleased,
      byOrder,
      change(
        (was, { operations }): PackedOrder => ({
          ...was,
          state: 'released',
          // Released again with a new method: what was inspected stays so.
          openInspections:
            was.state === 'released'
              ? was.openInspections
              : operations.filter(({ checks }) => checks > 0).map(({ op }) => op)
        })
      )
    ),
    when(
      workOrderClosed,
      byOrder,
      change((was, { outcome }): PackedOrder => ({ ...was, state: outcome }))
    ),
    when(
      inspectionClosed,
      byOrder,
      change((was, { op }) => ({
        ...was,
        openInspections: was.openInspections.filter(open => open !== op)
      }))
    ),
    when(
      holdPlaced,
      byOrder,
      change((was, { hold }) => ({ ...was, holds: [...was.holds, hold] }))
    ),
    when(
      holdReleased,
      byOrder,
      change((was, { hold }) => ({ ...was, holds: was.holds.filter(one => one !== hold) }))
    ),
    when(
      piecesPacked,
      byOrder,
      change((was, { quantity }) => ({ ...was, packed: was.packed + quantity }))
    ),
    when(
      piecesTakenOut,
      byOrder,
      change((was, { quantity }) => ({ ...was, packed: Math.max(0, was.packed - quantity) }))
    )
  ]
)

/** The serial number of the last box; the next one counts on. */
export const boxCounterView = viewKind<{ readonly last: number }>('shipping/box-counter', 'desk', [
  when(
    handlingUnitOpened,
    () => 'boxes',
    was => ({ last: (was?.last ?? 0) + 1 })
  )
])
