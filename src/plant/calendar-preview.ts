/** What a calendar comes to, day by day: hours, days without work by their name, and the days on which the clock changes. */
import { dayText, instantOf, workingCalendar } from '#kernel/calendar.ts'
import type { Calendar } from './views.ts'

const HOUR = 3_600_000

export type PreviewDay = {
  /** Day number. */
  readonly day: number
  /** Hours worked from midnight to midnight, by the clock on the wall of that day. */
  readonly hours: number
  /** What the exception that holds is called. */
  readonly name?: string
  /** 23 or 25 when the clock changes on it. */
  readonly length: number
}

const lengthOf = (day: number, zone: string): number => (instantOf(day + 1, 0, zone) - instantOf(day, 0, zone)) / HOUR

/** `count` days from `first`, a day number. */
export const previewOf = (
  { week, exceptions }: Pick<Calendar, 'week' | 'exceptions'>,
  zone: string,
  first: number,
  count: number
): readonly PreviewDay[] => {
  const calendar = workingCalendar({ zone, week, exceptions })
  return Array.from({ length: count }, (_, at) => {
    const day = first + at
    const text = dayText(day)
    // The later one holds, as the calendar has it.
    const name = exceptions.findLast(one => one.from <= text && text <= one.to)?.name
    return {
      day,
      hours: calendar.openMinutes(instantOf(day, 0, zone), instantOf(day + 1, 0, zone)) / 60,
      length: lengthOf(day, zone),
      ...(name === undefined ? {} : { name })
    }
  })
}

/** The next day, after `day`, on which the clock changes within a year; undefined where it never does. */
export const nextClockChange = (day: number, zone: string): number | undefined => {
  for (let at = day + 1; at <= day + 366; at++) if (lengthOf(at, zone) !== 24) return at
  return undefined
}

/** 'no work', '8.75 h', '7 h, Saturday shift; the clock goes forward' */
export const previewWords = ({ hours, name, length }: PreviewDay): string => {
  const work = hours === 0 ? 'no work' : `${Math.round(hours * 100) / 100} h`
  const change = length < 24 ? '; the clock goes forward' : length > 24 ? '; the clock goes back' : ''
  return `${work}${name === undefined ? '' : `, ${name}`}${change}`
}
