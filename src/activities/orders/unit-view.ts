/** What was recorded of one piece at one operation, step by step. */
import type { Stamp } from '#kernel/event.ts'
import { add } from '#kernel/quantity.ts'
import { change, viewKind, when } from '#kernel/view.ts'
import {
  materialConsumed,
  materialReturned,
  photoTaken,
  stepCompleted,
  stepReopened,
  valueMeasured,
  workOrderClosed
} from './events.ts'
import { present, type Signed } from './fold.ts'
import type { At } from './job-view.ts'

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
