/** What the finite schedule says in words: when, how late, and why. */
import { dayAt, dayText } from '#kernel/calendar.ts'
import { showDay } from '#ui/desk-parts.tsx'
import type { ScheduleFault, Wait, WorkOrderResult } from '../solver/problem.ts'
import { stationOf } from '../solver/problem-from.ts'

const clocks = new Map<string, Intl.DateTimeFormat>()

/** 'Tue 24 Nov 08:30' in the plant's time. */
export const whenWord = (instant: number, zone: string): string =>
  `${showDay(dayText(dayAt(instant, zone)))} ${clockWord(instant, zone)}`

export const clockWord = (instant: number, zone: string): string => {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone })
  clocks.set(zone, clock)
  return clock.format(instant)
}

/** '45 min', '5 h', '3 d': as exact as one needs it. */
export const lengthWord = (minutes: number): string => {
  if (minutes < 60) return `${Math.round(minutes)} min`
  if (minutes < 36 * 60) return `${Math.round(minutes / 6) / 10} h`
  return `${Math.round(minutes / 144) / 10} d`
}

const HEADS: Readonly<Record<Wait['how'], string>> = {
  'station-busy': 'Too much to do',
  'station-closed': 'Closed',
  'tool-busy': 'A tool too few',
  'material-date': 'Parts come late',
  fence: 'Frozen zone',
  locked: 'Held in place',
  'other-work-order': 'Work before it',
  'work-content': 'Long work'
}

type Names = {
  readonly station: (station: string) => string
  readonly tool: (tool: string) => string
  /** An order as people call it. */
  readonly order: (order: string) => string
  /** The day on which an order's parts are there, YYYY-MM-DD. */
  readonly material: (order: string) => string | undefined
}

/** WO-0012-30 is operation 30 of WO-0012. */
const partsOf = (operation: string): readonly [order: string, op: string] => {
  const at = operation.lastIndexOf('-')
  return [operation.slice(0, at), operation.slice(at + 1)]
}

/**
 * Why an order is late. One whose day was over before anything was planned is late for that, whatever it still waits for:
 * that is told as well, since it is all that can be changed.
 */
export const whyLate = (
  { due, cause }: Pick<WorkOrderResult, 'due' | 'cause'>,
  names: Names
): { readonly head: string; readonly sentence: string } => {
  const ahead = cause ? causeSentence(cause, names) : ''
  if (due !== undefined && due > 0) return { head: cause ? HEADS[cause.how] : 'Late', sentence: ahead }
  const over = 'The day it was due was over before this plan was made.'
  return { head: 'Past due', sentence: ahead === '' ? over : `${over} Still ahead: ${startSmall(ahead)}` }
}

const startSmall = (sentence: string): string => sentence.replace(/^[A-Z](?=[a-z])/, first => first.toLowerCase())

/** The wait that cost the most, as a sentence. */
const causeSentence = (wait: Wait, names: Names): string => {
  const [order, op] = partsOf(wait.operation)
  const by = wait.blocking === undefined ? undefined : partsOf(wait.blocking)
  const place = wait.station === undefined ? 'its station' : names.station(stationOf(wait.station))
  const busy = by ? `, busy with ${names.order(by[0])}` : ', which is busy'
  const long = lengthWord(wait.minutes)
  const there = names.material(order)
  switch (wait.how) {
    case 'station-busy':
      return `Operation ${op} waits ${long} for ${place}${busy}.`
    case 'station-closed':
      return `Operation ${op} waits ${long} while ${place} is closed.`
    case 'tool-busy':
      return `Operation ${op} waits ${long} for ${names.tool(wait.tool ?? '')}${busy}.`
    case 'material-date':
      return there === undefined
        ? `Operation ${op} waits ${long} for its parts.`
        : `Its parts are there on ${showDay(there)}; operation ${op} waits ${long} for them.`
    case 'fence':
      return `Nothing new begins before the fence; operation ${op} waits ${long}.`
    case 'locked':
      return `Operation ${op} is held where it is, ${long} later than it could be.`
    case 'other-work-order':
      return `Operation ${op} waits ${long} for ${by ? names.order(by[0]) : 'another order'}.`
    case 'work-content':
      return `The work alone takes ${long}.`
  }
}

const FAULTS: Readonly<Record<ScheduleFault['code'], string>> = {
  'no-station': 'has no station. Name one in its routing',
  'unknown-station': 'names a station that is not known',
  'no-open-time': 'its station never opens. Look at its calendar',
  'never-fits': 'is longer than any opening of its station',
  'beyond-the-calendar': 'does not fit into the days that are looked at',
  'minutes-out-of-range': 'takes a time that cannot be. Look at its minutes',
  'time-out-of-range': 'has a day that cannot be',
  'weight-out-of-range': 'has a priority that cannot be',
  'predecessor-cycle': 'waits for itself by way of others',
  'unknown-predecessor': 'waits for work that is not known',
  'waits-for-unplanned': 'waits for work that could not be placed',
  'unknown-tool': 'needs a tool that is not known',
  'tool-count': 'needs a tool of which there is none',
  'too-big-for-batch': 'is too big for the furnace',
  'same-id': 'is there twice',
  'same-station': 'names a station twice',
  'locked-overlap': 'is pinned where another one is held already',
  'locked-before-predecessor': 'begins before the work that it waits for is done',
  'started-without-place': 'has begun, and nobody knows where',
  'setup-out-of-range': 'has a set-up time that cannot be',
  'open-interval-out-of-range': 'has opening hours that cannot be'
}

/** What could not be placed as asked, and what to look at. */
export const faultSentence = (
  { code, operation, workOrder, station, tool }: ScheduleFault,
  names: Pick<Names, 'order'>
): string => {
  const [order, op] = operation === undefined ? [workOrder, undefined] : partsOf(operation)
  const what = order === undefined ? (station ?? tool ?? 'Something') : names.order(order)
  return `${what}${op === undefined ? '' : `, operation ${op}`}: ${FAULTS[code]}.`
}
