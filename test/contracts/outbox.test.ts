import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import type { Envelope } from '#kernel/event.ts'
import { idMaker } from '#kernel/id.ts'
import { hashOf } from '#sync/chain.ts'
import { dexieOutbox } from '#device/store-dexie.ts'
import type { Photos } from '#device/kept-files.ts'
import { memoryBase, memoryPhotos } from '#device/store-memory.ts'
import { type Base, type OutboxStore, outbox, type Unlinked } from '#device/store.ts'

const newId = idMaker(
  () => Date.now(),
  () => crypto.getRandomValues(new Uint8Array(16))
)
const ALL = 200

const event = (text = 'x', id = newId()): Unlinked => ({
  v: 1,
  id,
  site: 'FL',
  device: 'tablet',
  type: 'test/done.v1',
  actor: { person: 'P-001', session: 's', method: 'badge-pin' },
  at: { wall: '2026-11-22T08:00:00.000Z', mono: 1, offset: null },
  seen: { epoch: 'e', seq: 0 },
  payload: { text }
})
const acked = (id: string, seq: number) => ({ id, state: 'acked' as const, seq })
const envelope = (body: string): Envelope => JSON.parse(body)

const bases: Record<string, () => Base> = {
  memory: memoryBase,
  Dexie: () => dexieOutbox({ indexedDB: new IDBFactory(), IDBKeyRange, now: () => 0 }).base
}

const shelves: Record<string, (now: () => number) => Photos> = {
  memory: memoryPhotos,
  Dexie: now => dexieOutbox({ indexedDB: new IDBFactory(), IDBKeyRange, now }).photos
}

for (const [name, shelf] of Object.entries(shelves))
  describe(`photos on ${name}`, () => {
    const ref = (i: number) => ({ sha256: String(i).repeat(64), size: 3, type: 'image/webp' })
    const kept = { taken: 1, time: 1, epoch: 'e' }
    const names = (files: readonly { readonly sha256: string }[]) => files.map(file => file.sha256[0])

    it('wait oldest first, are noted as sent with their bytes, wait again, and go only when they were sent', async () => {
      let now = 10
      const photos = shelf(() => now--)
      for (const i of [1, 2, 3]) await photos.keep(ref(i), [new Uint8Array([i, i, i]).buffer])
      expect(names(await photos.waiting())).toEqual(['3', '2', '1'])
      await photos.note([1, 2, 9].map(i => ({ ...ref(i), kept })))
      expect(names(await photos.waiting())).toEqual(['3'])
      expect(await photos.sent()).toEqual([1, 2].map(i => ({ ...ref(i), kept })))
      expect(await photos.find(ref(1).sha256)).toMatchObject(ref(1))
      expect(await photos.find(ref(9).sha256)).toBeUndefined()
      expect(new Uint8Array((await photos.chunk(ref(1).sha256, 0)) ?? new ArrayBuffer(0))).toEqual(
        new Uint8Array([1, 1, 1])
      )
      await photos.note([{ ...ref(2), at: 1 }])
      expect(names(await photos.waiting())).toEqual(['2', '3'])
      await photos.drop([1, 2, 3, 9].map(i => ref(i).sha256))
      expect(await photos.sent()).toEqual([])
      expect(await photos.chunk(ref(1).sha256, 0)).toBeUndefined()
      expect(names(await photos.waiting())).toEqual(['2', '3'])
      expect(await photos.chunk(ref(2).sha256, 0)).toBeDefined()
    })
  })

