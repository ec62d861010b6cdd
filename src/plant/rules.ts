/** What may be set and called in the plant, and why not. */
import * as z from 'zod/mini'
import {
  type Action,
  floorAction,
  guard,
  type Known,
  officeAction,
  type Refusal,
  refuse,
  type Role
} from '#kernel/decision.ts'
import { draft, type EventKind } from '#kernel/event.ts'
import { code, note, uuid } from '#kernel/shape.ts'
import {
  andonAnswered,
  andonCalled,
  andonClosed,
  andonKind,
  calendarSet,
  lineSet,
  personSet,
  reasonSet,
  siteSetUp,
  stationSet,
  tabletAssigned,
  tabletRevoked
} from './events.ts'
import {
  type AndonCall,
  type Calendar,
  andonView,
  calendarView,
  lineView,
  type Person,
  personView,
  siteView,
  stationView,
  tabletView
} from './projection.ts'

/** Master data is set as a whole: the action carries what the event says, and the guards below look at it. */
const setting = <P>(name: string, kind: EventKind<P>, roles: readonly Role[] = ['administrator']): Action<P> =>
  officeAction(name, roles, kind.payload, (_known, input) => [draft(kind, input)])

export const setUpSite = setting('plant/set-up-site', siteSetUp)
export const setLine = setting('plant/set-line', lineSet)
export const setStation = setting('plant/set-station', stationSet)
export const setCalendar = setting('plant/set-calendar', calendarSet, ['administrator', 'planner'])
export const setPerson = setting('plant/set-person', personSet)
export const setReason = setting('plant/set-reason', reasonSet, ['administrator', 'supervisor', 'engineer'])
export const assignTablet = setting('plant/assign-tablet', tabletAssigned)
export const revokeTablet = setting('plant/revoke-tablet', tabletRevoked)

const callInput = z.object({
  kind: andonKind,
  /** The tablet's own station when absent. */
  station: z.optional(code),
  operation: z.optional(code),
  note: z.optional(note)
})

/** One call of a kind per station is open at a time: calling louder does not bring anybody sooner. */
export const callAndon = floorAction('plant/call-andon', callInput, (known, input, { station: here, newId }) => {
  const { station = here, ...said } = input
  if (!station) return refuse('no-station')
  const open = openCall(known, station, input.kind)
  if (open) return refuse('already-called', { kind: kindWords[input.kind], station })
  return [draft(andonCalled, { call: newId(), station, ...said })]
})

const aboutCall = z.object({ call: uuid })

export const answerAndon = floorAction('plant/answer-andon', aboutCall, (known, input, { person }) => {
  const call = known.get(andonView, input.call)
  if (!call) return refuse('call-unknown')
  if (call.state === 'closed') return refuse('call-closed')
  if (call.answeredBy === person) return refuse('answered-already')
  return [draft(andonAnswered, { call: call.call, station: call.station })]
})

export const closeAndon = floorAction('plant/close-andon', z.object({ call: uuid, cause: note }), (known, input) => {
  const call = known.get(andonView, input.call)
  if (!call) return refuse('call-unknown')
  if (call.state === 'closed') return refuse('call-closed')
  const cause = input.cause.trim()
  if (cause === '') return refuse('cause-needed')
  return [draft(andonClosed, { call: call.call, station: call.station, cause, withdrawn: false })]
})

/** Taken back by the caller before anybody came; what the Undo of a call does. */
export const withdrawAndon = floorAction('plant/withdraw-andon', aboutCall, (known, input, { person }) => {
  const call = known.get(andonView, input.call)
  if (!call) return refuse('call-unknown')
  if (call.state === 'closed') return refuse('call-closed')
  if (call.state === 'answered') return refuse('answered-by', { person: nameOf(known, call.answeredBy ?? '') })
  if (call.person !== person) return refuse('not-your-call')
  return [draft(andonClosed, { call: call.call, station: call.station, cause: 'Taken back', withdrawn: true })]
})

