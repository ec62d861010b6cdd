import type * as z from 'zod/mini'
import { methodFrozen } from '#activities/changes/events.ts'
import type { methodContent } from '#activities/changes/events.ts'
import { stockCounted } from '#activities/materials/events.ts'
import {
  checkRecorded,
  defectRecorded,
  holdPlaced,
  holdReleased,
  inspectionClosed
} from '#activities/quality/events.ts'
import type { Stamp } from '#kernel/event.ts'
import { add } from '#kernel/quantity.ts'
import { change, viewKind, when } from '#kernel/view.ts'
import {
  materialConsumed,
  materialReturned,
  operationCompleted,
  operationPaused,
  operationResumed,
  operationStarted,
  photoTaken,
  quantityReported,
  quantityWithdrawn,
  routingSet,
  stepCompleted,
  stepReopened,
  valueMeasured,
  workOrderClosed,
  workOrderCreated,
  workOrderReleased
} from './events.ts'
import type { operation, step } from './events.ts'
import { type Counts, countsOf, entered, none, plus, present, takenBack } from './fold.ts'

export type Step = z.infer<typeof step>
export type Operation = z.infer<typeof operation>
export type OperationState = 'waiting' | 'running' | 'paused' | 'done'

/** One operation as every tablet, the board and the desk list it. */
export type OperationSummary = Counts & {
  readonly op: number
  readonly name: string
  readonly stations: readonly string[]
  readonly runMinutes: number
  /** Steps of one unit, by number. */
  readonly steps: readonly number[]
  readonly checks: number
  readonly state: OperationState
  readonly station?: string
  readonly since?: string
  /** Why it is paused. */
  readonly reason?: string
  /** Reports already counted here: a repeated one changes nothing. */
  readonly ledger: readonly string[]
}

export type Hold = {
  readonly hold: string
  readonly reason: string
  readonly note?: string
  readonly person: string
  readonly at: string
  readonly defect?: string
}

export type WorkOrder = {
  readonly workOrder: string
  readonly label?: string
  readonly item: string
  readonly itemName: string
  readonly revision: string
  readonly quantity: number
  /** YYYY-MM-DD */
  readonly due: string
  readonly priority: number
  readonly customer?: string
  readonly state: 'created' | 'released' | 'complete' | 'cancelled'
  readonly method?: string
  readonly operations: readonly OperationSummary[]
  readonly holds: readonly Hold[]
}

const withOperation = (order: WorkOrder, op: number, next: (was: OperationSummary) => OperationSummary): WorkOrder => {
  const was = order.operations.find(one => one.op === op)
  if (!was) return order
  const now = next(was)
  return now === was ? order : { ...order, operations: order.operations.map(one => (one === was ? now : one)) }
}

type Running = {
  readonly state: OperationState
  readonly station?: string
  readonly since?: string
  readonly reason?: string
}

/** Drops the marks of the state before, then sets those of the next. A done operation stays done. */
const turned = <T extends Running>(was: T, to: Running): T => {
  if (was.state === 'done') return was
  const { station: _station, since: _since, reason: _reason, ...rest } = was
  // What was taken out is optional in every T that extends Running; `to` brings back what the new state has.
  return { ...rest, ...to } as T
}

const runningAt = (station: string, at: string): Running => ({ state: 'running', station, since: at })
const pausedFor = <T extends Running>(was: T, reason: string, at: string): T =>
  was.state === 'running'
    ? turned(was, { state: 'paused', since: at, reason, ...present({ station: was.station }) } as Running)
    : was
const doneAt = (was: Running, at: string): Running =>
  ({ state: 'done', since: at, ...present({ station: was.station }) }) as Running

const openOperations = (
  released: z.infer<typeof workOrderReleased.payload>,
  before: readonly OperationSummary[]
): readonly OperationSummary[] =>
  [...released.operations]
    .sort((a, b) => a.op - b.op)
    .map(header => ({
      ...(before.find(one => one.op === header.op) ?? { state: 'waiting' as const, ledger: [], ...none }),
      ...header
    }))

const counting = (was: OperationSummary, seen: ReturnType<typeof entered | typeof takenBack>, counts: Counts) =>
  seen ? { ...was, ...plus(was, counts, seen.sign), ledger: seen.ledger } : was

/** Pieces taken back from a done operation are pieces to do: it is open again, and waits to be resumed. */
const openedAgain = <T extends Running>(was: T, at: string): T => {
  if (was.state !== 'done') return was
  const { state: _, ...rest } = was
  return { ...rest, state: 'paused', since: at } as T
}

/** Nothing but checks: worked on the inspection's own screen, counted by its close. */
export const isInspection = (op: OperationSummary): boolean => op.checks > 0 && op.steps.length === 0

/** The mark in the ledger that the inspection of the operation is closed. */
export const INSPECTED = 'inspection'

