import { describe, expect, it } from 'vitest'
import { draft } from '#kernel/event.ts'
import { workingCalendar } from '#kernel/calendar.ts'
import { knownAfter } from '#test/room.ts'
import { calendarSet } from '#plant/events.ts'
import { schedule } from './activity.ts'
import { calendarsOf, daysAsTheyAre, daysLack, withDays } from './calendar-change.ts'

const minutes = (calendar: Parameters<typeof withDays>[0], day: string): number => {
  const from = Date.parse(`${day}T00:00:00Z`)
  return workingCalendar({ zone: 'UTC', ...calendar }).openMinutes(from, from + 86_400_000)
}

describe('a calendar in a scenario', () => {
  const [plant] = calendarsOf(knownAfter(schedule, []))
  if (!plant) throw new Error('there is always the plant’s own calendar')

  it('is the plant’s own where none was set, and the one that was set where one was', () => {
    expect(plant.calendar).toBe('PLANT')
    const set = draft(calendarSet, { calendar: 'PLANT', name: 'Ours', week: [], exceptions: [] })
    expect(calendarsOf(knownAfter(schedule, [set])).map(({ name }) => name)).toEqual(['Ours'])
  })

  it('closes a day, opens a Saturday, and says one day only once', () => {
    const closed = withDays(plant, { from: '2026-11-24', to: '2026-11-25', name: 'Stocktaking' })
    expect([minutes(closed, '2026-11-24'), minutes(closed, '2026-11-25'), minutes(closed, '2026-11-26')]).toEqual([
      0, 0, 480
    ])
    const saturday = { from: '2026-11-28', to: '2026-11-28', shift: { from: '08:00', to: '14:00' } }
    expect(minutes(plant, '2026-11-28')).toBe(0)
    expect(minutes(withDays(closed, saturday), '2026-11-28')).toBe(360)
    expect(
      withDays(withDays(plant, saturday), { ...saturday, shift: { from: '08:00', to: '10:00' } }).exceptions
    ).toEqual([{ from: '2026-11-28', to: '2026-11-28', shifts: [{ from: '08:00', to: '10:00' }] }])
  })

  it('says what is missing', () => {
    expect(daysLack({ from: '2026-11-24', to: '' })).toContain('first and the last day')
    expect(daysLack({ from: '2026-11-24', to: '2026-11-20' })).toContain('before the first')
    expect(daysLack({ from: '2026-11-24', to: '2026-11-24', shift: { from: '8', to: '14:00' } })).toContain('08:00')
    expect(daysLack({ from: '2026-11-24', to: '2026-11-24' })).toBeUndefined()
  })

  it('says what the plan has on days that are changed, the same days together', () => {
    const holiday = withDays(plant, { from: '2026-12-25', to: '2026-12-25', name: 'Christmas' })
    expect(daysAsTheyAre(holiday, '2026-12-24', '2026-12-28')).toEqual({
      spans: [
        { from: '2026-12-24', to: '2026-12-24', shifts: [{ from: '08:00', to: '16:00' }] },
        { from: '2026-12-25', to: '2026-12-25', shifts: [], name: 'Christmas' },
        { from: '2026-12-26', to: '2026-12-27', shifts: [] },
        { from: '2026-12-28', to: '2026-12-28', shifts: [{ from: '08:00', to: '16:00' }] }
      ],
      more: false
    })
    expect(daysAsTheyAre({ week: [], exceptions: [] }, '2026-01-01', '9999-12-31').more).toBe(true)
  })
})
