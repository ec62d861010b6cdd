/**
 * A calendar as a person types it: a line for each weekday with the hours worked and the breaks in them. Inside, a break is
 * a gap between two shifts; a gap of two hours at most is shown as a break again.
 */
import type { Calendar } from './views.ts'

type Shift = Calendar['week'][number]
type Hours = Omit<Shift, 'day'>
/** Minutes since the midnight before; the end lies after the begin, if need be on the next day. */
type Span = { readonly from: number; readonly to: number }

/** `worked` and `breaks` as '06:00-14:00, 14:00-22:00'; nothing worked: ''. */
export type DayLine = { readonly day: number; readonly worked: string; readonly breaks: string }

export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
export const dayName = (day: number): string => DAYS[day - 1] ?? ''

const DAY = 1440
const WEEK = 7 * DAY
const LONGEST_BREAK = 120

const two = (number: number): string => String(number).padStart(2, '0')
const timeText = (minutes: number): string => {
  const within = minutes > DAY ? minutes % DAY : minutes
  return `${two(Math.floor(within / 60))}:${two(within % 60)}`
}
const spanText = ({ from, to }: Span): string => `${timeText(from)}-${timeText(to)}`

/** '6', '6:30', '06.30' and '24:00' are times. */
const timeOf = (text: string): number => {
  const found = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(text.trim())
  const [hour, minute] = [Number(found?.[1] ?? Number.NaN), Number(found?.[2] ?? 0)]
  return minute < 60 && (hour < 24 || (hour === 24 && minute === 0)) ? hour * 60 + minute : Number.NaN
}

/** Undefined when it can't be read. */
const spansOf = (text: string): readonly Span[] | undefined => {
  const parts = text.split(/[,;]/).filter(part => part.trim() !== '')
  const spans = parts.map(part => {
    const [from = Number.NaN, to = Number.NaN, ...more] = part.split(/[-–]/).map(timeOf)
    return more.length > 0 ? { from: Number.NaN, to: Number.NaN } : { from, to: to > from ? to : to + DAY }
  })
  return spans.every(({ from, to }) => from < DAY && to > from) ? spans : undefined
}

const hoursOf = (span: Span): Hours => ({ from: timeText(span.from % DAY), to: timeText(span.to) })
const spanOf = ({ from, to }: Hours): Span => {
  const [begin, end] = [timeOf(from), timeOf(to)]
  return { from: begin, to: end > begin ? end : end + DAY }
}

/** What is left of a shift without its breaks, in order. */
const without = (shift: Span, breaks: readonly Span[]): readonly Span[] => {
  const left: Span[] = []
  let from = shift.from
  for (const one of breaks.toSorted((a, b) => a.from - b.from)) {
    if (one.from > from) left.push({ from, to: one.from })
    from = Math.max(from, one.to)
  }
  return from < shift.to ? [...left, { from, to: shift.to }] : left
}

/** The break as it lies in this shift: after midnight in one that began the day before. */
const inside = ({ from, to }: Span, shift: Span): Span | undefined =>
  [
    { from, to },
    { from: from + DAY, to: to + DAY }
  ].find(one => one.from >= shift.from && one.to <= shift.to)

/** Shifts of one line, counted from the midnight of its day; or what can't be, as a sentence. */
const piecesOf = ({ day, worked, breaks }: DayLine): readonly Span[] | string => {
  const [shifts, pauses] = [spansOf(worked), spansOf(breaks)]
  if (!shifts) return `${dayName(day)}: give the hours as 06:00-14:00, with a comma between two shifts.`
  if (!pauses) return `${dayName(day)}: give the breaks as 09:00-09:15, with a comma between two.`
  const outside = pauses.find(pause => !shifts.some(shift => inside(pause, shift)))
  if (outside) return `${dayName(day)}: the break ${spanText(outside)} is not inside the hours worked.`
  return shifts.flatMap(shift =>
    without(
      shift,
      pauses.flatMap(pause => inside(pause, shift) ?? [])
    )
  )
}

/** The week of these lines; or what can't be, as a sentence. What begins after midnight belongs to the next day. */
export const weekOf = (lines: readonly DayLine[]): readonly Shift[] | string => {
  const week: Shift[] = []
  for (const line of lines) {
    const pieces = piecesOf(line)
    if (typeof pieces === 'string') return pieces
    for (const { from, to } of pieces) {
      const next = from >= DAY
      const span = next ? { from: from - DAY, to: to - DAY } : { from, to }
      week.push({ day: next ? (line.day % 7) + 1 : line.day, ...hoursOf(span) })
    }
  }
  return week.toSorted((a, b) => a.day - b.day || (a.from < b.from ? -1 : 1))
}

/**
 * The other way: shifts that a short gap divides are one with a break, on the day on which it begins. A break is told by its
 * time of day alone; where that would be read back as another shift's, every piece stands for itself.
 */
