/**
 * localStorage with a second home in IndexedDB. It is read and written at once, and that is why drafts are in it; but a browser
 * brings it to the disk only seconds later, so one that is killed loses what was typed last. IndexedDB hands each write to the
 * operating system. Whichever of the two is newer is believed at the next start.
 */
import type { Slots } from './drafts.ts'

export type KeptSlots = {
  readonly slots: Slots
  /** Brings back what localStorage lost; to be awaited before anything is read. A disk that will not answer costs nothing else. */
  restore(): Promise<void>
  /** Resolves when everything set so far is in both homes. */
  settled(): Promise<void>
}

export type KeptPorts = {
  readonly local: Slots
  readonly indexedDB: IDBFactory
  readonly now: () => number
  /** What is worth the second write; the rest stays in localStorage alone. */
  readonly keeps: (name: string) => boolean
}

const DATABASE = 'jobcard-slots'
const STORE = 'slots'
const STAMP = ' @'
/** By then localStorage is on the disk as well, and the mark of a removal has done its work. */
const FORGET_MS = 24 * 3_600_000

/** `value: null` marks what was removed, so that an older copy does not come back. */
type Kept = { readonly name: string; readonly value: string | null; readonly at: number }

export const keptSlots = ({ local, indexedDB, now, keeps }: KeptPorts): KeptSlots => {
  let opened: Promise<IDBDatabase> | undefined
  let last = 0
  let writing: Promise<unknown> = Promise.resolve()
  const database = (): Promise<IDBDatabase> => (opened ??= open(indexedDB))

  const keep = (name: string, value: string | null): void => {
    last = Math.max(last + 1, now())
    const kept: Kept = { name, value, at: last }
    if (value === null) local.removeItem(name)
    else local.setItem(name, value)
    local.setItem(name + STAMP, String(last))
    writing = writing.then(async () => put(await database(), kept)).catch(() => undefined)
  }

  return {
    slots: {
      getItem: name => local.getItem(name),
      setItem: (name, value) => (keeps(name) ? keep(name, value) : local.setItem(name, value)),
      removeItem: name => (keeps(name) ? keep(name, null) : local.removeItem(name))
    },
    settled: async () => void (await writing),
    restore: async () => {
      try {
        const here = await database()
        for (const { name, value, at } of await all(here)) {
          last = Math.max(last, at)
          if (value === null && at < now() - FORGET_MS) {
            local.removeItem(name + STAMP)
            remove(here, name)
            continue
          }
          if (Number(local.getItem(name + STAMP) ?? 0) >= at) continue
          if (value === null) local.removeItem(name)
          else local.setItem(name, value)
          local.setItem(name + STAMP, String(at))
        }
      } catch {
        // Without IndexedDB the tablet refuses to work and says so; localStorage alone is what there is until then.
      }
    }
  }
}

const open = (indexedDB: IDBFactory): Promise<IDBDatabase> =>
  new Promise((done, not) => {
    const asked = indexedDB.open(DATABASE, 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: 'name' })
    asked.onerror = () => not(asked.error)
    asked.onblocked = () => not(new Error('another page holds the slots'))
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close()
      done(asked.result)
    }
  })

const put = (database: IDBDatabase, kept: Kept): Promise<void> =>
  new Promise((done, not) => {
    const tx = database.transaction(STORE, 'readwrite')
    tx.objectStore(STORE).put(kept)
    tx.oncomplete = () => done()
    tx.onabort = () => not(tx.error)
  })

const remove = (database: IDBDatabase, name: string): void => {
  database.transaction(STORE, 'readwrite').objectStore(STORE).delete(name)
}

const all = (database: IDBDatabase): Promise<readonly Kept[]> =>
  new Promise((done, not) => {
    const asked = database.transaction(STORE).objectStore(STORE).getAll()
    // Only this file writes to the store.
    asked.onsuccess = () => done(asked.result as readonly Kept[])
    asked.onerror = () => not(asked.error)
  })
