import { forceCloseDatabase, IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, it, vi } from 'vitest'
import type { Page } from '#sync/engine.ts'
import { type Cache, dexieCache, forgetOldCaches, memoryCache } from './cache.ts'

const factories = () => {
  let clock = 0
  return { indexedDB: new IDBFactory(), IDBKeyRange, now: () => (clock += 1) }
}
const page = (to: number, rows: [string, unknown][], over: Partial<Page> = {}): Page => ({
  cursor: { epoch: 'e', seq: to, scopes: ['site'] },
  first: false,
  last: true,
  rows: rows.map(([key, view]) => ({ kind: 'k', key, seq: to, view })),
  ...over
})
const keys = async (cache: Cache) => (await cache.read()).rows.map(row => row.key).sort()
const bytes = (size: number) => new ArrayBuffer(size)

for (const [name, open] of [
  ['Dexie', () => dexieCache(factories())],
  ['memory', memoryCache]
] as const)
  describe(`the cache on ${name}`, () => {
    it('keeps rows and cursor together and takes out what is gone', async () => {
      const cache = open()
      await cache.apply(
        page(
          5,
          [
            ['a', { x: 1 }],
            ['b', 2]
          ],
          { first: true }
        )
      )
      await cache.apply(
        page(7, [
          ['a', null],
          ['c', 3]
        ])
      )
      expect(await keys(cache)).toEqual(['b', 'c'])
      expect((await cache.read()).cursor).toEqual({ epoch: 'e', seq: 7, scopes: ['site'] })
    })

    it('shows the old rows until a rebuild is whole, then drops what it did not bring', async () => {
      const cache = open()
      await cache.apply(
        page(
          9,
          [
            ['a', 1],
            ['b', 1]
          ],
          { first: true }
        )
      )
      await cache.apply(page(3, [['a', 2]], { first: true, last: false }))
      expect(await keys(cache)).toEqual(['a', 'b'])
      const swept = await cache.apply(page(9, [['c', 2]]))
      expect(swept.map(row => row.key)).toEqual(['b'])
      expect(await keys(cache)).toEqual(['a', 'c'])
    })
  })

describe('the documents in the cache', () => {
  it('puts out what was used longest ago, and never what is pinned', async () => {
    const cache = dexieCache(factories())
    await cache.keepFile('pinned', bytes(40), true, 100)
    await cache.keepFile('old', bytes(30), false, 100)
    await cache.keepFile('newer', bytes(30), false, 100)
    await cache.file('old')
    expect(await cache.keepFile('fresh', bytes(30), false, 100)).toBe(true)
    expect([...(await cache.hasFiles())].sort()).toEqual(['fresh', 'old', 'pinned'])
  })

  it('does not keep a file for which only pinned ones could make room', async () => {
    const cache = dexieCache(factories())
    await cache.keepFile('pinned', bytes(90), true, 100)
    expect(await cache.keepFile('more', bytes(20), false, 100)).toBe(false)
    await cache.pin(new Set())
    expect(await cache.keepFile('more', bytes(20), false, 100)).toBe(true)
    expect([...(await cache.hasFiles())]).toEqual(['more'])
  })

  it('makes room for events by letting the ballast go', async () => {
    const cache = dexieCache(factories())
    await cache.ballast(1000)
    await cache.keepFile('a', bytes(10), true, 100)
    await cache.keepFile('b', bytes(10), false, 100)
    await cache.makeRoom()
    expect([...(await cache.hasFiles())]).toEqual(['a'])
  })

  it('gives the way to a new build and leaves the outbox alone', async () => {
    const shared = factories()
    const old = dexieCache(shared, 'old')
    await old.apply(page(1, [['a', 1]]))
    const request = shared.indexedDB.open('jobcard-outbox')
    await new Promise(done => {
      request.onsuccess = done
    })
    await forgetOldCaches(shared, 'new')
    await new Promise(done => setTimeout(done, 20))
    expect((await shared.indexedDB.databases()).map(one => one.name)).toEqual(['jobcard-outbox'])
  })
})

describe('a cache whose connection the browser has closed', () => {
  it('opens anew and stores, once it was not closed on purpose', async () => {
    const given = factories()
    const opening = vi.spyOn(given.indexedDB, 'open')
    const cache = dexieCache(given)
    await cache.apply(page(1, [['a', 1]], { first: true }))
    const opened: { result: never } = opening.mock.results[0]?.value
    forceCloseDatabase(opened.result)
    await new Promise(done => setTimeout(done, 20))
    await cache.apply(page(2, [['b', 2]]))
    expect((await cache.read()).rows.map(row => row.key)).toEqual(['a', 'b'])
    cache.close()
    await expect(cache.apply(page(3, []))).rejects.toThrow()
  })
})
