/** What differs between plans, thing by thing: orders, parts, builds and stations, each beside the plan as it is. */
import { dayNumber } from '#kernel/calendar.ts'
import type { Known } from '#kernel/decision.ts'
import { add, show } from '#kernel/quantity.ts'
import { type Bucket, bucketOf } from '../mps/buckets.ts'
import type { PlanOutlook, PlanSchedule } from '../outlook.ts'
import { buildView } from '../projection.ts'
import { againstOpen, hours, overOf, peakOf } from './load-words.ts'
import { lateName, lateWords, type PlanNames, shortWords } from './plan-names.ts'
import { namesOfSchedule } from './schedule-names.ts'
import { lengthWord } from './schedule-words.ts'

/** One of the plans that are held side by side; the first is the plan as it is. Answers come one after the other. */
export type Standing = {
  readonly known: Known
  readonly outlook?: PlanOutlook | undefined
  readonly schedule?: PlanSchedule | undefined
}
/** How a plan stands to the plan as it is: `other` is neither better nor worse by itself. */
type Against = 'same' | 'worse' | 'better' | 'other'
export type Cell = { readonly text: string; readonly against: Against }
/** A cell for each plan, in their order; undefined while it is not worked out. */
export type Row = { readonly key: string; readonly name: string; readonly cells: readonly (Cell | undefined)[] }
export type Group = {
  readonly title: string
  readonly rows: readonly Row[]
  /** How many things are there that are the same in every plan. */
  readonly same: number
}

/** `size`: how bad it is, in one unit within a group; 0 when there is nothing to complain of. */
type Thing = { readonly name: string; readonly text: string; readonly size: number }
type Things = ReadonlyMap<string, Thing>

export const differencesOf = (
  plans: readonly Standing[],
  buckets: readonly Bucket[],
  names: PlanNames
): readonly Group[] => [
  { title: 'In all', rows: totals(plans), same: 0 },
  groupOf('Late for want of parts', plans, late(names), 'not late'),
  groupOf('Late in the schedule', plans, lateInSchedule, 'in time'),
  groupOf('Short parts', plans, short(names), 'not short'),
  groupOf('Planned builds', plans, builds(buckets, names), 'none'),
  groupOf('Fullest of each station, tool and the inspectors', plans, peaks(names), 'nothing to do')
]

/** Only what differs, the largest difference first; `none` is said of a thing in a plan that does not have it. */
const groupOf = (
  title: string,
  plans: readonly Standing[],
  thingsOf: (plan: Standing) => Things | undefined,
  none: string
): Group => {
  const sides = plans.map(thingsOf)
  const all = new Map(sides.flatMap(side => [...(side ?? [])].map(([key, { name }]) => [key, name] as const)))
  const nothing = { text: none, size: 0 }
  const rows = [...all].map(([key, name]) => {
    const things = sides.map(side => side && (side.get(key) ?? nothing))
    const sizes = things.flatMap(one => (one ? [one.size] : []))
    return { key, name, cells: cellsOf(things), apart: Math.max(...sizes) - Math.min(...sizes) }
  })
  const differing = rows.filter(({ cells }) => cells.some(cell => cell !== undefined && cell.against !== 'same'))
  return { title, rows: differing.sort((a, b) => b.apart - a.apart), same: rows.length - differing.length }
}

const cellsOf = (things: readonly (Omit<Thing, 'name'> | undefined)[]): Row['cells'] => {
  const live = things[0]
  return things.map(one => one && { text: one.text, against: live ? against(one, live) : 'same' })
}

const against = (one: Omit<Thing, 'name'>, live: Omit<Thing, 'name'>): Against =>
  one.text === live.text ? 'same' : one.size > live.size ? 'worse' : one.size < live.size ? 'better' : 'other'

