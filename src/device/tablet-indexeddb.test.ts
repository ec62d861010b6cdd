import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, it, vi } from 'vitest'
import { idMaker } from '#kernel/id.ts'
import { memoryOffice, type MemoryOffice } from '#test/simulation/office-memory.ts'
import { boxView, by, count, counted, toy } from '#test/simulation/toy-tablets.ts'
import { dexieCache } from './cache.ts'
import { memorySlots } from './drafts.ts'
import { dexieOutbox } from './store-dexie.ts'
import { outbox } from './store.ts'
import { alone, type Message, type Tabs } from './tabs.ts'
import { firstRead } from './first-read.ts'
import { showTablet } from './shown.ts'
import { openTablet } from './tablet.ts'
import { makeWorks } from './works.ts'

const now = () => Date.now()
const bytes = () => crypto.getRandomValues(new Uint8Array(16))

/** As in a browser: real clock, real WebCrypto, IndexedDB. */
const open = (office: MemoryOffice, indexedDB: IDBFactory, online: { on: boolean }) => {
  const factories = { indexedDB, IDBKeyRange, now }
  const { base, photos } = dexieOutbox(factories)
  const store = outbox(base, idMaker(now, bytes))
  const ports = {
    activities: [toy],
    store,
    photos,
    cache: dexieCache(factories),
    slots: memorySlots(),
    base: 'http://office',
    fetch: (address: string, init: RequestInit) =>
      online.on ? office.fetch(address, init) : Promise.reject(new TypeError('no network')),
    timers: {
      set: (ms: number, then: () => void) => {
        const timer = setTimeout(then, ms)
        return () => clearTimeout(timer)
      }
    },
    now,
    mono: () => performance.now(),
    random: () => 0.01,
    bytes,
    subtle: crypto.subtle,
    tabs: alone,
    lead: (work: () => () => void) => work(),
    visible: () => true,
    storage: async () => ({ persisted: true, usage: 0, quota: 4 * 1024 ** 3 }),
    problem: (code: string) => new Error(code)
  }
  return { ports, tablet: openTablet(ports) }
}

describe('a tablet in IndexedDB', () => {
  it('is enrolled, records offline, is killed, opens again and sends all of it once', async () => {
    const office = memoryOffice(toy.views, [counted])
    const disk = new IDBFactory()
    const online = { on: true }
    const first = await open(office, disk, online).tablet
    expect(first.enrolled.value).toBeUndefined()
    await first.enrol({ path: '/v1/enroll', body: { code: 'x', name: 'one' } })
    await first.act(count, { box: 'A', by: 1 }, by)
    await vi.waitFor(() => expect(first.peek.get(boxView, 'A')).toEqual({ sum: 1, times: 1 }))
    await vi.waitFor(() => expect(office.log).toHaveLength(1))
    online.on = false
    for (let i = 0; i < 30; i += 1) await first.act(count, { box: 'A', by: 10 }, by)
    first.close()

    const second = await open(office, disk, online).tablet
    expect(second.enrolled.value?.device).toBe('tablet-1')
    expect(second.unsent.value).toBe(30)
    expect(second.peek.get(boxView, 'A')).toEqual({ sum: 301, times: 31 })
    online.on = true
    second.resume()
    await vi.waitFor(() => expect(second.unsent.value).toBe(0), { timeout: 15_000 })
    expect(office.log.map(event => event.n)).toEqual(Array.from({ length: 31 }, (_, i) => i + 1))
    await vi.waitFor(async () => expect((await second.entries(99)).every(entry => entry.state === 'acked')).toBe(true))
    expect(second.peek.get(boxView, 'A')).toEqual({ sum: 301, times: 31 })
    second.close()
  }, 30_000)

  it('saves the same event again after the connection to the disk was lost under it', async () => {
    const office = memoryOffice(toy.views, [counted])
    const { ports, tablet } = open(office, new IDBFactory(), { on: true })
    const one = await tablet
    await one.enrol({ path: '/v1/enroll', body: { code: 'x', name: 'one' } })
    const ids: string[] = []
    for (let i = 0; i < 12; i += 1) {
      if (i % 2 === 0) ports.store.close()
      const answer = await one.act(count, { box: 'A', by: 1 }, by)
      if ('done' in answer) ids.push(...answer.events)
    }
    expect(one.storage.value.unsaved).toBe(0)
    await vi.waitFor(() => expect(office.log.map(event => event.id)).toEqual(ids), { timeout: 15_000 })
    one.close()
  }, 30_000)
})