const inspected = (op: OperationSummary, p: z.infer<typeof inspectionClosed.payload>, at: string): OperationSummary => {
  const seen = entered(op.ledger, INSPECTED)
  if (!isInspection(op)) return counting(op, seen, none)
  return turned(counting(op, seen, { good: p.accepted, scrap: 0, rework: p.rejected }), doneAt(op, at))
}

export const workOrderView = viewKind<WorkOrder>(
  'orders/work-order',
  order => (order.state === 'created' ? 'desk' : order.state === 'released' ? 'floor' : 'archive'),
  [
    when(
      workOrderCreated,
      p => p.workOrder,
      (was, p) => was ?? { ...present(p), state: 'created', operations: [], holds: [] }
    ),
    when(
      workOrderReleased,
      p => p.workOrder,
      change((was, p) => ({
        ...was,
        state: 'released',
        method: p.method,
        operations: openOperations(p, was.operations)
      }))
    ),
    when(
      workOrderClosed,
      p => p.workOrder,
      change((was, p) => ({ ...was, state: p.outcome }))
    ),
    when(
      operationStarted,
      p => p.workOrder,
      change((was, p, { at }) => withOperation(was, p.op, op => turned(op, runningAt(p.station, at))))
    ),
    when(
      operationPaused,
      p => p.workOrder,
      change((was, p, { at }) => withOperation(was, p.op, op => pausedFor(op, p.reason, at)))
    ),
    when(
      operationResumed,
      p => p.workOrder,
      change((was, p, { at }) => withOperation(was, p.op, op => turned(op, runningAt(p.station, at))))
    ),
    when(
      operationCompleted,
      p => p.workOrder,
      change((was, p, { at }) => withOperation(was, p.op, op => turned(op, doneAt(op, at))))
    ),
    when(
      quantityReported,
      p => p.workOrder,
      change((was, p) => withOperation(was, p.op, op => counting(op, entered(op.ledger, p.report), p)))
    ),
    when(
      quantityWithdrawn,
      p => p.workOrder,
      change((was, p, { at }) =>
        withOperation(was, p.op, op => openedAgain(counting(op, takenBack(op.ledger, p.report), p), at))
      )
    ),
    // An inspection is worked in the quality room: its first check starts the operation, its close counts and ends it.
    when(
      checkRecorded,
      p => p.workOrder,
      change((was, p, { at }) =>
        withOperation(was, p.op, op =>
          isInspection(op) && op.state === 'waiting' ? { ...op, state: 'running', since: at } : op
        )
      )
    ),
    when(
      inspectionClosed,
      p => p.workOrder,
      change((was, p, { at }) => withOperation(was, p.op, op => inspected(op, p, at)))
    ),
    when(
      holdPlaced,
      p => p.workOrder,
      change((was, { workOrder: _, ...p }, { person, at }) =>
        was.holds.some(one => one.hold === p.hold)
          ? was
          : { ...was, holds: [...was.holds, { ...present(p), person, at }] }
      )
    ),
    when(
      holdReleased,
      p => p.workOrder,
      change((was, p) => ({ ...was, holds: was.holds.filter(one => one.hold !== p.hold) }))
    )
  ]
)

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

type At = { readonly workOrder: string; readonly op: number }
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

type Signed = { readonly person: string; readonly at: string }
export type Measured = Signed & {
  readonly value: number
  readonly unit: string
  readonly low?: number
  readonly high?: number
  readonly gauge?: string
}
export type Consumed = Signed & { readonly item: string; readonly lot: string; readonly quantity: number }
export type StepRecord = {
  readonly done?: Signed
  /** Every reading, oldest first: the last one counts. */
  readonly values: readonly Measured[]
  /** By lot or serial, what was taken less what went back. */
  readonly parts: readonly Consumed[]
  readonly photos: readonly (Signed & { readonly sha256: string })[]
}

/** What was recorded of one unit at one operation, by step number. */
export type Unit = At & {
  readonly cycle: number
  readonly steps: Readonly<Record<string, StepRecord>>
  readonly closed: boolean
}

/** Five digits, so that units sort as they are counted. */
export const unitKey = (workOrder: string, op: number, cycle: number): string =>
  `${workOrder}/${op}/${String(cycle).padStart(5, '0')}`

export const blankStep: StepRecord = { values: [], parts: [], photos: [] }

type Spot = At & { readonly cycle: number; readonly step: number }
const keyOfUnit = (p: Spot): string => unitKey(p.workOrder, p.op, p.cycle)
const onStep =
  <P extends Spot>(next: (was: StepRecord, payload: P, signed: Signed) => StepRecord) =>
  (was: Unit | undefined, p: P, { person, at }: Stamp): Unit => {
    const unit = was ?? { workOrder: p.workOrder, op: p.op, cycle: p.cycle, steps: {}, closed: false }
    return { ...unit, steps: { ...unit.steps, [p.step]: next(unit.steps[p.step] ?? blankStep, p, { person, at }) } }
  }

const moved = (parts: readonly Consumed[], one: Consumed): readonly Consumed[] => {
  const known = parts.find(part => part.item === one.item && part.lot === one.lot)
  const rest = parts.filter(part => part !== known)
  const quantity = add(known?.quantity ?? 0, one.quantity)
  return quantity === 0 ? rest : [...rest, { ...one, quantity }]
}

