/**
 * A tablet's disk. The outbox is durable when its transaction is; the cache may lose its last transactions with the power,
 * as browsers let it. What runs over it is the product's own store; only what a disk does wrong is added here.
 */
import { type Cache, emptyCache, memoryCache, type MemoryCache } from '#device/cache.ts'
import { memorySlots, type Slots } from '#device/drafts.ts'
import type { Photos } from '#device/kept-files.ts'
import { emptyTables, memoryBase, memoryPhotos, type Tables } from '#device/store-memory.ts'
import type { Base, Entry, Tx } from '#device/store.ts'
import { Killed, type Life } from './life.ts'
import { START, type World } from './world.ts'

export type Disk = {
  readonly name: string
  tables: Tables
  base: Base
  cache: MemoryCache
  slots: Slots
  photos: Photos
  /** Writes that found no room: for each, photos that were sent may give way. */
  crowded: number
  readonly gaveWay: Set<string>
  /** The cache as it was before each of its last transactions. */
  readonly unsynced: MemoryCache[]
  /** The same of the outbox; only a planted bug fills it. */
  readonly unsyncedTables: Tables[]
  /** Faults to come, one for each coming transaction that writes. */
  readonly trouble: Trouble[]
  /** Every id whose transaction has committed here: what the tablet has promised to keep. */
  readonly promised: Set<string>
}
export type Trouble = 'full' | 'closed' | 'closed-after' | 'slow'

export const newDisk = (name: string): Disk => {
  const tables = emptyTables()
  return {
    name,
    tables,
    base: memoryBase(tables),
    cache: emptyCache(),
    slots: memorySlots(),
    photos: newPhotos(),
    crowded: 0,
    gaveWay: new Set(),
    unsynced: [],
    unsyncedTables: [],
    trouble: [],
    promised: new Set()
  }
}

/** Only the order of what waits is taken from the times, and the tablet's part in the time of keeping. */
const newPhotos = (): Photos => memoryPhotos(() => START)

export const copyTables = (from: Tables): Tables => ({
  meta: new Map(from.meta),
  events: new Map(from.events),
  ids: new Map(from.ids),
  last: from.last
})
const copyCache = (from: MemoryCache): MemoryCache => ({
  rows: new Map(from.rows),
  files: new Map(from.files),
  progress: from.progress
})

/** The same bytes in another tablet: a restored backup, a copied profile. */
export const copyDisk = (from: Disk, name: string): Disk => {
  const tables = copyTables(from.tables)
  const slots = memorySlots()
  for (const slot of ['jobcard-emergency', 'jobcard-heard']) {
    const kept = from.slots.getItem(slot)
    if (kept !== null) slots.setItem(slot, kept)
  }
  // What the one has promised the other has promised too: should the first be wiped, this one still sends it.
  const promised = new Set(from.promised)
  return { ...newDisk(name), tables, base: memoryBase(tables), cache: copyCache(from.cache), slots, promised }
}

/** The browser, the owner or a thief deleted everything. */
export const wipeDisk = (disk: Disk): void => {
  const { tables, cache } = newDisk('')
  Object.assign(disk, { tables, base: memoryBase(tables), cache, slots: memorySlots(), photos: newPhotos() })
  disk.unsynced.length = 0
  disk.promised.clear()
}

/** A newer build has another schema: an empty cache, the same outbox. */
export const newSchema = (disk: Disk): void => {
  disk.cache = emptyCache()
  disk.unsynced.length = 0
}

/** What a power cut leaves: the outbox whole, the cache as it was up to three transactions ago. */
export const cutPower = (disk: Disk, world: World): void => {
  const back = world.between(0, disk.unsynced.length)
  const was = disk.unsynced[disk.unsynced.length - back]
  if (was) disk.cache = was
  disk.unsynced.length = 0
  if (back > 0) world.fault('cache transactions lost with the power')
}

