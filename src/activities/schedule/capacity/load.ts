/**
 * Rough-cut load: how many minutes of work each station, tool and inspector has in each bucket, against the minutes that it
 * is open. Nothing is moved and nothing waits; it says whether a plan can be true before it is agreed.
 */
import { dayNumber, instantOf, workingCalendar } from '#kernel/calendar.ts'
import type { Known } from '#kernel/decision.ts'
import { type Bucket, bucketOf } from '../mps/buckets.ts'
import { type OpenOrder, openOrderView } from '../order-view.ts'
import { placeView, type RoutedOperation, routingKey, routingView, stationView, toolView } from '../projection.ts'
import { calendarOf, minutesOf, perCalendar, type PlannedRun } from '../solver/problem-from.ts'

export type LoadBucket = {
  /** Minutes of work, of work orders and of planned runs. */
  readonly firm: number
  readonly planned: number
  /** Minutes that it is open. */
  readonly open: number
}
export type Load = {
  readonly resource: string
  /** 'inspection': all stations of that kind together, the QC workload of the plan. */
  readonly kind: 'station' | 'tool' | 'inspection'
  readonly name: string
  readonly buckets: readonly LoadBucket[]
}

/** The resource under which the workload of all inspectors is reported. */
export const INSPECTION = 'inspection'

/**
 * `planned`: runs that are no work order yet. A run loads each operation in the bucket in which the run is due; what is
 * past due loads the first. An operation that may be done at several stations loads each with its even share. A tool and
 * the operations of a control plan are loaded beside the station. Tools are open when any station is.
 */
export const loadOf = (
  known: Known,
  buckets: readonly Bucket[],
  { now, planned = [] }: { readonly now: number; readonly planned?: readonly PlannedRun[] }
): readonly Load[] => {
  const sums = new Map<string, { firm: number; planned: number }[]>()
  const inspecting = inspectingStations(known)
  eachLoad(known, buckets, planned, ({ resource, at, minutes, kind }) => {
    const row = sums.get(resource) ?? buckets.map(() => ({ firm: 0, planned: 0 }))
    sums.set(resource, row)
    const cell = row[at]
    if (cell) cell[kind] += minutes
  })
  return resourcesOf(known, buckets, now, inspecting).flatMap(({ open, ...resource }) => {
    const row = sums.get(resource.resource)
    return row || resource.kind !== 'tool'
      ? [
          {
            ...resource,
            buckets: buckets.map((_, at) => ({ ...(row?.[at] ?? { firm: 0, planned: 0 }), open: open[at] ?? 0 }))
          }
        ]
      : []
  })
}

/** One operation's share of a load, in minutes. */
export type LoadingWork = {
  readonly order: string
  readonly item: string
  readonly op: number
  readonly name: string
  /** YYYY-MM-DD */
  readonly due: string
  readonly kind: 'firm' | 'planned'
  readonly minutes: number
}

/** What makes up the load of one resource in one bucket, in the order of due days; the sums of `loadOf`, taken apart. */
export const loadingWork = (
  known: Known,
  buckets: readonly Bucket[],
  planned: readonly PlannedRun[],
  of: { readonly resource: string; readonly at: number }
): readonly LoadingWork[] => {
  const found: LoadingWork[] = []
  eachLoad(known, buckets, planned, ({ resource, at, minutes, kind, run, operation }) => {
    const { order, item, due } = run
    if (resource === of.resource && at === of.at && minutes > 0)
      found.push({ order, item, due, op: operation.op, name: operation.name, kind, minutes })
  })
  return found.sort((a, b) => (a.due !== b.due ? (a.due < b.due ? -1 : 1) : a.order < b.order ? -1 : a.op - b.op))
}

const inspectingStations = (known: Known): ReadonlySet<string> =>
  new Set(known.list(stationView).flatMap(([key, { kind }]) => (kind === 'inspection' ? [key] : [])))

type Loading = {
  readonly resource: string
  readonly at: number
  readonly minutes: number
  readonly kind: 'firm' | 'planned'
  readonly run: LoadingRun['run']
  readonly operation: RoutedOperation
}

