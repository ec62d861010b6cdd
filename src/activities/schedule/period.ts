/** The days, weeks and months that a forecast is for, each by the day on which it begins. */
import { dayNumber, dayText, weekdayOf } from '#kernel/calendar.ts'
import type { Forecast } from './projection.ts'

/** The day itself, the Monday of its week, the first of its month. YYYY-MM-DD; '' stays. */
export const periodStart = (bucket: Forecast['bucket'], day: string): string => {
  if (day === '' || bucket === 'day') return day
  if (bucket === 'month') return `${day.slice(0, 8)}01`
  const number = dayNumber(day)
  return dayText(number - (weekdayOf(number) - 1))
}

/** The first period from today's on for which nothing is expected of the item yet. */
export const freePeriod = (
  known: readonly Forecast[],
  { item, bucket }: Pick<Forecast, 'item' | 'bucket'>,
  today: string
): string => {
  const taken = new Set(known.flatMap(one => (one.item === item && one.bucket === bucket ? [one.from] : [])))
  let at = periodStart(bucket, today)
  // Longer than any period, so that the next one is reached.
  const step = bucket === 'day' ? 1 : bucket === 'week' ? 7 : 31
  while (taken.has(at)) at = periodStart(bucket, dayText(dayNumber(at) + step))
  return at
}
