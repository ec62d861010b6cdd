/** What is known of who and where: the names and shapes of the room's views. `projection.ts` folds them. */
import type * as z from 'zod/mini'
import { view } from '#kernel/view.ts'
import type {
  andonCalled,
  andonKind,
  calendarSet,
  lineSet,
  personSet,
  reasonList,
  reasonSet,
  siteSetUp,
  stationSet,
  tabletEnrolled
} from './events.ts'

export type Site = Readonly<z.infer<typeof siteSetUp.payload>>
export type Line = Readonly<z.infer<typeof lineSet.payload>>
export type Station = Readonly<z.infer<typeof stationSet.payload>>
export type Calendar = Readonly<z.infer<typeof calendarSet.payload>>
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

export const siteView = view<Site>('plant/site')
export const lineView = view<Line>('plant/line')
export const stationView = view<Station>('plant/station')
export const calendarView = view<Calendar>('plant/calendar')
export const personView = view<Person>('plant/person')
export const reasonView = view<Reason>('plant/reason')
export const tabletView = view<Tablet>('plant/tablet')
export const andonView = view<AndonCall>('plant/andon')

export const reasonKey = (list: ReasonList, code: string): string => `${list}/${code}`
