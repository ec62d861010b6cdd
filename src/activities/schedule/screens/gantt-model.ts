/** The schedule as rows of bars in real time, and how keys and pulls move through it. Pure; `gantt.tsx` draws it. */
import { dayAt, instantOf, type Interval, workingCalendar } from '#kernel/calendar.ts'
import type { Known } from '#kernel/decision.ts'
import { pinnedView } from '../dispatch-view.ts'
import { openOrderView } from '../order-view.ts'
import type { PlanSchedule, ScheduledRun } from '../outlook.ts'
import { stationView } from '../projection.ts'
import type { WorkOrderResult } from '../solver/problem.ts'
import { calendarOf, placeOf } from '../solver/problem-from.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** What a bar's colour says. A started or pinned one that is late is late. */
export type BarState = 'late' | 'started' | 'pinned' | 'firm' | 'planned'

/** Instants are milliseconds since the epoch. */
export type Bar = {
  readonly id: string
  readonly workOrder: string
  readonly op: number
  readonly place: string
  readonly from: number
  /** Set-up until here. */
  readonly setUpTo: number
  readonly to: number
  readonly state: BarState
  readonly run: ScheduledRun | undefined
  readonly result: WorkOrderResult | undefined
  readonly pinned: boolean
  readonly started: boolean
  /** The parts are there from here; only of an order's first operation, when they are not there yet. */
  readonly material?: number
}
export type GanttRow = {
  readonly place: string
  readonly name: string
  readonly bars: readonly Bar[]
  readonly closed: readonly Interval[]
}
export type Gantt = {
  readonly from: number
  readonly to: number
  readonly now: number
  readonly zone: string
  readonly rows: readonly GanttRow[]
  readonly late: number
}

/** Rows are every station that is known, one for each place of a station with several. `zone`: the plant's. */
export const ganttOf = (known: Known, plan: PlanSchedule, zone: string): Gantt => {
  const { from: now, schedule, runs } = plan
  const at = (minute: number): number => now + minute * MINUTE
  const end = Math.max(now + 7 * DAY, ...schedule.operations.map(one => at(one.end)))
  const from = instantOf(dayAt(now, zone), 0, zone)
  const to = instantOf(dayAt(end, zone) + 1, 0, zone)
  const results = new Map(schedule.workOrders.map(one => [one.workOrder, one]))
  const firsts = new Set<string>()
  const bars = schedule.operations.map((one): Bar => {
    const run = runs[one.workOrder]
    const result = results.get(one.workOrder)
    const pinned = known.get(pinnedView, `${one.workOrder}/${one.op}`) !== undefined
    const started = known.get(openOrderView, one.workOrder)?.progress[one.op]?.state === 'started'
    const first = !firsts.has(one.workOrder)
    firsts.add(one.workOrder)
    const material = first && run?.material !== undefined ? Date.parse(run.material) : Number.NaN
    const there = Number.isNaN(material) ? material : instantOf(material / DAY, 0, zone)
    return {
      id: one.id,
      workOrder: one.workOrder,
      op: one.op,
      place: one.station,
      from: at(one.start),
      setUpTo: at(Math.min(one.end, one.start + one.setupMinutes)),
      to: at(one.end),
      state:
        result && result.lateMinutes > 0
          ? 'late'
          : started
            ? 'started'
            : pinned
              ? 'pinned'
              : run?.firm
                ? 'firm'
                : 'planned',
      run,
      result,
      pinned,
      started,
      ...(there > now ? { material: there } : {})
    }
  })
  const byPlace = Map.groupBy(bars, bar => bar.place)
  const rows = known.list(stationView).flatMap(([, station]) => {
    const closed = closedOf(workingCalendar(calendarOf(known, station, zone)).openBetween(from, to), from, to)
    return Array.from({ length: station.capacity ?? 1 }, (_, index): GanttRow => {
      const place = placeOf(station.station, index)
      const mine = (byPlace.get(place) ?? []).toSorted((a, b) => a.from - b.from)
      return { place, name: station.name, bars: mine, closed }
    })
  })
  return { from, to, now, zone, rows, late: schedule.workOrders.filter(one => one.lateMinutes > 0).length }
}