const totals = (plans: readonly Standing[]): readonly Row[] => {
  const row = (name: string, of: (plan: Standing) => Omit<Thing, 'name'> | undefined): Row => ({
    key: name,
    name,
    cells: cellsOf(plans.map(of))
  })
  const counted = (list: readonly number[] | undefined, sumOf: (sum: number) => string) => {
    if (!list) return
    const size = list.reduce((sum, one) => sum + one, 0)
    return { size, text: list.length === 0 ? '0' : `${list.length}, ${sumOf(size)} in all` }
  }
  const days = (many: number): string => `${many} ${many === 1 ? 'day' : 'days'}`
  return [
    row('Late for want of parts', ({ outlook }) =>
      counted(
        outlook?.late.map(one => one.days),
        days
      )
    ),
    row('Late in the schedule', ({ schedule }) =>
      counted(
        schedule?.schedule.workOrders.flatMap(one => (one.lateMinutes > 0 ? [one.lateMinutes] : [])),
        lengthWord
      )
    ),
    row('Short parts', ({ outlook }) => {
      const size = outlook?.shortages.length
      return size === undefined ? undefined : { size, text: show(size) }
    }),
    row('Too much to do', ({ outlook }) => {
      const size = outlook?.overloads.reduce((sum, { over }) => sum + over, 0)
      return size === undefined ? undefined : { size, text: hours(size) }
    })
  ]
}

const late =
  (names: PlanNames) =>
  ({ outlook }: Standing): Things | undefined =>
    outlook &&
    new Map(
      outlook.late.map(one => [one.what, { name: lateName(one, names), text: lateWords(one), size: one.days }] as const)
    )

/** What is only planned has no number that stays the same from plan to plan: it is what is built, and when. */
const lateInSchedule = ({ known, schedule: plan }: Standing): Things | undefined => {
  if (!plan) return
  const { order } = namesOfSchedule(known, plan)
  const found = new Map<string, Thing>()
  for (const { workOrder, lateMinutes: size } of plan.schedule.workOrders) {
    const run = plan.runs[workOrder]
    const name = run?.firm ? `${workOrder}, ${run.name}` : order(workOrder)
    if (size > (found.get(name)?.size ?? 0)) found.set(name, { name, size, text: `${lengthWord(size)} late` })
  }
  return found
}

const short =
  (names: PlanNames) =>
  ({ outlook }: Standing): Things | undefined =>
    outlook &&
    new Map(
      outlook.shortages.map(
        one => [one.item, { name: names.item(one.item), text: shortWords(one), size: one.short }] as const
      )
    )

/** 'this week', 'today 23 Nov'; what is a name stays one. */
const inSentence = (bucket: string): string => bucket.replace(/^T(?=his|oday)/, 't')

/** Builds that are no work order yet, by item and bucket, as the sheet shows them. */
const builds =
  (buckets: readonly Bucket[], names: PlanNames) =>
  ({ known }: Standing): Things => {
    const sums = new Map<string, { readonly item: string; readonly at: number; readonly quantity: number }>()
    for (const [, { item, due, quantity, workOrder }] of known.list(buildView)) {
      if (workOrder !== undefined || quantity === 0) continue
      const at = bucketOf(buckets, dayNumber(due))
      const key = `${item}/${at}`
      sums.set(key, { item, at, quantity: add(sums.get(key)?.quantity ?? 0, quantity) })
    }
    const things = [...sums].sort(([, a], [, b]) => (a.item === b.item ? a.at - b.at : a.item < b.item ? -1 : 1))
    return new Map(
      things.map(([key, { item, at, quantity }]) => {
        const name = `${names.item(item)}, ${at < 0 ? 'later' : inSentence(names.bucket(at))}`
        return [key, { name, text: show(quantity), size: 0 }] as const
      })
    )
  }

const peaks =
  (names: PlanNames) =>
  ({ outlook }: Standing): Things | undefined =>
    outlook &&
    new Map(
      outlook.loads.flatMap(load => {
        const at = peakOf(load)
        const bucket = load.buckets[at]
        if (!bucket) return []
        const text = `${againstOpen(bucket)}, ${inSentence(names.bucket(at))}`
        // Up to what it is open for, more or less of it is neither good nor bad.
        return [[load.resource, { name: names.resource(load.resource), text, size: overOf(bucket) }] as const]
      })
    )
