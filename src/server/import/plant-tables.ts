/**
 * The plant as tables, in the shape of the CSV templates: what an import is compared with and what an export writes.
 * Folded from the log's own events, so that it knows no room's views.
 */
import {
  type bomLine,
  bomSet,
  itemSet,
  purchaseLineChanged,
  purchaseOrderSet,
  purchaseReceived,
  stockCounted
} from '#activities/materials/events.ts'
import {
  materialConsumed,
  materialReturned,
  type operation,
  routingSet,
  type step,
  workOrderClosed,
  workOrderCreated,
  workOrderRescheduled
} from '#activities/orders/events.ts'
import { type characteristic, controlPlanSet } from '#activities/quality/events.ts'
import { demandSet, forecastSet, setupSet } from '#activities/schedule/events.ts'
import { toolCalibrated, toolSet } from '#activities/tooling/events.ts'
import type { EventKind } from '#kernel/event.ts'
import { add } from '#kernel/quantity.ts'
import { calendarSet, lineSet, personSet, reasonSet, stationSet } from '#plant/events.ts'
import type * as z from 'zod/mini'
import type { Logged } from './office-port.ts'

type Of<K> = K extends EventKind<infer P> ? P : never
export type Step = z.infer<typeof step>
export type Operation = z.infer<typeof operation>
export type BomLine = z.infer<typeof bomLine>
export type Characteristic = z.infer<typeof characteristic>

type Revised = { readonly item: string; readonly revision: string }
export type BomRow = Revised & { readonly line: BomLine }
export type RoutingRow = Revised & { readonly operation: Omit<Operation, 'steps'> }
export type StepRow = Revised & { readonly op: number; readonly step: Step }
export type PlanRow = Omit<Of<typeof controlPlanSet>, 'characteristics'>
export type CharacteristicRow = {
  readonly plan: string
  readonly revision: string
  readonly characteristic: Characteristic
}
export type CalendarRow = {
  readonly calendar: string
  readonly name: string
  /** A row that is not active takes its shift or its exception out. */
  readonly active: boolean
} & (
  | { readonly is: 'shift'; readonly day: number; readonly from: string; readonly to: string }
  | {
      readonly is: 'exception'
      readonly first: string
      readonly last: string
      /** Closed without hours. */
      readonly from?: string
      readonly to?: string
      readonly note?: string
    }
)
export type PurchaseRow = Omit<Of<typeof purchaseOrderSet>, 'lines'> & {
  readonly received: number
  readonly line: Of<typeof purchaseOrderSet>['lines'][number]
}
export type WorkOrderRow = Of<typeof workOrderCreated>

/** What one table holds: its rows by key, the keys by the group that one event sets as a whole. */
export type TableRows = {
  calendars: CalendarRow
  lines: Of<typeof lineSet>
  stations: Of<typeof stationSet>
  people: Of<typeof personSet>
  reasons: Of<typeof reasonSet>
  tools: Of<typeof toolSet>
  items: Of<typeof itemSet>
  bom: BomRow
  plans: PlanRow
  control_plans: CharacteristicRow
  routing: RoutingRow
  steps: StepRow
  stock: Of<typeof stockCounted>
  demand: Of<typeof demandSet>
  forecast: Of<typeof forecastSet>
  setups: Of<typeof setupSet>
  purchases: PurchaseRow
  work_orders: WorkOrderRow
}
export type TableName = keyof TableRows
export type Group<R> = Map<string, R>
export type Plant = { [T in TableName]: Map<string, Group<TableRows[T]>> } & { readonly closed: Set<string> }

export const TABLES = [
  'calendars',
  'lines',
  'stations',
  'people',
  'reasons',
  'tools',
  'items',
  'bom',
  'plans',
  'control_plans',
  'routing',
  'steps',
  'stock',
  'demand',
  'forecast',
  'setups',
  'purchases',
  'work_orders'
] as const satisfies readonly TableName[]

