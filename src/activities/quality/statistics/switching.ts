/**
 * Normal, tightened and reduced inspection, switched by the lots before: ISO 2859-1, 9.3; ANSI/ASQ Z1.4, 8.3 and 8.4;
 * MIL-STD-105E, 4.7. Lots come in the order in which they were inspected, first inspections only: a lot that is offered again
 * does not count. The three differ in how reduced inspection is reached and left, and in when tightened inspection ends.
 */
export type SwitchingStandard = 'iso' | 'z14' | '105e'
export type Severity = 'normal' | 'tightened' | 'reduced'

export type Lot = {
  readonly accepted: boolean
  /** The acceptance number it was judged by. */
  readonly accept: number
  /** Would it have been accepted one step tighter, too? Asked where the acceptance number is 2 or more. */
  readonly acceptedTighter?: boolean
  /** Reduced inspection of Z1.4: more than its acceptance number and less than its rejection number. It is accepted. */
  readonly between?: boolean
}

/** What the inspectors' authority knows: reduced inspection needs a steady production and their consent. */
export type Consent = {
  readonly steady: boolean
  readonly agreed: boolean
  /** Z1.4 and 105E: in the last ten lots no more was found than the limit number (table VIII). True where nobody asks. */
  readonly withinLimit?: boolean
}

export type Switching = {
  readonly severity: Severity
  /** Inspection stops until the supplier has mended what is wrong. */
  readonly stopped: boolean
  readonly score: number
  /** Since the severity began: accepted in a row, not accepted in all, and of the last five which were not accepted. */
  readonly inRow: number
  readonly refused: number
  /** Lots since the severity began. */
  readonly lots: number
  readonly lastFive: readonly boolean[]
}

export const begin = (severity: Severity = 'normal'): Switching => ({
  severity,
  stopped: false,
  score: 0,
  inRow: 0,
  refused: 0,
  lots: 0,
  lastFive: []
})

const SCORE_FOR_REDUCED = 30
const LOTS_FOR_REDUCED = 10

/** The state after one more lot. A stopped inspection stays stopped: it begins again, tightened, by a decision. */
export const afterLot = (
  was: Switching,
  lot: Lot,
  consent: Consent,
  standard: SwitchingStandard = 'iso'
): Switching => {
  if (was.stopped) return was
  const lastFive = [...was.lastFive, lot.accepted].slice(-5)
  const now: Switching = {
    ...was,
    score: was.severity === 'normal' ? scoreAfter(was.score, lot) : 0,
    inRow: lot.accepted ? was.inRow + 1 : 0,
    refused: was.refused + (lot.accepted ? 0 : 1),
    lots: was.lots + 1,
    lastFive
  }
  switch (was.severity) {
    case 'tightened':
      if (now.inRow >= 5) return begin('normal')
      return isTooLong(now, standard) ? { ...now, stopped: true } : now
    case 'reduced':
      return lot.accepted && !(lot.between && standard !== 'iso') && consent.steady ? now : begin('normal')
    case 'normal':
      if (lastFive.filter(accepted => !accepted).length >= 2) return begin('tightened')
      return mayReduce(now, consent, standard) ? begin('reduced') : now
  }
}

/** ISO 9.4 and Z1.4 8.4: the fifth lot not accepted. 105E 4.7.4: ten lots in a row on tightened inspection. */
const isTooLong = ({ refused, lots }: Switching, standard: SwitchingStandard): boolean =>
  standard === '105e' ? lots >= 10 : refused >= 5

const mayReduce = (
  { score, inRow }: Switching,
  { steady, agreed, withinLimit = true }: Consent,
  standard: SwitchingStandard
): boolean =>
  steady && agreed && (standard === 'iso' ? score >= SCORE_FOR_REDUCED : inRow >= LOTS_FOR_REDUCED && withinLimit)

/** 9.3.3.2: two points with an acceptance number of 0 or 1, three where one step tighter would have done as well. */
const scoreAfter = (score: number, { accepted, accept, acceptedTighter }: Lot): number => {
  if (accept < 2) return accepted ? score + 2 : 0
  return accepted && acceptedTighter === true ? score + 3 : 0
}
