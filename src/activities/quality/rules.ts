/** What may be recorded and decided in quality, and why not. */
import * as z from 'zod/mini'
import { floorAction, guard, isRefusal, type Known, officeAction, type Refusal, refuse } from '#kernel/decision.ts'
import { type Draft, draft } from '#kernel/event.ts'
import { reaction } from '#kernel/reaction.ts'
import { blob, code, note, ordinal, uuid, value } from '#kernel/shape.ts'
import {
  checkCleared,
  checkRecorded,
  controlPlanSet,
  defectFound,
  defectDispositioned,
  defectRecorded,
  dispositionWord,
  holdPlaced,
  holdReleased,
  inspectionClosed,
  sampleIdentified
} from './events.ts'
import {
  dayOf,
  gaugeState,
  isImpossible,
  lotOf,
  type Lot,
  lotVerdict,
  type LotVerdict,
  stopAt,
  tally,
  verdictOf
} from './known.ts'
import { type Characteristic, type ControlPlan, gaugeView } from './plans.ts'
import {
  defectView,
  holdView,
  inspectionKey,
  inspectionView,
  type Result,
  pieceKey,
  pieceView,
  type Run,
  runView,
  type Severity
} from './projection.ts'
import { RULE_HOLD } from './words.ts'

const job = { workOrder: code, op: ordinal }
const at = { ...job, sample: ordinal, characteristic: ordinal }

const checkInput = z.object({
  ...at,
  verdict: z.optional(z.enum(['pass', 'fail'])),
  value: z.optional(value),
  text: z.optional(note),
  gauge: z.optional(code),
  photo: z.optional(blob)
})
export type CheckInput = z.infer<typeof checkInput>

export const recordCheck = floorAction<CheckInput>('quality/record-check', checkInput, (known, input, { person }) => {
  const found = findCheck(known, input)
  if (isRefusal(found)) return found
  const verdict = judge(found.characteristic, input)
  if (typeof verdict !== 'string') return verdict
  const { workOrder, op, sample, characteristic, value, text, gauge, photo } = input
  const said = given({ value, text: text?.trim() || undefined, gauge, photo })
  if (isSame(resultAt(known, input), { verdict, person, ...said }))
    return refuse('recorded-already', { check: characteristic })
  return [draft(checkRecorded, { workOrder, op, sample, characteristic, verdict, ...said }, photo && [photo])]
})

/** The same person saying the same again is a bounce of the finger; another person doing so is a second look. */
const isSame = (was: Result | undefined, now: Omit<Result, 'at' | 'device'>): boolean =>
  was !== undefined &&
  was.person === now.person &&
  was.verdict === now.verdict &&
  was.value === now.value &&
  was.text === now.text &&
  was.gauge === now.gauge &&
  was.photo?.sha256 === now.photo?.sha256

/** Leaves out what was not given, so that an event never says `undefined`. */
const given = <T extends object>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  // Object.fromEntries forgets the names of the members; they are the ones that came in.
  Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) as never

/** What a check says: a measured value speaks for itself, everything else is said by the person who looked. */
const judge = (characteristic: Characteristic, input: CheckInput): 'pass' | 'fail' | Refusal => {
  const about = { check: characteristic.number, name: characteristic.name }
  if (characteristic.kind === 'measure') {
    // A gauge that gives no reading is a finding too, but only together with words.
    if (input.value === undefined && input.verdict === 'fail' && input.text?.trim()) return 'fail'
    if (input.value === undefined) return refuse('value-needed', about)
    if (isImpossible(characteristic, input.value))
      return refuse('value-impossible', { ...about, value: input.value, unit: characteristic.unit ?? '' })
    return verdictOf(characteristic, input.value)
  }
  if (characteristic.kind === 'text' && !input.text?.trim()) return refuse('text-needed', about)
  if (characteristic.kind === 'photo' && !input.photo) return refuse('photo-needed', about)
  return input.verdict ?? (characteristic.kind === 'attribute' ? refuse('verdict-needed', about) : 'pass')
}

type CheckAt = {
  readonly workOrder: string
  readonly op: number
  readonly sample: number
  readonly characteristic: number
}

