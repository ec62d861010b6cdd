/** What a step of one unit still needs, and what a scanned part is. Asked by the rules, the guards and the screen. */
import { type Known, type Refusal, refuse } from '#kernel/decision.ts'
import { type Label, readLabel } from '#kernel/label.ts'
import { add, against, tidy } from '#kernel/quantity.ts'
import {
  blankStep,
  type Job,
  type Lot,
  lotView,
  type Measured,
  type Method,
  methodView,
  type Operation,
  type Step,
  type StepRecord,
  type Unit,
  type WorkOrder
} from './projection.ts'
import type { Found } from './readiness.ts'

export const methodOf = (known: Known, order: WorkOrder): Method | undefined =>
  order.method === undefined ? undefined : known.get(methodView, order.method)

export const operationOf = (method: Method | undefined, op: number): Operation | undefined =>
  method?.operations.find(one => one.op === op)

export const trackingOf = (method: Method | undefined, item: string): 'none' | 'lot' | 'serial' =>
  method?.bom.find(line => line.component === item)?.tracking ?? 'lot'

export const recordOf = (unit: Unit | undefined, step: number): StepRecord => unit?.steps[step] ?? blankStep

export const readySteps = (unit: Unit | undefined, steps: readonly number[]): boolean =>
  steps.every(step => unit?.steps[step]?.done !== undefined)

export const lastValue = (record: StepRecord): Measured | undefined => record.values.at(-1)

export const outside = (value: Measured): boolean => against(value.value, value.low, value.high) !== 'inside'

/** Quantity of the step's part taken so far, for this unit. */
export const taken = (step: Step, record: StepRecord): number =>
  add(0, ...record.parts.filter(part => part.item === step.item).map(part => part.quantity))

export const stillNeeded = (step: Step, record: StepRecord): number =>
  Math.max(0, tidy((step.quantity ?? 1) - taken(step, record)))

/** A value outside its limits is answered by measuring again or by a defect recorded after it. */
const answered = (job: Job | undefined, cycle: number, value: Measured): boolean =>
  job?.defects.some(one => one.at >= value.at && (one.sample === undefined || one.sample === cycle)) ?? false

/** Why this step of this unit can't be done yet. `undefined` when it can. */
export const stepNeeds = (
  step: Step,
  record: StepRecord,
  cycle: number,
  job: Job | undefined,
  tracking: 'none' | 'lot' | 'serial'
): Refusal | undefined => {
  if (step.kind === 'photo')
    return record.photos.length > 0 ? undefined : refuse('photo-missing', { title: step.title })
  if (step.kind === 'part') {
    const count = stillNeeded(step, record)
    return tracking === 'none' || count === 0
      ? undefined
      : refuse('part-missing', { item: step.item ?? '', count, tracking })
  }
  if (step.kind === 'task') return undefined
  const value = lastValue(record)
  if (!value) return refuse('value-missing', { title: step.title })
  if (!outside(value) || answered(job, cycle, value)) return undefined
  return refuse('value-outside', valueAbout(value))
}

const valueAbout = (value: Measured): NonNullable<Refusal['about']> => {
  const { low, high } = value
  const above = high !== undefined && value.value > high
  const limit = above ? high : (low ?? 0)
  return {
    value: value.value,
    unit: value.unit,
    by: tidy(Math.abs(value.value - limit)),
    side: above ? 'above' : 'below',
    limit
  }
}

type Part = {
  readonly workOrder: string
  readonly op: number
  readonly cycle: number
  readonly step: number
  readonly item: string
  readonly lot: string
}

/** What is wrong with a lot or serial for an item, at an instant. Nothing is known of lots that no count has named. */
export const partProblem = (known: Known, { order }: Found, part: Part, at: string): Refusal | undefined => {
  const tracking = trackingOf(methodOf(known, order), part.item)
  if (tracking === 'none') return undefined
  const lot = lotOf(known, part.item, part.lot)
  if ('refused' in lot) return lot
  if (lot.expires !== undefined && lot.expires < at.slice(0, 10))
    return refuse('lot-expired', { lot: lot.lot, item: part.item, expires: lot.expires })
  if (tracking === 'serial' && lot.used >= 1) return usedAlready(lot)
  return undefined
}

const usedAlready = (lot: Lot): Refusal =>
  refuse('serial-used', {
    lot: lot.lot,
    item: lot.item,
    workOrder: lot.last?.workOrder ?? '',
    op: lot.last?.op ?? 0,
    cycle: lot.last?.cycle ?? 0
  })

/** Our own labels that hang near parts and are none. */
const labels: Partial<Record<Label['label'], string>> = {
  location: 'a shelf label',
  tool: 'the label of a tool',
  sscc: 'the label of a box'
}

/** The lot of that item, or what the scanned text is instead. */
export const lotOf = (known: Known, item: string, text: string): Lot | Refusal => {
  const raw = text.trim()
  const { label } = readLabel(raw)
  const what = labels[label]
  if (what) return refuse('not-a-part-label', { scanned: raw, what, needed: item })
  for (const key of new Set([raw, raw.toUpperCase()])) {
    const counted = known.get(lotView, key)?.filter(one => one.counted) ?? []
    const lot = counted.find(one => one.item === item)
    if (lot) return lot
    const other = counted[0]
    if (other) return refuse('wrong-part', { scanned: raw, is: other.item, needed: item })
  }
  return refuse('lot-unknown', { scanned: raw || '(nothing)', needed: item })
}
