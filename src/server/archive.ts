/**
 * A backup: one file that holds the whole database as it was at one moment, files included.
 *
 * Gzip of JSON lines: a head; for each table its name and columns, then its rows in PostgreSQL's own COPY text; an end with
 * the rows of each table and the SHA-256 of every line before it. Ours and not pg_dump's, because the PostgreSQL that npm
 * brings has no pg_dump, and because the version of a user's own must not matter.
 */
import { createHash, type Hash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { Sql, TransactionSql } from 'postgres'

type Head = { readonly jobcard: 'backup'; readonly version: 1; readonly madeAt: string; readonly migrations: number }
type Table = { readonly table: string; readonly columns: readonly string[] }
type Rows = { readonly rows: string }
type End = { readonly end: true; readonly tables: Readonly<Record<string, number>>; readonly sha256: string }
type Line = Head | Table | Rows | End

export type Contents = {
  readonly madeAt: string
  readonly migrations: number
  readonly tables: Readonly<Record<string, number>>
}

/** Work queues are kept in a schema of their own and are not part of a backup: what they hold is done again or asked again. */
const SCHEMA = 'public'
const LEFT_OUT = ['schema_migration', 'presence']

/** Writes a backup beside the wished file and moves it there whole. Reads one snapshot, so the office may go on working. */
export const writeArchive = async (sql: Sql, file: string, now: Date): Promise<Contents> => {
  const part = `${file}.part`
  let first: unknown
  try {
    const contents = await sql.begin('ISOLATION LEVEL REPEATABLE READ READ ONLY', async tx => {
      await takeYourTime(tx)
      const [count] = await tx<{ n: number }[]>`SELECT count(*)::int AS n FROM schema_migration`
      const head: Head = { jobcard: 'backup', version: 1, madeAt: now.toISOString(), migrations: count?.n ?? 0 }
      const tables: Record<string, number> = {}
      await pipeline(
        Readable.from(linesOf(tx, head, tables)),
        createGzip({ level: 6 }),
        createWriteStream(part, { mode: 0o600 })
      ).catch(reason => {
        first = reason
        throw reason
      })
      return { madeAt: head.madeAt, migrations: head.migrations, tables }
    })
    await rename(part, file)
    return contents
  } catch (reason) {
    await rm(part, { force: true })
    // A copy that nobody reads on can't be ended in order, and the driver would tell of that instead.
    throw first ?? reason
  }
}

/** A backup is as long as its data; the server's patience with a statement is not meant for it. */
const takeYourTime = async (tx: TransactionSql): Promise<void> => {
  await tx`SET LOCAL statement_timeout = 0`
  await tx`SET LOCAL idle_in_transaction_session_timeout = 0`
}

async function* linesOf(tx: TransactionSql, head: Head, counts: Record<string, number>): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const line = (value: Line): string => {
    const text = `${JSON.stringify(value)}\n`
    hash.update(text)
    return text
  }
  yield line(head)
  for (const table of await tablesOf(tx)) {
    yield line(table)
    let rows = 0
    const copy = await tx`COPY ${tx(table.table)} (${tx(table.columns as string[])}) TO STDOUT`.readable()
    for await (const chunk of copy) {
      // PostgreSQL sends whole rows, each ended by the only raw line break in it.
      const text = String(chunk)
      rows += text.split('\n').length - 1
      yield line({ rows: text })
    }
    // The driver pauses its socket when a chunk fills the stream, and nobody reads on after the last one: without this the
    // word that the copy is complete may never be heard.
    copy._read(0)
    counts[table.table] = rows
  }
  yield `${JSON.stringify({ end: true, tables: counts, sha256: hash.digest('hex') } satisfies End)}\n`
}

/** Tables in an order in which each comes after those it refers to. */
const tablesOf = async (tx: TransactionSql): Promise<Table[]> => {
  const columns = await tx<{ table: string; columns: string[] }[]>`
    SELECT c.table_name AS table, array_agg(c.column_name::text ORDER BY c.ordinal_position) AS columns
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = ${SCHEMA} AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
      AND c.table_name NOT IN ${tx(LEFT_OUT)}
    GROUP BY c.table_name ORDER BY c.table_name`
  const references = await tx<{ from: string; to: string }[]>`
    SELECT conrelid::regclass::text AS from, confrelid::regclass::text AS to FROM pg_constraint
    WHERE contype = 'f' AND connamespace = ${SCHEMA}::regnamespace AND conrelid <> confrelid`
  const placed: Table[] = []
  let rest = [...columns]
  while (rest.length > 0) {
    const isFree = (table: Table): boolean =>
      !references.some(one => one.from === table.table && rest.some(other => other.table === one.to))
    const free = rest.filter(isFree)
    placed.push(...(free.length > 0 ? free : rest))
    rest = free.length > 0 ? rest.filter(table => !free.includes(table)) : []
  }
  return placed
}

