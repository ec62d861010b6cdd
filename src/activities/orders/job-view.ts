/** One operation of one work order: its people, times, reports and defects. */
import type * as z from 'zod/mini'
import { defectRecorded } from '#activities/quality/events.ts'
import type { Stamp } from '#kernel/event.ts'
import { change, viewKind, when } from '#kernel/view.ts'
import {
  materialConsumed,
  operationCompleted,
  operationPaused,
  operationResumed,
  operationStarted,
  photoTaken,
  quantityReported,
  quantityWithdrawn,
  stepCompleted,
  valueMeasured,
  workOrderClosed,
  workOrderReleased
} from './events.ts'
import { type Counts, countsOf, none, plus, present, type Signed } from './fold.ts'
import { doneAt, openedAgain, pausedFor, type Running, runningAt, turned } from './running.ts'

/** Good, scrap and rework as they were reported at once. A withdrawn one stays in the list and counts for nothing. */
export type Report = Counts & {
  readonly report: string
  readonly scrapReason?: string
  readonly reworkReason?: string
  readonly note?: string
  readonly person: string
  readonly at: string
  readonly state: 'counted' | 'withdrawn'
}

export type TimeMark = {
  readonly mark: 'start' | 'pause' | 'resume' | 'end'
  readonly at: string
  readonly person: string
  readonly reason?: string
  readonly station?: string
}

/** `sample` is the unit it was found on; without it, any. */
export type Defect = Signed & {
  readonly defect: string
  readonly code: string
  readonly quantity: number
  readonly sample?: number
}

/** One operation of one work order with its people, times and reports. What each unit took is in its `Unit`. */
export type Job = Counts &
  Running & {
    readonly workOrder: string
    readonly op: number
    readonly reports: readonly Report[]
    /** By the clock of the tablet that recorded them, in that order. */
    readonly times: readonly TimeMark[]
    /** The highest unit begun. */
    readonly cycles: number
    readonly defects: readonly Defect[]
    readonly closed: boolean
  }

export const jobKey = (workOrder: string, op: number): string => `${workOrder}/${op}`

const emptyJob = (workOrder: string, op: number): Job => ({
  workOrder,
  op,
  state: 'waiting',
  ...none,
  reports: [],
  times: [],
  cycles: 0,
  defects: [],
  closed: false
})

export type At = { readonly workOrder: string; readonly op: number }
const keyOfJob = (p: At): string => jobKey(p.workOrder, p.op)

/** A fold that begins with an empty job: a late fact finds a place whatever came before it. */
const onJob =
  <P extends At>(next: (was: Job, payload: P, stamp: Stamp) => Job) =>
  (was: Job | undefined, payload: P, stamp: Stamp): Job =>
    next(was ?? emptyJob(payload.workOrder, payload.op), payload, stamp)

const byTime = <T extends { readonly at: string }>(list: readonly T[]): readonly T[] =>
  [...list].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))

const marked = (job: Job, mark: TimeMark): Job => ({ ...job, times: byTime([...job.times, mark]) })

const summed = (job: Job, reports: readonly Report[]): Job => ({
  ...job,
  ...reports.filter(one => one.state === 'counted').reduce<Counts>((sum, one) => plus(sum, one), none),
  reports: byTime(reports)
})

const reported = onJob<z.infer<typeof quantityReported.payload>>((job, p, { person, at }) => {
  const known = job.reports.find(one => one.report === p.report)
  if (known?.state === 'counted') return job
  const { workOrder: _workOrder, op: _op, method: _method, ...facts } = p
  const one: Report = { ...present(facts), person, at, state: known?.state ?? 'counted' }
  return summed(job, [...job.reports.filter(other => other !== known), one])
})

const withdrawn = onJob<z.infer<typeof quantityWithdrawn.payload>>((job, p, { person, at }) => {
  const known = job.reports.find(one => one.report === p.report)
  const one: Report = { ...(known ?? { report: p.report, ...countsOf(p), person, at }), state: 'withdrawn' }
  return openedAgain(summed(job, [...job.reports.filter(other => other !== known), one]), at)
})

const reached = onJob<At & { readonly cycle: number }>((job, p) =>
  p.cycle > job.cycles ? { ...job, cycles: p.cycle } : job
)

export const jobView = viewKind<Job>('orders/job', job => (job.closed ? 'archive' : 'floor'), [
  when(
    workOrderReleased,
    p => p.operations.map(one => jobKey(p.workOrder, one.op)),
    (was, p, _stamp, key) => was ?? emptyJob(p.workOrder, Number(key.slice(key.lastIndexOf('/') + 1)))
  ),
  when(
    workOrderClosed,
    p => (p.jobs ?? []).map(one => jobKey(p.workOrder, one.op)),
    change(was => ({ ...was, closed: true }))
  ),
  when(
    operationStarted,
    keyOfJob,
    onJob((was, p, { at, person }) =>
      marked(turned(was, runningAt(p.station, at)), { mark: 'start', at, person, station: p.station })
    )
  ),
  when(
    operationPaused,
    keyOfJob,
    onJob((was, p, { at, person }) =>
      marked(pausedFor(was, p.reason, at), { mark: 'pause', at, person, reason: p.reason })
    )
  ),
  when(
    operationResumed,
    keyOfJob,
    onJob((was, p, { at, person }) =>
      marked(turned(was, runningAt(p.station, at)), { mark: 'resume', at, person, station: p.station })
    )
  ),
  when(
    operationCompleted,
    keyOfJob,
    onJob((was, _p, { at, person }) => marked(turned(was, doneAt(was, at)), { mark: 'end', at, person }))
  ),
  when(quantityReported, keyOfJob, reported),
  when(quantityWithdrawn, keyOfJob, withdrawn),
  when(
    defectRecorded,
    keyOfJob,
    onJob((was, { defect, code, quantity, sample }, { at, person }) =>
      was.defects.some(one => one.defect === defect)
        ? was
        : {
            ...was,
            defects: [...was.defects, { defect, code, quantity, at, person, ...present({ sample }) } as Defect]
          }
    )
  ),
  when(stepCompleted, keyOfJob, reached),
  when(valueMeasured, keyOfJob, reached),
  when(materialConsumed, keyOfJob, reached),
  when(photoTaken, keyOfJob, reached)
])

/** Minutes that the operation has run up to `now` (milliseconds since 1970), from the tablets' own clocks. */
export const runningMinutes = (job: Job, now: number): number => {
  let sum = 0
  let since: number | undefined
  for (const { mark, at } of job.times) {
    const time = Date.parse(at)
    if (mark === 'start' || mark === 'resume') since ??= time
    else if (since !== undefined) {
      sum += time - since
      since = undefined
    }
  }
  return Math.max(0, sum + (since === undefined ? 0 : Math.max(0, now - since))) / 60_000
}
