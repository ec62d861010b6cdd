/** A calendar with days that are closed or worked otherwise, as a scenario tries it. */
import { PLANT_CALENDAR } from '#plant/events.ts'
import { dayNumber, dayText, usualWeek, weekdayOf } from '#kernel/calendar.ts'
import type { Known } from '#kernel/decision.ts'
import { zoneOf } from './frozen.ts'
import { type WorkCalendar, workCalendarView } from './projection.ts'

/** Every calendar that is known; the plant's own as it is meant where nobody has set one. */
export const calendarsOf = (known: Known): readonly WorkCalendar[] => {
  const set = known.list(workCalendarView).map(([, one]) => one)
  if (set.some(({ calendar }) => calendar === PLANT_CALENDAR)) return set
  const { week } = usualWeek(zoneOf(known))
  return [{ calendar: PLANT_CALENDAR, name: 'Plant', week: [...week], exceptions: [] }, ...set]
}

/** Days are YYYY-MM-DD, both in it; times HH:MM. `shift` absent: closed. */
export type DaysChanged = {
  readonly from: string
  readonly to: string
  readonly shift?: { readonly from: string; readonly to: string }
  readonly name?: string
}

export const withDays = (calendar: WorkCalendar, { from, to, shift, name }: DaysChanged): WorkCalendar => ({
  ...calendar,
  exceptions: [
    // The same days said again replace what was said of them.
    ...calendar.exceptions.filter(one => one.from !== from || one.to !== to),
    { from, to, shifts: shift ? [shift] : [], ...(name ? { name } : {}) }
  ]
})

type Span = Pick<WorkCalendar['exceptions'][number], 'from' | 'to' | 'shifts' | 'name'>

/** Nobody reads on after so many days. */
const LOOKED_AT = 60

/**
 * What a calendar says of the days `from` to `to`, both in it: days with the same hours that follow each other together.
 * `more`: there are days after the last of them.
 */
export const daysAsTheyAre = (
  { week, exceptions }: Pick<WorkCalendar, 'week' | 'exceptions'>,
  from: string,
  to: string
): { readonly spans: readonly Span[]; readonly more: boolean } => {
  const hoursOn = (day: number): Omit<Span, 'from' | 'to'> => {
    const text = dayText(day)
    // A later one goes before an earlier.
    const said = exceptions.findLast(one => one.from <= text && text <= one.to)
    if (said) return { shifts: said.shifts, ...(said.name === undefined ? {} : { name: said.name }) }
    return { shifts: week.flatMap(one => (one.day === weekdayOf(day) ? [{ from: one.from, to: one.to }] : [])) }
  }
  const spans: Span[] = []
  const last = Math.min(dayNumber(to), dayNumber(from) + LOOKED_AT - 1)
  for (let day = dayNumber(from); day <= last; day++) {
    const hours = hoursOn(day)
    const before = spans.at(-1)
    const text = dayText(day)
    if (before && JSON.stringify([before.shifts, before.name]) === JSON.stringify([hours.shifts, hours.name]))
      spans[spans.length - 1] = { ...before, to: text }
    else spans.push({ from: text, to: text, ...hours })
  }
  return { spans, more: last < dayNumber(to) }
}

/** Why these days can't be. */
export const daysLack = ({ from, to, shift }: DaysChanged): string | undefined => {
  if (Number.isNaN(dayNumber(from)) || Number.isNaN(dayNumber(to))) return 'Give the first and the last day.'
  if (to < from) return 'The last day comes before the first.'
  const time = /^([01]\d|2[0-3]):[0-5]\d$/
  return shift && !(time.test(shift.from) && time.test(shift.to)) ? 'Give the hours as 08:00 and 14:00.' : undefined
}