/** The outbox as one page sees it. */
export const baseFor = (disk: Disk, life: Life, world: World): Base => ({
  run: (mode, work) =>
    life
      .awaited(
        disk.base.run(mode, async tx => {
          const trouble = mode === 'rw' ? disk.trouble.shift() : undefined
          if (trouble) world.fault(`disk ${trouble}`)
          if (trouble === 'slow') await new Promise<void>(done => void world.timers.set(500, done))
          if (trouble === 'full') disk.crowded += 1
          if (trouble === 'closed') throw named('DatabaseClosedError')
          if (life.dead()) throw new Killed()
          const added: string[] = []
          const answer = await work(watched(tx, life, added, trouble === 'full'))
          if (life.dead()) throw new Killed()
          // From here on it is on the disk, whatever becomes of the page.
          for (const id of added) disk.promised.add(id)
          return { answer, trouble }
        })
      )
      .then(({ answer, trouble }) => {
        if (trouble === 'closed-after') throw named('UnknownError')
        return answer
      }),
  close: () => undefined
})

const named = (name: string): Error => Object.assign(new Error(name), { name })

/** A transaction whose page may die at any of its requests; then none of it was ever there. */
const watched = (tx: Tx, life: Life, added: string[], full: boolean): Tx => {
  const or = <T>(promise: Promise<T>): Promise<T> => {
    life.step()
    if (life.dead()) throw new Killed()
    return promise
  }
  // A full disk lets you read and delete.
  const orFull = <T>(write: () => Promise<T>): Promise<T> => {
    if (full) throw named('QuotaExceededError')
    return or(write())
  }
  return {
    meta: name => or(tx.meta(name)),
    setMeta: (name, value) => orFull(() => tx.setMeta(name, value)),
    byIds: ids => or(tx.byIds(ids)),
    add: entries => {
      for (const { id } of entries) added.push(id)
      return orFull(() => tx.add(entries))
    },
    put: entries => orFull(() => tx.put(entries)),
    remove: positions => or(tx.remove(positions)),
    inState: (state, limit) => or(tx.inState(state, limit)),
    ofChain: (chain, from) => or(tx.ofChain(chain, from)),
    above: seq => or(tx.above(seq)),
    recordedBefore: at => or(tx.recordedBefore(at)),
    newest: limit => or(tx.newest(limit))
  }
}

/** The cache as one page sees it. */
export const cacheFor = (disk: Disk, life: Life, world: World): Cache => {
  const held = memoryCache(disk.cache)
  return {
    ...held,
    read: () => life.awaited(held.read()),
    apply: page => {
      life.step()
      if (life.dead()) return new Promise(() => undefined)
      if (disk.trouble[0] === 'full' && world.chance(0.5)) {
        disk.trouble.shift()
        world.fault('cache full')
        return life.awaited(Promise.reject(named('QuotaExceededError')))
      }
      disk.unsynced.push(copyCache(disk.cache))
      if (disk.unsynced.length > 3) disk.unsynced.shift()
      return life.awaited(held.apply(page))
    }
  }
}

export const slotsFor = (disk: Disk, life: Life): Slots => ({
  getItem: name => disk.slots.getItem(name),
  setItem: (name, value) => (life.dead() ? undefined : disk.slots.setItem(name, value)),
  removeItem: name => (life.dead() ? undefined : disk.slots.removeItem(name))
})

/** Photos wait beside the outbox, in every page's reach. */
export const photosFor = (disk: Disk, life: Life): Photos => {
  const { photos } = disk
  return {
    keep: (ref, chunks) => life.awaited(photos.keep(ref, chunks)),
    chunk: (sha256, index) => life.awaited(photos.chunk(sha256, index)),
    find: sha256 => life.awaited(photos.find(sha256)),
    waiting: () => life.awaited(photos.waiting()),
    sent: () => life.awaited(photos.sent()),
    note: files => life.awaited(photos.note(files)),
    drop: sha256s => {
      // Each write that found no room asks for some: two of them may let go one after the other.
      if (disk.crowded > 0) for (const sha256 of sha256s) disk.gaveWay.add(sha256)
      disk.crowded = Math.max(0, disk.crowded - 1)
      return life.awaited(photos.drop(sha256s))
    }
  }
}

/** As what this tablet was last enrolled. */
export const deviceOf = (disk: Disk): string =>
  (disk.tables.meta.get('identity') as { readonly reply: { readonly device: string } } | undefined)?.reply.device ?? ''

export const entriesOf = (disk: Disk): readonly Entry[] => [...disk.tables.events.values()]