const eachLoad = (
  known: Known,
  buckets: readonly Bucket[],
  planned: readonly PlannedRun[],
  put: (loading: Loading) => void
): void => {
  const inspecting = inspectingStations(known)
  for (const { run, kind, operations } of loadingRuns(known, planned)) {
    const at = bucketOf(buckets, dayNumber(run.due))
    if (at < 0) continue
    for (const operation of operations) {
      const minutes = minutesOf(known, run, operation)
      const one = { at, kind, run, operation }
      const share = minutes / operation.stations.length
      for (const station of operation.stations) put({ ...one, resource: station, minutes: share })
      for (const tool of operation.tools ?? []) put({ ...one, resource: tool, minutes })
      if (operation.controlPlan !== undefined || operation.stations.some(station => inspecting.has(station)))
        put({ ...one, resource: INSPECTION, minutes })
    }
  }
}

type LoadingRun = {
  readonly run: Pick<PlannedRun, 'order' | 'item' | 'quantity' | 'due'>
  readonly kind: 'firm' | 'planned'
  readonly operations: readonly (RoutedOperation & { readonly progress?: OpenOrder['progress'][string] })[]
}

const loadingRuns = (known: Known, planned: readonly PlannedRun[]): readonly LoadingRun[] => {
  const routed = (item: string, revision: string) =>
    known.get(routingView, routingKey(item, revision))?.operations ?? []
  const orders = known.list(openOrderView).flatMap(([, order]): readonly LoadingRun[] =>
    order.state === 'closed'
      ? []
      : [
          {
            run: { order: order.workOrder, item: order.item, quantity: order.quantity, due: order.due },
            kind: 'firm',
            operations: routed(order.item, order.revision).flatMap(one => {
              const progress = order.progress[one.op]
              return progress?.state === 'done' ? [] : [{ ...one, ...(progress ? { progress } : {}) }]
            })
          }
        ]
  )
  return [
    ...orders,
    ...planned.map((run): LoadingRun => ({ run, kind: 'planned', operations: routed(run.item, run.revision) }))
  ]
}

type Resource = Omit<Load, 'buckets'> & { readonly open: readonly number[] }

const resourcesOf = (
  known: Known,
  buckets: readonly Bucket[],
  now: number,
  inspecting: ReadonlySet<string>
): readonly Resource[] => {
  const zone = known.list(placeView)[0]?.[1].timeZone ?? 'UTC'
  // What is over can't be worked in any more.
  const spans = buckets.map(
    ({ from, to }) => [Math.max(now, instantOf(from, 0, zone)), instantOf(to, 0, zone)] as const
  )
  const hours = perCalendar(rule => {
    const { openMinutes } = workingCalendar(rule)
    return spans.map(([from, to]) => openMinutes(from, to))
  })
  const openOf = (station: Parameters<typeof calendarOf>[1]): readonly number[] =>
    hours(calendarOf(known, station, zone)).map(minutes => (station?.capacity ?? 1) * minutes)
  const stations = known.list(stationView).map(([, station]) => ({ station, open: openOf(station) }))
  const inspectors = stations.filter(({ station }) => inspecting.has(station.station))
  const whole = openOf(undefined)
  const sum = (rows: readonly (readonly number[])[]): readonly number[] =>
    buckets.map((_, at) => rows.reduce((all, row) => all + (row[at] ?? 0), 0))
  const widest = buckets.map((_, at) =>
    Math.max(whole[at] ?? 0, ...stations.map(({ station, open }) => (open[at] ?? 0) / (station.capacity ?? 1)))
  )
  return [
    ...stations.map(
      ({ station, open }): Resource => ({ resource: station.station, kind: 'station', name: station.name, open })
    ),
    { resource: INSPECTION, kind: 'inspection', name: 'Inspection', open: sum(inspectors.map(({ open }) => open)) },
    ...known.list(toolView).map(([tool, { name }]): Resource => ({ resource: tool, kind: 'tool', name, open: widest }))
  ]
}
