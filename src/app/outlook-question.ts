/** The plan desk's question, answered where material planning and the master schedule are both known. */
import { type Bom, bomKey, bomView, materialsViews } from '#activities/materials/projection.ts'
import { planOfKnown } from '#activities/materials/planning/plan-known.ts'
import type { Delayed, Shortage } from '#activities/materials/planning/problem.ts'
import { shortagesOf } from '#activities/materials/planning/shortages.ts'
import { schedule } from '#activities/schedule/activity.ts'
import { type Load, loadingWork, loadOf } from '#activities/schedule/capacity/load.ts'
import { bucketsFrom } from '#activities/schedule/mps/buckets.ts'
import type { Late, Overload, Short } from '#activities/schedule/mps/consequences.ts'
import {
  BOM,
  type BomAsked,
  LOAD_WORK,
  type LoadWork,
  type LoadWorkAsked,
  OUTLOOK,
  type OutlookAsked,
  type PlanOutlook
} from '#activities/schedule/outlook.ts'
import { openOrderView } from '#activities/schedule/order-view.ts'
import { plannedItemView } from '#activities/schedule/projection.ts'
import { plannedRuns } from '#activities/planned-runs.ts'
import { dayNumber } from '#kernel/calendar.ts'
import type { Known } from '#kernel/decision.ts'
import { question } from '#kernel/question.ts'

export const outlookQuestion = question(
  OUTLOOK,
  [...materialsViews, ...schedule.views],
  (known, { today, now, bucket, count }: OutlookAsked, { keep }): PlanOutlook => {
    const { plan } = planOfKnown(known, { today }, keep)
    const shortages = shortagesOf(plan)
    const buckets = bucketsFrom(dayNumber(today), bucket, count)
    const loads = loadOf(known, buckets, { now, planned: plannedRuns(known, plan, buckets.at(-1)?.to) })
    return {
      shortages: shortages.map(one => shortOf(known, one)),
      late: lateOf(known, shortages),
      overloads: overloadsOf(loads),
      loads
    }
  }
)

export const loadWorkQuestion = question(
  LOAD_WORK,
  [...materialsViews, ...schedule.views],
  (known, { today, bucket, count, resource, at }: LoadWorkAsked, { keep }): LoadWork => {
    const { plan } = planOfKnown(known, { today }, keep)
    const buckets = bucketsFrom(dayNumber(today), bucket, count)
    return loadingWork(known, buckets, plannedRuns(known, plan, buckets.at(-1)?.to), { resource, at })
  }
)

export const bomQuestion = question(
  BOM,
  [...materialsViews, ...schedule.views],
  (known, { item }: BomAsked): Bom | null => {
    const revision = known.get(plannedItemView, item)?.revision
    return (revision === undefined ? undefined : known.get(bomView, bomKey(item, revision))) ?? null
  }
)

const shortOf = (known: Known, { item, short, day, stops }: Shortage): Short => {
  const [first] = stops
  return { item, short, day, ...(first ? { stops: nameOf(known, first) } : {}), stopped: stops.length }
}

/** Made once: making one takes longer than planning an item. */
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })

/** What is no work order yet has no number that anybody knows: it is called by what is built, and when. */
const nameOf = (known: Known, { what, item, due }: Delayed): string => {
  const day = dayFormat.format(due * 86_400_000)
  const name = known.get(plannedItemView, item)?.name ?? item
  if (what.kind === 'demand' && what.demand.startsWith('forecast ')) return `the forecast of ${name} for ${day}`
  if (what.kind === 'demand') return what.customer === undefined ? what.demand : `${what.demand} for ${what.customer}`
  if (what.kind === 'receipt' && known.get(openOrderView, what.receipt)) return what.receipt
  return `the build of ${name} by ${day}`
}

/** Demands and open orders by how late they become through what is short; what is only planned can still be planned otherwise. */
const lateOf = (known: Known, shortages: readonly Shortage[]): readonly Late[] => {
  // In a large plant a part may stop thousands: each is named once, when the worst of it is known.
  const worst = new Map<string, Delayed>()
  for (const { stops } of shortages)
    for (const one of stops) {
      const { what, days } = one
      if (what.kind === 'planned') continue
      const key = what.kind === 'demand' ? `demand ${what.demand}` : `receipt ${what.receipt}`
      if (days > (worst.get(key)?.days ?? 0)) worst.set(key, one)
    }
  return [...worst.values()]
    .map(one => ({ what: nameOf(known, one), item: one.item, due: one.due, days: one.days }))
    .sort((a, b) => (a.due !== b.due ? (a.due < b.due ? -1 : 1) : a.what < b.what ? -1 : 1))
}

const overloadsOf = (loads: readonly Load[]): readonly Overload[] =>
  loads.flatMap(({ resource, buckets }) =>
    buckets.flatMap(({ firm, planned, open }, bucket) => {
      const over = firm + planned - open
      return over > 0.5 ? [{ resource, bucket, over }] : []
    })
  )
