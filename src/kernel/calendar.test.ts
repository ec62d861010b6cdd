import { describe, expect, it } from 'vitest'
import { dayAt, dayNumber, dayText, instantOf, usualWeek, weekdayOf, workingCalendar } from './calendar.ts'

const night = [1, 2, 3, 4, 5, 6, 7].map(day => ({ day, from: '22:00', to: '06:00' }))
const berlin = (over = {}) => workingCalendar({ zone: 'Europe/Berlin', week: night, exceptions: [], ...over })
const at = (text: string) => Date.parse(text)
const hours = (calendar: ReturnType<typeof berlin>, from: string, to: string) =>
  calendar.openMinutes(at(from), at(to)) / 60

describe('a day', () => {
  it('is a number and a text, and has its weekday before and after 1970', () => {
    for (const day of ['1970-01-01', '1969-12-31', '0001-01-01', '2026-11-22', '9999-12-31'])
      expect(dayText(dayNumber(day))).toBe(day)
    expect(weekdayOf(dayNumber('2026-11-22'))).toBe(7)
    expect(weekdayOf(dayNumber('2026-11-23'))).toBe(1)
    expect(weekdayOf(dayNumber('1969-12-29'))).toBe(1)
    for (const wrong of ['2026-02-30', '2026-13-01', 'soon', '']) expect(dayNumber(wrong)).toBeNaN()
  })

  it('is the plant’s own, not that of UTC', () => {
    expect(dayText(dayAt(at('2026-11-22T23:30:00Z'), 'Europe/Berlin'))).toBe('2026-11-23')
    expect(dayText(dayAt(at('2026-11-22T02:30:00Z'), 'America/New_York'))).toBe('2026-11-21')
    expect(dayText(dayAt(at('2026-11-22T13:30:00Z'), 'Australia/Sydney'))).toBe('2026-11-23')
  })
})

