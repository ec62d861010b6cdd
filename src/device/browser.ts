/** Where the tablet meets the browser: every global that the rest is given. */
import { type CacheFactories, dexieCache, forgetOldCaches } from './cache.ts'
import { dexieOutbox } from './store-dexie.ts'
import { outbox } from './store.ts'
import { idMaker } from '#kernel/id.ts'
import type { Message, Tabs } from './tabs.ts'
import type { Tablet, TabletPorts } from './tablet.ts'

/** All that a browser gives; `app/` adds the rooms and the problem it wants thrown. */
export const browserPorts = (): Omit<TabletPorts, 'activities' | 'problem'> => {
  const now = () => Date.now()
  const bytes = () => crypto.getRandomValues(new Uint8Array(16))
  const factories: CacheFactories = { indexedDB, IDBKeyRange, now }
  const { base, photos } = dexieOutbox(factories)
  void forgetOldCaches(factories)
  return {
    store: outbox(base, idMaker(now, bytes)),
    photos,
    cache: dexieCache(factories),
    slots: localStorage,
    fetch: (address, init) => fetch(address, init),
    base: '',
    timers: {
      set: (ms, then) => {
        const timer = setTimeout(then, ms)
        return () => clearTimeout(timer)
      }
    },
    now,
    mono: () => performance.now(),
    random: () => Math.random(),
    bytes,
    subtle: crypto.subtle,
    tabs: channel(),
    lead,
    visible: () => document.visibilityState === 'visible',
    storage
  }
}

/** What brings a tablet back to work: the network, the page, the person. Returns the way to stop. */
export const watchPage = (tablet: Tablet): (() => void) => {
  const resume = () => {
    if (document.visibilityState === 'visible') tablet.resume()
  }
  const stop = new AbortController()
  const { signal } = stop
  addEventListener('online', resume, { signal })
  addEventListener('pageshow', resume, { signal })
  document.addEventListener('visibilitychange', resume, { signal })
  return () => stop.abort()
}

/** Asks the browser not to throw our storage away. Answers what it said. */
export const askToPersist = async (): Promise<boolean> => (await navigator.storage?.persist?.()) ?? false

const storage = async () => {
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {}
  return { persisted: (await navigator.storage?.persisted?.()) ?? false, usage, quota }
}

const channel = (): Tabs => {
  if (!('BroadcastChannel' in globalThis)) return { post: () => undefined, listen: () => undefined }
  const open = new BroadcastChannel('jobcard')
  return {
    post: message => open.postMessage(message),
    // Only other tabs of this app post here.
    listen: then => open.addEventListener('message', event => then(event.data as Message))
  }
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
