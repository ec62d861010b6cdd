import { describe, expect, it } from 'vitest'
import {
  broughtWords,
  type Exported,
  type KnownTablet,
  type Missing,
  numbersText,
  partsOf,
  readExport,
  standingOf
} from './lost-records.ts'

const h = 'a'.repeat(64)
const record = (chain: string, n: number, body = '{}') => ({ id: `${chain}-${n}`, h, body, n, chain, state: 'unsent' })
const file: Exported = { jobcard: 'waiting', at: '2026-11-22T10:00:00.000Z', device: 'D', events: [record('A', 1)] }

describe('an exported file', () => {
  it('is read as it was written', () => {
    expect(readExport(JSON.stringify(file, undefined, 1))).toMatchObject({ device: 'D', events: [{ n: 1 }] })
  })

  it('says whether it is cut short, has a damaged record, or is something else', () => {
    const whole = JSON.stringify(file, undefined, 1)
    expect(readExport(whole.slice(0, -9))).toEqual({ problem: expect.stringContaining('cut short') as string })
    const torn = { ...file, events: [record('A', 1), { ...record('A', 2), h: 'xyz' }] }
    expect(readExport(JSON.stringify(torn))).toEqual({ problem: expect.stringContaining('Record 2') as string })
    for (const other of ['', 'id;name', '{"jobcard":"backup"}', '[]', 'null'])
      expect(readExport(other)).toEqual({ problem: expect.stringContaining('no file that a tablet') as string })
  })

  it('goes in chain by chain, in order of number, in pieces that fit a request', () => {
    const events = [record('B', 2), record('A', 3), record('A', 1), record('B', 1), record('A', 2)]
    expect(partsOf({ ...file, events }).map(part => [part.chain, part.events.map(({ n }) => n)])).toEqual([
      ['B', [1, 2]],
      ['A', [1, 2, 3]]
    ])
    const many = Array.from({ length: 450 }, (_, i) => record('A', i + 1))
    expect(partsOf({ ...file, events: many }).map(part => part.events.length)).toEqual([200, 200, 50])
    const large = [1, 2, 3].map(n => record('A', n, 'x'.repeat(150_000)))
    expect(partsOf({ ...file, events: large }).map(part => part.events.length)).toEqual([1, 1, 1])
  })

  it('says what came of each record', () => {
    const said = ['applied', 'applied', 'duplicate', 'gap'].map(verdict => ({ verdict }))
    expect(broughtWords([...said, { verdict: 'quarantined', code: 'known-already' }])).toBe(
      '2 taken in, 2 here already, 1 not taken in: records before them are missing.'
    )
    expect(broughtWords([])).toBe('Nothing waits in this file.')
  })
})

describe('records that never came', () => {
  const now = Date.parse('2026-11-22T12:00:00.000Z')
  const missing: Missing = {
    device: 'D',
    chain: 'A',
    numbers: [{ from: 12, to: 18 }],
    count: 7,
    after: null,
    until: '2026-11-22T10:31:00.000Z'
  }
  const tablet: KnownTablet = {
    device: 'D',
    name: 'Tablet',
    use: 'station',
    station: 'ST-04',
    state: 'enrolled',
    heard: '2026-11-22T11:59:50.000Z',
    waiting: 7,
    chain: 'A'
  }
  const given = { numbers: [{ from: 1, to: 40 }], note: 'Fell', by: 'P-1', at: '' }

  it('wait while their tablet says lately that it has them, and are missing when it says otherwise or nothing', () => {
    expect(standingOf(missing, tablet, [], now)).toBe('waits')
    expect(standingOf(missing, { ...tablet, waiting: 0 }, [], now)).toBe('missing')
    expect(standingOf(missing, { ...tablet, chain: 'B' }, [], now)).toBe('missing')
    expect(standingOf(missing, { ...tablet, heard: '2026-11-22T10:31:00.000Z' }, [], now)).toBe('missing')
    expect(standingOf(missing, undefined, [], now)).toBe('missing')
  })

  it('are given up only when all of them are', () => {
    expect(standingOf(missing, tablet, [given], now)).toBe('given-up')
    expect(standingOf(missing, undefined, [{ ...given, numbers: [{ from: 12, to: 17 }] }], now)).toBe('missing')
  })

  it('are named by their numbers', () => {
    expect(
      numbersText([
        { from: 3, to: 3 },
        { from: 5, to: 6 }
      ])
    ).toBe('3, 5 to 6')
  })
})
