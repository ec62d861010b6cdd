import * as z from 'zod/mini'
import { describe, expect, it } from 'vitest'
import { decideAction, firstBroken, floorAction, type Given, guard, isRefusal, refuse } from './decision.ts'
import { draft, fact, type Stamp } from './event.ts'
import { type Changed, foldEvent, knownFrom, listenersOf, touchedBy } from './fold.ts'
import { change, viewKind, when } from './view.ts'

const poured = fact('bar/poured.v1', z.object({ glass: z.string(), into: z.array(z.string()), ml: z.number() }))
const emptied = fact('bar/emptied.v1', z.object({ glass: z.string() }))
type Glass = { readonly ml: number; readonly last: string }
const glassView = viewKind<Glass>('bar/glass', glass => (glass.ml > 500 ? 'desk' : 'site'), [
  when(
    poured,
    p => p.into,
    (was, p, stamp) => ({ ml: (was?.ml ?? 0) + p.ml, last: stamp.person })
  ),
  when(
    emptied,
    p => p.glass,
    change<unknown, Glass | undefined>(() => undefined)
  )
])
const tallyView = viewKind<number>('bar/tally', 'site', [
  when(
    poured,
    p => (p.ml > 0 ? 'all' : undefined),
    (was = 0, p) => was + p.ml
  )
])

const listeners = listenersOf([glassView, tallyView] as never)
const stamp: Stamp = { id: 'e1', person: 'P-1', device: 'd', at: '2026-11-22T10:00:00Z' }

const knowing = (...events: { type: string; payload: unknown }[]) => {
  const views = new Map<string, Map<string, unknown>>()
  const written: Changed[] = []
  for (const event of events)
    foldEvent(
      listeners,
      { ...event, stamp },
      (kind, key) => views.get(kind)?.get(key),
      changed => {
        written.push(changed)
        const map = views.get(changed.kind) ?? new Map<string, unknown>()
        if (changed.view === undefined) map.delete(changed.key)
        else map.set(changed.key, changed.view)
        views.set(changed.kind, map)
      }
    )
  return { known: knownFrom(views), written }
}
const pour = (into: string[], ml: number) => ({ type: poured.type, payload: { glass: '', into, ml } })

describe('folding', () => {
  it('changes every view that listens, under every key it names', () => {
    const { known } = knowing(pour(['a', 'b'], 200), pour(['a'], 100))
    expect(known.list(glassView)).toEqual([
      ['a', { ml: 300, last: 'P-1' }],
      ['b', { ml: 200, last: 'P-1' }]
    ])
    expect(known.get(tallyView, 'all')).toBe(300)
  })

  it('removes a view that a fold takes away, and leaves nothing behind for what was never there', () => {
    const { known, written } = knowing(
      pour(['a'], 1),
      { type: emptied.type, payload: { glass: 'a' } },
      { type: emptied.type, payload: { glass: 'z' } }
    )
    expect(known.get(glassView, 'a')).toBeUndefined()
    expect(written.map(({ key, view }) => [key, view])).toEqual([
      ['a', { ml: 1, last: 'P-1' }],
      ['all', 1],
      ['a', undefined]
    ])
  })

  it('says beforehand which views an event will touch', () => {
    expect(touchedBy(listeners, poured.type, { glass: '', into: ['x'], ml: 0 })).toEqual([
      { kind: 'bar/glass', key: 'x' }
    ])
    expect(touchedBy(listeners, 'bar/unheard-of.v1', {})).toEqual([])
  })

  it('lists by prefix, sorted by key', () => {
    const { known } = knowing(pour(['b/2', 'a/9', 'b/1'], 5))
    expect(known.list(glassView, 'b/').map(([key]) => key)).toEqual(['b/1', 'b/2'])
  })
})

describe('deciding', () => {
  const notTooMuch = guard(poured, (known, p) =>
    p.into.some(one => (known.get(glassView, one)?.ml ?? 0) + p.ml > 400)
      ? refuse('overflows', { ml: p.ml })
      : undefined
  )
  const pourOne = floorAction(
    'bar/pour',
    z.object({ glass: z.string(), ml: z.number() }),
    (_known, { glass, ml }) => (ml < 0 ? refuse('less-than-nothing') : [draft(poured, { glass, into: [glass], ml })]),
    ['operator']
  )
  const given: Given = {
    person: 'P-1',
    roles: ['operator'],
    station: undefined,
    at: stamp.at,
    newId: () => 'id',
    hash: text => text
  }
  const { known } = knowing(pour(['a'], 300))

  it('answers with events when nobody objects', () => {
    expect(decideAction(pourOne, [notTooMuch], known, { glass: 'a', ml: 50 }, given)).toEqual([
      draft(poured, { glass: 'a', into: ['a'], ml: 50 })
    ])
  })

  it('asks the role first, then the action, then the guards', () => {
    const stranger: Given = { ...given, roles: ['planner'] }
    expect(decideAction(pourOne, [notTooMuch], known, { glass: 'a', ml: -1 }, stranger)).toMatchObject({
      refused: 'role-missing'
    })
    expect(decideAction(pourOne, [notTooMuch], known, { glass: 'a', ml: -1 }, given)).toEqual({
      refused: 'less-than-nothing'
    })
    expect(decideAction(pourOne, [notTooMuch], known, { glass: 'a', ml: 200 }, given)).toEqual({
      refused: 'overflows',
      about: { ml: 200 }
    })
  })

  it('lets the office ask the same guard about the event', () => {
    const broken = firstBroken([notTooMuch], known, poured.type, { glass: 'a', into: ['a'], ml: 101 }, stamp)
    expect(broken && isRefusal(broken) && broken.refused).toBe('overflows')
    expect(firstBroken([notTooMuch], known, emptied.type, { glass: 'a' }, stamp)).toBeUndefined()
  })
})
