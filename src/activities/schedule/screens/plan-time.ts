/** The time that the plan desk looks at: the plant's day, and the buckets from it. */
import { useMemo } from 'preact/hooks'
import { dayAt, dayText } from '#kernel/calendar.ts'
import type { Floor } from '#ui/floor.tsx'
import { zoneOf } from '../frozen.ts'
import { type Bucket, type BucketKind, bucketsFrom } from '../mps/buckets.ts'
import type { OutlookAsked } from '../outlook.ts'

const COUNTS: Readonly<Record<BucketKind, number>> = { day: 28, week: 16, month: 12 }
export type Desk = {
  readonly floor: Floor
  readonly today: number
  readonly now: number
  readonly buckets: readonly Bucket[]
}

/** The plant's day, not the browser's. */
export const useDesk = (floor: Floor, kind: BucketKind): Desk => {
  // An hour is near enough: the answer is not worked out anew each second.
  const now = Math.floor(floor.now.value / 3_600_000) * 3_600_000
  const today = dayAt(now, zoneOf(floor))
  const buckets = useMemo(() => bucketsFrom(today, kind, COUNTS[kind]), [today, kind])
  return { floor, today, now, buckets }
}

export const askedOf = ({ today, now, buckets }: Desk, bucket: BucketKind): OutlookAsked => ({
  today: dayText(today),
  now,
  bucket,
  count: buckets.length
})