for (const [name, base] of Object.entries(bases))
  describe(`the outbox on ${name}`, () => {
    const opened = async (): Promise<OutboxStore> => {
      const store = outbox(base(), newId)
      await store.open()
      return store
    }

    it('knows whether it has been here before', async () => {
      const store = outbox(base(), newId)
      const first = await store.open()
      const second = await store.open()
      expect([first.fresh, second.fresh]).toEqual([true, false])
      expect(second.install).toBe(first.install)
    })

    it('says the highest number it has given out, only when it is stored, and of the chain that counts', async () => {
      const disk = base()
      const store = outbox(disk, newId)
      expect(store.recorded()).toBe('')
      await store.open()
      const [a] = await store.append([event('a'), event('b')], 5)
      expect(store.recorded()).toBe(`${a?.chain} 2`)
      const closed = outbox(
        { ...disk, run: (mode, work) => disk.run(mode, work).then(() => Promise.reject(new Error('full'))) },
        newId
      )
      await expect(closed.append([event('c')], 6)).rejects.toThrow('full')
      expect(closed.recorded()).toBe('')
      await store.rebind('other')
      expect(store.recorded()).toMatch(/ 3$/)
      expect(store.recorded()).not.toContain(a?.chain)
    })

    it('numbers from 1 without a gap and links each event to the one before', async () => {
      const store = await opened()
      const [a, b] = await store.append([event('a'), event('b')], 5)
      const [c] = await store.append([event('c')], 6)
      expect([a?.n, b?.n, c?.n]).toEqual([1, 2, 3])
      expect(envelope(a?.body ?? '').prev).toBe('')
      expect(envelope(b?.body ?? '').prev).toBe(a?.h)
      expect(envelope(c?.body ?? '').prev).toBe(b?.h)
      expect(c?.h).toBe(hashOf(c?.body ?? ''))
      expect(c?.chain).toBe(a?.chain)
    })

    it('gives no number twice when many append at once', async () => {
      const store = await opened()
      await Promise.all(Array.from({ length: 60 }, (_, i) => store.append([event(`${i}`), event(`${i}b`)], i)))
      const batch = await store.batch(ALL)
      expect(batch?.events.map(one => one.n)).toEqual(Array.from({ length: 120 }, (_, i) => i + 1))
      expect(batch?.nMax).toBe(120)
    })

    it('stores an event once, however often the same id is appended', async () => {
      const store = await opened()
      const one = event()
      const [first] = await store.append([one], 1)
      const [again] = await store.append([one], 2)
      expect(again).toEqual(first)
      expect((await store.batch(ALL))?.events).toHaveLength(1)
    })

    it('appends all of a command or nothing', async () => {
      const store = await opened()
      const lonely = { ...event(), payload: { text: '\ud800' } }
      await expect(store.append([event(), lonely], 1)).rejects.toThrow()
      expect(await store.batch(ALL)).toBeUndefined()
      const [next] = await store.append([event()], 1)
      expect(next?.n).toBe(1)
    })

    it('gives as many as are asked for, the oldest first', async () => {
      const store = await opened()
      const made = await store.append(
        Array.from({ length: 5 }, (_, i) => event(`${i}`)),
        1
      )
      expect((await store.batch(3))?.events.map(one => one.id)).toEqual(made.slice(0, 3).map(one => one.id))
      expect((await store.batch(9))?.events).toHaveLength(5)
    })

    it('marks what was answered by id and leaves the rest', async () => {
      const store = await opened()
      const made = await store.append([event('a'), event('b'), event('c'), event('d')], 1)
      const [a, b, c, d] = made.map(one => one.id)
      const changed = await store.settle({
        epoch: 'e1',
        time: 1000,
        witnessed: { seq: 9, root: 'r' },
        marks: [
          acked(c ?? '', 9),
          { id: a ?? '', state: 'flagged', seq: 7, codes: ['on-hold'] },
          { id: b ?? '', state: 'refused', codes: ['late'] }
        ]
      })
      expect(changed).toHaveLength(3)
      expect((await store.batch(ALL))?.events.map(one => one.id)).toEqual([d])
      expect((await store.inStates(['flagged']))[0]).toMatchObject({ id: a, seq: 7, codes: ['on-hold'] })
      expect((await store.open()).epoch).toBe('e1')
      expect(await store.get('witnessed')).toEqual({ seq: 9, root: 'r' })
      expect((await store.pending(7)).map(one => one.id)).toEqual([c, d])
    })

    it('sends again from a number the office misses', async () => {
      const store = await opened()
      const made = await store.append([event('a'), event('b'), event('c')], 1)
      await store.settle({ epoch: 'e', time: 1000, marks: made.map((one, i) => acked(one.id, i + 1)) })
      await store.settle({
        epoch: 'e',
        time: 1000,
        marks: [],
        repair: { do: 'resend', chain: made[0]?.chain ?? '', from: 2 }
      })
      expect((await store.batch(ALL))?.events.map(one => [one.n, one.h])).toEqual([
        [2, made[1]?.h],
        [3, made[2]?.h]
      ])
    })

    it('sends again what another epoch forgot, byte for byte', async () => {
      const store = await opened()
      const made = await store.append([event('a'), event('b'), event('c')], 1)
      await store.settle({ epoch: 'e', time: 1000, marks: made.map((one, i) => acked(one.id, (i + 1) * 10)) })
      await store.settle({ epoch: 'e2', time: 1000, marks: [], repair: { do: 'resend-since', seq: 10 } })
      expect((await store.batch(ALL))?.events.map(one => one.body)).toEqual([made[1]?.body, made[2]?.body])
    })

    it('sends again what had another number before: the office that came back may not know the second', async () => {
      const store = await opened()
      const made = await store.append([event('a'), event('b')], 1)
      const repair = { do: 'rechain', from: made[1]?.id ?? '' } as const
      await store.settle({ epoch: 'e', time: 1000, marks: [acked(made[0]?.id ?? '', 1)], repair })
      const moved = (await store.batch(ALL))?.events ?? []
      await store.settle({ epoch: 'e', time: 1000, marks: moved.map(one => acked(one.id, 2)) })
      expect(await store.batch(ALL)).toBeUndefined()
      await store.settle({ epoch: 'e2', time: 1000, marks: [], repair: { do: 'resend-since', seq: 10 } })
      expect((await store.batch(ALL))?.events.map(one => one.body)).toEqual(moved.map(one => one.body))
      expect(moved).toHaveLength(1)
    })

    it('gives unsent events a chain of their own after a fork, ids kept', async () => {
      const store = await opened()
      const made = await store.append([event('a'), event('b'), event('c')], 1)
      await store.settle({
        epoch: 'e',
        time: 1000,
        marks: [acked(made[0]?.id ?? '', 1)],
        repair: { do: 'rechain', from: made[1]?.id ?? '' }
      })
      const [later] = await store.append([event('d')], 2)
      const batch = await store.batch(ALL)
      expect(batch?.events.map(one => one.id)).toEqual([made[1]?.id, made[2]?.id, later?.id])
      expect(batch?.events.map(one => one.n)).toEqual([1, 2, 3])
      expect(batch?.chain).not.toBe(made[0]?.chain)
      // What numbers they had before is said, or the office would miss those for ever.
      const chain = made[0]?.chain ?? ''
      expect(batch?.events.map(one => envelope(one.body).was)).toEqual([
        [{ chain, n: 2 }],
        [{ chain, n: 3 }],
        undefined
      ])
      expect(batch?.events.map(one => envelope(one.body).prev)).toEqual(['', batch?.events[0]?.h, batch?.events[1]?.h])
      expect(batch?.events.every(one => envelope(one.body).chain === batch.chain && hashOf(one.body) === one.h)).toBe(
        true
      )
      expect((await store.inStates(['acked']))[0]?.body).toBe(made[0]?.body)
    })

    it('holds one event, lets the others go on, and sends it later when a person says so', async () => {
      const store = await opened()
      const made = await store.append([event('poison'), event('b')], 1)
      await store.settle({ epoch: 'e', time: 1000, marks: [], repair: { do: 'hold-first' } })
      expect((await store.batch(ALL))?.events.map(one => [one.id, one.n])).toEqual([[made[1]?.id, 1]])
      expect((await store.inStates(['held'])).map(one => one.body)).toEqual([made[0]?.body])
      await store.release(made[0]?.id ?? '')
      const batch = await store.batch(ALL)
      expect(batch?.events.map(one => [one.id, one.n])).toEqual([
        [made[1]?.id, 1],
        [made[0]?.id, 2]
      ])
    })

    it('goes on without a number that it can not send any more', async () => {
      const store = await opened()
      const made = await store.append([event('a'), event('b')], 1)
      await store.settle({ epoch: 'e', time: 1000, marks: [acked(made[0]?.id ?? '', 1)] })
      await store.settle({ epoch: 'e', time: 2000, marks: [] })
      await store.prune(905, 900)
      await store.settle({
        epoch: 'e',
        time: 1000,
        marks: [],
        repair: { do: 'resend', chain: made[0]?.chain ?? '', from: 1 }
      })
      const batch = await store.batch(ALL)
      expect(batch?.events.map(one => [one.id, one.n])).toEqual([[made[1]?.id, 1]])
      expect(batch?.chain).not.toBe(made[0]?.chain)
    })

    it('forgets only old events that were answered', async () => {
      const store = await opened()
      const made = await store.append([event('a'), event('b'), event('c')], 1)
      await store.append([event('d')], 100)
      await store.settle({
        epoch: 'e',
        time: 1000,
        marks: [acked(made[0]?.id ?? '', 1), { id: made[1]?.id ?? '', state: 'quarantined', codes: ['x'] }]
      })
      // The tablet's clock alone may be years wrong, and what is kept here heals a restored office.
      expect(await store.prune(1e9, 900)).toBe(0)
      await store.settle({ epoch: 'e', time: 2000, marks: [] })
      expect(await store.prune(0, 900)).toBe(0)
      expect(await store.prune(950, 900)).toBe(1)
      expect((await store.newest(9)).map(one => one.state)).toEqual(['unsent', 'unsent', 'quarantined'])
    })

    it('sends what waited under the new name after the tablet was enrolled again', async () => {
      const store = await opened()
      const made = await store.append([event('a'), event('b')], 1)
      await store.settle({ epoch: 'e', time: 1000, marks: [acked(made[0]?.id ?? '', 1)] })
      await store.rebind('other')
      const batch = await store.batch(ALL)
      expect(batch?.events.map(one => [one.id, envelope(one.body).device, one.n])).toEqual([[made[1]?.id, 'other', 1]])
    })
  })