export const emptyPlant = (): Plant => ({
  calendars: new Map(),
  lines: new Map(),
  stations: new Map(),
  people: new Map(),
  reasons: new Map(),
  tools: new Map(),
  items: new Map(),
  bom: new Map(),
  plans: new Map(),
  control_plans: new Map(),
  routing: new Map(),
  steps: new Map(),
  stock: new Map(),
  demand: new Map(),
  forecast: new Map(),
  setups: new Map(),
  purchases: new Map(),
  work_orders: new Map(),
  closed: new Set()
})

/** Joins the parts of a key; the separator can't be in a code. */
export const keyOf = (...parts: readonly (string | number)[]): string => parts.join('\u001f')

export const put = <R>(table: Map<string, Group<R>>, group: string, key: string, row: R): void => {
  const rows = table.get(group)
  if (rows) rows.set(key, row)
  else table.set(group, new Map([[key, row]]))
}

/** A calendar's shift by its day and hours, an exception by its days and hours. */
export const calendarKey = (row: CalendarRow): string =>
  row.is === 'shift' ? keyOf(row.day, row.from, row.to) : keyOf(row.first, row.last, row.from ?? '', row.to ?? '')
export const setupKey = ({ station = '', from, to }: TableRows['setups']): string => keyOf(station, from, to)
export const bomKey = (line: BomLine): string => keyOf(line.component, line.operation ?? 0)
/** As the materials room keeps its books: one place for each lot of an item. */
export const stockKey = (lot: string): string => keyOf('', lot)

/** Folds the log, oldest first, into the plant as it is now. */
export const plantFrom = async (events: AsyncIterable<Logged>): Promise<Plant> => {
  const plant = emptyPlant()
  for await (const event of events) folds.get(event.type)?.(plant, event.payload)
  return plant
}

type Fold = (plant: Plant, payload: unknown) => void
// The log holds only payloads that passed the kind's own schema.
const on = <P>(kind: EventKind<P>, fold: (plant: Plant, payload: P) => void): [string, Fold] => [
  kind.type,
  (plant, payload) => fold(plant, payload as P)
]
const single = (key: string): [string, string] => [key, key]