describe('a tablet that shows before it works', () => {
  const begun = async () => {
    const office = memoryOffice(toy.views, [counted])
    const disk = new IDBFactory()
    const online = { on: true }
    const first = await open(office, disk, online).tablet
    await first.enrol({ path: '/v1/enroll', body: { code: 'x', name: 'one' } })
    await first.act(count, { box: 'A', by: 1 }, by)
    await vi.waitFor(() => expect(office.log).toHaveLength(1))
    await vi.waitFor(() => expect(first.unsent.value).toBe(0))
    return { office, disk, online, first }
  }
  const show = (
    office: MemoryOffice,
    disk: IDBFactory,
    online: { on: boolean },
    asked: string[],
    kinds?: readonly string[],
    tabs: Tabs = alone
  ) => {
    const { ports } = open(office, new IDBFactory(), online)
    const factories = { indexedDB: disk, IDBKeyRange, now }
    // Where there is another tab, that one speaks to the office.
    const lead = tabs === alone ? ports.lead : () => () => undefined
    return showTablet({ ...ports, tabs, read: () => firstRead(factories, kinds) }, async base => {
      asked.push('works')
      const { base: outboxBase, photos } = dexieOutbox(factories)
      const store = outbox(outboxBase, idMaker(now, bytes))
      return makeWorks({ ...ports, lead, store, photos, cache: dexieCache(factories) }, base)
    })
  }

  it('knows who it is and what was confirmed without the works, where nothing waits', async () => {
    const { office, disk, online, first } = await begun()
    await vi.waitFor(async () => expect((await first.entries(9)).every(entry => entry.state === 'acked')).toBe(true))
    await new Promise(done => setTimeout(done, 500))
    first.close()
    const asked: string[] = []
    const second = await show(office, disk, online, asked)
    expect(asked).toEqual([])
    expect(second.enrolled.value?.device).toBe('tablet-1')
    expect(second.peek.get(boxView, 'A')).toEqual({ sum: 1, times: 1 })
    expect(second.may(count, { box: 'A', by: 1 }, by)).toEqual({ refused: 'opening' })
    await second.act(count, { box: 'A', by: 2 }, by)
    expect(asked).toEqual(['works'])
    expect(second.peek.get(boxView, 'A')).toEqual({ sum: 3, times: 2 })
    second.close()
  }, 30_000)

  it('keeps what other tabs tell until the works are there, in order, and does not load them for it', async () => {
    const { office, disk, online, first } = await begun()
    await new Promise(done => setTimeout(done, 500))
    first.close()
    let tell: (message: Message) => void = () => undefined
    const tabs: Tabs = { ...alone, listen: then => (tell = then) }
    const asked: string[] = []
    const second = await show(office, disk, online, asked, undefined, tabs)
    for (const heard of [1, 2]) tell({ say: 'status', status: { reachable: true, heard, denied: false } })
    tell({ say: 'look' })
    await new Promise(done => setTimeout(done, 50))
    expect([asked, second.status.value.heard]).toEqual([[], undefined])
    online.on = false
    await second.whole()
    expect([asked, second.status.value.heard]).toEqual([['works'], 2])
    tell({ say: 'status', status: { reachable: true, heard: 3, denied: false } })
    await vi.waitFor(() => expect(second.status.value.heard).toBe(3))
    second.close()
  }, 30_000)

  it('shows the kinds of its first page alone, until everything is there', async () => {
    const { office, disk, online, first } = await begun()
    await new Promise(done => setTimeout(done, 500))
    first.close()
    const asked: string[] = []
    const none = await show(office, disk, online, asked, ['another/kind'])
    expect([none.complete.value, none.enrolled.value?.device]).toEqual([false, 'tablet-1'])
    expect(none.peek.get(boxView, 'A')).toBeUndefined()
    await none.whole()
    expect([none.complete.value, none.peek.get(boxView, 'A')]).toEqual([true, { sum: 1, times: 1 }])
    none.close()
    const one = await show(office, disk, online, asked, ['another/kind', boxView.name])
    expect([one.complete.value, one.peek.get(boxView, 'A')]).toEqual([false, { sum: 1, times: 1 }])
    one.close()
  }, 30_000)

  it('folds own events over everything, whatever was asked for first', async () => {
    const { office, disk, online, first } = await begun()
    online.on = false
    await first.act(count, { box: 'A', by: 10 }, by)
    first.close()
    const second = await show(office, disk, online, [], ['another/kind'])
    expect([second.complete.value, second.peek.get(boxView, 'A')]).toEqual([true, { sum: 11, times: 2 }])
    second.close()
  }, 30_000)

  it('shows nothing older than what was recorded here, and sends it', async () => {
    const { office, disk, online, first } = await begun()
    online.on = false
    for (let i = 0; i < 3; i += 1) await first.act(count, { box: 'A', by: 10 }, by)
    first.close()
    const asked: string[] = []
    const second = await show(office, disk, online, asked)
    expect(asked).toEqual(['works'])
    expect(second.peek.get(boxView, 'A')).toEqual({ sum: 31, times: 4 })
    expect(second.unsent.value).toBe(3)
    await second.whole()
    expect(second.network.value.state).not.toBe('sent')
    const said = second.network.value
    await second.refreshStorage()
    expect(second.network.value).toBe(said)
    online.on = true
    second.resume()
    await vi.waitFor(() => expect(second.unsent.value).toBe(0), { timeout: 15_000 })
    expect(office.log).toHaveLength(4)
    second.close()
  }, 30_000)

  it('makes no database where there is none', async () => {
    const disk = new IDBFactory()
    expect(await firstRead({ indexedDB: disk, IDBKeyRange })).toBeUndefined()
    expect(await disk.databases()).toEqual([])
  })
})
