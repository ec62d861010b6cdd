import { describe, expect, it } from 'vitest'
import { knownAfter } from '#test/room.ts'
import { schedule } from '../activity.ts'
import { calendarsOf, withDays } from '../calendar-change.ts'
import { NO_CHANGES } from '../scenario.ts'
import { changesOf } from './scenario-words.ts'

describe('what a scenario changes', () => {
  const known = knownAfter(schedule, [])
  const [plant] = calendarsOf(known)
  if (!plant) throw new Error('there is always the plant’s own calendar')
  const told = (from: string, to: string, shift?: { from: string; to: string }) => {
    const changed = withDays(plant, { from, to, ...(shift ? { shift } : {}) })
    return changesOf(known, { ...NO_CHANGES, calendars: [changed] }).map(({ was, now }) => `${was} → ${now}`)
  }

  it('names the hours that the plan has on days that are worked otherwise', () => {
    expect(told('2026-11-28', '2026-11-28', { from: '08:00', to: '14:00' })).toEqual([
      'Sat 28 Nov closed → Sat 28 Nov 08:00 to 14:00'
    ])
    expect(told('2026-11-26', '2026-11-28')).toEqual([
      'Thu 26 Nov to Fri 27 Nov 08:00 to 16:00; Sat 28 Nov closed → Thu 26 Nov to Sat 28 Nov closed'
    ])
  })

  it('stops telling after a few spans of days', () => {
    expect(told('2026-11-23', '2026-12-31')[0]).toMatch(
      /^Mon 23 Nov to Fri 27 Nov .* Sat 5 Dec to Sun 6 Dec closed and so on → /
    )
  })
})