export const kindWords = { parts: 'Parts', quality: 'Quality', machine: 'Machine', help: 'Help' } as const

export const openCalls = (known: Known): readonly AndonCall[] =>
  known
    .list(andonView)
    .map(([, call]) => call)
    .filter(call => call.state !== 'closed')
    .sort((a, b) => (a.at < b.at ? -1 : 1))

const openCall = (known: Known, station: string, kind: AndonCall['kind']): AndonCall | undefined =>
  openCalls(known).find(call => call.station === station && call.kind === kind)

const nameOf = (known: Known, person: string): string => known.get(personView, person)?.name ?? person

const people = (known: Known): readonly Person[] => known.list(personView).map(([, person]) => person)

const administers = (person: Person): boolean => person.active && person.roles.includes('administrator')

export const plantGuards = [
  guard(siteSetUp, (known, p) =>
    known.list(siteView).some(([site]) => site !== p.site) ? refuse('site-is-set') : undefined
  ),
  guard(siteSetUp, (_known, p) =>
    isTimeZone(p.timeZone) ? undefined : refuse('time-zone-unknown', { timeZone: p.timeZone })
  ),
  guard(stationSet, (known, p) => (known.get(lineView, p.line) ? undefined : refuse('line-unknown', { line: p.line }))),
  guard(stationSet, (known, p) =>
    p.calendar === undefined || known.get(calendarView, p.calendar)
      ? undefined
      : refuse('calendar-unknown', { calendar: p.calendar })
  ),
  guard(calendarSet, (_known, p) => calendarLacks(p)),
  guard(personSet, (known, p) => badgeTaken(known, p)),
  guard(personSet, (_known, p) =>
    p.active && p.roles.length === 0 ? refuse('role-needed', { name: p.name }) : undefined
  ),
  guard(personSet, (known, p) => {
    const was = known.get(personView, p.person)
    if (!was || !administers(was) || administers(p)) return undefined
    return people(known).some(one => one.person !== p.person && administers(one))
      ? undefined
      : refuse('last-administrator')
  }),
  guard(tabletAssigned, (known, p) => {
    const tablet = known.get(tabletView, p.device)
    if (!tablet) return refuse('tablet-unknown')
    if (tablet.state === 'revoked') return refuse('tablet-revoked', { name: tablet.name })
    if (tablet.use !== 'station') return refuse('tablet-elsewhere', { name: tablet.name })
    return known.get(stationView, p.station) ? undefined : refuse('station-unknown', { station: p.station })
  }),
  guard(tabletRevoked, (known, p) => {
    const tablet = known.get(tabletView, p.device)
    if (!tablet) return refuse('tablet-unknown')
    if (tablet.state === 'revoked') return refuse('tablet-revoked', { name: tablet.name })
    return p.reason.trim() === '' ? refuse('revoke-reason-needed') : undefined
  }),
  guard(andonCalled, (known, p) =>
    known.get(stationView, p.station) ? undefined : refuse('station-unknown', { station: p.station })
  )
]

/** Badges are compared as scanners give them: upper case. */
const badgeTaken = (known: Known, { person, badge }: Person): Refusal | undefined => {
  const other = people(known).find(one => one.person !== person && one.badge.toUpperCase() === badge.toUpperCase())
  return other && refuse('badge-taken', { badge, name: other.name })
}

const calendarLacks = ({ name, week, exceptions }: Calendar): Refusal | undefined => {
  const reversed = exceptions.find(one => one.from > one.to)
  if (reversed) return refuse('calendar-days-reversed', { from: reversed.from, to: reversed.to })
  return week.length === 0 && exceptions.every(one => one.shifts.length === 0)
    ? refuse('calendar-never-opens', { name })
    : undefined
}

/** An IANA name, as the runtime's own table has it. */
const isTimeZone = (timeZone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export const plantActions = [
  setUpSite,
  setLine,
  setStation,
  setCalendar,
  setPerson,
  setReason,
  assignTablet,
  revokeTablet,
  callAndon,
  answerAndon,
  closeAndon,
  withdrawAndon
]