/** Reads a backup to its end without a database, and answers what is in it. Throws a sentence when it is not whole. */
export const readArchive = async (file: string): Promise<Contents> => {
  let head: Head | undefined
  let end: End | undefined
  for await (const line of checkedLines(file)) {
    if ('jobcard' in line) head = line
    if ('end' in line) end = line
  }
  if (head?.jobcard !== 'backup') throw new Error(`${file} is not a Jobcard backup`)
  if (head.version !== 1) throw new Error(`${file} was made by a newer Jobcard`)
  if (!end) throw new Error(`${file} breaks off before its end`)
  return { madeAt: head.madeAt, migrations: head.migrations, tables: end.tables }
}

async function* checkedLines(file: string): AsyncGenerator<Line> {
  const hash = createHash('sha256')
  const source = createReadStream(file)
  const plain = source.pipe(createGunzip())
  source.on('error', reason => plain.destroy(reason))
  try {
    for await (const text of createInterface({ input: plain, crlfDelay: Number.POSITIVE_INFINITY })) {
      // The hash at the end covers every line, so a line that parses to something else than we wrote is found there.
      const line = JSON.parse(text) as Line | null
      if (typeof line !== 'object' || line === null) throw new SyntaxError('no line of a backup')
      if ('end' in line) refuseOtherHash(file, hash, line)
      else hash.update(`${text}\n`)
      yield line
    }
  } catch (reason) {
    if (reason instanceof Error && /^(Z_|ERR_)/.test((reason as NodeJS.ErrnoException).code ?? ''))
      throw new Error(`${file} is damaged or breaks off before its end (${reason.message})`)
    if (reason instanceof SyntaxError) throw new Error(`${file} is not a Jobcard backup`)
    throw reason
  }
}

const refuseOtherHash = (file: string, hash: Hash, end: End): void => {
  if (hash.digest('hex') !== end.sha256) throw new Error(`${file} was changed after it was made: its checksum differs`)
}

/** True when nothing was ever recorded here. */
export const isEmpty = async (sql: Sql): Promise<boolean> => {
  const [row] = await sql<{ empty: boolean }[]>`SELECT NOT EXISTS (SELECT 1 FROM site) AS empty`
  return row?.empty === true
}

/**
 * Loads a backup into an empty database, all of it or nothing, and opens a new epoch: tablets that know more than the
 * backup hear of it and send again what they kept.
 */
export const loadArchive = async (sql: Sql, file: string, reason: string): Promise<Contents> => {
  const contents = await readArchive(file)
  await sql.begin(async tx => {
    await takeYourTime(tx)
    let table: Table | undefined
    let copy: NodeJS.WritableStream | undefined
    for await (const line of checkedLines(file)) {
      if ('table' in line || 'end' in line) await ended(copy)
      if ('table' in line) {
        table = line
        copy = await tx`COPY ${tx(table.table)} (${tx(table.columns as string[])}) FROM STDIN`.writable()
      }
      if ('rows' in line && copy) await written(copy, line.rows)
    }
    await setIdentities(tx)
    await tx`
      INSERT INTO site_epoch (site_id, epoch, start_seq, office_chain, reason)
      SELECT site_id, ${randomUUID()}::uuid, head, ${randomUUID()}::uuid, ${reason} FROM site_counter`
    await refuseOtherCounts(tx, contents)
  })
  return contents
}

const written = (copy: NodeJS.WritableStream, rows: string): Promise<void> =>
  new Promise((done, refuse) => {
    copy.once('error', refuse)
    copy.write(rows, () => {
      copy.off('error', refuse)
      done()
    })
  })

const ended = (copy: NodeJS.WritableStream | undefined): Promise<void> =>
  copy === undefined
    ? Promise.resolve()
    : new Promise((done, refuse) => {
        copy.once('error', refuse)
        copy.once('finish', () => done())
        copy.end()
      })

/** COPY fills identity columns and leaves their counters behind. */
const setIdentities = async (tx: TransactionSql): Promise<void> => {
  const found = await tx<{ table: string; column: string }[]>`
    SELECT table_name AS table, column_name AS column FROM information_schema.columns
    WHERE table_schema = ${SCHEMA} AND is_identity = 'YES'`
  for (const { table, column } of found)
    await tx`
      SELECT setval(pg_get_serial_sequence(${table}, ${column}), greatest(1, (SELECT max(${tx(column)}) FROM ${tx(table)})))`
}

const refuseOtherCounts = async (tx: TransactionSql, contents: Contents): Promise<void> => {
  for (const [table, rows] of Object.entries(contents.tables)) {
    const [row] = await tx<{ n: number }[]>`SELECT count(*) AS n FROM ${tx(table)}`
    const more = table === 'site_epoch' ? (contents.tables['site_counter'] ?? 0) : 0
    if (row?.n !== rows + more) throw new Error(`Table ${table} has ${row?.n} rows and should have ${rows + more}`)
  }
}
