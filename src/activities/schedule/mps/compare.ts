/** What became of a locked master schedule: planned against released, made and packed, item by item and bucket by bucket. */
import { dayNumber } from '#kernel/calendar.ts'
import { add } from '#kernel/quantity.ts'
import { madeOf, type OpenOrder } from '../order-view.ts'
import type { MpsVersion } from '../version-view.ts'
import { type Bucket, bucketOf } from './buckets.ts'

export type Compared = {
  readonly item: string
  /** Index into the buckets; each run counts in the bucket in which the version, or else its order, had it due. */
  readonly bucket: number
  readonly planned: number
  readonly released: number
  readonly made: number
  readonly packed: number
}

type Line = { readonly item: string; readonly due: string; readonly quantity: number; readonly workOrder?: string }

/**
 * `orders` is every work order that is known, closed ones too; `workOrderOf` says which order a planned build has become.
 * Orders that the version did not have count with nothing planned. Rows are sorted by item and bucket.
 */
export const compareVersion = (
  content: MpsVersion['content'],
  orders: readonly OpenOrder[],
  workOrderOf: (build: string) => string | undefined,
  buckets: readonly Bucket[]
): readonly Compared[] => {
  const rows = new Map<string, Compared>()
  const at = (item: string, due: string, next: (was: Compared) => Compared): void => {
    const bucket = bucketOf(buckets, dayNumber(due))
    if (bucket < 0) return
    const key = `${item}\n${bucket}`
    rows.set(key, next(rows.get(key) ?? { item, bucket, planned: 0, released: 0, made: 0, packed: 0 }))
  }
  const dueInVersion = new Map<string, string>()
  for (const line of linesOf(content, workOrderOf)) {
    at(line.item, line.due, was => ({ ...was, planned: add(was.planned, line.quantity) }))
    if (line.workOrder !== undefined) dueInVersion.set(line.workOrder, line.due)
  }
  for (const order of orders)
    at(order.item, dueInVersion.get(order.workOrder) ?? order.due, was => ({
      ...was,
      released: add(was.released, order.releasedAt === undefined ? 0 : order.quantity),
      made: add(was.made, madeOf(order)),
      packed: add(was.packed, order.packed)
    }))
  return [...rows.values()].sort((a, b) => (a.item === b.item ? a.bucket - b.bucket : a.item < b.item ? -1 : 1))
}

/** A build that was an order already when it was locked is in both lists, and counts once. */
const linesOf = (
  { builds, orders }: MpsVersion['content'],
  workOrderOf: (build: string) => string | undefined
): readonly Line[] => [
  ...orders,
  ...builds
    .filter(one => one.workOrder === undefined)
    .map(({ build, item, due, quantity }) => {
      const workOrder = workOrderOf(build)
      return { item, due, quantity, ...(workOrder === undefined ? {} : { workOrder }) }
    })
]
