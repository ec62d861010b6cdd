/** What is known of items, their BOMs and the stock on the shelves. */
import type * as z from 'zod/mini'
import { add } from '#kernel/quantity.ts'
import { change, viewKind, when } from '#kernel/view.ts'
import {
  materialConsumed,
  materialReturned,
  workOrderClosed,
  workOrderCreated,
  workOrderRescheduled
} from '#activities/orders/events.ts'
import { buildPlanned, demandSet, forecastSet } from '#activities/schedule/events.ts'
import { calendarSet, siteSetUp } from '#plant/events.ts'
import {
  bomSet,
  itemSet,
  messageNoted,
  plannedOrderFirmed,
  purchaseLineChanged,
  purchaseOrderSet,
  purchaseReceived,
  stockCounted
} from './events.ts'

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
  ),
  when(
    purchaseReceived,
    ({ item, lot }) => stockKey(item, lot),
    (was, payload, { at }) => {
      const { location, supplierLot, expires } = payload
      return { ...move(was, payload, payload.quantity, at), location, ...present({ supplierLot, expires }) }
    }
  )
])

/** Leaves out what is undefined. */
const present = <T extends object>(given: { readonly [K in keyof T]: T[K] | undefined }): Partial<T> => {
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) if (value !== undefined) kept[name] = value
  // Only members of T that are there were kept.
  return kept as Partial<T>
}

type OrderedLine = z.infer<typeof purchaseOrderSet.payload>['lines'][number]
export type PurchaseLine = OrderedLine & {
  /** What has come so far, in the item's unit. */
  readonly received: number
}
export type PurchaseOrder = Omit<z.infer<typeof purchaseOrderSet.payload>, 'lines'> & {
  readonly lines: readonly PurchaseLine[]
}

const onLine = (was: PurchaseOrder, line: number, next: (was: PurchaseLine) => PurchaseLine): PurchaseOrder => ({
  ...was,
  lines: was.lines.map(one => (one.line === line ? next(one) : one))
})

/** What has come of a line is kept when the order is set again, and when the line is gone for as long as the order is. */
export const purchaseOrderView = viewKind<PurchaseOrder>('materials/purchase-order', 'desk', [
  when(
    purchaseOrderSet,
    ({ order }) => order,
    (was, payload) => ({
      ...payload,
      lines: payload.lines.map(one => ({
        ...one,
        received: was?.lines.find(({ line }) => line === one.line)?.received ?? 0
      }))
    })
  ),
  when(
    purchaseLineChanged,
    ({ order }) => order,
    change((was, { line, quantity, due, state }) =>
      onLine(was, line, one => ({ ...one, ...present({ quantity, due, state }) }))
    )
  ),
  when(
    purchaseReceived,
    ({ order }) => order,
    change((was, { line, quantity }) => onLine(was, line, one => ({ ...one, received: add(one.received, quantity) })))
  )
])

/** What is still to come of a line, in the item's unit. */
export const toCome = ({ state, quantity, received }: PurchaseLine): number =>
  state === 'open' ? Math.max(0, add(quantity, -received)) : 0

export type FirmPlanned = z.infer<typeof plannedOrderFirmed.payload>

export const firmPlannedView = viewKind<FirmPlanned>('materials/firm-planned', 'desk', [
  when(
    plannedOrderFirmed,
    ({ order }) => order,
    (_, payload) => (payload.quantity > 0 ? payload : undefined)
  ),
  when(
    purchaseOrderSet,
    ({ lines }) => lines.flatMap(({ firm }) => firm ?? []),
    (): FirmPlanned | undefined => undefined
  )
])

export type MessageNote = z.infer<typeof messageNoted.payload> & { readonly person: string; readonly at: string }

export const messageNoteView = viewKind<MessageNote>('materials/message-note', 'desk', [
  when(
    messageNoted,
    ({ message }) => message,
    (_, payload, { person, at }) => ({ ...payload, person, at })
  )
])

/** What the plan is made for, as the schedule room records it. */
export type Wanted = z.infer<typeof demandSet.payload>
export const wantedView = viewKind<Wanted>('materials/wanted', 'desk', [
  when(
    demandSet,
    ({ demand }) => demand,
    (_, payload) => (payload.state === 'closed' ? undefined : payload)
  )
])

export type Forecast = z.infer<typeof forecastSet.payload>
export const forecastKey = ({ item, bucket, from }: Pick<Forecast, 'item' | 'bucket' | 'from'>): string =>
  `${item}/${bucket}/${from}`
export const forecastView = viewKind<Forecast>('materials/forecast', 'desk', [
  when(forecastSet, forecastKey, (_, payload) => (payload.quantity > 0 ? payload : undefined))
])

/** A planned build that is no work order yet: a firm planned order of what is made. */
export type PlannedBuild = z.infer<typeof buildPlanned.payload>
export const plannedBuildView = viewKind<PlannedBuild>('materials/planned-build', 'desk', [
  when(
    buildPlanned,
    ({ build }) => build,
    (_, payload) => (payload.quantity > 0 && payload.workOrder === undefined ? payload : undefined)
  )
])

export type WorkCalendar = z.infer<typeof calendarSet.payload>
export const workCalendarView = viewKind<WorkCalendar>('materials/calendar', 'desk', [
  when(
    calendarSet,
    ({ calendar }) => calendar,
    (_, payload) => payload
  )
])

export type Place = { readonly site: string; readonly timeZone: string }
export const placeView = viewKind<Place>('materials/place', 'desk', [
  when(
    siteSetUp,
    ({ site }) => site,
    (_, { site, timeZone }) => ({ site, timeZone })
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
    workOrderRescheduled,
    ({ workOrder }) => workOrder,
    change((was, { due = was.due, quantity = was.quantity }) => ({ ...was, due, quantity }))
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

/** All that the planning problem is made of. */
export const materialsViews = [
  itemView,
  bomView,
  stockView,
  needView,
  purchaseOrderView,
  firmPlannedView,
  wantedView,
  forecastView,
  plannedBuildView,
  workCalendarView,
  placeView
]
