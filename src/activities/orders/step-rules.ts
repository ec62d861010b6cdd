/** What a person may do with one step of one unit. Each entry is kept as it is made; the gate is on the step being done. */
import * as z from 'zod/mini'
import { floorAction, type Known, type Refusal, refuse } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { blob, code, ordinal, positive, value } from '#kernel/shape.ts'
import { materialConsumed, materialReturned, photoTaken, stepCompleted, stepReopened, valueMeasured } from './events.ts'
import { present } from './fold.ts'
import { jobKey, jobView, type Step, type StepRecord, type Unit, unitKey, unitView } from './projection.ts'
import { atWork, type Found } from './readiness.ts'
import { job, shownMethod } from './rules.ts'
import { lotOf, methodOf, operationOf, recordOf, stepNeeds, stillNeeded, trackingOf } from './step.ts'

const place = { ...job, cycle: ordinal, step: ordinal }
type Place = { readonly workOrder: string; readonly op: number; readonly cycle: number; readonly step: number }
type AtStep = Found & {
  readonly step: Step
  readonly unit: Unit | undefined
  readonly record: StepRecord
  readonly tracking: 'none' | 'lot' | 'serial'
}

/** The step as the method says it, with what was recorded of it; or why nothing may be recorded there now. */
export const findStep = (known: Known, { workOrder, op, cycle, step }: Place): AtStep | Refusal => {
  const found = atWork(known, workOrder, op)
  if ('refused' in found) return found
  const { order } = found
  if (cycle > order.quantity) return refuse('unit-beyond', { cycle, quantity: order.quantity })
  const method = methodOf(known, order)
  if (!method) return refuse('method-not-here', { workOrder })
  const one = operationOf(method, op)?.steps.find(each => each.step === step)
  if (!one) return refuse('step-unknown', { workOrder, op, step })
  const unit = known.get(unitView, unitKey(workOrder, op, cycle))
  return {
    ...found,
    step: one,
    unit,
    record: recordOf(unit, step),
    tracking: one.item === undefined ? 'none' : trackingOf(method, one.item)
  }
}

const stepBefore = ({ operation, unit }: AtStep, step: number): number | undefined =>
  operation.steps.find(one => one < step && !unit?.steps[one]?.done)

export const completeStep = floorAction('orders/complete-step', z.object(place), (known, input) => {
  const at = findStep(known, input)
  if ('refused' in at) return at
  const { record, step } = at
  if (record.done) return refuse('step-done', { cycle: input.cycle, title: step.title })
  const before = stepBefore(at, input.step)
  if (before !== undefined) return refuse('step-before-open', { step: before })
  const needs = stepNeeds(step, record, input.cycle, known.get(jobView, jobKey(input.workOrder, input.op)), at.tracking)
  if (needs) return needs
  const done = draft(stepCompleted, { ...input, ...shownMethod(at.order) })
  const quantity = step.kind === 'part' && at.tracking === 'none' ? stillNeeded(step, record) : 0
  // Parts that carry no number are taken by saying that the step is done.
  return quantity > 0 && step.item !== undefined
    ? [draft(materialConsumed, { ...input, item: step.item, quantity, lot: '' }), done]
    : [done]
})

export const reopenStep = floorAction('orders/reopen-step', z.object(place), (known, input) => {
  const at = findStep(known, input)
  if ('refused' in at) return at
  return at.record.done ? [draft(stepReopened, input)] : refuse('step-not-done', { title: at.step.title })
})

/** A reading is a fact whatever it says: one outside the limits is kept, and the step waits for what is done about it. */
export const measureValue = floorAction(
  'orders/measure-value',
  z.object({ ...place, value, gauge: z.optional(code) }),
  (known, input) => {
    const at = findStep(known, input)
    if ('refused' in at) return at
    const { kind, unit, low, high, title } = at.step
    if (kind !== 'measure') return refuse('not-a-measure', { title })
    if (at.record.done) return refuse('step-done', { cycle: input.cycle, title })
    return [
      draft(valueMeasured, {
        ...input,
        unit: unit ?? '1',
        ...(present({ low, high }) as { low?: number; high?: number })
      })
    ]
  }
)

export const consumePart = floorAction(
  'orders/consume-part',
  z.object({ ...place, lot: z.string(), quantity: z.optional(positive) }),
  (known, { quantity, ...input }) => {
    const at = findStep(known, input)
    if ('refused' in at) return at
    const { item, kind, title } = at.step
    if (kind !== 'part' || item === undefined) return refuse('not-a-part', { title })
    if (at.record.done) return refuse('step-done', { cycle: input.cycle, title })
    const needed = stillNeeded(at.step, at.record)
    const lot = at.tracking === 'none' ? '' : lotOf(known, item, input.lot)
    if (typeof lot === 'object' && 'refused' in lot) return lot
    const number = typeof lot === 'string' ? lot : lot.lot
    if (
      at.record.parts.some(part => part.item === item && part.lot === number && part.quantity > 0) &&
      at.tracking === 'serial'
    )
      return refuse('serial-here', { lot: number })
    if (needed === 0) return refuse('enough-taken', { item, quantity: at.step.quantity ?? 1 })
    const taking = quantity ?? (at.tracking === 'serial' ? Math.min(1, needed) : needed)
    return [draft(materialConsumed, { ...input, item, lot: number, quantity: taking })]
  }
)

/** Undo of a scan: the part goes back to its lot, and a step that was done waits for another. */
export const returnPart = floorAction('orders/return-part', z.object({ ...place, lot: z.string() }), (known, input) => {
  const at = findStep(known, input)
  if ('refused' in at) return at
  const part = at.record.parts.find(one => one.lot === input.lot && one.quantity > 0)
  if (!part) return refuse('part-not-taken', { lot: input.lot })
  const back = draft(materialReturned, { ...input, item: part.item, quantity: part.quantity })
  const { workOrder, op, cycle, step } = input
  return at.record.done ? [draft(stepReopened, { workOrder, op, cycle, step }), back] : [back]
})

export const takePhoto = floorAction('orders/take-photo', z.object({ ...place, photo: blob }), (known, input) => {
  const at = findStep(known, input)
  if ('refused' in at) return at
  return [draft(photoTaken, input, [input.photo])]
})
