import { describe, expect, it } from 'vitest'
import { draft, type Draft } from '#kernel/event.ts'
import { stationSet } from '#plant/events.ts'
import { ask, drafts, givenBy, knownAfter } from '#test/room.ts'
import { schedule } from './activity.ts'
import { setupSet } from './events.ts'
import { setupView } from './projection.ts'
import { setSetups, type SetupRow } from './set-up-rules.ts'

const paint = draft(stationSet, { station: 'PAINT', name: 'Paint', line: 'L1', kind: 'build', order: 1 })
const before: readonly Draft[] = [
  paint,
  draft(setupSet, { from: 'red', to: 'blue', minutes: 25 }),
  draft(setupSet, { from: 'red', to: 'blue', minutes: 15, station: 'PAINT' })
]
const set = (...rows: readonly SetupRow[]) =>
  ask(schedule, setSetups, knownAfter(schedule, before), { rows: [...rows] })
const left = (answer: ReturnType<typeof set>) =>
  knownAfter(schedule, [...before, ...drafts(answer)])
    .list(setupView)
    .map(([key, { minutes }]) => [key, minutes])

describe('a row of the set-up matrix', () => {
  it('is added and changed, for every station or for one', () => {
    const answer = set(
      { from: 'blue', to: 'red', minutes: 45 },
      { from: 'red', to: 'blue', minutes: 0, station: 'PAINT' }
    )
    expect(left(answer)).toEqual([
      ['/blue/red', 45],
      ['/red/blue', 25],
      ['PAINT/red/blue', 0]
    ])
  })

  it('is taken out without minutes, so that the row of every station counts again', () => {
    expect(left(set({ from: 'red', to: 'blue', station: 'PAINT' }))).toEqual([['/red/blue', 25]])
  })

  it('that stands there already, or is out already, is not recorded again', () => {
    const same = { from: 'red', to: 'blue', minutes: 25 }
    expect(set(same, { from: 'blue', to: 'green' })).toMatchObject({ refused: 'setups-same' })
    expect(drafts(set(same, { from: 'blue', to: 'red', minutes: 1 }))).toHaveLength(1)
  })

  it('is refused twice in one decision, and at a station that nobody knows', () => {
    const one = { from: 'a', to: 'b', minutes: 1 }
    expect(set(one, { ...one, minutes: 2 })).toMatchObject({ refused: 'setup-twice', about: { from: 'a', to: 'b' } })
    expect(set({ ...one, station: 'OVEN' })).toMatchObject({ refused: 'schedule-station-unknown' })
  })

  it('takes no minutes below nothing or beyond ten weeks, and of a planner or an engineer only', () => {
    for (const minutes of [-1, 1e15, 100_001, Number.NaN])
      expect(setSetups.input.safeParse({ rows: [{ from: 'a', to: 'b', minutes }] }).success).toBe(false)
    const asked = { rows: [{ from: 'a', to: 'b', minutes: 5 }] }
    expect(
      ask(schedule, setSetups, knownAfter(schedule, before), asked, givenBy('P-002', ['operator', 'supervisor']))
    ).toMatchObject({ refused: 'role-missing' })
  })
})
