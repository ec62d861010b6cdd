/** frePPLe's calendars as ours: what is open by the week, and the dates on which that is otherwise. */
import { dayOf, type Row, type Tables } from './frepple-tables.ts'

type Cells = Readonly<Record<string, string | undefined>>

const WEEKDAYS = [
  ['monday', 'Mon'],
  ['tuesday', 'Tue'],
  ['wednesday', 'Wed'],
  ['thursday', 'Thu'],
  ['friday', 'Fri'],
  ['saturday', 'Sat'],
  ['sunday', 'Sun']
] as const

/** A bucket that lasts longer than this is how it is; a shorter one is an exception. */
const LASTING_DAYS = 400

/**
 * The locations' own calendar is the plant's. A plant without one works round the clock, as frePPLe has it. Of a calendar
 * of capacity only open or closed is taken over; how many at once is the resource's own number. One that is open round the
 * clock says nothing about hours: the plant's hold, with its own exceptions.
 */
export const calendarRows = (tables: Tables, today: string): readonly Cells[] => {
  const buckets = Map.groupBy(tables.get('calendarbucket') ?? [], row => row['calendar'] ?? '')
  const plant = (tables.get('location') ?? []).find(row => row['available'])?.['available']
  const main = plant === undefined ? [] : rowsOf('PLANT', plant, buckets.get(plant), today)
  const base = main.length > 0 ? main : [always('PLANT', plant ?? 'Round the clock')]
  const used = new Set((tables.get('resource') ?? []).flatMap(row => row['maximumcalendar'] || []))
  const own = [...used].flatMap(name => {
    const rows = rowsOf(name, name, buckets.get(name), today)
    const [week, ...exceptions] = rows
    return isAlways(week) ? [...base.map(row => ({ ...row, calendar: name, name })), ...exceptions] : rows
  })
  return [...base, ...own]
}

const isAlways = (week: Cells | undefined): boolean =>
  week?.['from'] === '00:00' &&
  week['to'] === '24:00' &&
  ['Mon-Sun', WEEKDAYS.map(([, short]) => short).join(' ')].includes(week['days'] ?? '')

const always = (calendar: string, name: string): Cells => ({
  calendar,
  name,
  days: 'Mon-Sun',
  from: '00:00',
  to: '24:00'
})

const rowsOf = (calendar: string, name: string, buckets: readonly Row[] = [], today: string): readonly Cells[] => {
  const sorted = buckets.toSorted((a, b) => Number(b['priority'] ?? 0) - Number(a['priority'] ?? 0))
  const rows = sorted.flatMap((row): readonly Cells[] => {
    const [from, to] = [dayOf(row['startdate']), dayOf(row['enddate'])]
    const lasts = !from || !to || (Date.parse(to) - Date.parse(from)) / 86_400_000 > LASTING_DAYS
    const open = Number(row['value']) > 0
    const hours = { from: (row['starttime'] ?? '00:00').slice(0, 5) || '00:00', to: endOf(row['endtime']) }
    if (!lasts) return [{ calendar, name, first_day: from, last_day: dayBefore(to), ...(open ? hours : {}) }]
    const over = (to !== undefined && to <= today) || (from !== undefined && from > today)
    const days = WEEKDAYS.filter(([column]) => (row[column] ?? 'True') !== 'False').map(([, short]) => short)
    return open && !over && days.length > 0 ? [{ calendar, name, days: days.join(' '), ...hours }] : []
  })
  const weekly = rows.filter(row => row['days'] !== undefined)
  // The one of the highest priority says how the week is; others of the same calendar only how many work in it.
  const last = weekly.at(-1)
  return last ? [last, ...rows.filter(row => row['days'] === undefined)] : [always(calendar, name)]
}

const endOf = (time: string | undefined): string =>
  !time || time.startsWith('23:59') || time.startsWith('00:00') ? '24:00' : time.slice(0, 5)

/** The end of a bucket is not in it. */
const dayBefore = (day: string): string => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
