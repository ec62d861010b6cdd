/** The scheduling problem as the desk knows it: open work orders on stations with their calendars and tools. */
import { PLANT_CALENDAR } from '#plant/events.ts'
import { type CalendarRule, dayNumber, instantOf, usualWeek, workingCalendar } from '#kernel/calendar.ts'
import type { Known } from '#kernel/decision.ts'
import { sampleSize } from '../capacity/sample-size.ts'
import { PUBLISHED, pinnedView, publishedView } from '../dispatch-view.ts'
import { type OpenOrder, openOrderView } from '../order-view.ts'
import {
  inspectingView,
  placeView,
  type RoutedOperation,
  routingKey,
  routingView,
  type Setup,
  setupView,
  type Station,
  stationView,
  toolView,
  workCalendarView
} from '../projection.ts'
import type { OpenInterval, OperationInput, ScheduleProblem, SetupInput, StationInput } from './problem.ts'

const MINUTE = 60_000
const DAY = 86_400_000

/** A run that is not a work order yet: a planned order of the plan, in the item's current revision. */
export type PlannedRun = {
  readonly order: string
  readonly item: string
  readonly revision: string
  readonly quantity: number
  /** Days of the plant's calendar, YYYY-MM-DD. */
  readonly due: string
  readonly start?: string
}

export type ScheduleOptions = {
  /** Milliseconds since the epoch: nothing begins before, and minutes count from here. */
  readonly now: number
  /** Days ahead for which stations' opening times are given. Default 180. */
  readonly days?: number
  /** The day from which the material of an order is there, as the material plan says. */
  readonly materialOf?: (order: string) => string | undefined
  /** Orders of other items that have to be finished first: a board before its unit. */
  readonly waitsFor?: (order: string) => readonly string[]
  readonly planned?: readonly PlannedRun[]
}

/** A station that does several operations at once is several for the solver: `ST-05` and `ST-05/2`. */
export const placeOf = (station: string, index: number): string => (index === 0 ? station : `${station}/${index + 1}`)
export const stationOf = (place: string): string => place.replace(/\/\d+$/, '')

/**
 * Minutes count from `now`. An operation with a control plan takes its run minutes for each piece that is inspected, every
 * other one for each piece of the order; what is counted good already is not made again. An order is due at the end of its day.
 */
export const scheduleProblemFrom = (known: Known, options: ScheduleOptions): ScheduleProblem => {
  const zone = known.list(placeView)[0]?.[1].timeZone ?? 'UTC'
  const stations = known.list(stationView).map(([, station]) => station)
  const capacity = new Map(stations.map(({ station, capacity }) => [station, capacity ?? 1]))
  const room = new Map(stations.map(({ station, batchCapacity }) => [station, batchCapacity]))
  const runs = runsOf(known, options)
  const lastOf = new Map(runs.map(run => [run.order, run.operations.at(-1)?.op]))
  const tools = new Set(known.list(toolView).map(([tool]) => tool))
  const operations = runs.flatMap(run =>
    run.operations.map((operation, index) =>
      operationOf(known, run, operation, index, { options, zone, capacity, room, lastOf, tools })
    )
  )
  return {
    now: 0,
    stations: placesOf(known, stations, zone, options),
    operations: apart(operations, capacity),
    tools: [...tools].map(tool => ({ tool, count: 1 })),
    setups: known.list(setupView).flatMap(([, setup]) => setupsOf(setup, capacity))
  }
}

/** A row of the matrix, for each place of its station. */
const setupsOf = ({ station, ...row }: Setup, capacity: ReadonlyMap<string, number>): readonly SetupInput[] =>
  station === undefined
    ? [row]
    : Array.from({ length: capacity.get(station) ?? 1 }, (_, index) => ({ ...row, station: placeOf(station, index) }))

/** Several that have begun at one station of several places stand at different ones. */
const apart = (
  operations: readonly OperationInput[],
  capacity: ReadonlyMap<string, number>
): readonly OperationInput[] => {
  const taken = new Map<string, number>()
  return operations.map(one => {
    if (!one.locked) return one
    const { station, start } = one.locked
    const index = taken.get(station) ?? 0
    taken.set(station, index + 1)
    return { ...one, locked: { station: placeOf(station, Math.min(index, (capacity.get(station) ?? 1) - 1)), start } }
  })
}