const findOpen = (known: Known, workOrder: string, op: number): Lot | Refusal => {
  const inspection = known.get(inspectionView, inspectionKey(workOrder, op))
  if (!inspection) return refuse('inspection-unknown', { workOrder, op })
  if (inspection.closed) return refuse('inspection-closed', { workOrder, op, person: inspection.closed.person })
  return lotOf(known, workOrder, op) ?? refuse('plan-missing', { workOrder, op })
}

const findCheck = (known: Known, { workOrder, op, sample, characteristic }: CheckAt) => {
  const lot = findOpen(known, workOrder, op)
  if (isRefusal(lot)) return lot
  if (sample > lot.run.quantity) return refuse('sample-out-of-range', { sample, pieces: lot.run.quantity })
  const found = lot.plan.characteristics.find(({ number }) => number === characteristic)
  if (!found) return refuse('check-unknown', { check: characteristic, plan: lot.plan.plan })
  return { lot, characteristic: found }
}

/** A check needs its own gauge, and the gauge needs a calibration that covers the day of the check. */
const gaugeProblem = (
  known: Known,
  characteristic: Characteristic,
  gauge: string | undefined,
  when: string
): Refusal | undefined => {
  const needed = characteristic.gauge
  if (needed === undefined) return undefined
  if (gauge === undefined) return refuse('gauge-needed', { gauge: needed, check: characteristic.number })
  const found = known.get(gaugeView, gauge)
  if (!found) return refuse('gauge-unknown', { gauge })
  if (gauge !== needed) return refuse('gauge-other', { gauge: needed, scanned: gauge, check: characteristic.number })
  const state = gaugeState(found, dayOf(known, when))
  if (state === 'expired') return refuse('gauge-expired', { gauge, until: found.calibratedTo ?? '' })
  return state === 'ready' ? undefined : refuse('gauge-not-passed', { gauge })
}

/** For the moment a gauge is scanned: the same answer that the check would get. */
export const mayUseGauge = (known: Known, characteristic: Characteristic, gauge: string | undefined, when: string) =>
  gaugeProblem(known, characteristic, gauge, when)

const checkGuard = guard(checkRecorded, (known, payload, stamp) => {
  const found = findCheck(known, payload)
  if (isRefusal(found)) return found
  const { characteristic } = found
  if (payload.value !== undefined && verdictOf(characteristic, payload.value) !== payload.verdict)
    return refuse('verdict-differs', { check: characteristic.number })
  return gaugeProblem(known, characteristic, payload.gauge, stamp.at)
})

const clearInput = z.object(at)
export const clearCheck = floorAction<z.infer<typeof clearInput>>('quality/clear-check', clearInput, (known, input) =>
  resultAt(known, input) ? [draft(checkCleared, input)] : refuse('nothing-to-clear', { check: input.characteristic })
)
const clearGuard = guard(checkCleared, (known, payload) => refusalIn(findCheck(known, payload)))

const refusalIn = (answer: object): Refusal | undefined => (isRefusal(answer) ? answer : undefined)

export const resultAt = (known: Known, { workOrder, op, sample, characteristic }: CheckAt): Result | undefined =>
  known.get(pieceView, pieceKey(workOrder, op, sample))?.results[characteristic]

const identifyInput = z.object({ ...job, sample: ordinal, serial: code })
export const identifySample = floorAction<z.infer<typeof identifyInput>>(
  'quality/identify-sample',
  identifyInput,
  (_known, input) => [draft(sampleIdentified, input)]
)
const identifyGuard = guard(sampleIdentified, (known, { workOrder, op, sample, serial }) => {
  const lot = findOpen(known, workOrder, op)
  if (isRefusal(lot)) return lot
  if (sample > lot.run.quantity) return refuse('sample-out-of-range', { sample, pieces: lot.run.quantity })
  const other = Object.entries(lot.inspection.serials).find(([at, known]) => known === serial && at !== String(sample))
  return other ? refuse('serial-twice', { serial, sample: Number(other[0]) }) : undefined
})

const defectInput = z.extend(defectFound, {
  /** The person stops the batch at once; a reason code of the hold list. */
  hold: z.optional(code)
})
export type DefectInput = z.infer<typeof defectInput>

