/** The sentences of the room: what happened, what to do. */
import type { Refusal } from '#kernel/decision.ts'
import type { Disposition, Hold, Severity } from './projection.ts'

/** The reason code of a hold that a stop rule placed; the note says which rule. */
export const RULE_HOLD = 'DEFECTS'

type About = Readonly<Record<string, string | number>>
type Sentence = (about: About) => string

const pieces = (count: number): string => (count === 1 ? '1 piece' : `${count} pieces`)
const andMore = (more: unknown): string =>
  Number(more) > 0 ? ` ${more} more ${Number(more) === 1 ? 'is' : 'are'} open.` : ''

export const reasons: Readonly<Record<string, Sentence>> = {
  'inspection-unknown': ({ workOrder, op }) =>
    `There is no inspection at operation ${op} of ${workOrder}. Scan its job card again.`,
  'inspection-closed': ({ workOrder, op }) =>
    `The inspection of ${workOrder}, operation ${op}, is closed. Ask the supervisor.`,
  'plan-missing': ({ workOrder }) =>
    `The control plan of ${workOrder} is not on this tablet yet. Connect it to the network once.`,
  'sample-out-of-range': ({ sample, pieces: all }) =>
    `There is no piece ${sample}: this run has ${pieces(Number(all))}.`,
  'check-unknown': ({ check, plan }) => `Check ${check} is not in control plan ${plan}.`,
  'value-needed': ({ check }) => `Type the value of check ${check}.`,
  'value-impossible': ({ value, unit }) =>
    `${value} ${unit} is too far from the limits to be a reading. Look at the decimal point.`,
  'text-needed': ({ check }) => `Write what you see for check ${check}.`,
  'photo-needed': ({ check }) => `Take the photo for check ${check}.`,
  'verdict-needed': ({ check }) => `Choose Pass or Fail for check ${check}.`,
  'verdict-differs': ({ check }) => `The verdict of check ${check} does not fit its value. Measure again.`,
  'recorded-already': ({ check }) => `Check ${check} is recorded like this already.`,
  'gauge-needed': ({ gauge }) => `Scan gauge ${gauge} first.`,
  'gauge-other': ({ gauge, scanned }) => `This is ${scanned}. The check needs gauge ${gauge}.`,
  'gauge-unknown': ({ gauge }) =>
    `Gauge ${gauge} is not in the list of gauges. Take a listed one, or ask the engineer.`,
  'gauge-expired': ({ gauge, until }) =>
    `Gauge ${gauge} was calibrated to ${until}. Take another one, or have it calibrated.`,
  'gauge-not-passed': ({ gauge }) => `Gauge ${gauge} did not pass its last calibration. Take it out of use.`,
  'nothing-to-clear': ({ check }) => `Check ${check} is empty already.`,
  'serial-twice': ({ serial, sample }) =>
    `${serial} is piece ${sample} of this inspection already. Scan this piece's own serial.`,
  'work-order-unknown': ({ workOrder }) => `${workOrder} is not known on this tablet. Scan its job card.`,
  'work-order-closed': ({ workOrder }) => `${workOrder} is closed. Ask the supervisor.`,
  'more-than-there-are': ({ quantity, pieces: all }) => `${quantity} is more than the run has: ${pieces(Number(all))}.`,
  'already-held': ({ workOrder }) => `${workOrder} is on hold for this reason already.`,
  'checks-missing': ({ sample, check, name, more }) => `Piece ${sample} lacks check ${check}, ${name}.${andMore(more)}`,
  'defect-missing': ({ sample, check, name, more }) =>
    `Check ${check}, ${name}, of piece ${sample} did not pass and has no defect yet. Record it.${andMore(more)}`,
  'counts-differ': ({ accepted, rejected }) =>
    `The count is ${accepted} accepted and ${rejected} rejected by now. Close it again.`,
  'hold-unknown': () => 'This hold is not known. Load the page again.',
  'hold-released-before': () => 'This hold was released before. Nothing more to do.',
  'note-needed': () => 'Write why, in a few words.',
  'defect-unknown': () => 'This defect is not known. Load the page again.',
  'defect-decided-before': () => 'This defect was decided before. Nothing more to do.',
  'own-defect': () => 'You recorded this defect. Somebody else decides it.',
  'nothing-to-check': ({ plan }) => `Control plan ${plan} has no characteristics. Add one.`,
  'check-twice': ({ plan, check }) => `Control plan ${plan} has check ${check} twice. Number them apart.`,
  'limits-crossed': ({ plan, check }) =>
    `In control plan ${plan} the low limit of check ${check} is above the high one.`
}

export const dispositions: readonly { readonly value: Disposition; readonly label: string; readonly hint: string }[] = [
  { value: 'use-as-is', label: 'Use as is', hint: 'It goes on unchanged' },
  { value: 'rework', label: 'Rework', hint: 'Made to fit the drawing' },
  { value: 'repair', label: 'Repair', hint: 'Made usable, not to the drawing' },
  { value: 'scrap', label: 'Scrap', hint: 'It is taken out' },
  { value: 'return', label: 'Return', hint: 'Back to the supplier' },
  { value: 'regrade', label: 'Regrade', hint: 'Used for something else' }
]
export const dispositionName = (word: Disposition): string =>
  dispositions.find(one => one.value === word)?.label ?? word

export const severities: readonly { readonly value: Severity; readonly label: string; readonly hint: string }[] = [
  { value: 'critical', label: 'Critical', hint: 'A person may be hurt' },
  { value: 'major', label: 'Major', hint: 'It may not work' },
  { value: 'minor', label: 'Minor', hint: 'It may be noticed' }
]

/** Why a batch is held, in words: the reason as the plant names it, and the note. */
export const holdWords = (
  hold: Pick<Hold, 'reason' | 'note'>,
  reasons: readonly { readonly code: string; readonly name: string }[]
): string => {
  const named =
    reasons.find(({ code }) => code === hold.reason)?.name ??
    (hold.reason === RULE_HOLD ? 'Too many defects' : hold.reason)
  return hold.note ? `${named}: ${hold.note}` : named
}

/** The headline of the card that stops a gauge. */
export const gaugeStop = ({ refused }: Refusal): string => {
  if (refused === 'gauge-expired') return 'The calibration of this gauge is over'
  if (refused === 'gauge-not-passed') return 'This gauge did not pass its calibration'
  return refused === 'gauge-other' ? 'This is another gauge' : 'This gauge is not in the list'
}