export const linesOf = (week: readonly Shift[]): readonly DayLine[] => {
  const pieces = onTheWeek(week)
  const shifts: Span[][] = []
  for (const piece of pieces) {
    const open = shifts.at(-1)
    if (open && goesOn(open, piece)) open.push(piece)
    else shifts.push([piece])
  }
  const told = linesWith(roundTheWeek(shifts))
  const back = weekOf(told)
  return typeof back !== 'string' && minutesOf(back) === minutesOf(week) ? told : linesWith(pieces.map(one => [one]))
}

const linesWith = (shifts: readonly (readonly Span[])[]): readonly DayLine[] =>
  DAYS.map((_, at) => lineOf(at + 1, shifts))

/** Minutes since Monday's midnight, in order. */
const onTheWeek = (week: readonly Shift[]): readonly Span[] =>
  week
    .map(({ day, ...hours }) => {
      const { from, to } = spanOf(hours)
      return { from: (day - 1) * DAY + from, to: (day - 1) * DAY + to }
    })
    .toSorted((a, b) => a.from - b.from || a.to - b.to)

/** All that is worked in a week, the same for the same minutes. */
const minutesOf = (week: readonly Shift[]): string => {
  const cut = onTheWeek(week).flatMap(({ from, to }) =>
    to <= WEEK
      ? [{ from, to }]
      : [
          { from: 0, to: to - WEEK },
          { from, to: WEEK }
        ]
  )
  const out: Span[] = []
  for (const one of cut.toSorted((a, b) => a.from - b.from)) {
    const last = out.at(-1)
    if (last && one.from <= last.to) out[out.length - 1] = { from: last.from, to: Math.max(last.to, one.to) }
    else out.push(one)
  }
  return out.map(({ from, to }) => `${from}-${to}`).join()
}

/** What begins on Monday may be the rest of Sunday's night. */
const roundTheWeek = (shifts: readonly (readonly Span[])[]): readonly (readonly Span[])[] => {
  const [first, last] = [shifts[0], shifts.at(-1)]
  const rest = first?.map(({ from, to }) => ({ from: from + WEEK, to: to + WEEK }))
  const [begin] = rest ?? []
  return last && rest && begin && shifts.length > 1 && goesOn(last, begin)
    ? [...shifts.slice(1, -1), [...last, ...rest]]
    : shifts
}

const goesOn = (open: readonly Span[], piece: Span): boolean => {
  const gap = piece.from - (open.at(-1)?.to ?? 0)
  return gap > 0 && gap <= LONGEST_BREAK && piece.to - (open[0]?.from ?? 0) <= DAY
}

const lineOf = (day: number, shifts: readonly (readonly Span[])[]): DayLine => {
  const begin = (day - 1) * DAY
  const own = shifts
    .filter(([first]) => first !== undefined && Math.floor(first.from / DAY) === day - 1)
    .map(pieces => pieces.map(({ from, to }) => ({ from: from - begin, to: to - begin })))
  const breaks = own.flatMap(pieces =>
    pieces.slice(1).map(({ from }, at) => ({ from: pieces[at]?.to ?? from, to: from }))
  )
  return {
    day,
    worked: own.map(pieces => spanText({ from: pieces[0]?.from ?? 0, to: pieces.at(-1)?.to ?? 0 })).join(', '),
    breaks: breaks.map(({ from, to }) => spanText({ from: from % DAY, to: to > DAY ? to % DAY : to })).join(', ')
  }
}

/** Hours worked by a line; undefined while it can't be read. */
export const hoursIn = (line: DayLine): number | undefined => {
  const pieces = piecesOf(line)
  if (typeof pieces === 'string') return undefined
  return pieces.reduce((sum, { from, to }) => sum + (to - from), 0) / 60
}

/** Days from the first to the last that are worked otherwise; `hours` '' when they are closed. */
export type Otherwise = { readonly from: string; readonly to: string; readonly hours: string; readonly name: string }
type Exception = Calendar['exceptions'][number]

export const otherwiseOf = ({ from, to, shifts, name }: Exception): Otherwise => ({
  from,
  to,
  hours: shifts.map(one => spanText(spanOf(one))).join(', '),
  name: name ?? ''
})

/** The exception; or what can't be, as a sentence. */
export const exceptionOf = ({ from, to, hours, name }: Otherwise): Exception | string => {
  const spans = spansOf(hours)
  if (from === '' || to === '') return 'Give the first and the last of the days.'
  if (to < from) return `The days from ${from} end before they begin. Turn them round.`
  if (!spans) return `${from}: give the hours as 06:00-14:00, or none when it is closed.`
  return { from, to, shifts: spans.map(hoursOf), ...(name.trim() ? { name: name.trim() } : {}) }
}

/** The same hours and breaks on every weekday to Friday. */
export const asMonday = (lines: readonly DayLine[]): readonly DayLine[] => {
  const [monday] = lines
  return lines.map(line => (monday && line.day <= 5 ? { ...monday, day: line.day } : line))
}
