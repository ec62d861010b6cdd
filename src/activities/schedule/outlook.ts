/**
 * What the plan desk asks beside the page: who waits, who is late and who has too much to do. Material planning lives in another
 * room, so the answer is put together where both are known; this is what the desk expects of it.
 */
import type { Load, LoadingWork } from './capacity/load.ts'
import type { BucketKind } from './mps/buckets.ts'
import type { Outlook } from './mps/consequences.ts'
import type { Schedule } from './solver/problem.ts'

export const OUTLOOK = 'plan/outlook'

/** `today`: the plant's day, YYYY-MM-DD. `now`: milliseconds since the epoch. */
export type OutlookAsked = {
  readonly today: string
  readonly now: number
  readonly bucket: BucketKind
  readonly count: number
}

export type PlanOutlook = Outlook & { readonly loads: readonly Load[] }

/** Which orders make up the load of one station, tool or the inspectors in one bucket. */
export const LOAD_WORK = 'plan/load-work'
export type LoadWorkAsked = OutlookAsked & { readonly resource: string; readonly at: number }
export type LoadWork = readonly LoadingWork[]

/** The BOM of an item's revision of today, null when it has none. */
export const BOM = 'plan/bom'
export type BomAsked = { readonly item: string }

/** The finite schedule: material first, then stations with the days on which the material is there. */
export const SCHEDULE = 'plan/schedule'
/** `seconds`: how long to look for something better; 0 takes the best of the rules. */
export type ScheduleAsked = {
  readonly today: string
  readonly now: number
  readonly seconds: number
  readonly seed: number
}

export type ScheduledRun = {
  readonly item: string
  readonly name: string
  readonly quantity: number
  /** YYYY-MM-DD */
  readonly due: string
  /** False while it is only planned: it has no number that anybody knows, and is not published. */
  readonly firm: boolean
  /** The day on which its bought parts are there, YYYY-MM-DD; absent when it waits for none. */
  readonly material?: string
}
export type PlanSchedule = {
  /** Minutes of the schedule count from here, milliseconds since the epoch. */
  readonly from: number
  readonly schedule: Schedule
  /** By the order's number. */
  readonly runs: Readonly<Record<string, ScheduledRun>>
}
