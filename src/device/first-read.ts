/**
 * What a tablet knows at the moment it is opened, in one look at each database and before the code that keeps them is there:
 * who it is, what the office confirmed, what waits to be folded over that. It only reads. Nothing is made here: a database that is
 * not there yet, or that will not open, is left to the works.
 */
import { type Cursor, NOTHING } from '#sync/cursor.ts'
import type { EnrolReply } from '#sync/protocol.ts'
import type { Confirmed } from './cache.ts'
import { CACHE_PREFIX, CACHE_SCHEMA, OUTBOX } from './names.ts'
import type { Entry } from './stored.ts'

export type Read = { readonly cursor: Cursor; readonly rows: readonly Confirmed[]; readonly pending: readonly Entry[] }
/** `partial`: the rows are those of some kinds alone, enough to draw the first screen. */
export type FirstRead = Read & { readonly enrolled: EnrolReply; readonly partial: boolean }

type Factories = { readonly indexedDB: IDBFactory; readonly IDBKeyRange: typeof IDBKeyRange }

/**
 * Undefined for a browser that is no tablet, and wherever looking does not work out. `kinds`: the names of the views that are asked
 * for, all of them unless given; a shift leaves hundreds of rows, of which a first screen shows a tenth.
 */
export const firstRead = async (
  { indexedDB, IDBKeyRange }: Factories,
  kinds?: readonly string[]
): Promise<FirstRead | undefined> => {
  const [outbox, cache] = await Promise.all([opened(indexedDB, OUTBOX), opened(indexedDB, CACHE_PREFIX + CACHE_SCHEMA)])
  try {
    if (!outbox || !cache) return undefined
    // The cache first: what it covers was marked in the outbox before it was pulled.
    const confirmed = cache.transaction(['rows', 'meta'])
    const [rows, progress] = await Promise.all([
      Promise.all(
        // An array is above every text.
        (kinds ?? [undefined]).map(kind =>
          answer<Confirmed[]>(confirmed.objectStore('rows').getAll(kind && IDBKeyRange.bound([kind], [kind, []])))
        )
      ),
      answer<{ value: { cursor: Cursor } } | undefined>(confirmed.objectStore('meta').get('progress'))
    ])
    const cursor = progress?.value.cursor ?? NOTHING
    const own = outbox.transaction(['events', 'meta'])
    const events = own.objectStore('events')
    const [identity, ...found] = await Promise.all([
      answer<{ value: { reply: EnrolReply } } | undefined>(own.objectStore('meta').get('identity')),
      answer<Entry[]>(events.index('state').getAll('unsent')),
      answer<Entry[]>(events.index('state').getAll('held')),
      answer<Entry[]>(events.index('seq').getAll(IDBKeyRange.lowerBound(cursor.seq, true)))
    ])
    const byPlace = new Map(found.flat().map(entry => [entry.pos, entry]))
    const pending = [...byPlace.values()].sort((a, b) => a.pos - b.pos)
    return (
      identity && { enrolled: identity.value.reply, cursor, rows: rows.flat(), pending, partial: kinds !== undefined }
    )
  } catch {
    return undefined
  } finally {
    outbox?.close()
    cache?.close()
  }
}

/** A database as it is; one that is not there stays so. */
const opened = (indexedDB: IDBFactory, name: string): Promise<IDBDatabase | undefined> =>
  new Promise(done => {
    const asked = indexedDB.open(name)
    asked.onupgradeneeded = () => asked.transaction?.abort()
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close()
      done(asked.result)
    }
    asked.onerror = event => {
      event.preventDefault()
      done(undefined)
    }
  })

/** What was stored under a name is what its one writer put there. */
const answer = <T>(asked: IDBRequest): Promise<T> =>
  new Promise((done, refuse) => {
    asked.onsuccess = () => done(asked.result as T)
    asked.onerror = () => refuse(asked.error)
  })