describe('the outbox in IndexedDB', () => {
  it('is there again after the connection was lost', async () => {
    const factories = { indexedDB: new IDBFactory(), IDBKeyRange, now: () => 0 }
    const store = outbox(dexieOutbox(factories).base, newId)
    await store.open()
    await store.append([event('a')], 1)
    store.close()
    await store.append([event('b')], 2)
    expect((await store.batch(ALL))?.events.map(one => one.n)).toEqual([1, 2])
  })

  it('keeps what was saved for the next opening, files too', async () => {
    const factories = { indexedDB: new IDBFactory(), IDBKeyRange, now: () => 0 }
    const first = dexieOutbox(factories)
    const store = outbox(first.base, newId)
    const { install } = await store.open()
    await store.append([event('a')], 1)
    await first.photos.keep({ sha256: 'f'.repeat(64), size: 3, type: 'image/webp' }, [new Uint8Array([1, 2, 3]).buffer])
    store.close()
    const second = dexieOutbox(factories)
    const again = outbox(second.base, newId)
    expect(await again.open()).toMatchObject({ install, fresh: false })
    expect((await again.batch(ALL))?.events).toHaveLength(1)
    expect((await second.photos.waiting())[0]?.size).toBe(3)
    expect(new Uint8Array((await second.photos.chunk('f'.repeat(64), 0)) ?? new ArrayBuffer(0))).toEqual(
      new Uint8Array([1, 2, 3])
    )
  })

  it('two tabs of one tablet never give the same number', async () => {
    const factories = { indexedDB: new IDBFactory(), IDBKeyRange, now: () => 0 }
    const tabs = [1, 2, 3, 4].map(() => outbox(dexieOutbox(factories).base, newId))
    for (const tab of tabs) await tab.open()
    await Promise.all(tabs.flatMap(tab => Array.from({ length: 25 }, (_, i) => tab.append([event(`${i}`)], i))))
    expect((await tabs[0]?.batch(ALL))?.events.map(one => one.n)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
  })
})
