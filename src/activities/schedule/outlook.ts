/**
 * What the plan desk asks beside the page: who waits, who is late and who has too much to do. Material planning lives in another
 * room, so the answer is put together where both are known; this is what the desk expects of it.
 */
import type { Load } from './capacity/load.ts'
import type { BucketKind } from './mps/buckets.ts'
import type { Outlook } from './mps/consequences.ts'

export const OUTLOOK = 'plan/outlook'

/** `today`: the plant's day, YYYY-MM-DD. `now`: milliseconds since the epoch. */
export type OutlookAsked = {
  readonly today: string
  readonly now: number
  readonly bucket: BucketKind
  readonly count: number
}

export type PlanOutlook = Outlook & { readonly loads: readonly Load[] }
