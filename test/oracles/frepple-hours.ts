/** The hours that frePPLe counts of a resource in days, weeks and months, beside those of our working calendars. */
import { type CalendarRule, dayText, type Shift, weekdayOf, workingCalendar } from '#kernel/calendar.ts'
import { openSlots, valueAt } from './frepple-calendar.ts'
import { type Plant, plantOf } from './frepple-plant.ts'
import type { Check } from './frepple-shop-checks.ts'
import { every, field, nameIn, numberIn, parse, QUARTER, slotOfDate } from './frepple-xml.ts'

const DAY = 96
const HOUR = 4

type Span = { readonly from: number; readonly to: number }
type Line = { readonly resource: string; readonly from: number; readonly hours: number }

const LINE = /^(.*) (\d{4}-\d\d-\d\d): ([\d.]+)$/

/** Undefined for what prints no hours. */
export const hoursCheck = (xml: string, text: string, output: number): Check | undefined => {
  const lines = text.split('\n').flatMap((line): readonly Line[] => {
    const [, resource, day, hours] = LINE.exec(line) ?? []
    return resource === undefined ? [] : [{ resource, from: slotOfDate(`${day}T00:00:00`), hours: Number(hours) }]
  })
  if (lines.length === 0) return undefined
  const plant = plantOf(parse(xml))
  // The script says which calendar's spans an output is about.
  const name = [...xml.matchAll(/\("([^"]+)",\s*"output\.(\d+)\.xml"\)/g)].find(
    ([, , number]) => Number(number) === output
  )
  const spans = every(plant.calendars.get(name?.[1] ?? '') ?? plant.root, 'bucket').map(one => ({
    from: slotOfDate(field(one, 'start') ?? ''),
    to: slotOfDate(field(one, 'end') ?? '')
  }))
  const first = Math.min(...lines.map(({ from }) => from))
  const last = Math.max(...lines.map(({ from }) => from))
  const asked = spans.filter(({ from }) => first <= from && from <= last)
  if (lines.some(({ from }) => !asked.some(span => span.from === from))) throw new Error('a line of no span')
  const printed = new Map(lines.map(({ resource, from, hours }) => [`${resource} ${from}`, hours]))
  const resources = [...new Set(lines.map(({ resource }) => resource))]
  const said = (hoursOf: (resource: string, span: Span) => number) =>
    resources.flatMap(resource =>
      asked.map(span => `${resource} ${dayText(span.from / DAY)}: ${hoursOf(resource, span)}`)
    )
  return {
    title: 'counts as many hours',
    found: () => {
      const all = { from: first, to: Math.max(...asked.map(({ to }) => to)) }
      const calendars = new Map(
        resources.map(resource => [resource, lanesOf(plant, resource, all).map(workingCalendar)])
      )
      const instant = (slot: number): number => slot * QUARTER * 1000
      return said((resource, { from, to }) =>
        (calendars.get(resource) ?? []).reduce((sum, one) => sum + one.openMinutes(instant(from), instant(to)) / 60, 0)
      )
    },
    // What has no hours is not printed.
    expected: said((resource, { from }) => printed.get(`${resource} ${from}`) ?? 0)
  }
}

/** One calendar of ours for each of as many as there may be of a resource at a time. */
const lanesOf = ({ resources, calendars }: Plant, name: string, all: Span): readonly CalendarRule[] => {
  const node = resources.get(name)
  const place = node?.children.find(one => one.name === 'location')
  const hours = [node, place].flatMap(one => calendars.get((one && nameIn(one, 'available')) ?? '') ?? [])
  const most = calendars.get((node && nameIn(node, 'maximum_calendar')) ?? '')
  const count = (node && numberIn(node, 'maximum')) ?? 1
  const value = most ? valueAt(most) : () => count
  const open = openSlots(hours, all.from, all.to)
  const highest = Math.max(0, ...new Set(open.map(value)))
  return Array.from({ length: highest }, (_, at) =>
    ruleOf(
      open.filter(slot => value(slot) > at),
      all
    )
  )
}

/** Open quarters as a week and its exceptions: what a weekday has most often is its week, other days are exceptions. */
const ruleOf = (open: readonly number[], { from, to }: Span): CalendarRule => {
  const byDay = Map.groupBy(open, slot => Math.floor(slot / DAY))
  const days = Array.from({ length: (to - from) / DAY }, (_, at) => from / DAY + at)
  const patternOf = (day: number): string =>
    JSON.stringify(shiftsOf((byDay.get(day) ?? []).map(slot => slot - day * DAY)))
  const usual = [1, 2, 3, 4, 5, 6, 7].map(weekday => {
    const groups = Map.groupBy(days.filter(day => weekdayOf(day) === weekday).map(patternOf), pattern => pattern)
    return [...groups].toSorted((a, b) => b[1].length - a[1].length)[0]?.[0] ?? '[]'
  })
  const read = (pattern: string) => JSON.parse(pattern) as ReturnType<typeof shiftsOf> // written above
  const exceptions: { from: string; to: string; pattern: string }[] = []
  for (const day of days) {
    const pattern = patternOf(day)
    const last = exceptions.at(-1)
    if (pattern === usual[weekdayOf(day) - 1]) continue
    if (last?.pattern === pattern && last.to === dayText(day - 1)) last.to = dayText(day)
    else exceptions.push({ from: dayText(day), to: dayText(day), pattern })
  }
  return {
    zone: 'UTC',
    week: usual.flatMap((pattern, at) => read(pattern).map((one): Shift => ({ ...one, day: at + 1 }))),
    exceptions: exceptions.map(({ pattern, ...one }) => ({ ...one, shifts: read(pattern) }))
  }
}

const shiftsOf = (slots: readonly number[]): readonly { readonly from: string; readonly to: string }[] => {
  const spans: { from: number; to: number }[] = []
  for (const slot of slots) {
    const last = spans.at(-1)
    if (last?.to === slot) last.to = slot + 1
    else spans.push({ from: slot, to: slot + 1 })
  }
  return spans.map(({ from, to }) => ({ from: timeText(from), to: timeText(to) }))
}

const two = (number: number): string => String(number).padStart(2, '0')
const timeText = (slot: number): string => `${two(Math.floor(slot / HOUR))}:${two((slot % HOUR) * 15)}`
