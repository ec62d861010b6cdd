/** The lines of the master schedule, item by item, from what is known: who wants what, what is planned, what is left. */
import { dayNumber, dayText } from '#kernel/calendar.ts'
import type { Known } from '#kernel/decision.ts'
import { consumeForecast, expectedFor } from '#kernel/forecast.ts'
import { type Remember, remembering } from '#kernel/remember.ts'
import { type OpenOrder, openOrderView } from '../order-view.ts'
import {
  type Build,
  buildView,
  type Demand,
  demandView,
  type Forecast,
  forecastView,
  onHandView,
  type PlannedItem,
  plannedItemView,
  total
} from '../projection.ts'
import { type Bucket, bucketOf, sumInto } from './buckets.ts'
import { type MpsBucket, type MpsItem, mpsRecord } from './record.ts'

export type MpsLines = {
  readonly item: PlannedItem
  readonly onHand: number
  readonly demands: readonly Demand[]
  /** Planned and not yet an order. */
  readonly builds: readonly Build[]
  readonly orders: readonly OpenOrder[]
  readonly given: MpsItem
  readonly record: readonly MpsBucket[]
}

/**
 * Items that are made here, or that somebody wants; those with demand first. An open order counts with its whole quantity
 * until it is closed: then the stock count has it. Forecast is what orders have not consumed; forecast of days that are over
 * is history. With a memory of the caller's, the lines of items of which nothing has changed are the very same as before.
 */
export const mpsLinesOf = (
  known: Known,
  buckets: readonly Bucket[],
  today: number,
  keep: Remember = remembering(),
  of: 'plan' | 'draft' = 'plan'
): readonly MpsLines[] => {
  const items = known.list(plannedItemView)
  const lists = [demandView, buildView, openOrderView, forecastView, onHandView].map(kind => known.list<unknown>(kind))
  const made = keep('lines', [buckets, today], () => new Map<string, Made>())
  return keep(`lines of the ${of}`, [items, ...lists, made], () => {
    const partsOf = partsIn(known, keep)
    const lines = items.flatMap(([, item]) => {
      const parts = partsOf(item)
      if (item.source !== 'make' && parts.demands.length === 0) return []
      const was = made.get(item.item)
      if (was && sameParts(was.of, parts)) return [was.line]
      const line = linesOf(parts, buckets, today)
      made.set(item.item, { of: parts, line })
      return [line]
    })
    const rank = (one: MpsLines) => (one.demands.length > 0 ? 0 : one.builds.length + one.orders.length > 0 ? 1 : 2)
    return lines.toSorted((a, b) => rank(a) - rank(b))
  })
}

type Made = { readonly of: Parts; readonly line: MpsLines }

/** What is known of one item. */
type Parts = Pick<MpsLines, 'item' | 'onHand' | 'demands' | 'builds' | 'orders'> & {
  readonly forecasts: readonly Forecast[]
}

/** Each list is looked through once for all items. */
const partsIn = (known: Known, keep: Remember): ((item: PlannedItem) => Parts) => {
  const byItem = <T extends { readonly item: string }>(
    name: string,
    list: readonly (readonly [string, T])[],
    counts: (one: T) => boolean = () => true
  ): ((item: string) => readonly T[]) => {
    const found = keep(name, [list], () =>
      Map.groupBy(
        list.flatMap(([, one]) => (counts(one) ? [one] : [])),
        one => one.item
      )
    )
    return item => found.get(item) ?? []
  }
  const demands = byItem('demands', known.list(demandView), one => one.state !== 'closed')
  const builds = byItem('builds', known.list(buildView), one => one.workOrder === undefined)
  const orders = byItem('orders', known.list(openOrderView), one => one.state === 'open')
  const forecasts = byItem('forecasts', known.list(forecastView))
  const stock = known.list(onHandView)
  const onHand = keep('on hand', [stock], () => new Map(stock.map(([item, lots]) => [item, total(lots)])))
  return item => ({
    item,
    onHand: onHand.get(item.item) ?? 0,
    demands: demands(item.item),
    builds: builds(item.item),
    orders: orders(item.item),
    forecasts: forecasts(item.item)
  })
}

