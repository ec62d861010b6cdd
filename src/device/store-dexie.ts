/**
 * The outbox in IndexedDB. A database of its own, version 1 for ever, its bodies opaque: no upgrade of the app can ever
 * block or clear it. Durability is strict: "saved" means that the disk has it (research/sync.md finding 5).
 */
import { Dexie, type Table } from 'dexie'
import type { BlobRef } from '#kernel/event.ts'
import type { Photos } from './blobs.ts'
import { OUTBOX } from './names.ts'
import { type Base, type Entry, SentinelLost, type Tx } from './stored.ts'

type Factories = {
  readonly indexedDB: IDBFactory
  readonly IDBKeyRange: typeof IDBKeyRange
  readonly now: () => number
}
type Outbox = Dexie & {
  events: Table<Entry, number>
  meta: Table<{ name: string; value: unknown }, string>
  files: Table<BlobRef & { readonly at: number }, string>
  /** Bytes, never Blobs: Safari loses those (research/sync.md failure 17). */
  chunks: Table<{ readonly sha256: string; readonly index: number; readonly bytes: ArrayBuffer }>
}

export const dexieOutbox = (factories: Factories, name = OUTBOX): { readonly base: Base; readonly photos: Photos } => {
  let db = openOutbox(factories, name)
  // One loss of the connection is mended here: opened anew, looked at, and the same work done again. Work is safe to
  // repeat, since an id that is stored already is not stored twice.
  const again = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (problem) {
      if (!isLost(problem)) throw problem
      db.close()
      db = openOutbox(factories, name)
      if (!(await db.meta.get('install'))) throw new SentinelLost('the outbox was wiped while it was open')
      return work()
    }
  }
  return {
    base: {
      run: (mode, work) => again(async () => db.transaction(mode, db.events, db.meta, async () => work(txOver(db)))),
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
      waiting: () => again(() => db.files.orderBy('at').toArray()),
      sent: sha256 =>
        again(() =>
          db.transaction('rw', db.files, db.chunks, async () => {
            await db.files.delete(sha256)
            await db.chunks.where('sha256').equals(sha256).delete()
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

const txOver = ({ events, meta }: Outbox): Tx => ({
  meta: name => meta.get(name).then(found => found?.value),
  setMeta: (name, value) => meta.put({ name, value }),
  byIds: ids =>
    events
      .where('id')
      .anyOf([...ids])
      .toArray(),
  // The primary keys are given by the database.
  add: entries => events.bulkAdd(entries as Entry[], { allKeys: true }),
  put: entries => events.bulkPut([...entries]),
  remove: positions => events.bulkDelete([...positions]),
  inState: (state, limit) => {
    const found = events.where('state').equals(state)
    return (limit === undefined ? found : found.limit(limit)).toArray()
  },
  ofChain: (chain, from) =>
    events.where('[chain+n]').between([chain, from], [chain, Dexie.maxKey], true, true).toArray(),
  above: seq => events.where('seq').above(seq).toArray(),
  recordedBefore: at => events.where('at').below(at).toArray(),
  newest: limit => events.orderBy('pos').reverse().limit(limit).toArray()
})
