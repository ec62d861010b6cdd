/**
 * Normal, tightened and reduced inspection, switched by the lots before: ISO 2859-1, 9.3. Lots come in the order in which they
 * were inspected, first inspections only: a lot that is offered again does not count.
 */
export type Severity = 'normal' | 'tightened' | 'reduced'

export type Lot = {
  readonly accepted: boolean
  /** The acceptance number it was judged by. */
  readonly accept: number
  /** Would it have been accepted one step tighter, too? Asked where the acceptance number is 2 or more. */
  readonly acceptedTighter?: boolean
}

/** What the inspectors' authority knows: reduced inspection needs a steady production and their consent. */
export type Consent = { readonly steady: boolean; readonly agreed: boolean }

export type Switching = {
  readonly severity: Severity
  /** Inspection stops until the supplier has mended what is wrong. */
  readonly stopped: boolean
  readonly score: number
  /** Since the severity began: accepted in a row, not accepted in all, and of the last five which were not accepted. */
  readonly inRow: number
  readonly refused: number
  readonly lastFive: readonly boolean[]
}

export const begin = (severity: Severity = 'normal'): Switching => ({
  severity,
  stopped: false,
  score: 0,
  inRow: 0,
  refused: 0,
  lastFive: []
})

const SCORE_FOR_REDUCED = 30

/** The state after one more lot. A stopped inspection stays stopped: it begins again, tightened, by a decision. */
export const afterLot = (was: Switching, lot: Lot, consent: Consent): Switching => {
  if (was.stopped) return was
  const lastFive = [...was.lastFive, lot.accepted].slice(-5)
  const now: Switching = {
    ...was,
    score: was.severity === 'normal' ? scoreAfter(was.score, lot) : 0,
    inRow: lot.accepted ? was.inRow + 1 : 0,
    refused: was.refused + (lot.accepted ? 0 : 1),
    lastFive
  }
  if (was.severity === 'tightened') {
    if (now.refused >= 5) return { ...now, stopped: true }
    return now.inRow >= 5 ? begin('normal') : now
  }
  if (was.severity === 'reduced') return lot.accepted && consent.steady ? now : begin('normal')
  if (lastFive.filter(accepted => !accepted).length >= 2) return begin('tightened')
  return now.score >= SCORE_FOR_REDUCED && consent.steady && consent.agreed ? begin('reduced') : now
}

/** 9.3.3.2: two points with an acceptance number of 0 or 1, three where one step tighter would have done as well. */
const scoreAfter = (score: number, { accepted, accept, acceptedTighter }: Lot): number => {
  if (accept < 2) return accepted ? score + 2 : 0
  return accepted && acceptedTighter === true ? score + 3 : 0
}
