/**
 * Working calendars: weekly shifts, holidays and exceptions of a site or a station, in the plant's IANA time zone.
 *
 * Days are whole numbers since 1970-01-01 of the plant's own calendar, so that a lead time never meets a clock; instants are
 * milliseconds since the epoch in UTC. A shift is local time of day: the night from 22:00 to 06:00 has seven hours when the
 * clock goes forward and nine when it goes back. A local time that the clock jumps over counts as the moment after the jump,
 * one that comes twice as the first of the two (as RFC 5545 and Temporal's "compatible" have it).
 */

/** `day`: ISO 8601 weekday, Monday is 1. `to` at or before `from` ends on the next day; '24:00' is the end of the day. */
export type Shift = { readonly day: number; readonly from: string; readonly to: string }

/** From the day `from` to the day `to`, both in it, only these shifts hold; none: closed. A later one goes before an earlier. */
export type CalendarException = {
  readonly from: string
  readonly to: string
  readonly shifts: readonly { readonly from: string; readonly to: string }[]
}

export type CalendarRule = {
  readonly zone: string
  readonly week: readonly Shift[]
  readonly exceptions: readonly CalendarException[]
}

/** Both in milliseconds since the epoch, UTC; `to` is not in it. */
export type Interval = { readonly from: number; readonly to: number }

export type WorkingCalendar = {
  readonly zone: string
  /** True when no shift begins on any day from now to the end of time: nothing can be planned on it. */
  readonly neverOpens: boolean
  readonly isOpen: (day: number) => boolean
  /**
   * `count` working days later, or earlier when negative. 0 answers the day itself when it is open, else the next open
   * one. `undefined` when the calendar has no such day within the years 1 to 9999.
   */
  readonly shiftDay: (day: number, count: number) => number | undefined
  /** Working days from `from` to before `to`; negative when `to` is earlier. */
  readonly daysBetween: (from: number, to: number) => number
  /** When it is open between two instants, in order, touching shifts joined. */
  readonly openBetween: (from: number, to: number) => readonly Interval[]
  /** Minutes open between two instants; shifts that overlap count once. */
  readonly openMinutes: (from: number, to: number) => number
}

const DAY = 86_400_000
const MINUTE = 60_000
/** 0001-01-01 and 9999-12-31: what an ISO day of four digits can say. */
const FIRST_DAY = -719_162
const LAST_DAY = 2_932_896

/** 'YYYY-MM-DD' to a day number; NaN for a day that no calendar has. */
export const dayNumber = (day: string): number => {
  const time = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(time) || dayText(time / DAY) !== day ? Number.NaN : time / DAY
}

export const dayText = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)

/** ISO 8601 weekday, Monday is 1. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1

/** The plant's day at an instant. */
export const dayAt = (instant: number, zone: string): number => Math.floor((instant + offsetAt(instant, zone)) / DAY)

/** The instant of a local time, `minute` counted from the day's midnight; more than a day's minutes run into the next day. */
export const instantOf = (day: number, minute: number, zone: string): number => {
  const local = day * DAY + minute * MINUTE
  const before = offsetAt(local - DAY, zone)
  const after = offsetAt(local + DAY, zone)
  if (before === after) return local - before
  const first = local - Math.max(before, after)
  if (offsetAt(first, zone) === Math.max(before, after)) return first
  const second = local - Math.min(before, after)
  // Neither offset holds at its own answer: the clock jumps over this time, so the offset before the jump is carried on.
  return offsetAt(second, zone) === Math.min(before, after) ? second : local - before
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** What was asked before, by zone: the same shifts are looked at again after every edit of a plan. */
const offsets = new Map<string, Map<number, number>>()
const REMEMBERED = 20_000

/** Milliseconds that local time is ahead of UTC. @throws RangeError for a zone that the runtime doesn't know. */
const offsetAt = (instant: number, zone: string): number => {
  let known = offsets.get(zone)
  if (!known || known.size >= REMEMBERED) {
    known = new Map()
    offsets.set(zone, known)
  }
  const found = known.get(instant) ?? offsetFound(instant, zone)
  known.set(instant, found)
  return found
}

const offsetFound = (instant: number, zone: string): number => {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric'
    })
    formats.set(zone, format)
  }
  const said: Record<string, string> = {}
  for (const { type, value } of format.formatToParts(instant)) said[type] = value
  const year = said['era'] === 'BC' ? 1 - Number(said['year']) : Number(said['year'])
  const wall = new Date(0)
  wall.setUTCFullYear(year, Number(said['month']) - 1, Number(said['day']))
  wall.setUTCHours(Number(said['hour']), Number(said['minute']), Number(said['second']))
  return wall.getTime() - Math.floor(instant / 1000) * 1000
}