export const unitView = viewKind<Unit>('orders/unit', unit => (unit.closed ? 'archive' : 'floor'), [
  when(
    workOrderClosed,
    p =>
      (p.jobs ?? []).flatMap(({ op, cycles }) =>
        Array.from({ length: cycles }, (_, index) => unitKey(p.workOrder, op, index + 1))
      ),
    change(was => ({ ...was, closed: true }))
  ),
  when(
    stepCompleted,
    keyOfUnit,
    onStep((was, _p, signed) => ({ ...was, done: signed }))
  ),
  when(
    stepReopened,
    keyOfUnit,
    onStep(({ done: _, ...was }) => was)
  ),
  when(
    valueMeasured,
    keyOfUnit,
    onStep((was, { value, unit, low, high, gauge }, signed) => ({
      ...was,
      values: [...was.values, { value, unit, ...present({ low, high, gauge }), ...signed } as Measured]
    }))
  ),
  when(
    materialConsumed,
    keyOfUnit,
    onStep((was, { item, lot, quantity }, signed) => ({
      ...was,
      parts: moved(was.parts, { item, lot, quantity, ...signed })
    }))
  ),
  when(
    materialReturned,
    keyOfUnit,
    onStep((was, { item, lot, quantity }, signed) => ({
      ...was,
      parts: moved(was.parts, { item, lot, quantity: -quantity, ...signed })
    }))
  ),
  when(
    photoTaken,
    keyOfUnit,
    onStep((was, p, signed) => ({ ...was, photos: [...was.photos, { sha256: p.photo.sha256, ...signed }] }))
  )
])

/** What the floor needs of a frozen method. `workOrders` are the open ones that are built to it. */
export type Method = Pick<
  z.infer<typeof methodContent>,
  'item' | 'itemName' | 'revision' | 'bom' | 'operations' | 'documents'
> & {
  readonly method: string
  readonly number: number
  readonly workOrders: readonly string[]
}

export const methodView = viewKind<Method>(
  'orders/method',
  method => (method.workOrders.length > 0 ? 'floor' : 'desk'),
  [
    when(
      methodFrozen,
      p => p.method,
      (was, { method, number, content }) => ({
        method,
        number,
        item: content.item,
        itemName: content.itemName,
        revision: content.revision,
        bom: content.bom,
        operations: content.operations,
        documents: content.documents,
        workOrders: was?.workOrders ?? []
      })
    ),
    when(
      workOrderReleased,
      p => p.method,
      change((was, p) =>
        was.workOrders.includes(p.workOrder) ? was : { ...was, workOrders: [...was.workOrders, p.workOrder] }
      )
    ),
    when(
      workOrderClosed,
      p => p.method,
      change((was, p) => ({ ...was, workOrders: was.workOrders.filter(one => one !== p.workOrder) }))
    )
  ],
  method => method.documents.flatMap(one => one.pages.map(page => page.sha256))
)

/** A lot or serial number as it may be scanned. Two items may carry the same number, so there is a list. */
export type Lot = {
  readonly item: string
  readonly lot: string
  /** Found on a shelf at least once; otherwise it is only known from having been used. */
  readonly counted: boolean
  readonly expires?: string
  /** Taken less returned, over all work orders. */
  readonly used: number
  readonly last?: { readonly workOrder: string; readonly op: number; readonly cycle: number }
}

const onLot = (
  lots: readonly Lot[] | undefined,
  item: string,
  lot: string,
  next: (was: Lot) => Lot
): readonly Lot[] => {
  const was = lots?.find(one => one.item === item) ?? { item, lot, counted: false, used: 0 }
  return [...(lots ?? []).filter(one => one.item !== item), next(was)]
}
const keyOfLot = (p: { readonly lot: string }): string | undefined => p.lot || undefined

export const lotView = viewKind<readonly Lot[]>('orders/lot', 'floor', [
  when(stockCounted, keyOfLot, (was, p) =>
    onLot(was, p.item, p.lot, lot => ({ ...lot, counted: true, ...present({ expires: p.expires }) }) as Lot)
  ),
  when(materialConsumed, keyOfLot, (was, { item, lot, quantity, workOrder, op, cycle }) =>
    onLot(was, item, lot, one => ({ ...one, used: add(one.used, quantity), last: { workOrder, op, cycle } }))
  ),
  when(materialReturned, keyOfLot, (was, p) =>
    onLot(was, p.item, p.lot, one => ({ ...one, used: add(one.used, -p.quantity) }))
  )
])

export type Routing = { readonly item: string; readonly revision: string; readonly operations: readonly Operation[] }

export const routingView = viewKind<Routing>('orders/routing', 'desk', [
  when(
    routingSet,
    p => `${p.item}/${p.revision}`,
    (_was, p) => ({ ...p, operations: [...p.operations].sort((a, b) => a.op - b.op) })
  )
])