const sameParts = (a: Parts, b: Parts): boolean =>
  a.item === b.item &&
  a.onHand === b.onHand &&
  sameList(a.demands, b.demands) &&
  sameList(a.builds, b.builds) &&
  sameList(a.orders, b.orders) &&
  sameList(a.forecasts, b.forecasts)

const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, at) => one === b[at])

const linesOf = (
  { item, onHand, demands, builds, orders, forecasts }: Parts,
  buckets: readonly Bucket[],
  today: number
): MpsLines => {
  const ordered = demands.flatMap(one => (one.kind === 'order' ? [moveOf(one)] : []))
  const given: MpsItem = {
    onHand,
    safetyStock: item.safetyStock,
    forecast: sumInto(buckets, forecastLeft(item, demands, forecasts, today)),
    orders: sumInto(buckets, ordered),
    planned: sumInto(buckets, builds.map(moveOf)),
    receipts: sumInto(buckets, orders.map(moveOf)),
    demandRule: 'sum',
    demandFence: fenceAt(buckets, today, item.demandFenceDays),
    planningFence: fenceAt(buckets, today, item.planningFenceDays)
  }
  return { item, onHand, demands, builds, orders, given, record: mpsRecord(given) }
}

const moveOf = ({ due, quantity }: { readonly due: string; readonly quantity: number }) => ({
  day: dayNumber(due),
  quantity
})

const forecastLeft = (
  item: PlannedItem,
  demands: readonly Demand[],
  forecasts: readonly Forecast[],
  today: number
): readonly { readonly day: number; readonly quantity: number }[] => {
  const single = demands.filter(one => one.kind === 'forecast').map(one => expectedOn(one))
  const expected = [
    ...single,
    ...forecasts.map(one => ({ quantity: one.quantity, ...expectedFor(dayNumber(one.from), one.bucket) }))
  ]
  const orders = demands.flatMap(one => (one.kind === 'order' ? [moveOf(one)] : []))
  const window = { back: item.consumeBackDays ?? 0, forward: item.consumeForwardDays ?? 0 }
  const left = consumeForecast(expected, orders, window)
  return expected.flatMap(({ from, to }, at) =>
    to > today ? [{ day: Math.max(from, today), quantity: left[at] ?? 0 }] : []
  )
}

const expectedOn = ({ due, quantity }: Demand) => ({ quantity, from: dayNumber(due), to: dayNumber(due) + 1 })

/** How many buckets from the first begin inside a fence of so many days. */
const fenceAt = (buckets: readonly Bucket[], today: number, days = 0): number =>
  days === 0 ? 0 : buckets.filter(({ from }) => from < today + days).length

/** The day on which what is planned for a bucket is due: a week's Friday, otherwise its last day; never one that is over. */
export const dueIn = ({ from, to }: Bucket, today: number): string =>
  dayText(Math.max(today, to - from === 7 ? from + 4 : to - 1))

/** The planned builds of a bucket that are no order yet. */
export const buildsIn = (
  { builds }: Pick<MpsLines, 'builds'>,
  buckets: readonly Bucket[],
  at: number
): readonly Build[] => builds.filter(({ due }) => bucketOf(buckets, dayNumber(due)) === at)

/**
 * The lines that make the planned total of a bucket so much: the first line of the bucket carries it, others go. A new line is
 * named after its item and the bucket's day.
 */
export const plannedAs = (
  line: Pick<MpsLines, 'item' | 'builds'>,
  buckets: readonly Bucket[],
  at: number,
  quantity: number,
  today: number
): readonly Pick<Build, 'build' | 'item' | 'quantity' | 'due'>[] => {
  const bucket = buckets[at]
  if (!bucket) return []
  const { item } = line.item
  const [kept, ...others] = buildsIn(line, buckets, at)
  const due = kept?.due ?? dueIn(bucket, today)
  return [
    { build: kept?.build ?? `${item}/${dayText(bucket.from)}`, item, quantity, due },
    ...others.map(other => ({ build: other.build, item: other.item, quantity: 0, due: other.due }))
  ]
}
