/**
 * What a simulated person does next at a station, from what the tablet knows there: the order of the station's own queue, the
 * steps as its screen would press them. Pure, with the dice given; the rules still have the last word.
 */
import { counted } from '#activities/orders/fold.ts'
import {
  type Job,
  jobKey,
  jobView,
  lotView,
  type Step,
  type Unit,
  unitView,
  workOrderView
} from '#activities/orders/projection.ts'
import { type QueueRow, queueOf } from '#activities/orders/queue.ts'
import { handedOver } from '#activities/orders/readiness.ts'
import { completeOperation, pauseOperation, reportQuantity, startOperation } from '#activities/orders/rules.ts'
import { nextPress, resumeAt, type Run, type Spot } from '#activities/orders/run.ts'
import { completeStep, consumePart, measureValue, takePhoto } from '#activities/orders/step-rules.ts'
import {
  lastValue,
  methodOf,
  operationOf,
  outside,
  recordOf,
  stillNeeded,
  trackingOf
} from '#activities/orders/step.ts'
import { recordDefect } from '#activities/quality/rules.ts'
import { jigToSetUp, setUpTool } from '#activities/tooling/rules.ts'
import type { Known } from '#kernel/decision.ts'
import { nextCheck } from './checks.ts'
import { type Deed, deed, type Dice, reading } from './deed.ts'

/** One piece in so many is scrap. */
const SCRAP = 80

/** `left`: work orders that are left to somebody real. Undefined: nothing can be done here now. */
export const nextDeed = (known: Known, station: string, left: ReadonlySet<string>, dice: Dice): Deed | undefined => {
  const orders = known.list(workOrderView).flatMap(([, order]) => (left.has(order.workOrder) ? [] : [order]))
  const open = queueOf(orders, station).filter(({ why }) => why === undefined)
  const row = open.find(hasPieces)
  if (!row) return undefined
  if (row.inspection) return nextCheck(known, row, dice)
  if (row.state === 'running') return press(known, runOf(known, row), dice)
  // Nobody builds two jobs at once: the one whose pieces are not here yet is put aside.
  const starved = open.find(one => one.state === 'running' && !one.inspection)
  if (starved) return deed(jobOf(starved), pauseOperation, { ...at(starved), reason: 'OTHER' }, 'waits for pieces')
  const jig = row.state === 'paused' ? undefined : jigToSetUp(known, row.order.workOrder, row.operation.op)
  if (jig !== undefined)
    return deed(jobOf(row), setUpTool, { ...at(row), station, tool: jig, aligned: true }, `is set up with ${jig}`)
  return deed(jobOf(row), startOperation, { ...at(row), station }, row.state === 'paused' ? 'goes on' : 'is started')
}

/** Whoever has put a job aside does not run back to it for every single piece. */
const A_FEW = 4

const hasPieces = ({ order, operation, state, inspection, expected, counted }: QueueRow): boolean => {
  const here = handedOver(order, operation.op) - counted
  const few = state === 'paused' ? Math.min(A_FEW, expected - counted) : 1
  return inspection || here >= few || counted >= expected
}

type At = Pick<QueueRow, 'order' | 'operation'>
const at = ({ order, operation }: At) => ({ workOrder: order.workOrder, op: operation.op })
export const jobOf = ({ order, operation }: At): string => `${order.workOrder}-${operation.op}`

type Begun = Run & { readonly job: Job | undefined }

const runOf = (known: Known, { order, operation }: QueueRow): Begun => {
  const key = jobKey(order.workOrder, operation.op)
  const units = known.list(unitView, `${key}/`).map(([, unit]) => [unit.cycle, unit] as const)
  return { order, operation, units: new Map<number, Unit>(units), job: known.get(jobView, key) }
}

const press = (known: Known, run: Begun, dice: Dice): Deed => {
  const spot = resumeAt(run, run.job?.cycles ?? 1)
  const next = nextPress(run, spot)
  switch (next.press) {
    case 'complete':
      return deed(jobOf(run), completeOperation, at(run), 'is complete')
    case 'count':
      return report(run, next.good)
    case 'step':
      return step(known, run, spot, next.counts, dice)
    default:
      return dice() < 1 / SCRAP ? report(run, 0, 1) : report(run, 1)
  }
}

const report = (run: Run, good: number, scrap = 0): Deed =>
  deed(
    jobOf(run),
    reportQuantity,
    { ...at(run), good, scrap, rework: 0, ...(scrap > 0 ? { scrapReason: 'DAMAGED' } : {}) },
    scrap > 0 ? 'one piece is scrap' : undefined
  )

const step = (known: Known, run: Run, spot: Spot, counts: boolean, dice: Dice): Deed => {
  const method = methodOf(known, run.order)
  const one = operationOf(method, run.operation.op)?.steps.find(each => each.step === spot.step)
  const record = recordOf(run.units.get(spot.cycle), spot.step)
  const place = { ...at(run), ...spot }
  const job = jobOf(run)
  if (one?.kind === 'photo' && record.photos.length === 0)
    return { job, run: async hand => hand.act(takePhoto, { ...place, photo: await hand.photo() }) }
  if (one?.kind === 'part' && one.item !== undefined && stillNeeded(one, record) > 0) {
    const tracking = trackingOf(method, one.item)
    const lot = tracking === 'none' ? undefined : freeLot(known, one.item, tracking)
    if (lot !== undefined) return deed(job, consumePart, { ...place, lot })
  }
  const last = lastValue(record)
  if (one?.kind === 'measure' && last === undefined)
    return deed(job, measureValue, { ...place, value: reading(one, dice, true) })
  if (one?.kind === 'measure' && last && outside(last))
    return dice() < 0.5
      ? defect(run, spot, one)
      : deed(job, measureValue, { ...place, value: reading(one, dice, false) })
  return done(run, place, counts)
}

/** The last step of a piece counts it, as the screen's button does. */
const done = (run: Run, place: ReturnType<typeof at> & Spot, counts: boolean): Deed => ({
  job: jobOf(run),
  run: async hand => {
    const answer = await hand.act(completeStep, place)
    return 'refused' in answer || !counts ? answer : report(run, 1).run(hand)
  }
})

/** A lot or serial of the item that may still be taken. */
const freeLot = (known: Known, item: string, tracking: 'lot' | 'serial'): string | undefined =>
  known
    .list(lotView)
    .flatMap(([, lots]) => lots)
    .filter(one => one.item === item && one.counted && one.lot !== '')
    .find(one => (tracking === 'lot' || one.used < 1) && (one.expires ?? '9') > today())?.lot

const today = (): string => new Date().toISOString().slice(0, 10)

const defect = (run: Run, { cycle }: Spot, one: Step): Deed =>
  deed(
    jobOf(run),
    recordDefect,
    {
      ...at(run),
      code: 'VALUE',
      place: one.title,
      quantity: 1,
      severity: 'minor',
      sample: cycle,
      note: 'Simulated'
    },
    `a defect on unit ${cycle}, ${one.title}`
  )

/** Jobs that run at the station now, to be put aside at the end of the shift. */
export const runningAt = (known: Known, station: string, left: ReadonlySet<string>) =>
  known.list(workOrderView).flatMap(([, order]) =>
    order.operations
      .filter(one => one.state === 'running' && one.station === station && one.steps.length > 0)
      .filter(() => !left.has(order.workOrder))
      .map(one => ({ workOrder: order.workOrder, op: one.op, pieces: counted(one) }))
  )