const folds = new Map<string, Fold>([
  on(calendarSet, ({ calendars }, { calendar, name, week, exceptions }) => {
    const shifts = week.map((shift): CalendarRow => ({ calendar, name, active: true, is: 'shift', ...shift }))
    const others = exceptions.flatMap(({ from: first, to: last, shifts, name: note }): CalendarRow[] => {
      const head = { calendar, name, active: true, is: 'exception' as const, first, last }
      const said = note === undefined ? {} : { note }
      return shifts.length === 0 ? [{ ...head, ...said }] : shifts.map(hours => ({ ...head, ...hours, ...said }))
    })
    calendars.set(calendar, new Map([...shifts, ...others].map(row => [calendarKey(row), row])))
  }),
  on(forecastSet, (plant, row) => put(plant.forecast, ...single(keyOf(row.item, row.bucket, row.from)), row)),
  on(setupSet, ({ setups }, { out, ...row }) => {
    if (out) setups.delete(setupKey(row))
    else put(setups, ...single(setupKey(row)), row)
  }),
  on(purchaseOrderSet, ({ purchases }, { lines, ...head }) => {
    const was = purchases.get(head.order)
    const rows = lines.map((line): [string, PurchaseRow] => {
      const key = String(line.line)
      return [key, { ...head, line, received: was?.get(key)?.received ?? 0 }]
    })
    purchases.set(head.order, new Map(rows))
  }),
  on(purchaseLineChanged, ({ purchases }, { order, line, quantity, due, state }) => {
    const was = purchases.get(order)?.get(String(line))
    const next = was && {
      quantity: quantity ?? was.line.quantity,
      due: due ?? was.line.due,
      state: state ?? was.line.state
    }
    if (was && next) put(purchases, order, String(line), { ...was, line: { ...was.line, ...next } })
  }),
  on(purchaseReceived, (plant, { order, line, item, lot, location, quantity, supplierLot, expires }) => {
    const was = plant.purchases.get(order)?.get(String(line))
    if (was) put(plant.purchases, order, String(line), { ...was, received: add(was.received, quantity) })
    moveStock(plant, item, lot, quantity)
    const stock = plant.stock.get(item)?.get(stockKey(lot))
    const said = {
      ...(supplierLot === undefined ? {} : { supplierLot }),
      ...(expires === undefined ? {} : { expires })
    }
    if (stock) put(plant.stock, item, stockKey(lot), { ...stock, location, ...said })
  }),
  on(lineSet, (plant, row) => put(plant.lines, ...single(row.line), row)),
  on(stationSet, (plant, row) => put(plant.stations, ...single(row.station), row)),
  on(personSet, (plant, row) => put(plant.people, ...single(row.person), row)),
  on(reasonSet, (plant, row) => put(plant.reasons, ...single(keyOf(row.list, row.code)), row)),
  on(toolSet, (plant, row) => put(plant.tools, ...single(row.tool), row)),
  on(toolCalibrated, (plant, { tool, calibratedTo, passed }) => {
    const was = plant.tools.get(tool)?.get(tool)
    if (was && passed) put(plant.tools, ...single(tool), { ...was, calibratedTo })
  }),
  on(itemSet, (plant, row) => put(plant.items, ...single(row.item), row)),
  on(bomSet, (plant, { item, revision, lines }) => {
    plant.bom.set(keyOf(item, revision), new Map(lines.map(line => [bomKey(line), { item, revision, line }])))
  }),
  on(controlPlanSet, (plant, { characteristics, ...header }) => {
    const { plan, revision } = header
    const group = keyOf(plan, revision)
    put(plant.plans, group, group, header)
    plant.control_plans.set(
      group,
      new Map(characteristics.map(one => [String(one.number), { plan, revision, characteristic: one }]))
    )
  }),
  on(routingSet, (plant, { item, revision, operations }) => foldRouting(plant, item, revision, operations)),
  on(stockCounted, (plant, row) => put(plant.stock, row.item, stockKey(row.lot), row)),
  on(materialConsumed, (plant, { item, lot, quantity }) => moveStock(plant, item, lot, -quantity)),
  on(materialReturned, (plant, { item, lot, quantity }) => moveStock(plant, item, lot, quantity)),
  on(demandSet, (plant, row) => put(plant.demand, ...single(row.demand), row)),
  on(workOrderCreated, (plant, row) => put(plant.work_orders, ...single(row.workOrder), row)),
  on(workOrderRescheduled, (plant, { workOrder, due, quantity }) => {
    const was = plant.work_orders.get(workOrder)?.get(workOrder)
    if (was)
      put(plant.work_orders, ...single(workOrder), { ...was, due: due ?? was.due, quantity: quantity ?? was.quantity })
  }),
  on(workOrderClosed, (plant, { workOrder }) => plant.closed.add(workOrder))
])

/** The event types that `plantFrom` wants to be given. */
export const plantEventTypes: readonly string[] = [...folds.keys()]

const foldRouting = (plant: Plant, item: string, revision: string, operations: readonly Operation[]): void => {
  const group = keyOf(item, revision)
  const heads = new Map<string, RoutingRow>()
  const steps = new Map<string, StepRow>()
  for (const { steps: own, ...head } of operations) {
    heads.set(String(head.op), { item, revision, operation: head })
    for (const one of own) steps.set(keyOf(head.op, one.step), { item, revision, op: head.op, step: one })
  }
  plant.routing.set(group, heads)
  plant.steps.set(group, steps)
}

/** Where stock is put that no count has placed yet. */
export const STORE = 'LOC-STORE'

const moveStock = (plant: Plant, item: string, lot: string, quantity: number): void => {
  const was = plant.stock.get(item)?.get(stockKey(lot)) ?? { item, lot, location: STORE, quantity: 0 }
  put(plant.stock, item, stockKey(lot), { ...was, quantity: add(was.quantity, quantity) })
}
