/** Where the works meet the browser: stores, radio, keys, the lock that chooses one tab of all. */
import { idMaker } from '#kernel/id.ts'
import type { PagePorts } from './browser.ts'
import { type CacheFactories, dexieCache, forgetOldCaches } from './cache.ts'
import type { TabletPorts } from './face.ts'
import { dexieOutbox } from './store-dexie.ts'
import { outbox } from './store.ts'

/** All that a browser gives; `app/` adds the rooms and the problem it wants thrown. */
export const browserPorts = (page: PagePorts): Omit<TabletPorts, 'activities' | 'problem'> => {
  const { now } = page
  const bytes = () => crypto.getRandomValues(new Uint8Array(16))
  const factories: CacheFactories = { indexedDB, IDBKeyRange, now }
  const { base, photos } = dexieOutbox(factories)
  void forgetOldCaches(factories)
  return {
    ...page,
    store: outbox(base, idMaker(now, bytes)),
    photos,
    cache: dexieCache(factories),
    fetch: (address, init) => fetch(address, init),
    base: '',
    mono: () => performance.now(),
    random: () => Math.random(),
    bytes,
    subtle: crypto.subtle,
    lead,
    storage
  }
}

const storage = async () => {
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {}
  return { persisted: (await navigator.storage?.persisted?.()) ?? false, usage, quota }
}

/** The tab that holds the lock speaks to the office; the next one takes over when it goes. */
const lead: TabletPorts['lead'] = work => {
  if (!navigator.locks) return work()
  const stop = new AbortController()
  let end: () => void = () => undefined
  const hold = () =>
    new Promise<void>(done => {
      const ended = work()
      end = () => {
        ended()
        done()
      }
    })
  navigator.locks.request('jobcard-sync', { signal: stop.signal }, hold).catch(() => undefined)
  return () => {
    stop.abort()
    end()
  }
}
