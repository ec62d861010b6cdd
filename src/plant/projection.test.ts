import { describe, expect, it } from 'vitest'
import type { Draft } from '#kernel/event.ts'
import { foldEvent, knownFrom, listenersOf } from '#kernel/fold.ts'
import {
  andonAnswered,
  andonCalled,
  andonClosed,
  personSet,
  tabletAssigned,
  tabletEnrolled,
  tabletRevoked
} from './events.ts'
import { andonView, personView, plantViews, tabletView } from './projection.ts'
import { draft } from '#kernel/event.ts'

const call = '018f0000-0000-7000-8000-000000000001'
const device = '018f0000-0000-7000-8000-000000000002'

type Told = readonly [draft: Draft, person?: string, at?: string]

/** Folds what happened, one after the other. */
const knownAfter = (...told: readonly Told[]) => {
  const views = new Map<string, Map<string, unknown>>()
  const listeners = listenersOf(plantViews as never)
  for (const [{ kind, payload }, person = 'P-001', at = '2026-11-22T10:00:00.000Z'] of told)
    foldEvent(
      listeners,
      { type: kind.type, payload, stamp: { id: '', person, device: '', at } },
      (kind, key) => views.get(kind)?.get(key),
      ({ kind, key, view }) => {
        const keys = views.get(kind) ?? new Map<string, unknown>()
        if (view === undefined) keys.delete(key)
        else keys.set(key, view)
        views.set(kind, keys)
      }
    )
  return knownFrom(views)
}

const called = draft(andonCalled, { call, station: 'ST-02', kind: 'quality' })
const answered = draft(andonAnswered, { call, station: 'ST-02' })
const closed = draft(andonClosed, { call, station: 'ST-02', cause: 'Quality decided', withdrawn: false })

describe('a call for help', () => {
  it('says who called, when, and what for', () => {
    expect(knownAfter([called]).get(andonView, call)).toMatchObject({
      state: 'open',
      person: 'P-001',
      kind: 'quality',
      at: '2026-11-22T10:00:00.000Z'
    })
  })

  it('keeps the first to answer', () => {
    const known = knownAfter([called], [answered, 'P-003'], [answered, 'P-007'])
    expect(known.get(andonView, call)).toMatchObject({ state: 'answered', answeredBy: 'P-003' })
  })

  it('is heard everywhere while open and is history when closed', () => {
    const open = knownAfter([called]).get(andonView, call)
    const over = knownAfter([called], [closed, 'P-003']).get(andonView, call)
    expect(open && andonView.scope(open)).toBe('floor')
    expect(over && andonView.scope(over)).toBe('archive')
    expect(over).toMatchObject({ state: 'closed', cause: 'Quality decided', closedBy: 'P-003', withdrawn: false })
  })

  it('is not opened again by an answer that comes late', () => {
    expect(knownAfter([called], [closed], [answered, 'P-003']).get(andonView, call)).toMatchObject({ state: 'closed' })
  })

  it('is closed once: the first cause stays', () => {
    const again = draft(andonClosed, { call, station: 'ST-02', cause: 'Something else', withdrawn: false })
    expect(knownAfter([called], [closed], [again]).get(andonView, call)?.cause).toBe('Quality decided')
  })

  it('that nobody made leaves nothing when it is answered', () => {
    expect(knownAfter([answered]).list(andonView)).toEqual([])
  })
})

describe('a tablet', () => {
  const enrolled = draft(tabletEnrolled, {
    device,
    name: 'Tablet 1',
    use: 'station',
    station: 'ST-01',
    publicKey: 'key'
  })

  it('moves between stations and keeps its key', () => {
    const known = knownAfter([enrolled], [draft(tabletAssigned, { device, station: 'ST-02' })])
    expect(known.get(tabletView, device)).toMatchObject({ station: 'ST-02', publicKey: 'key', state: 'enrolled' })
  })

  it('stays in the list when it is revoked, with why', () => {
    const known = knownAfter([enrolled], [draft(tabletRevoked, { device, reason: 'Lost' })])
    expect(known.get(tabletView, device)).toMatchObject({ state: 'revoked', reason: 'Lost' })
  })
})

describe('a person', () => {
  it('is what was set last', () => {
    const ana = { person: 'P-001', name: 'Ana', badge: 'B-1001', roles: ['operator' as const], active: true }
    const known = knownAfter([draft(personSet, ana)], [draft(personSet, { ...ana, active: false })])
    expect(known.get(personView, 'P-001')).toMatchObject({ name: 'Ana', active: false })
  })
})
