/**
 * The outbox in IndexedDB. A database of its own, version 1 for ever, its bodies opaque: no upgrade of the app can ever
 * block or clear it. Durability is strict: "saved" means that the disk has it (research/sync.md finding 5).
 */
import { Dexie, type Table } from 'dexie'
import type { Photos, Sent, Waiting } from './kept-files.ts'
import { OUTBOX } from './names.ts'
import { type Base, type Entry, SentinelLost, type Tx } from './stored.ts'
import { asked, askedAll, runOver } from './transaction.ts'

type Factories = {
  readonly indexedDB: IDBFactory
  readonly IDBKeyRange: typeof IDBKeyRange
  readonly now: () => number
}
type Meta = { readonly name: string; readonly value: unknown }
type Outbox = Dexie & {
  events: Table<Entry, number>
  meta: Table<Meta, string>
  /** One that was sent has no `at`, and so the index of those that wait does not name it. */
  files: Table<Waiting | Sent, string>
  /** Bytes, never Blobs: Safari loses those (research/sync.md failure 17). */
  chunks: Table<{ readonly sha256: string; readonly index: number; readonly bytes: ArrayBuffer }>
}

const TABLES = ['events', 'meta']
const STRICT = { durability: 'strict', reopens: false } as const

export const dexieOutbox = (factories: Factories, name = OUTBOX): { readonly base: Base; readonly photos: Photos } => {
  let db = openOutbox(factories, name)
  let run = runOver(db, TABLES, STRICT)
  // One loss of the connection is mended here: opened anew, looked at, and the same work done again. Work is safe to
  // repeat, since an id that is stored already is not stored twice.
  const again = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (problem) {
      if (!isLost(problem)) throw problem
      db.close()
      db = openOutbox(factories, name)
      run = runOver(db, TABLES, STRICT)
      if (!(await db.meta.get('install'))) throw new SentinelLost('the outbox was wiped while it was open')
      return work()
    }
  }
  return {
    base: {
      run: (mode, work) =>
        again(() =>
          run(mode === 'r' ? 'readonly' : 'readwrite', tx =>
            work(txOver(tx.objectStore('events'), tx.objectStore('meta'), factories.IDBKeyRange))
          )
        ),
      close: () => db.close()
    },
    photos: {
      keep: (ref, chunks) =>
        again(() =>
          db.transaction('rw', db.files, db.chunks, async () => {
            await db.chunks.bulkPut(chunks.map((bytes, index) => ({ sha256: ref.sha256, index, bytes })))
            await db.files.put({ ...ref, at: factories.now() })
          })
        ),
      chunk: (sha256, index) => again(async () => (await db.chunks.get([sha256, index] as never))?.bytes),
      find: sha256 => again(() => db.files.get(sha256)),
      // Who is in that index has an `at`.
      waiting: () => again(() => db.files.orderBy('at').toArray() as Promise<unknown> as Promise<readonly Waiting[]>),
      sent: () => again(async () => (await db.files.toArray()).filter(file => 'kept' in file)),
      note: files =>
        again(() =>
          db.transaction('rw', db.files, async () => {
            const known = await db.files.bulkGet(files.map(file => file.sha256))
            await db.files.bulkPut(files.filter((_, i) => known[i]))
          })
        ),
      drop: sha256s =>
        again(() =>
          db.transaction('rw', db.files, db.chunks, async () => {
            const gone = (await db.files.bulkGet([...sha256s])).flatMap(file =>
              file && 'kept' in file ? [file.sha256] : []
            )
            await db.files.bulkDelete(gone)
            await db.chunks.where('sha256').anyOf(gone).delete()
          })
        )
    }
  }
}

const openOutbox = ({ indexedDB, IDBKeyRange }: Factories, name: string): Outbox => {
  // Dexie adds the tables that stores() names; the type says which.
  const db = new Dexie(name, { indexedDB, IDBKeyRange, chromeTransactionDurability: 'strict' }) as Outbox
  db.version(1).stores({
    events: '++pos, &id, state, &[chain+n], seq, at',
    meta: 'name',
    files: 'sha256, at',
    chunks: '[sha256+index], sha256'
  })
  // Another tab wants to delete or change the database: let go, so that neither waits for ever.
  db.on('versionchange', () => db.close())
  return db
}

/** Safari loses its connection on resume, Chrome when its storage process restarts (research/sync.md failure 2). */
const isLost = (problem: unknown): boolean => {
  const { name, inner } = problem as { name?: string; inner?: { name?: string } }
  return [name, inner?.name].some(one =>
    ['UnknownError', 'DatabaseClosedError', 'DatabaseClosed', 'InvalidStateError', 'InvalidState'].includes(one ?? '')
  )
}

const txOver = (events: IDBObjectStore, meta: IDBObjectStore, range: typeof IDBKeyRange): Tx => {
  const found = (index: string, keys: IDBValidKey | IDBKeyRange, limit?: number): Promise<readonly Entry[]> =>
    asked(events.index(index).getAll(keys, limit))
  return {
    meta: async name => (await asked<Meta | undefined>(meta.get(name)))?.value,
    setMeta: (name, value) => asked(meta.put({ name, value } satisfies Meta)),
    byIds: async ids => {
      const index = events.index('id')
      const entries = await Promise.all(ids.map(id => asked<Entry | undefined>(index.get(id))))
      return entries.filter(entry => entry !== undefined)
    },
    // The primary keys are numbers that the database gives.
    add: entries => Promise.all(entries.map(entry => asked(events.add(entry)))) as Promise<number[]>,
    put: entries => askedAll(entries.map(entry => events.put(entry))),
    remove: positions => askedAll(positions.map(pos => events.delete(pos))),
    inState: (state, limit) => found('state', state, limit),
    // An array is above every number.
    ofChain: (chain, from) => found('[chain+n]', range.bound([chain, from], [chain, []])),
    above: seq => found('seq', range.lowerBound(seq, true)),
    recordedBefore: at => found('at', range.upperBound(at, true)),
    newest: limit => newestOf(events.openCursor(null, 'prev'), limit)
  }
}

const newestOf = (request: IDBRequest<IDBCursorWithValue | null>, limit: number): Promise<readonly Entry[]> =>
  new Promise((done, refuse) => {
    const entries: Entry[] = []
    request.onsuccess = () => {
      const { result } = request
      if (!result || entries.length >= limit) return done(entries)
      entries.push(result.value)
      result.continue()
    }
    request.onerror = () => refuse(request.error)
  })