const closedOf = (open: readonly Interval[], from: number, to: number): readonly Interval[] => {
  const edges = [from, ...open.flatMap(one => [one.from, one.to]), to]
  const closed: Interval[] = []
  for (let i = 0; i < edges.length; i += 2) {
    const [a, b] = [edges[i] ?? from, edges[i + 1] ?? to]
    if (b > a) closed.push({ from: a, to: b })
  }
  return closed
}

export type Way = 'left' | 'right' | 'up' | 'down' | 'first' | 'last'

/** The bar that an arrow leads to; up and down go to what is nearest in time in the next row that has any. */
export const neighbour = (rows: readonly GanttRow[], id: string | undefined, way: Way): Bar | undefined => {
  const row = rows.findIndex(one => one.bars.some(bar => bar.id === id))
  const bars = rows[row]?.bars ?? []
  const index = bars.findIndex(bar => bar.id === id)
  const here = bars[index]
  if (!here) return rows.find(one => one.bars.length > 0)?.bars[0]
  if (way === 'left') return bars[index - 1]
  if (way === 'right') return bars[index + 1]
  if (way === 'first') return bars[0]
  if (way === 'last') return bars.at(-1)
  const others = way === 'up' ? rows.slice(0, row).reverse() : rows.slice(row + 1)
  const next = others.find(one => one.bars.length > 0)?.bars ?? []
  const far = (bar: Bar): number =>
    Math.max(0, bar.from - here.to, here.from - bar.to) + Math.abs(bar.from - here.from) / 1e6
  return next.reduce<Bar | undefined>((best, bar) => (best && far(best) <= far(bar) ? best : bar), undefined)
}

/** When a bar would begin if it changed places with the one before or after it; undefined when there is none. */
export const swapped = (rows: readonly GanttRow[], bar: Bar, way: 'left' | 'right'): number | undefined => {
  const other = neighbour(rows, bar.id, way)
  if (!other) return undefined
  return way === 'left' ? other.from : bar.from + (other.to - other.from)
}

/** A quarter of an hour is as fine as a hand pulls; nothing begins before now. */
export const snapped = (instant: number, now: number): number => {
  const quarter = 15 * MINUTE
  return Math.max(Math.ceil(now / MINUTE) * MINUTE, Math.round(instant / quarter) * quarter)
}

/** What is put into closed hours begins when the station opens. */
export const opened = ({ closed }: Pick<GanttRow, 'closed'>, instant: number): number =>
  closed.find(({ from, to }) => instant >= from && instant < to)?.to ?? instant

export type Zoom = 'day' | 'week' | 'month'
/** Pixels an hour. */
export const SCALE: Readonly<Record<Zoom, number>> = { day: 44, week: 8, month: 2 }

export type Tick = { readonly at: number; readonly text: string; readonly strong: boolean }

/** Marks of the axis between two instants, in the plant's time. */
export const ticksOf = ({ from, to, zone }: Pick<Gantt, 'from' | 'to' | 'zone'>, zoom: Zoom): readonly Tick[] => {
  const ticks: Tick[] = []
  for (let day = dayAt(from, zone); instantOf(day, 0, zone) < to; day += 1) {
    const midnight = instantOf(day, 0, zone)
    const monday = (day + 3) % 7 === 0
    if (zoom !== 'month' || monday || ticks.length === 0) ticks.push({ at: midnight, text: dayWord(day), strong: true })
    if (zoom === 'day')
      for (let hour = 2; hour < 24; hour += 2)
        ticks.push({ at: instantOf(day, hour * 60, zone), text: `${String(hour).padStart(2, '0')}:00`, strong: false })
  }
  return ticks
}

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC'
})
const dayWord = (day: number): string => dayFormat.format(day * DAY)
