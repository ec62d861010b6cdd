/** Who and where, as lists of "when this event, for this key, then that view". */
import type * as z from 'zod/mini'
import { change, viewKind, when } from '#kernel/view.ts'
import {
  andonAnswered,
  andonCalled,
  andonClosed,
  type andonKind,
  lineSet,
  personSet,
  type reasonList,
  reasonSet,
  siteSetUp,
  stationSet,
  tabletAssigned,
  tabletEnrolled,
  tabletRevoked
} from './events.ts'

export type Site = Readonly<z.infer<typeof siteSetUp.payload>>
export type Line = Readonly<z.infer<typeof lineSet.payload>>
export type Station = Readonly<z.infer<typeof stationSet.payload>>
export type Person = Readonly<z.infer<typeof personSet.payload>>
export type Reason = Readonly<z.infer<typeof reasonSet.payload>>
export type ReasonList = z.infer<typeof reasonList>
export type AndonKind = z.infer<typeof andonKind>

export type Tablet = Readonly<z.infer<typeof tabletEnrolled.payload>> & {
  readonly state: 'enrolled' | 'revoked'
  readonly enrolledAt: string
  /** Why it was revoked. */
  readonly reason?: string
}

export type AndonCall = Readonly<z.infer<typeof andonCalled.payload>> & {
  readonly state: 'open' | 'answered' | 'closed'
  /** Who called, and when. */
  readonly person: string
  readonly at: string
  readonly answeredBy?: string
  readonly answeredAt?: string
  readonly closedBy?: string
  readonly closedAt?: string
  readonly cause?: string
  readonly withdrawn?: boolean
}

export const siteView = viewKind<Site>('plant/site', 'site', [
  when(
    siteSetUp,
    p => p.site,
    (_was, p) => p
  )
])

export const lineView = viewKind<Line>('plant/line', 'site', [
  when(
    lineSet,
    p => p.line,
    (_was, p) => p
  )
])

export const stationView = viewKind<Station>('plant/station', 'site', [
  when(
    stationSet,
    p => p.station,
    (_was, p) => p
  )
])

export const personView = viewKind<Person>('plant/person', 'site', [
  when(
    personSet,
    p => p.person,
    (_was, p) => p
  )
])

export const reasonKey = (list: ReasonList, code: string): string => `${list}/${code}`

export const reasonView = viewKind<Reason>('plant/reason', 'site', [
  when(
    reasonSet,
    p => reasonKey(p.list, p.code),
    (_was, p) => p
  )
])

export const tabletView = viewKind<Tablet>('plant/tablet', 'site', [
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
export const andonView = viewKind<AndonCall>('plant/andon', call => (call.state === 'closed' ? 'archive' : 'floor'), [
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

export const plantViews = [siteView, lineView, stationView, personView, reasonView, tabletView, andonView]
