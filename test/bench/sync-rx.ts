/** RxDB 17: its own replication, over its memory storage or Dexie on fake-indexeddb, against a small server in memory. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Link } from './link.ts'
import type { Measured } from './report.ts'
import { peerServer, PEERS, type Sizes, timed } from './sync-pouch.ts'

/** The little of RxDB's face that is used here. */
type Collection = {
  bulkInsert(docs: readonly object[]): Promise<{ success: readonly unknown[]; error: readonly unknown[] }>
  count(): { exec(): Promise<number> }
}
type Database = {
  addCollections(schemas: object): Promise<{ docs: Collection }>
  remove(): Promise<unknown>
}
type Replication = { awaitInitialReplication(): Promise<void>; cancel(): Promise<unknown> }
type Checkpoint = { readonly after: number }
type Rx = {
  createRxDatabase(options: object): Promise<Database>
  getRxStorageDexie(options: object): object
  getRxStorageMemory(): object
  replicateRxCollection(options: object): Replication
}

const RETRY_MS = 1000
const DEADLINE_MS = 10_000
const KEYED = { id: { type: 'string', maxLength: 12 } }

export const measureRx = async (
  kind: 'memory' | 'dexie',
  events: readonly string[],
  views: readonly string[],
  sizes: Sizes,
  link: Link
): Promise<Measured> => {
  const { createRxDatabase, getRxStorageDexie, getRxStorageMemory, replicateRxCollection, indexed } = loadRx()
  const server = await peerServer('rx-server.mjs')
  const opened: Database[] = []
  const made = async (properties: object) => {
    const storage = kind === 'dexie' ? getRxStorageDexie(indexed) : getRxStorageMemory()
    const database = await createRxDatabase({ name: `bench${Math.random()}`, storage, multiInstance: false })
    opened.push(database)
    const schema = { version: 0, primaryKey: 'id', type: 'object', properties: { ...KEYED, ...properties } }
    return (await database.addCollections({ docs: { schema } })).docs
  }
  const line = await link(server.url)
  let requests = 0
  const ask = async (path: string, init?: RequestInit): Promise<unknown> => {
    requests += 1
    const reply = await fetch(`${line.url}${path}`, { ...init, signal: AbortSignal.timeout(DEADLINE_MS) })
    if (!reply.ok) throw new Error(`The server answered ${reply.status}`)
    return reply.json()
  }
  const replicate = async (collection: Collection, ways: object): Promise<void> => {
    const options = { collection, live: false, waitForLeadership: false, retryTime: RETRY_MS }
    const running = replicateRxCollection({ ...options, replicationIdentifier: 'bench', ...ways })
    await running.awaitInitialReplication()
    await running.cancel()
  }
  const post = (rows: unknown): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rows)
  })
  try {
    const full = await made({ body: { type: 'string' } })
    await full.bulkInsert(events.map((body, at) => ({ id: idOf(at), body })))
    const empty = await made({ view: { type: 'object', additionalProperties: true } })
    await seed(`${server.url}/down`, views)
    line.begin()
    const push = await timed(() =>
      replicate(full, { push: { batchSize: sizes.push, handler: (rows: unknown) => ask('/up', post(rows)) } })
    )
    const pushRequests = requests
    requests = 0
    const handler = (last: Checkpoint | undefined, limit: number) =>
      ask(`/down?after=${last?.after ?? 0}&limit=${limit}`)
    const pull = await timed(() => replicate(empty, { pull: { batchSize: sizes.pull, handler } }))
    const pullRequests = requests
    const taken = (await (await fetch(`${server.url}/up?after=0&limit=${events.length + 1}`)).json()) as {
      documents: readonly unknown[]
    }
    if (taken.documents.length !== events.length)
      throw new Error(`RxDB sent ${taken.documents.length} of ${events.length}`)
    const read = await empty.count().exec()
    if (read !== views.length) throw new Error(`RxDB read ${read} of ${views.length}`)
    return { push, pull, pushRequests, pullRequests }
  } finally {
    await Promise.all(opened.map(database => database.remove()))
    await line.close()
    await server.stop()
  }
}

/** RxDB has types of its own, but not here; what is used of it is written above. */
const loadRx = () => {
  const load = createRequire(join(PEERS, 'package.json'))
  const { indexedDB, IDBKeyRange } = load('fake-indexeddb') as { indexedDB: object; IDBKeyRange: object }
  const rx = {
    ...(load('rxdb/plugins/core') as object),
    ...(load('rxdb/plugins/storage-dexie') as object),
    ...(load('rxdb/plugins/storage-memory') as object),
    ...(load('rxdb/plugins/replication') as object)
  } as Rx
  return { ...rx, indexed: { indexedDB, IDBKeyRange } }
}

const seed = async (address: string, views: readonly string[]): Promise<void> => {
  const rows = views.map((view, at) => ({
    newDocumentState: { id: idOf(at), view: JSON.parse(view) as unknown, _deleted: false }
  }))
  const reply = await fetch(address, { method: 'POST', body: JSON.stringify(rows) })
  if (!reply.ok) throw new Error('The server of RxDB took no documents')
}

const idOf = (at: number): string => `d${String(at).padStart(8, '0')}`
