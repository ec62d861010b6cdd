/** What items, stations and columns of the plan are called, and what is short, late or too much in words. */
import { dayText } from '#kernel/calendar.ts'
import type { Known } from '#kernel/decision.ts'
import { show } from '#kernel/quantity.ts'
import { showDay } from '#ui/desk-parts.tsx'
import type { Bucket, BucketKind } from '../mps/buckets.ts'
import type { Late, Overload, Short } from '../mps/consequences.ts'
import type { PlanOutlook } from '../outlook.ts'
import { plannedItemView } from '../projection.ts'
import { columnOf } from './mps-sheet.tsx'

export type PlanNames = {
  readonly item: (item: string) => string
  /** Of the bucket at this place. */
  readonly bucket: (at: number) => string
  readonly resource: (id: string) => string
}

export const namesOf = (
  known: Pick<Known, 'get'>,
  outlook: PlanOutlook | undefined,
  buckets: readonly Bucket[],
  kind: BucketKind
): PlanNames => ({
  item: item => known.get(plannedItemView, item)?.name ?? item,
  bucket: at => {
    const bucket = buckets[at]
    if (!bucket) return ''
    const { name, note } = columnOf(bucket, kind, at)
    return kind === 'week' ? name : `${name} ${note}`
  },
  resource: id => {
    const load = outlook?.loads.find(({ resource }) => resource === id)
    return load ? `${load.name}${load.kind === 'station' ? ` (${id})` : ''}` : id
  }
})

/** '2 short on Thu 26 Nov; stops WO-0012 and 3 more' */
export const shortWords = ({ short, day, stops, stopped }: Short): string => {
  const whom = stops === undefined ? '' : `; stops ${stops}${stopped > 1 ? ` and ${stopped - 1} more` : ''}`
  return `${show(short)} short on ${showDay(dayText(day))}${whom}`
}
/** A demand or an order by its number, with what it is of where the number does not say it. */
export const lateName = ({ what, item }: Late, names: PlanNames): string =>
  what.includes(names.item(item)) ? what : `${what}, ${names.item(item)}`
export const lateWords = ({ days }: Late): string => `${days} ${days === 1 ? 'day' : 'days'} late`
export const overWords = ({ over }: Overload): string => `${show(Math.round(over / 6) / 10)} h too much`