/** The calendar that a station follows: its own, else the plant's, else, or where that never opens, Monday to Friday. */
export const calendarOf = (known: Known, station: Station | undefined, zone: string): CalendarRule => {
  const own = station?.calendar === undefined ? undefined : known.get(workCalendarView, station.calendar)
  const set = own ?? known.get(workCalendarView, PLANT_CALENDAR)
  if (!set) return usualWeek(zone)
  const rule = { zone, week: set.week, exceptions: set.exceptions }
  // A plant that never works is a slip of the pen; a station that never opens may be out of use.
  return !own && workingCalendar(rule).neverOpens ? usualWeek(zone) : rule
}

/** Works out once what all stations of one calendar share: local time costs more than all the rest of a plan. */
export const perCalendar = <T>(work: (rule: CalendarRule) => T): ((rule: CalendarRule) => T) => {
  const known = new Map<string, T>()
  return rule => {
    const name = JSON.stringify(rule)
    const found = known.get(name) ?? work(rule)
    known.set(name, found)
    return found
  }
}

const placesOf = (known: Known, stations: readonly Station[], zone: string, options: ScheduleOptions) => {
  const { now, days = 180 } = options
  const opens = perCalendar(rule =>
    workingCalendar(rule)
      .openBetween(now, now + days * DAY)
      .map(({ from, to }): OpenInterval => [Math.round((from - now) / MINUTE), Math.round((to - now) / MINUTE)])
  )
  return stations.flatMap((station): readonly StationInput[] => {
    const open = opens(calendarOf(known, station, zone))
    return Array.from({ length: station.capacity ?? 1 }, (_, index) => ({
      station: placeOf(station.station, index),
      open,
      ...(station.batchCapacity === undefined ? {} : { batchCapacity: station.batchCapacity })
    }))
  })
}

type RunOperation = RoutedOperation & { readonly progress?: OpenOrder['progress'][string] }
type Run = {
  readonly order: string
  readonly quantity: number
  readonly due: string
  readonly priority: number
  readonly start?: string
  readonly operations: readonly RunOperation[]
}

const runsOf = (known: Known, { planned = [] }: ScheduleOptions): readonly Run[] => {
  const routed = (item: string, revision: string): readonly RoutedOperation[] =>
    known.get(routingView, routingKey(item, revision))?.operations ?? []
  const open = known.list(openOrderView).flatMap(([, order]): readonly Run[] => {
    if (order.state === 'closed') return []
    const masters = routed(order.item, order.revision)
    // What was frozen at release goes before what the routing says by now; set-up and tools only the routing knows.
    const operations = (order.operations ?? masters).map(one => ({
      setupMinutes: 0,
      ...masters.find(({ op }) => op === one.op),
      ...one
    }))
    const left = operations.flatMap(one => {
      const progress = order.progress[one.op]
      return progress?.state === 'done' ? [] : [{ ...one, ...(progress ? { progress } : {}) }]
    })
    return [
      { order: order.workOrder, quantity: order.quantity, due: order.due, priority: order.priority, operations: left }
    ]
  })
  return [
    ...open,
    ...planned.map(({ item, revision, ...run }): Run => ({ ...run, priority: 9, operations: routed(item, revision) }))
  ]
}

type Around = {
  readonly options: ScheduleOptions
  readonly zone: string
  readonly capacity: ReadonlyMap<string, number>
  /** Pieces that a furnace holds. */
  readonly room: ReadonlyMap<string, number | undefined>
  readonly lastOf: ReadonlyMap<string, number | undefined>
  readonly tools: ReadonlySet<string>
}

