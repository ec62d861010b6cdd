/** Buckets of the master schedule: days, ISO weeks from Monday, or calendar months. Day numbers of the plant's calendar. */
import { dayNumber, dayText, weekdayOf } from '#kernel/calendar.ts'

export type BucketKind = 'day' | 'week' | 'month'
/** From the day `from` to before the day `to`. */
export type Bucket = { readonly from: number; readonly to: number }

/** `count` buckets; the first is the one that `day` lies in. */
export const bucketsFrom = (day: number, kind: BucketKind, count: number): readonly Bucket[] => {
  const buckets: Bucket[] = []
  for (let from = startOf(day, kind); buckets.length < count; ) {
    const to = kind === 'day' ? from + 1 : kind === 'week' ? from + 7 : startOf(from + 32, 'month')
    buckets.push({ from, to })
    from = to
  }
  return buckets
}

/** The first day of the bucket that a day lies in. */
export const startOf = (day: number, kind: BucketKind): number =>
  kind === 'day' ? day : kind === 'week' ? day - weekdayOf(day) + 1 : dayNumber(`${dayText(day).slice(0, 7)}-01`)

/** Which bucket a day counts in: what is past due counts in the first. -1 for a day after the last. */
export const bucketOf = (buckets: readonly Bucket[], day: number): number => {
  if (day < (buckets[0]?.to ?? 0)) return buckets.length > 0 ? 0 : -1
  return buckets.findIndex(bucket => bucket.from <= day && day < bucket.to)
}

/** Quantities by bucket; what lies after the last bucket is left out. */
export const sumInto = (
  buckets: readonly Bucket[],
  moves: readonly { readonly day: number; readonly quantity: number }[]
): number[] => {
  const sums = buckets.map(() => 0)
  for (const { day, quantity } of moves) {
    const at = bucketOf(buckets, day)
    if (at >= 0) sums[at] = (sums[at] ?? 0) + quantity
  }
  return sums.map(one => Math.round(one * 1e6) / 1e6)
}