describe('a local time', () => {
  const local = (day: string, minute: number, zone: string) =>
    new Date(instantOf(dayNumber(day), minute, zone)).toISOString()

  it('has its instant on either side of the change of the clock', () => {
    expect(local('2026-03-28', 480, 'Europe/Berlin')).toBe('2026-03-28T07:00:00.000Z')
    expect(local('2026-03-29', 480, 'Europe/Berlin')).toBe('2026-03-29T06:00:00.000Z')
    expect(local('2026-10-25', 0, 'Europe/Berlin')).toBe('2026-10-24T22:00:00.000Z')
    expect(local('2026-10-25', 480, 'Europe/Berlin')).toBe('2026-10-25T07:00:00.000Z')
    expect(local('2026-10-04', 60, 'Australia/Sydney')).toBe('2026-10-03T15:00:00.000Z')
    expect(local('2026-10-04', 240, 'Australia/Sydney')).toBe('2026-10-03T17:00:00.000Z')
  })

  it('that the clock jumps over is the moment after, and one that comes twice is the first', () => {
    expect(local('2026-03-29', 150, 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
    expect(local('2026-10-25', 150, 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
    expect(local('2026-10-04', 150, 'Australia/Sydney')).toBe('2026-10-03T16:30:00.000Z')
    expect(local('2026-04-05', 150, 'Australia/Sydney')).toBe('2026-04-04T15:30:00.000Z')
  })
})

describe('a shift over midnight', () => {
  it('has 7 hours in the night the clock goes forward, 9 when it goes back, 8 else', () => {
    expect(hours(berlin(), '2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z')).toBe(7)
    expect(hours(berlin(), '2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z')).toBe(9)
    expect(hours(berlin(), '2026-06-01T12:00:00Z', '2026-06-02T12:00:00Z')).toBe(8)
    const sydney = berlin({ zone: 'Australia/Sydney' })
    expect(hours(sydney, '2026-10-03T06:00:00Z', '2026-10-04T06:00:00Z')).toBe(7)
    expect(hours(sydney, '2026-04-04T06:00:00Z', '2026-04-05T06:00:00Z')).toBe(9)
  })

  it('is cut where the time asked for begins in it', () => {
    const open = berlin().openBetween(at('2026-06-02T02:00:00Z'), at('2026-06-02T20:30:00Z'))
    expect(open.map(({ from, to }) => [new Date(from).toISOString(), new Date(to).toISOString()])).toEqual([
      ['2026-06-02T02:00:00.000Z', '2026-06-02T04:00:00.000Z'],
      ['2026-06-02T20:00:00.000Z', '2026-06-02T20:30:00.000Z']
    ])
  })

  it('is closed by a holiday on the day on which it begins', () => {
    const closed = berlin({ exceptions: [{ from: '2026-06-01', to: '2026-06-01', shifts: [] }] })
    expect(hours(closed, '2026-06-01T12:00:00Z', '2026-06-02T12:00:00Z')).toBe(0)
    expect(hours(closed, '2026-05-31T12:00:00Z', '2026-06-01T12:00:00Z')).toBe(8)
  })
})

describe('a day round the clock', () => {
  const always = workingCalendar({
    zone: 'Europe/Berlin',
    week: [1, 2, 3, 4, 5, 6, 7].map(day => ({ day, from: '00:00', to: '24:00' })),
    exceptions: []
  })
  const length = (day: string) =>
    always.openMinutes(
      instantOf(dayNumber(day), 0, 'Europe/Berlin'),
      instantOf(dayNumber(day) + 1, 0, 'Europe/Berlin')
    ) / 60

  it('has 23, 24 or 25 hours', () => {
    expect(['2026-03-29', '2026-06-01', '2026-10-25'].map(length)).toEqual([23, 24, 25])
  })

  it('is one interval for as long as it lasts', () => {
    expect(always.openBetween(at('2026-03-01T00:00:00Z'), at('2026-04-01T00:00:00Z'))).toHaveLength(1)
  })
})

describe('working days', () => {
  const plant = workingCalendar({
    ...usualWeek('Europe/Berlin'),
    exceptions: [
      { from: '2026-12-24', to: '2027-01-01', shifts: [] },
      { from: '2026-12-29', to: '2026-12-29', shifts: [{ from: '08:00', to: '12:00' }] }
    ]
  })
  const shift = (day: string, count: number) => {
    const found = plant.shiftDay(dayNumber(day), count)
    return found === undefined ? undefined : dayText(found)
  }

  it('go over weekends and holidays, and a later exception opens a day again', () => {
    expect(shift('2026-11-20', 1)).toBe('2026-11-23')
    expect(shift('2026-11-23', -1)).toBe('2026-11-20')
    expect(shift('2026-12-23', 1)).toBe('2026-12-29')
    expect(shift('2026-12-23', 2)).toBe('2027-01-04')
    expect(shift('2027-01-04', -2)).toBe('2026-12-23')
    expect(shift('2026-11-22', 0)).toBe('2026-11-23')
    expect(shift('2026-11-23', 0)).toBe('2026-11-23')
  })

  it('are counted both ways', () => {
    expect(plant.daysBetween(dayNumber('2026-11-20'), dayNumber('2026-11-24'))).toBe(2)
    expect(plant.daysBetween(dayNumber('2026-11-24'), dayNumber('2026-11-20'))).toBe(-2)
  })

  it('end with the last year that can be written', () => {
    expect(shift('9999-12-31', 1)).toBeUndefined()
    expect(shift('9999-12-31', -1)).toBe('9999-12-30')
    expect(plant.shiftDay(Number.NaN, 3)).toBeUndefined()
  })
})

describe('a calendar without a working day', () => {
  const none = workingCalendar({ zone: 'Europe/Berlin', week: [], exceptions: [] })

  it('says so, and answers nothing instead of looking for ever', () => {
    expect(none.neverOpens).toBe(true)
    expect(none.shiftDay(dayNumber('2026-11-22'), 1)).toBeUndefined()
    expect(none.shiftDay(dayNumber('2026-11-22'), 0)).toBeUndefined()
    expect(none.shiftDay(dayNumber('2026-11-22'), -1)).toBeUndefined()
    expect(none.openMinutes(at('2026-01-01T00:00:00Z'), at('2026-02-01T00:00:00Z'))).toBe(0)
  })

  it('is another thing than one that is open on one day only', () => {
    const once = workingCalendar({
      zone: 'Europe/Berlin',
      week: [],
      exceptions: [{ from: '2026-12-01', to: '2026-12-01', shifts: [{ from: '08:00', to: '10:00' }] }]
    })
    expect(once.neverOpens).toBe(false)
    expect(once.shiftDay(dayNumber('2026-11-22'), 1)).toBe(dayNumber('2026-12-01'))
    expect(once.shiftDay(dayNumber('2027-11-22'), -1)).toBe(dayNumber('2026-12-01'))
    expect(once.shiftDay(dayNumber('2026-11-22'), 2)).toBeUndefined()
    expect(once.shiftDay(dayNumber('2027-11-22'), 0)).toBeUndefined()
  })
})

it('shifts that overlap count once', () => {
  const double = workingCalendar({
    zone: 'UTC',
    week: [
      { day: 1, from: '08:00', to: '14:00' },
      { day: 1, from: '12:00', to: '16:00' }
    ],
    exceptions: []
  })
  expect(double.openMinutes(at('2026-11-23T00:00:00Z'), at('2026-11-24T00:00:00Z'))).toBe(480)
})
