import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayNumber, workingCalendar } from '#kernel/calendar.ts'
import { asMonday, type DayLine, exceptionOf, hoursIn, linesOf, otherwiseOf, weekOf } from './calendar-lines.ts'
import { nextClockChange, previewOf, previewWords } from './calendar-preview.ts'

const none = linesOf([])
const line = (day: number, worked: string, breaks = ''): DayLine => ({ day, worked, breaks })
const lines = (...some: readonly DayLine[]) => none.map(one => some.find(({ day }) => day === one.day) ?? one)

describe('a week as it is typed', () => {
  it('has a shift with its breaks taken out', () => {
    expect(weekOf(lines(line(1, '6:30-15:15', '9-9:15, 12:00–12:30')))).toEqual([
      { day: 1, from: '06:30', to: '09:00' },
      { day: 1, from: '09:15', to: '12:00' },
      { day: 1, from: '12:30', to: '15:15' }
    ])
    expect(hoursIn(line(1, '6:30-15:15', '9-9:15, 12-12:30'))).toBe(8)
  })

  it('lets a night’s break after midnight begin the next day, also over the end of the week', () => {
    expect(weekOf(lines(line(7, '22:00-06:00', '02:00-02:30')))).toEqual([
      { day: 1, from: '02:30', to: '06:00' },
      { day: 7, from: '22:00', to: '02:00' }
    ])
  })

  it('says which line can’t be read, and which break lies outside', () => {
    expect(weekOf(lines(line(2, '6 to 14')))).toBe(
      'Tue: give the hours as 06:00-14:00, with a comma between two shifts.'
    )
    expect(weekOf(lines(line(3, '25:00-26:00')))).toMatch(/^Wed: give the hours/)
    expect(weekOf(lines(line(3, '06:00-14:00', '9')))).toMatch(/^Wed: give the breaks/)
    expect(weekOf(lines(line(5, '06:00-14:00', '15:00-15:15')))).toBe(
      'Fri: the break 15:00-15:15 is not inside the hours worked.'
    )
    expect(hoursIn(line(5, 'x'))).toBeUndefined()
  })

  it('comes back as it was typed', () => {
    const typed = lines(
      line(1, '06:00-14:00, 14:00-22:00', '09:00-09:15, 18:00-18:30'),
      line(2, '06:00-24:00'),
      line(5, '22:00-06:00', '02:00-02:30'),
      line(7, '22:00-06:00', '23:30-00:15')
    )
    const week = weekOf(typed)
    expect(typeof week === 'string' ? week : linesOf(week)).toEqual(typed)
  })

  it('keeps every minute that is worked, whatever the shifts and breaks are', () => {
    const minute = fc.integer({ min: 0, max: 95 }).map(quarter => quarter * 15)
    const shift = fc.record({
      day: fc.integer({ min: 1, max: 7 }),
      from: minute,
      length: fc.integer({ min: 1, max: 40 })
    })
    const text = (minutes: number) =>
      `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
    const first = dayNumber('2026-06-01')
    const open = (week: Parameters<typeof linesOf>[0]) =>
      workingCalendar({ zone: 'UTC', week, exceptions: [] }).openBetween(first * 86_400_000, (first + 7) * 86_400_000)
    fc.assert(
      fc.property(fc.array(shift, { maxLength: 12 }), given => {
        const week = given.map(({ day, from, length }) => ({ day, from: text(from), to: text(from + length * 15) }))
        const again = weekOf(linesOf(week))
        expect(typeof again).not.toBe('string')
        expect(open(again as typeof week)).toEqual(open(week))
      })
    )
  })

  it('is the same to Friday by one press, and leaves the weekend', () => {
    const typed = asMonday(lines(line(1, '07:00-15:00', '12:00-12:30'), line(6, '08:00-12:00')))
    expect(typed.map(({ worked }) => worked)).toEqual([...Array(5).fill('07:00-15:00'), '08:00-12:00', ''])
  })
})

describe('days that are worked otherwise', () => {
  it('are closed without hours, and come back as they were typed', () => {
    const closing = { from: '2026-12-24', to: '2027-01-02', hours: '', name: 'Year-end closing' }
    const saturday = { from: '2026-12-12', to: '2026-12-12', hours: '06:00-12:00', name: '' }
    expect(exceptionOf(closing)).toEqual({
      from: '2026-12-24',
      to: '2027-01-02',
      shifts: [],
      name: 'Year-end closing'
    })
    for (const one of [closing, saturday]) {
      const made = exceptionOf(one)
      expect(typeof made === 'string' ? made : otherwiseOf(made)).toEqual(one)
    }
  })

  it('say what can’t be', () => {
    const day = { from: '2026-12-12', to: '2026-12-12', hours: '', name: '' }
    expect(exceptionOf({ ...day, to: '' })).toBe('Give the first and the last of the days.')
    expect(exceptionOf({ ...day, to: '2026-12-11' })).toMatch(/end before they begin/)
    expect(exceptionOf({ ...day, hours: 'early' })).toMatch(/give the hours/)
  })
})

describe('the preview', () => {
  const zone = 'Europe/Berlin'
  const nights = { week: [{ day: 6, from: '22:00', to: '06:00' }], exceptions: [] }

  it('counts the hour that the clock skips and the one that comes twice', () => {
    const spring = previewOf(nights, zone, dayNumber('2027-03-27'), 2)
    expect(spring.map(({ hours, length }) => [hours, length])).toEqual([
      [2, 24],
      [5, 23]
    ])
    const autumn = previewOf(nights, zone, dayNumber('2026-10-24'), 2)
    expect(autumn.map(previewWords)).toEqual(['2 h', '7 h; the clock goes back'])
  })

  it('names a day without work', () => {
    const week = [4, 5].map(day => ({ day, from: '06:30', to: '15:15' }))
    const exceptions = [{ from: '2026-12-25', to: '2026-12-26', shifts: [], name: 'Holiday' }]
    const days = previewOf({ week, exceptions }, zone, dayNumber('2026-12-24'), 4)
    expect(days.map(previewWords)).toEqual(['8.75 h', 'no work, Holiday', 'no work, Holiday', 'no work'])
  })

  it('finds the next change of the clock, where there is one', () => {
    expect(nextClockChange(dayNumber('2026-11-22'), zone)).toBe(dayNumber('2027-03-28'))
    expect(nextClockChange(dayNumber('2026-11-22'), 'Asia/Tokyo')).toBeUndefined()
  })
})
