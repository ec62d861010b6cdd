/** What the device code needs to be a tablet in this process, against a real server: memory for stores, real time. */
import { randomBytes } from 'node:crypto'
import { catalog } from '#activities/catalog.ts'
import { memoryCache } from '#device/cache.ts'
import { memoryBase, memoryPhotos } from '#device/store-memory.ts'
import { outbox } from '#device/store.ts'
import type { TabletPorts } from '#device/tablet.ts'
import { alone } from '#device/tabs.ts'
import { idMaker } from '#kernel/id.ts'

/** A tablet of its own at each call. Its timers don't keep the process alive. */
export const tabletPorts = (base: string): TabletPorts => ({
  activities: catalog,
  store: outbox(
    memoryBase(),
    idMaker(Date.now, () => randomBytes(16))
  ),
  photos: memoryPhotos(),
  cache: memoryCache(),
  slots: slots(),
  fetch: (address, init) => fetch(address, init),
  base,
  timers: {
    set: (ms, then) => {
      const handle = setTimeout(then, ms)
      handle.unref()
      return () => clearTimeout(handle)
    }
  },
  now: Date.now,
  mono: () => performance.now(),
  random: Math.random,
  bytes: () => randomBytes(16),
  subtle: crypto.subtle,
  tabs: alone,
  lead: work => work(),
  visible: () => true,
  storage: async () => ({ persisted: true, usage: 0, quota: 0 }),
  problem: (code, message) => new Error(`${code}: ${message}`)
})

const slots = (): TabletPorts['slots'] => {
  const kept = new Map<string, string>()
  return {
    getItem: name => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: name => void kept.delete(name)
  }
}