type Minutes = { readonly from: number; readonly to: number }

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

const spanOf = ({ from, to }: { readonly from: string; readonly to: string }): Minutes => {
  const [start, end] = [minuteOf(from), minuteOf(to)]
  return { from: start, to: end > start ? end : end + 1440 }
}

/** Makes a calendar of its rule. Times are 'HH:MM', days 'YYYY-MM-DD'; an exception whose days are wrong is left out. */
export const workingCalendar = (rule: CalendarRule): WorkingCalendar => {
  const { zone } = rule
  const week: readonly (readonly Minutes[])[] = Array.from({ length: 8 }, (_, day) =>
    rule.week.filter(shift => shift.day === day).map(spanOf)
  )
  const exceptions = rule.exceptions
    .map(one => ({ from: dayNumber(one.from), to: dayNumber(one.to), shifts: one.shifts.map(spanOf) }))
    .filter(one => one.from <= one.to)
    .reverse()
  const spansOf = (day: number): readonly Minutes[] =>
    exceptions.find(one => one.from <= day && day <= one.to)?.shifts ?? week[weekdayOf(day)] ?? []
  const isOpen = (day: number): boolean => spansOf(day).length > 0
  const weekly = week.some(spans => spans.length > 0)
  const openDays = exceptions.filter(one => one.shifts.length > 0)
  const range = weekly
    ? { from: FIRST_DAY, to: LAST_DAY }
    : { from: Math.min(...openDays.map(one => one.from)), to: Math.max(...openDays.map(one => one.to)) }
  const openBetween = (from: number, to: number): readonly Interval[] =>
    from < to ? joined(shiftsBetween(spansOf, zone, from, to)) : []
  return {
    zone,
    neverOpens: !weekly && openDays.every(one => !isOpen(one.from) && !isOpen(one.to)),
    isOpen,
    shiftDay: shiftDays(isOpen, range),
    daysBetween: (from, to) => (from <= to ? countOpen(isOpen, from, to) : -countOpen(isOpen, to, from)),
    openBetween,
    openMinutes: (from, to) => openBetween(from, to).reduce((sum, one) => sum + (one.to - one.from), 0) / MINUTE
  }
}

const shiftDays =
  (isOpen: (day: number) => boolean, range: { readonly from: number; readonly to: number }) =>
  (day: number, count: number): number | undefined => {
    const step = count < 0 ? -1 : 1
    let left = Math.abs(Math.trunc(count))
    let at = day
    // Days before and after the only open ones are not walked one by one.
    if (step > 0 && at < range.from) at = range.from - 1
    if (step < 0 && at > range.to) at = range.to + 1
    if (left === 0) {
      while (!isOpen(at)) if (++at > range.to) return undefined
      return at
    }
    while (left > 0) {
      at += step
      if (at < range.from || at > range.to || Number.isNaN(at)) return undefined
      if (isOpen(at)) left -= 1
    }
    return at
  }

const countOpen = (isOpen: (day: number) => boolean, from: number, to: number): number => {
  let count = 0
  for (let day = from; day < to; day += 1) if (isOpen(day)) count += 1
  return count
}

const shiftsBetween = (
  spansOf: (day: number) => readonly Minutes[],
  zone: string,
  from: number,
  to: number
): readonly Interval[] => {
  const found: Interval[] = []
  // A shift over midnight belongs to the day on which it begins.
  for (let day = dayAt(from, zone) - 1; day <= dayAt(to, zone); day += 1)
    for (const span of spansOf(day)) {
      const open = { from: instantOf(day, span.from, zone), to: instantOf(day, span.to, zone) }
      if (open.to > from && open.from < to) found.push({ from: Math.max(open.from, from), to: Math.min(open.to, to) })
    }
  return found
}

/** In order, with what touches or overlaps made one. */
const joined = (intervals: readonly Interval[]): readonly Interval[] => {
  const out: Interval[] = []
  for (const one of intervals.toSorted((a, b) => a.from - b.from)) {
    const last = out[out.length - 1]
    if (last && one.from <= last.to) out[out.length - 1] = { from: last.from, to: Math.max(last.to, one.to) }
    else if (one.to > one.from) out.push(one)
  }
  return out
}

/** Where a plant has said nothing: Monday to Friday, 08:00 to 16:00. */
export const usualWeek = (zone: string): CalendarRule => ({
  zone,
  week: [1, 2, 3, 4, 5].map(day => ({ day, from: '08:00', to: '16:00' })),
  exceptions: []
})