export const recordDefect = floorAction<DefectInput>(
  'quality/record-defect',
  defectInput,
  (known, input, { newId }) => {
    const { workOrder, op, code, place, quantity, severity, hold, ...more } = input
    const run = known.get(runView, workOrder)
    if (!run) return refuse('work-order-unknown', { workOrder })
    const defect = newId()
    const payload = { defect, workOrder, op, code, place: place.trim(), quantity, severity, ...given(more) }
    const recorded = draft(defectRecorded, payload, input.photo && [input.photo])
    const stop = stopFor(known, run, input)
    return stop ? [recorded, draft(holdPlaced, { hold: newId(), workOrder, defect, ...stop })] : [recorded]
  }
)

/**
 * Tablets that were apart count to a limit together, and none of them sees it: the office places the hold when the defect
 * that reaches it comes in. Not while a defect's own hold is open: that one stops the batch already.
 */
export const holdAtLimit = reaction(defectRecorded, (known, { workOrder, op, severity, defect }, _stamp, newId) => {
  const run = known.get(runView, workOrder)
  const limit = run && stopAt(known, run, op, severity)
  if (!run || limit === undefined || run.state === 'closed') return []
  const count = run.defects[severity]
  if (count < limit || run.holds.some(one => one.defect !== undefined)) return []
  const note = ruleNote(severity, count, limit)
  return [draft(holdPlaced, { hold: newId(), workOrder, reason: RULE_HOLD, note, defect })]
})

/** The hold that goes with a defect: the person's own, else the rule's when the count reaches its limit. */
const stopFor = (known: Known, run: Run, { op, severity, quantity, hold, note }: DefectInput) => {
  if (hold !== undefined) return { reason: hold, ...given({ note }) }
  const limit = stopAt(known, run, op, severity)
  const count = run.defects[severity] + quantity
  if (limit === undefined || count < limit || run.holds.some(one => one.defect !== undefined)) return undefined
  return { reason: RULE_HOLD, note: ruleNote(severity, count, limit) }
}

const ruleNote = (severity: Severity, count: number, limit: number): string =>
  `${count} ${severity} ${count === 1 ? 'defect' : 'defects'} found, the batch stops at ${limit}.`

const defectGuard = guard(defectRecorded, (known, { workOrder, quantity, sample }) => {
  const run = known.get(runView, workOrder)
  if (!run) return refuse('work-order-unknown', { workOrder })
  if (run.state === 'closed') return refuse('work-order-closed', { workOrder })
  if (quantity > run.quantity) return refuse('more-than-there-are', { quantity, pieces: run.quantity })
  return sample !== undefined && sample > run.quantity
    ? refuse('sample-out-of-range', { sample, pieces: run.quantity })
    : undefined
})

const placeInput = z.object({ workOrder: code, reason: code, note: z.optional(note), defect: z.optional(uuid) })
export const placeHold = floorAction<z.infer<typeof placeInput>>(
  'quality/place-hold',
  placeInput,
  (known, input, { newId }) => {
    const { workOrder, reason } = input
    if (known.get(runView, workOrder)?.holds.some(one => one.reason === reason))
      return refuse('already-held', { workOrder })
    return [
      draft(holdPlaced, {
        hold: newId(),
        workOrder,
        reason,
        ...given({ note: input.note?.trim() || undefined, defect: input.defect })
      })
    ]
  }
)
const holdGuard = guard(holdPlaced, (known, { workOrder }) => {
  const run = known.get(runView, workOrder)
  if (!run) return refuse('work-order-unknown', { workOrder })
  return run.state === 'closed' ? refuse('work-order-closed', { workOrder }) : undefined
})

const closeInput = z.object({ ...job, note: z.optional(note) })
export const closeInspection = floorAction<z.infer<typeof closeInput>>(
  'quality/close-inspection',
  closeInput,
  (known, input, { newId }) => {
    const lot = findOpen(known, input.workOrder, input.op)
    if (isRefusal(lot)) return lot
    const { accepted, rejected } = tally(lot)
    const closed = draft(inspectionClosed, { ...input, accepted, rejected })
    const verdict = lotVerdict(lot)
    if (!verdict || verdict.accepted) return [closed]
    const note = lotNote(verdict, rejected)
    return [closed, draft(holdPlaced, { hold: newId(), workOrder: input.workOrder, reason: RULE_HOLD, note })]
  }
)
/** A lot that its sample does not accept is held: what was not looked at is no better. */
const lotNote = ({ pieces, reject, critical }: LotVerdict, rejected: number): string =>
  critical > 0
    ? `The lot is not accepted: ${critical} of ${pieces} pieces with a critical finding.`
    : `The lot is not accepted: ${rejected} of ${pieces} pieces did not pass, ${reject} are too many.`

