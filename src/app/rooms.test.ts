import * as z from 'zod/mini'
import { describe, expect, it } from 'vitest'
import { catalog } from '#activities/catalog.ts'
import { floorAction, type Given, guard, refuse } from '#kernel/decision.ts'
import { draft, fact } from '#kernel/event.ts'
import { knownFrom } from '#kernel/fold.ts'
import { guarded } from './rooms.ts'
import { floorViews } from './works.ts'

/** A scope that does not depend on the view; one that does may be any. */
const fixedScope = (scope: (view: unknown) => string): string | undefined => {
  try {
    return scope(undefined)
  } catch {
    return undefined
  }
}

describe('what a station knows from the first moment', () => {
  it('is every view of every room that is not for desks alone', () => {
    const names = new Set(floorViews.map(view => view.name))
    const missing = catalog
      .flatMap(room => room.views)
      .filter(view => !names.has(view.name) && fixedScope(view.scope) !== 'desk')
    expect(missing.map(view => view.name)).toEqual([])
  })

  it('is nothing that no room has', () => {
    const known = new Set(catalog.flatMap(room => room.views))
    expect(floorViews.filter(view => !known.has(view))).toEqual([])
    expect(floorViews.length).toBeGreaterThan(15)
  })
})

const counted = fact('test/counted.v1', z.object({ pieces: z.int() }))
const count = floorAction<{ pieces: number }>(
  'test/count',
  z.object({ pieces: z.int() }),
  (_known, input) => [draft(counted, input)],
  ['operator']
)
const notTooMany = guard(counted, (_known, { pieces }) => (pieces > 9 ? refuse('too-many') : undefined))
const given: Given = {
  person: 'P-1',
  roles: ['operator'],
  station: 'ST-1',
  at: '2026-11-22T10:00:00.000Z',
  newId: () => 'x',
  hash: text => text
}

describe('an action with its guards', () => {
  const action = guarded(count, [notTooMany])
  it('is what it was where no guard minds', () => {
    expect(action.decide(knownFrom(new Map()), { pieces: 3 }, given)).toEqual([draft(counted, { pieces: 3 })])
    expect(action.roles).toEqual(['operator'])
  })

  it('is refused by the first guard that minds', () => {
    expect(action.decide(knownFrom(new Map()), { pieces: 10 }, given)).toEqual(refuse('too-many'))
  })
})
