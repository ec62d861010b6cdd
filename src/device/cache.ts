/**
 * The cache: what the office has confirmed, and the pages of build documents. Disposable at any time; whatever is in it
 * can be fetched again. A new schema opens a new database and the old one is deleted, so no upgrade ever waits.
 */
import { Dexie, type Table } from 'dexie'
import { type Cursor, NOTHING } from '#sync/cursor.ts'
import type { Page } from '#sync/engine.ts'
import { CACHE_PREFIX, CACHE_SCHEMA } from './names.ts'
import { asked, runOver } from './transaction.ts'

export type Confirmed = { readonly kind: string; readonly key: string; readonly seq: number; readonly view: unknown }
type Stored = Confirmed & { readonly gen: number }
type Held = {
  readonly sha256: string
  readonly bytes: ArrayBuffer
  readonly size: number
  readonly used: number
  readonly pinned: 0 | 1
}

export type Cache = {
  read(): Promise<{ readonly cursor: Cursor; readonly rows: readonly Confirmed[] }>
  /** Without the rows. */
  cursor(): Promise<Cursor>
  /** Rows and cursor in one transaction. Answers what a finished rebuild did not bring again. */
  apply(page: Page): Promise<readonly Confirmed[]>
  file(sha256: string): Promise<ArrayBuffer | undefined>
  hasFiles(): Promise<ReadonlySet<string>>
  /** Answers whether its kind has room; throws when the disk is full. */
  keepFile(sha256: string, bytes: ArrayBuffer, pinned: boolean, budget: number): Promise<boolean>
  pin(wanted: ReadonlySet<string>): Promise<void>
  dropFile(sha256: string): Promise<void>
  /** Lets go of the ballast first, then of half of the documents, oldest use first: events must find room. */
  makeRoom(): Promise<void>
  /** Fills a hole on the disk that events can have when everything else is full. */
  ballast(bytes: number): Promise<void>
  close(): void
}

type Meta = { readonly name: string; readonly value: unknown }
type Progress = { readonly cursor: Cursor; readonly gen: number; readonly building: boolean }
type Db = Dexie & { rows: Table<Stored>; meta: Table<Meta, string>; files: Table<Held, string> }
const BEGINNING: Progress = { cursor: NOTHING, gen: 0, building: false }

export type CacheFactories = {
  readonly indexedDB: IDBFactory
  readonly IDBKeyRange: typeof IDBKeyRange
  readonly now: () => number
}

export const dexieCache = ({ now, ...factories }: CacheFactories, schema: string | number = CACHE_SCHEMA): Cache => {
  // Dexie adds the tables that stores() names; the type says which.
  const db = new Dexie(`${CACHE_PREFIX}${schema}`, { ...factories, chromeTransactionDurability: 'relaxed' }) as Db
  db.version(1).stores({ rows: '[kind+key], gen', meta: 'name', files: 'sha256, [pinned+used]' })
  db.on('versionchange', () => db.close())
  const run = runOver(db, ['meta', 'rows'], { durability: 'relaxed', reopens: true })
  return {
    read: async () => {
      const [progress, rows] = await db.transaction('r', db.rows, db.meta, () =>
        Promise.all([progressOf(db), db.rows.toArray()])
      )
      return { cursor: progress.cursor, rows }
    },
    cursor: async () => (await progressOf(db)).cursor,
    apply: page => run('readwrite', tx => applyIn(tx, page, factories.IDBKeyRange)),
    file: async sha256 => {
      const held = await db.files.get(sha256)
      if (held) await db.files.update(sha256, { used: now() }).catch(() => 0)
      return held?.bytes
    },
    hasFiles: async () => new Set(await db.files.toCollection().primaryKeys()),
    keepFile: (sha256, bytes, pinned, budget) =>
      keepIn(db, { sha256, bytes, size: bytes.byteLength, used: now(), pinned: pinned ? 1 : 0 }, budget),
    pin: wanted => db.transaction('rw', db.files, () => pinIn(db, wanted)),
    dropFile: async sha256 => db.files.delete(sha256),
    makeRoom: async () => {
      await db.meta.delete('ballast')
      await evict(db, (await used(db)) / 2, true)
    },
    ballast: async bytes => {
      if (!(await db.meta.get('ballast'))) await db.meta.put({ name: 'ballast', value: new ArrayBuffer(bytes) })
    },
    close: () => db.close()
  }
}

/** Deletes the caches of other builds. Never the outbox: it has another name. */
export const forgetOldCaches = async (
  factories: CacheFactories,
  schema: string | number = CACHE_SCHEMA
): Promise<void> => {
  const all = (await factories.indexedDB.databases?.()) ?? []
  for (const { name } of all)
    if (name?.startsWith(CACHE_PREFIX) && name !== `${CACHE_PREFIX}${schema}`) factories.indexedDB.deleteDatabase(name)
}