const operationOf = (
  known: Known,
  run: Run,
  operation: RunOperation,
  index: number,
  around: Around
): OperationInput => {
  const { options, zone, capacity, room, lastOf } = around
  const at = (day: string): number => Math.round((instantOf(dayNumber(day), 0, zone) - options.now) / MINUTE)
  const minutesAt = (station: string): number => minutesOf(known, run, operation, room.get(station))
  const minutes = minutesAt(operation.progress?.station ?? operation.stations[0] ?? '')
  const before = run.operations[index - 1]
  const material = index === 0 ? options.materialOf?.(run.order) : undefined
  const first = index === 0 ? (options.waitsFor?.(run.order) ?? []) : []
  const predecessors = [
    ...(before ? [`${run.order}-${before.op}`] : []),
    ...first.flatMap(order => (lastOf.get(order) === undefined ? [] : [`${order}-${lastOf.get(order)}`]))
  ]
  const day = dayNumber(run.due)
  return {
    id: `${run.order}-${operation.op}`,
    workOrder: run.order,
    op: operation.op,
    stations: operation.stations.flatMap(station =>
      Array.from({ length: capacity.get(station) ?? 1 }, (_, place) => ({
        station: placeOf(station, place),
        minutes: minutesAt(station)
      }))
    ),
    ...(operation.family === undefined ? {} : { family: operation.family }),
    ...batchOf(run, operation, room),
    ...(operation.tools?.length ? { tools: operation.tools.filter(tool => around.tools.has(tool)) } : {}),
    ...(predecessors.length > 0 ? { predecessors } : {}),
    ...(material !== undefined && at(material) > 0 ? { release: at(material) } : {}),
    ...(Number.isNaN(day) ? {} : { due: Math.round((instantOf(day + 1, 0, zone) - options.now) / MINUTE) }),
    weight: Math.max(1, 10 - run.priority),
    ...(startedAt(operation, minutes, options.now) ?? wantedAt(known, run, operation, options.now))
  }
}

/** An order that fills a furnace more than once leaves no room in any of its loads. */
const batchOf = (
  { quantity }: Run,
  { batch, stations }: RunOperation,
  room: Around['room']
): Pick<OperationInput, 'batch'> => {
  if (batch === undefined) return {}
  const rooms = stations.flatMap(station => room.get(station) ?? [])
  return { batch: { key: batch, size: Math.min(quantity, ...rooms) } }
}

/** Work that has begun stays where it is; its set-up is behind it. */
const startedAt = (
  { progress }: RunOperation,
  minutes: number,
  now: number
): Pick<OperationInput, 'state' | 'locked' | 'remaining'> | undefined => {
  if (progress?.state !== 'started' || progress.station === undefined) return undefined
  const since = Math.round((Date.parse(progress.since ?? '') - now) / MINUTE)
  return {
    state: 'started',
    locked: { station: progress.station, start: Math.min(0, Number.isNaN(since) ? 0 : since) },
    remaining: Math.max(1, minutes)
  }
}

/** Where a planner has pinned it, and where the schedule that people know has it. */
const wantedAt = (
  known: Known,
  { order }: Run,
  { op }: RunOperation,
  now: number
): Pick<OperationInput, 'locked' | 'planned'> => {
  const at = (start: string): number => Math.round((Date.parse(start) - now) / MINUTE)
  const pinned = known.get(pinnedView, `${order}/${op}`)
  const published = known
    .get(publishedView, PUBLISHED)
    ?.operations.find(one => one.workOrder === order && one.op === op)
  return {
    // A pin that is over holds no place: the work has still to be done.
    ...(pinned && at(pinned.start) >= 0 ? { locked: { station: pinned.station, start: at(pinned.start) } } : {}),
    ...(published ? { planned: { station: published.station, start: at(published.start) } } : {})
  }
}

/** Set-up and run of what is left of an operation, in whole minutes; `room`: pieces that a furnace holds at once. */
export const minutesOf = (
  known: Known,
  { quantity }: { readonly quantity: number },
  { setupMinutes, runMinutes, controlPlan, progress, batch }: RunOperation,
  room?: number
): number => {
  const plan = controlPlan === undefined ? undefined : known.get(inspectingView, controlPlan)
  const pieces = plan ? sampleSize(plan.sample, quantity) : quantity
  const counted = progress ? progress.good + progress.scrap : 0
  const setup = progress?.state === 'started' ? 0 : setupMinutes
  const left = Math.max(0, pieces - counted)
  return Math.ceil(setup + runMinutes * (batch === undefined ? left : Math.ceil(left / (room ?? Infinity)) || 1))
}
