import { describe, expect, it } from 'vitest'
import { draft, type Draft } from '#kernel/event.ts'
import { itemSet } from '#activities/materials/events.ts'
import { routingSet } from '#activities/orders/events.ts'
import { stationSet } from '#plant/events.ts'
import { knownAfter } from '#test/room.ts'
import { schedule } from '../activity.ts'
import { setupSet } from '../events.ts'
import { cellWords, ghostOf, liveOperations, matrixOf, minutesTyped } from './set-up-matrix.ts'

const made = (item: string, family: string, ...stations: readonly string[]): readonly Draft[] => [
  draft(itemSet, { item, name: item, revision: 'A', uom: 'pcs', source: 'make', tracking: 'none' }),
  routing(item, 'A', family, ...stations)
]
const routing = (item: string, revision: string, family: string, ...stations: readonly string[]) =>
  draft(routingSet, {
    item,
    revision,
    operations: [{ op: 10, name: 'Paint', stations: [...stations], setupMinutes: 5, runMinutes: 1, family, steps: [] }]
  })
const row = (from: string, to: string, minutes: number, station?: string) =>
  draft(setupSet, { from, to, minutes, ...(station === undefined ? {} : { station }) })

const plant: readonly Draft[] = [
  ...['P1', 'P2'].map(station => draft(stationSet, { station, name: station, line: 'L', kind: 'build', order: 1 })),
  ...made('R', 'red', 'P1', 'P2'),
  ...made('B', 'blue', 'P1', 'P2'),
  ...made('G', 'green', 'P2')
]
const matrix = (station: string | undefined, ...rows: readonly Draft[]) =>
  matrixOf(knownAfter(schedule, [...plant, ...rows]), station)
const names = ({ families }: ReturnType<typeof matrix>) => families.map(one => one.family)

describe('the set-up matrix', () => {
  it('has the families of live routings and those that its rows name', () => {
    const old = routing('R', '0', 'rust', 'P1')
    const all = matrix(undefined, old, row('red', 'white', 10))
    expect(names(all)).toEqual(['blue', 'green', 'red', 'white'])
    expect(all.families.map(one => one.uses.length)).toEqual([1, 1, 1, 0])
    expect(names(matrix('P1', old))).toEqual(['blue', 'red'])
    expect(liveOperations(knownAfter(schedule, [...plant, old]))).toHaveLength(3)
  })

  it('misses what two families that meet at a station lose, each way, and nothing on the diagonal', () => {
    expect(matrix(undefined)).toMatchObject({ pairs: 6, missing: 6 })
    expect(matrix('P1')).toMatchObject({ pairs: 2, missing: 2 })
    const some = matrix(undefined, row('red', 'blue', 25), row('blue', 'red', 0))
    expect(some).toMatchObject({ pairs: 6, missing: 4 })
    expect(some.cell('red', 'red').missing).toBe(false)
  })

  it('counts a pair as given where each station that it happens at has its own row', () => {
    expect(matrix(undefined, row('red', 'blue', 5, 'P1')).cell('red', 'blue')).toEqual({
      own: undefined,
      apart: ['P1: 5 min'],
      missing: true
    })
    expect(matrix(undefined, row('red', 'blue', 5, 'P1'), row('red', 'blue', 6, 'P2')).missing).toBe(5)
    const single = matrix(undefined, row('red', 'green', 5, 'P2')).cell('red', 'green')
    expect([single.missing, ghostOf(single)]).toEqual([false, '*'])
    expect(cellWords('red', 'green', single)).toBe('red → green: by station; P2: 5 min')
  })

  it('shows at a station its own minutes before those of every station', () => {
    const own = matrix('P1', row('red', 'blue', 25), row('red', 'blue', 0, 'P1'), row('blue', 'red', 45))
    expect(own.cell('red', 'blue')).toEqual({ own: 0, shared: 25, apart: [], missing: false })
    expect(own.cell('blue', 'red')).toEqual({ own: undefined, shared: 45, apart: [], missing: false })
    expect(ghostOf(own.cell('blue', 'red'))).toBe('45')
    expect(cellWords('red', 'blue', own.cell('red', 'blue'))).toBe('red → blue: 0 min')
    expect(cellWords('blue', 'red', own.cell('blue', 'red'))).toBe('blue → red: 45 min, as at every station')
  })
})

describe('what is typed into it', () => {
  it('is minutes, or nothing to take the row out', () => {
    expect(['', '0', '12,5', '100000', '0.1234567'].map(minutesTyped)).toEqual([
      { minutes: undefined },
      { minutes: 0 },
      { minutes: 12.5 },
      { minutes: 100_000 },
      { minutes: 0.123457 }
    ])
  })

  it.each([
    ['-5', 'less than nothing'],
    ['1e15', 'no number of minutes'],
    ['1000000000000000', 'more than 100,000 minutes'],
    ['an hour', 'no number of minutes'],
    ['1,000', 'read in two ways'],
    ['∞', 'no number']
  ])('%s is refused with a sentence', (text, said) => {
    expect(minutesTyped(text)).toMatchObject({ why: expect.stringContaining(said) as string })
  })
})
