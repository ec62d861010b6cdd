/** Who and where, as lists of "when this event, for this key, then that view". */
import { change, replace, viewKind, when } from '#kernel/view.ts'
import {
  andonAnswered,
  andonCalled,
  andonClosed,
  calendarSet,
  lineSet,
  personSet,
  reasonSet,
  siteSetUp,
  stationSet,
  tabletAssigned,
  tabletEnrolled,
  tabletRevoked
} from './events.ts'
import * as named from './views.ts'

export type {
  AndonCall,
  AndonKind,
  Calendar,
  Line,
  Person,
  Reason,
  ReasonList,
  Site,
  Station,
  Tablet
} from './views.ts'

export const siteView = viewKind(named.siteView, 'site', [replace(siteSetUp, p => p.site)])

export const lineView = viewKind(named.lineView, 'site', [replace(lineSet, p => p.line)])

export const stationView = viewKind(named.stationView, 'site', [replace(stationSet, p => p.station)])

export const calendarView = viewKind(named.calendarView, 'desk', [replace(calendarSet, p => p.calendar)])

export const personView = viewKind(named.personView, 'site', [replace(personSet, p => p.person)])

export const reasonView = viewKind(named.reasonView, 'site', [replace(reasonSet, p => named.reasonKey(p.list, p.code))])

export const tabletView = viewKind(named.tabletView, 'site', [
  when(
    tabletEnrolled,
    p => p.device,
    (_was, p, { at }) => ({ ...p, state: 'enrolled', enrolledAt: at })
  ),
  when(
    tabletAssigned,
    p => p.device,
    change((was, p) => ({ ...was, station: p.station }))
  ),
  when(
    tabletRevoked,
    p => p.device,
    change((was, p) => ({ ...was, state: 'revoked', reason: p.reason }))
  )
])

/** Goes to every tablet while it is open: a call is heard everywhere. A closed one stays as history. */
export const andonView = viewKind(named.andonView, call => (call.state === 'closed' ? 'archive' : 'floor'), [
  when(
    andonCalled,
    p => p.call,
    (was, p, { person, at }) => was ?? { ...p, state: 'open', person, at }
  ),
  // The first to answer is on it; who comes second helps, and a closed call is not opened by a late answer.
  when(
    andonAnswered,
    p => p.call,
    change((was, _p, { person, at }) =>
      was.state === 'open' ? { ...was, state: 'answered', answeredBy: person, answeredAt: at } : was
    )
  ),
  when(
    andonClosed,
    p => p.call,
    change((was, p, { person, at }) =>
      was.state === 'closed'
        ? was
        : { ...was, state: 'closed', closedBy: person, closedAt: at, cause: p.cause, withdrawn: p.withdrawn }
    )
  )
])

export const plantViews = [siteView, lineView, stationView, calendarView, personView, reasonView, tabletView, andonView]
