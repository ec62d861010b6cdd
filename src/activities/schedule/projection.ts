/**
 * What is known of demand and planned builds, and what the plan needs of other rooms: items, stock, calendars, stations,
 * routings, and how far each work order is.
 */
import type * as z from 'zod/mini'
import { add } from '#kernel/quantity.ts'
import { viewKind, when } from '#kernel/view.ts'
import { itemSet, purchaseReceived, stockCounted } from '#activities/materials/events.ts'
import { materialConsumed, materialReturned, routingSet } from '#activities/orders/events.ts'
import { controlPlanSet } from '#activities/quality/events.ts'
import { toolCalibrated, toolSet } from '#activities/tooling/events.ts'
import { calendarSet, siteSetUp, stationSet } from '#plant/events.ts'
import { buildPlanned, demandSet, forecastSet, setupSet } from './events.ts'

export type Demand = z.infer<typeof demandSet.payload>
export type Build = z.infer<typeof buildPlanned.payload>
export type Forecast = z.infer<typeof forecastSet.payload>

/** A closed demand is gone. */
export const demandView = viewKind<Demand>('schedule/demand', 'desk', [
  when(
    demandSet,
    ({ demand }) => demand,
    (_, payload) => (payload.state === 'closed' ? undefined : payload)
  )
])

export const forecastKey = ({ item, bucket, from }: Pick<Forecast, 'item' | 'bucket' | 'from'>): string =>
  `${item}/${bucket}/${from}`

export const forecastView = viewKind<Forecast>('schedule/forecast', 'desk', [
  when(forecastSet, forecastKey, (_, payload) => (payload.quantity > 0 ? payload : undefined))
])

/** A build of quantity 0 is taken out. */
export const buildView = viewKind<Build>('schedule/build', 'desk', [
  when(
    buildPlanned,
    ({ build }) => build,
    (_, payload) => (payload.quantity > 0 ? payload : undefined)
  )
])

export type PlannedItem = z.infer<typeof itemSet.payload> & { readonly safetyStock: number }
export const plannedItemView = viewKind<PlannedItem>('schedule/item', 'desk', [
  when(
    itemSet,
    ({ item }) => item,
    (_, payload) => ({ ...payload, safetyStock: payload.safetyStock ?? 0 })
  )
])

/** Pieces on hand of one item, lot by lot; a count replaces a lot, the floor takes from it, a delivery adds to it. */
export type OnHand = { readonly item: string; readonly lots: Readonly<Record<string, number>> }
const byItem = ({ item }: { item: string }) => item
type Moved = { readonly item: string; readonly lot: string }

const put = (was: OnHand | undefined, { item, lot }: Moved, next: (before: number) => number): OnHand => ({
  item,
  lots: { ...was?.lots, [lot]: next(was?.lots[lot] ?? 0) }
})

export const onHandView = viewKind<OnHand>('schedule/on-hand', 'desk', [
  when(stockCounted, byItem, (was, moved) => put(was, moved, () => moved.quantity)),
  when(purchaseReceived, byItem, (was, moved) => put(was, moved, before => add(before, moved.quantity))),
  when(materialConsumed, byItem, (was, moved) => put(was, moved, before => add(before, -moved.quantity))),
  when(materialReturned, byItem, (was, moved) => put(was, moved, before => add(before, moved.quantity)))
])

export const total = (onHand: OnHand | undefined): number => add(...Object.values(onHand?.lots ?? {}))

export type Place = { readonly site: string; readonly timeZone: string }
export const placeView = viewKind<Place>('schedule/place', 'desk', [
  when(
    siteSetUp,
    ({ site }) => site,
    (_, { site, timeZone }) => ({ site, timeZone })
  )
])

export type WorkCalendar = z.infer<typeof calendarSet.payload>
export const workCalendarView = viewKind<WorkCalendar>('schedule/calendar', 'desk', [
  when(
    calendarSet,
    ({ calendar }) => calendar,
    (_, payload) => payload
  )
])

export type Station = z.infer<typeof stationSet.payload>
export const stationView = viewKind<Station>('schedule/station', 'desk', [
  when(
    stationSet,
    ({ station }) => station,
    (_, payload) => payload
  )
])

export type Setup = Omit<z.infer<typeof setupSet.payload>, 'out'>
/** The station is '' where a row is for every one. */
export const setupKey = ({ from, to, station = '' }: Pick<Setup, 'from' | 'to' | 'station'>): string =>
  `${station}/${from}/${to}`

export const setupView = viewKind<Setup>(
  'schedule/setup',
  'desk',
  [when(setupSet, setupKey, (_, { out, ...payload }) => (out ? undefined : payload))],
  undefined,
  2
)

export type Tool = z.infer<typeof toolSet.payload>
export const toolView = viewKind<Tool>('schedule/tool', 'desk', [
  when(
    toolSet,
    ({ tool }) => tool,
    (_, payload) => payload
  ),
  when(
    toolCalibrated,
    ({ tool }) => tool,
    (was, { calibratedTo, passed }) => (was && passed ? { ...was, calibratedTo } : was)
  )
])

type Operation = z.infer<typeof routingSet.payload>['operations'][number]
export type RoutedOperation = Omit<Operation, 'steps' | 'document'>
export type Routing = {
  readonly item: string
  readonly revision: string
  readonly operations: readonly RoutedOperation[]
}

export const routingKey = (item: string, revision: string): string => `${item}@${revision}`

/** Without its steps: the plan asks where and how long, not how. In the order of work. */
export const routingView = viewKind<Routing>('schedule/routing', 'desk', [
  when(
    routingSet,
    ({ item, revision }) => routingKey(item, revision),
    (_, { item, revision, operations }) => ({
      item,
      revision,
      operations: operations.map(({ steps: _steps, document: _document, ...one }) => one).sort((a, b) => a.op - b.op)
    })
  )
])

/** How much there is to inspect by a control plan; a later revision replaces the one before. */
export type Inspecting = {
  readonly plan: string
  readonly sample: z.infer<typeof controlPlanSet.payload>['sample']
  readonly checks: number
}
export const inspectingView = viewKind<Inspecting>('schedule/inspecting', 'desk', [
  when(
    controlPlanSet,
    ({ plan }) => plan,
    (_, { plan, sample, characteristics }) => ({ plan, sample, checks: characteristics.length })
  )
])
