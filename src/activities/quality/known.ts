/** Questions about what quality knows, asked by rules and screens alike. */
import { against, tidy } from '#kernel/quantity.ts'
import type { Known } from '#kernel/decision.ts'
import { type Characteristic, type ControlPlan, clockView, type Gauge, qualityMethodView } from './plans.ts'
import { type SamplePlan, samplePlan } from './sampling.ts'
import {
  type Inspection,
  inspectionKey,
  inspectionView,
  type Run,
  runView,
  type Severity,
  type Verdict
} from './projection.ts'

/** The plan an inspection works to: the one frozen in its method, never a later revision. */
export const planOf = (known: Known, inspection: Inspection): ControlPlan | undefined =>
  known.get(qualityMethodView, inspection.method)?.operations.find(({ op }) => op === inspection.op)?.plan

export type Lot = {
  readonly inspection: Inspection
  readonly plan: ControlPlan
  readonly run: Run
  readonly pieces: number
}

/** An inspection with everything that is needed to work on it; undefined when any of it is not on this tablet. */
export const lotOf = (known: Known, workOrder: string, op: number): Lot | undefined => {
  const inspection = known.get(inspectionView, inspectionKey(workOrder, op))
  const plan = inspection && planOf(known, inspection)
  const run = known.get(runView, workOrder)
  return inspection && plan && run ? { inspection, plan, run, pieces: piecesToInspect(plan, run, op) } : undefined
}

/** Pieces to inspect: the sample, or every piece that was not scrapped at an earlier operation. At least one. */
export const piecesToInspect = (plan: ControlPlan, run: Run, op: number): number => {
  const lost = Object.entries(run.scrap).reduce((sum, [at, scrap]) => (Number(at) < op ? sum + scrap : sum), 0)
  const there = Math.max(1, run.quantity - lost)
  if (plan.sample === 'each') return there
  return Math.min(there, typeof plan.sample === 'number' ? plan.sample : samplePlan(run.quantity, plan.sample).pieces)
}

/** What a measured value says about itself; both limits are inside. */
export const verdictOf = ({ low, high }: Pick<Characteristic, 'low' | 'high'>, value: number): Verdict =>
  against(value, low, high) === 'inside' ? 'pass' : 'fail'

/**
 * A value so far from its limits that a decimal point was lost: more than a thousand times the width of the band away
 * from its middle. Only where both limits are known and apart; anything nearer can be a true reading.
 */
export const isImpossible = ({ low, high }: Pick<Characteristic, 'low' | 'high'>, value: number): boolean =>
  low !== undefined &&
  high !== undefined &&
  high > low &&
  Math.abs(tidy(value - (low + high) / 2)) > 1000 * (high - low)

/** The plant's day, YYYY-MM-DD, of an instant in ISO 8601 UTC. UTC where the plant's zone is not known. */
export const dayOf = (known: Known, at: string): string => {
  const zone = known.list(clockView)[0]?.[1].timeZone ?? 'UTC'
  return dayIn(zone, at)
}

const dayIn = (timeZone: string, at: string): string => {
  try {
    return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
      new Date(at)
    )
  } catch {
    // A zone or an instant that this machine can't read must not stop an inspection.
    return at.slice(0, 10)
  }
}

export type GaugeState = 'ready' | 'expired' | 'not-passed'

/** Whether a gauge may be used on that day; the last day of its calibration is inside. */
export const gaugeState = (gauge: Gauge, day: string): GaugeState =>
  !gauge.passed ? 'not-passed' : gauge.calibratedTo !== undefined && gauge.calibratedTo < day ? 'expired' : 'ready'

/** Whole days from one day to another, both YYYY-MM-DD; 0 on the day itself. */
export const daysTo = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

export type Missing =
  | { readonly what: 'check'; readonly sample: number; readonly characteristic: number }
  | { readonly what: 'defect'; readonly sample: number; readonly characteristic: number }

