/** What the Sync centre says of an event and of a clock. Pure. */
import type { Level } from '#ui/state-mark.tsx'

/** `orders/step-completed.v1` reads "Step completed". */
export const eventName = (type: string): string => {
  const words = (type.split('/')[1] ?? type).replace(/\.v\d+$/, '').replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What it was about, from the fields that most events carry. */
export const subjectOf = (payload: unknown): string => {
  if (payload === null || typeof payload !== 'object') return ''
  const { workOrder, op, station, item, lot } = payload as Readonly<Record<string, unknown>>
  return [workOrder, op, station, item, lot]
    .filter(part => typeof part === 'string' || typeof part === 'number')
    .join(' · ')
}

export type SyncState = 'unsent' | 'acked' | 'flagged' | 'quarantined' | 'refused' | 'held'

const states: Readonly<Record<SyncState, readonly [Level, string]>> = {
  unsent: ['info', 'Waits to be sent'],
  acked: ['normal', 'Sent'],
  flagged: ['attention', 'Sent, a supervisor decides'],
  quarantined: ['stop', 'Kept apart by the office'],
  refused: ['stop', 'Not taken by the office'],
  held: ['stop', 'Could not be sent, kept here']
}

/** Why the office kept something apart, where the tablet can say it shorter than the office. */
const codes: Readonly<Record<string, string>> = {
  'revoked-device': 'the tablet was out of use',
  'wrong-hash': 'it was damaged after it was recorded',
  'not-json': 'it was damaged after it was recorded',
  'unknown-type': 'the office is older than this tablet',
  'wrong-payload': 'the office reads this record otherwise',
  'id-used-twice': 'another record has its number',
  'ask-the-office': 'only the office may decide this',
  'not-applicable': 'the office could not work it in',
  'known-already': 'the office has it already',
  'too-large': 'it is too large',
  'too-deep': 'it has a form that nobody reads',
  'unstorable-text': 'it holds a character that can’t be kept',
  'wrong-envelope': 'it was damaged after it was recorded',
  'wrong-id': 'it was damaged after it was recorded',
  'wrong-sender': 'it bears the name of another tablet',
  'wrong-actor': 'only the office speaks in this name'
}

/** A rule’s own code is a few words of English with dashes. */
export const codeWords = (code: string): string => codes[code] ?? code.replaceAll('-', ' ')

export const stateWords = (state: SyncState): readonly [Level, string] => states[state]

/** True for what a person has to look at. */
export const needsPerson = (state: SyncState): boolean =>
  state === 'quarantined' || state === 'refused' || state === 'held'

/** Milliseconds of difference that are worth somebody's attention. */
export const CLOCK_LIMIT = 60_000

/** `offset` in milliseconds that the office is ahead; undefined before the first answer. */
export const clockWords = (offset: number | undefined): readonly [Level, string] => {
  if (offset === undefined) return ['off', 'Not compared yet']
  const seconds = Math.round(Math.abs(offset) / 1000)
  if (seconds === 0) return ['normal', 'Same as the office']
  const text = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
  return [
    Math.abs(offset) > CLOCK_LIMIT ? 'attention' : 'normal',
    `${text} ${offset > 0 ? 'behind' : 'ahead of'} the office`
  ]
}

export const sizeWords = (bytes: number): string => {
  if (bytes < 1024) return `${bytes} bytes`
  const units = ['KB', 'MB', 'GB', 'TB']
  let value = bytes / 1024
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}