/** No "finish anyway": every check of every piece is recorded, and every failed one has its defect. */
const closeGuard = guard(inspectionClosed, (known, { workOrder, op, accepted, rejected }) => {
  const lot = findOpen(known, workOrder, op)
  if (isRefusal(lot)) return lot
  const counted = tally(lot)
  const first = counted.missing[0]
  if (first) {
    const name = lot.plan.characteristics.find(({ number }) => number === first.characteristic)?.name ?? ''
    const about = { sample: first.sample, check: first.characteristic, name, more: counted.missing.length - 1 }
    return refuse(first.what === 'check' ? 'checks-missing' : 'defect-missing', about)
  }
  return counted.accepted !== accepted || counted.rejected !== rejected
    ? refuse('counts-differ', { accepted: counted.accepted, rejected: counted.rejected })
    : undefined
})

const releaseInput = z.object({ hold: uuid, note })
export const releaseHold = officeAction<z.infer<typeof releaseInput>>(
  'quality/release-hold',
  ['supervisor', 'engineer'],
  releaseInput,
  (known, { hold, note }) => {
    const found = known.get(holdView, hold)
    if (!found) return refuse('hold-unknown')
    if (note.trim() === '') return refuse('note-needed')
    return [draft(holdReleased, { hold, workOrder: found.workOrder, note: note.trim() })]
  }
)
const releaseGuard = guard(holdReleased, (known, { hold }) => {
  const found = known.get(holdView, hold)
  if (!found) return refuse('hold-unknown')
  return found.released ? refuse('hold-released-before', { person: found.released.person }) : undefined
})

const decideInput = z.object({ defect: uuid, disposition: dispositionWord, note })
export const dispositionDefect = officeAction<z.infer<typeof decideInput>>(
  'quality/disposition-defect',
  ['inspector', 'supervisor', 'engineer'],
  decideInput,
  (known, { defect, disposition, note }) => {
    const found = known.get(defectView, defect)
    if (!found) return refuse('defect-unknown')
    if (note.trim() === '') return refuse('note-needed')
    return [draft(defectDispositioned, { defect, workOrder: found.workOrder, disposition, note: note.trim() })]
  }
)
/** Four eyes: who recorded a defect does not decide it. */
const decideGuard = guard(defectDispositioned, (known, { defect }, { person }) => {
  const found = known.get(defectView, defect)
  if (!found) return refuse('defect-unknown')
  if (found.decision) return refuse('defect-decided-before', { person: found.decision.person })
  return found.person === person ? refuse('own-defect') : undefined
})

export const setControlPlan = officeAction<ControlPlan>(
  'quality/set-control-plan',
  ['engineer', 'administrator'],
  controlPlanSet.payload,
  (_known, plan): readonly Draft[] => [draft(controlPlanSet, plan)]
)
const planGuard = guard(controlPlanSet, (_known, { plan, characteristics }) => {
  if (characteristics.length === 0) return refuse('nothing-to-check', { plan })
  const numbers = characteristics.map(one => one.number)
  const twice = numbers.find((number, i) => numbers.indexOf(number) !== i)
  if (twice !== undefined) return refuse('check-twice', { plan, check: twice })
  const crossed = characteristics.find(({ low, high }) => low !== undefined && high !== undefined && low > high)
  return crossed ? refuse('limits-crossed', { plan, check: crossed.number }) : undefined
})

export const qualityActions = [
  recordCheck,
  clearCheck,
  identifySample,
  recordDefect,
  placeHold,
  closeInspection,
  releaseHold,
  dispositionDefect,
  setControlPlan
]
export const qualityReactions = [holdAtLimit]
export const qualityGuards = [
  checkGuard,
  clearGuard,
  identifyGuard,
  defectGuard,
  holdGuard,
  closeGuard,
  releaseGuard,
  decideGuard,
  planGuard
]