export const isCovered = (inspection: Inspection, sample: number, characteristic: number): boolean =>
  inspection.covered.includes(`${sample}/${characteristic}`) || inspection.covered.includes(`${sample}`)

/** The characteristics of one piece that still want something, in the plan's order. */
export const missingIn = ({ inspection, plan }: Lot, sample: number): readonly Missing[] =>
  plan.characteristics.flatMap(({ number }): readonly Missing[] => {
    const verdict = inspection.verdicts[sample]?.[number]
    if (verdict === undefined) return [{ what: 'check', sample, characteristic: number }]
    return verdict === 'fail' && !isCovered(inspection, sample, number)
      ? [{ what: 'defect', sample, characteristic: number }]
      : []
  })

/** Every piece that must be looked at: those asked for, and any further one that was begun. */
export const samplesOf = ({ inspection, pieces }: Lot): readonly number[] => {
  const begun = Object.keys(inspection.verdicts).map(Number)
  const last = Math.max(pieces, ...begun)
  return Array.from({ length: last }, (_, i) => i + 1).filter(sample => sample <= pieces || begun.includes(sample))
}

export type Tally = { readonly accepted: number; readonly rejected: number; readonly missing: readonly Missing[] }

/** A piece is rejected by one failed check and accepted when every check passed. */
export const tally = (lot: Lot): Tally => {
  const samples = samplesOf(lot)
  const missing = samples.flatMap(sample => missingIn(lot, sample))
  const rejected = samples.filter(sample =>
    Object.values(lot.inspection.verdicts[sample] ?? {}).includes('fail')
  ).length
  const open = new Set(missing.filter(one => one.what === 'check').map(one => one.sample))
  const accepted = samples.filter(
    sample => !open.has(sample) && !Object.values(lot.inspection.verdicts[sample] ?? {}).includes('fail')
  ).length
  return { accepted, rejected, missing }
}

export type LotVerdict = SamplePlan & { readonly accepted: boolean; readonly critical: number }

/**
 * Whether the whole lot is accepted by what its sample showed; undefined without a sampling plan. The plan goes by the
 * quantity that was released, so scrap before the inspection changes nothing. No critical finding is ever accepted.
 */
export const lotVerdict = (lot: Lot): LotVerdict | undefined => {
  const { sample, characteristics } = lot.plan
  if (sample === 'each' || typeof sample === 'number') return undefined
  const found = samplePlan(lot.run.quantity, sample)
  const graves = new Set(characteristics.filter(one => one.severity === 'critical').map(one => String(one.number)))
  const critical = Object.values(lot.inspection.verdicts).filter(piece =>
    Object.entries(piece).some(([number, verdict]) => verdict === 'fail' && graves.has(number))
  ).length
  return { ...found, critical, accepted: critical === 0 && tally(lot).rejected <= found.accept }
}

/** How many defects of a severity stop the batch: by the operation's own plan, else by the strictest of the method. */
export const stopAt = (known: Known, run: Run, op: number, severity: Severity): number | undefined => {
  const method = run.method === undefined ? undefined : known.get(qualityMethodView, run.method)
  const own = method?.operations.find(one => one.op === op)?.plan
  if (own) return own.stopAt[severity]
  const all = method?.operations.flatMap(({ plan }) => (plan ? [plan.stopAt[severity]] : [])) ?? []
  return all.length > 0 ? Math.min(...all) : undefined
}

export type OverLimit = {
  readonly run: Run
  readonly severity: Severity
  readonly count: number
  readonly limit: number
}

/** Limits that are reached while nothing holds the run: tablets that were apart counted to it together. */
export const overLimit = (known: Known, run: Run): readonly OverLimit[] => {
  if (run.holds.length > 0) return []
  return (['critical', 'major', 'minor'] as const).flatMap(severity => {
    // Operation 0 has no plan of its own, so the strictest of the method answers.
    const limit = stopAt(known, run, 0, severity)
    const count = run.defects[severity]
    return limit !== undefined && count >= limit ? [{ run, severity, count, limit }] : []
  })
}