const progressOf = async (db: Db): Promise<Progress> =>
  ((await db.meta.get('progress'))?.value as Progress | undefined) ?? BEGINNING

const applyIn = async (tx: IDBTransaction, page: Page, range: typeof IDBKeyRange): Promise<readonly Confirmed[]> => {
  const [rows, meta] = [tx.objectStore('rows'), tx.objectStore('meta')]
  const known = await asked<{ readonly value: Progress } | undefined>(meta.get('progress'))
  const was = known?.value ?? BEGINNING
  const gen = page.first ? was.gen + 1 : was.gen
  const building = page.first || was.building
  for (const row of page.rows) {
    if (row.view === null) rows.delete([row.kind, row.key])
    else rows.put({ ...row, gen } satisfies Stored)
  }
  const swept =
    building && page.last ? await asked<Stored[]>(rows.index('gen').getAll(range.upperBound(gen, true))) : []
  for (const row of swept) rows.delete([row.kind, row.key])
  const progress: Progress = { cursor: page.cursor, gen, building: building && !page.last }
  await asked(meta.put({ name: 'progress', value: progress }))
  return swept
}

const used = async (db: Db): Promise<number> => {
  let sum = 0
  await db.files.each(file => {
    sum += file.size
  })
  return sum
}

const keepIn = async (db: Db, held: Held, budget: number): Promise<boolean> => {
  const over = (await used(db)) + held.size - budget
  // What is not pinned makes room; a page that is needed for the work in play is never put out for another.
  if (over > 0 && (await evict(db, over, false)) < over) return false
  await db.files.put(held)
  return true
}

/** Only what changes is written: a file's row carries its bytes. */
const pinIn = async (db: Db, wanted: ReadonlySet<string>): Promise<void> => {
  const keysOf = async (pinned: 0 | 1) =>
    await db.files.where('[pinned+used]').between([pinned, Dexie.minKey], [pinned, Dexie.maxKey]).primaryKeys()
  const [loose, pinned] = [await keysOf(0), await keysOf(1)]
  for (const sha256 of loose) if (wanted.has(sha256)) await db.files.update(sha256, { pinned: 1 })
  for (const sha256 of pinned) if (!wanted.has(sha256)) await db.files.update(sha256, { pinned: 0 })
}

const evict = async (db: Db, bytes: number, pinnedToo: boolean): Promise<number> => {
  let freed = 0
  for (const pinned of pinnedToo ? [0, 1] : [0]) {
    const oldest = await db.files
      .where('[pinned+used]')
      .between([pinned, Dexie.minKey], [pinned, Dexie.maxKey])
      .until(() => freed >= bytes)
      .toArray()
    for (const file of oldest) {
      if (freed >= bytes) break
      await db.files.delete(file.sha256)
      freed += file.size
    }
  }
  return freed
}

export const isFull = (problem: unknown): boolean => {
  const { name, inner } = problem as { name?: string; inner?: { name?: string } }
  return name === 'QuotaExceededError' || inner?.name === 'QuotaExceededError'
}

export type MemoryCache = {
  readonly rows: Map<string, Stored>
  readonly files: Map<string, ArrayBuffer>
  progress: Progress
}
export const emptyCache = (): MemoryCache => ({ rows: new Map(), files: new Map(), progress: BEGINNING })

/** The same in memory, for tests, the simulation and browsers that keep nothing. What it holds may be given. */
export const memoryCache = (held: MemoryCache = emptyCache()): Cache => {
  const { rows, files } = held
  return {
    read: async () => ({ cursor: held.progress.cursor, rows: [...rows.values()] }),
    cursor: async () => held.progress.cursor,
    apply: async page => {
      const { progress } = held
      const gen = page.first ? progress.gen + 1 : progress.gen
      const building = page.first || progress.building
      for (const row of page.rows)
        if (row.view === null) rows.delete(`${row.kind} ${row.key}`)
        else rows.set(`${row.kind} ${row.key}`, { ...row, gen })
      const swept = building && page.last ? [...rows.values()].filter(row => row.gen < gen) : []
      for (const row of swept) rows.delete(`${row.kind} ${row.key}`)
      held.progress = { cursor: page.cursor, gen, building: building && !page.last }
      return swept
    },
    file: async sha256 => files.get(sha256),
    hasFiles: async () => new Set(files.keys()),
    keepFile: async (sha256, bytes) => Boolean(files.set(sha256, bytes)),
    pin: async () => undefined,
    dropFile: async sha256 => void files.delete(sha256),
    makeRoom: async () => files.clear(),
    ballast: async () => undefined,
    close: () => undefined
  }
}
