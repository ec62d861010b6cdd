import * as z from 'zod/mini'
import { describe, expect, it } from 'vitest'
import { floorAction, guard, refuse } from '#kernel/decision.ts'
import { draft, fact } from '#kernel/event.ts'
import { knownFrom } from '#kernel/fold.ts'
import { drafts, memorySlots } from './drafts.ts'
import { recorder } from './record.ts'
import { networkOf } from './status.ts'
import type { Unlinked } from './store.ts'

const done = fact('toy/done.v1', z.object({ text: z.string() }))
const input = z.object({ text: z.string() })
const twice = floorAction('toy/twice', input, (_, { text }) => [
  draft(done, { text }),
  draft(done, { text: `${text} again` })
])
const by = { person: 'P-001', roles: ['operator'], session: 's', method: 'badge-pin' } as const

const desk = () => {
  const saved: (readonly Unlinked[])[] = []
  let ids = 0
  const record = recorder({
    guards: [guard(done, (_, { text }) => (text.includes('stop') ? refuse('stopped') : undefined))],
    known: knownFrom(new Map()),
    place: () => ({ site: 'FL', device: 'd', station: 'ST-01' }),
    seen: () => ({ epoch: 'e', seq: 7 }),
    clock: () => ({ wall: '2026-11-22T08:00:00.000Z', mono: 5, offset: -3 }),
    newId: () => {
      ids += 1
      return `id-${ids}`
    },
    hash: text => text,
    save: async events => {
      saved.push(events)
      return events
    }
  })
  return { record, saved }
}

describe('recording', () => {
  it('stamps every event of a command alike and saves them at once', async () => {
    const { record, saved } = desk()
    expect(await record(twice, { text: 'a' }, by)).toEqual({ done: true, events: ['id-1', 'id-2'] })
    expect(saved).toHaveLength(1)
    expect(saved[0]?.map(event => event.payload)).toEqual([{ text: 'a' }, { text: 'a again' }])
    for (const event of saved[0] ?? [])
      expect(event).toMatchObject({
        v: 1,
        site: 'FL',
        device: 'd',
        type: 'toy/done.v1',
        actor: { person: 'P-001', session: 's', method: 'badge-pin' },
        at: { wall: '2026-11-22T08:00:00.000Z', mono: 5, offset: -3 },
        seen: { epoch: 'e', seq: 7 }
      })
  })
  it('saves nothing when a guard says no to one of several', async () => {
    const { record, saved } = desk()
    expect(await record(twice, { text: 'stop' }, by)).toEqual({ refused: 'stopped' })
    expect(saved).toEqual([])
  })
  it('asks for the role that the action needs', async () => {
    const { record } = desk()
    const answer = await record({ ...twice, roles: ['supervisor'] }, { text: 'a' }, by)
    expect(answer).toEqual({ refused: 'role-missing', about: { roles: 'supervisor' } })
  })
  it('refuses what the wire could not carry', async () => {
    const { record, saved } = desk()
    expect(await record(twice, { text: 'x'.repeat(200_000) }, by)).toEqual({ refused: 'too-large' })
    expect(saved).toEqual([])
  })
  it('does not record what its own schema would not read', async () => {
    const { record } = desk()
    // As if a screen had a mistake that the compiler could not see.
    await expect(record(twice, { text: 5 } as unknown as { text: string }, by)).rejects.toThrow()
  })
})

describe('drafts', () => {
  it('are there after a kill, and gone when taken back', () => {
    const slots = memorySlots()
    drafts(slots).set('scrap/WO-1', '12')
    expect(drafts(slots).get('scrap/WO-1')).toBe('12')
    drafts(slots).set('scrap/WO-1', undefined)
    expect(drafts(slots).get('scrap/WO-1')).toBeUndefined()
  })
  it('stay in the page when the browser will not keep them', () => {
    const full = drafts({
      ...memorySlots(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      }
    })
    full.set('a', '1')
    expect(full.get('a')).toBe('1')
    full.set('a', undefined)
    expect(full.get('a')).toBeUndefined()
  })
})

describe('the sync chip', () => {
  const status = { reachable: true, heard: 1000, denied: false }
  const none = { unsent: 0, attention: 0, of: 0 }
  const at = (now: number) => ({ heard: 1000, opened: 500, now })
  it('says when all was sent', () => {
    expect(networkOf(status, none, at(2000))).toEqual({ state: 'sent', at: 1000 })
  })
  it('counts what is on its way', () => {
    expect(networkOf(status, { unsent: 9, attention: 0, of: 12 }, at(2000))).toEqual({
      state: 'sending',
      sent: 3,
      of: 12
    })
  })
  it('is offline after silence, not after one lost exchange', () => {
    const silent = { ...status, reachable: false }
    expect(networkOf(silent, none, at(5000)).state).toBe('sent')
    expect(networkOf(silent, { ...none, unsent: 3 }, at(9001))).toEqual({ state: 'offline', since: 1000, waiting: 3 })
  })
  it('is offline at once when what waits could not be sent', () => {
    const lost = { ...status, reachable: false }
    expect(networkOf(lost, { ...none, unsent: 1, of: 1 }, at(1500))).toEqual({
      state: 'offline',
      since: 1000,
      waiting: 1
    })
  })
  it('never says that all is sent of an office that has been silent, whatever was last thought of it', () => {
    expect(networkOf(status, none, at(9001)).state).toBe('offline')
    const unasked = { reachable: undefined, heard: undefined, denied: false }
    expect(networkOf(unasked, { ...none, unsent: 2, of: 2 }, { heard: 1000, opened: 60_000, now: 60_100 }).state).toBe(
      'sending'
    )
    expect(networkOf(unasked, none, { heard: 1000, opened: 60_000, now: 69_000 })).toEqual({
      state: 'offline',
      since: 1000,
      waiting: 0
    })
    expect(networkOf(unasked, none, { heard: undefined, opened: 60_000, now: 69_000 })).toMatchObject({ since: 60_000 })
  })
  it('puts what needs a person before everything else', () => {
    expect(networkOf({ ...status, reachable: false }, { unsent: 3, attention: 2, of: 3 }, at(90_000))).toEqual({
      state: 'needs-you',
      count: 2
    })
  })
})
