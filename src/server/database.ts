/**
 * The one database: PostgreSQL, ours or the user's, in the shape this code expects.
 *
 * `bigint` arrives as a number: every one of ours (sequences, sizes, counts) is far below 2^53, and a text that adds up like
 * '1' + 1 has cost others more than this.
 */
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Sql } from 'postgres'
import { postgres } from './driver.ts'
import { type Embedded, startEmbedded } from './embedded.ts'
import { lockFolder } from './folder-lock.ts'
import { migrate, readMigrations } from './migrate.ts'

export type Database = {
  readonly url: string
  /** True when this process started the PostgreSQL (or took over the one a killed server left). */
  readonly embedded: boolean
  readonly sql: Sql
  /** One connection for the log, which has one writer at a time: statements are prepared on it once, not on each of the pool's. */
  readonly writer: Sql
  close(): Promise<void>
}

export type DatabaseOptions = {
  readonly dataDir: string
  readonly databaseUrl?: string | undefined
  readonly log?: (line: string) => void
  /** Most connections of the pool. */
  readonly connections?: number
  /** Only the first so many migrations: for a backup that an older Jobcard made. */
  readonly upTo?: number
}

const OLDEST = 150_000
const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url))

/** Opens the database, starting PostgreSQL in the data folder unless one is given, and brings it up to date. */
export const openDatabase = async (options: DatabaseOptions): Promise<Database> => {
  const log = options.log ?? (() => {})
  if (options.databaseUrl) return given(options.databaseUrl, options, log)
  await mkdir(options.dataDir, { recursive: true })
  const unlock = await lockFolder(options.dataDir)
  let begun: Embedded | undefined
  try {
    const cluster = await startEmbedded({ dataDir: options.dataDir, log })
    begun = cluster
    if (cluster.adopted) log('Took over the PostgreSQL that was left running')
    await ensureDatabase(cluster.url)
    const open = await given(cluster.url, options, log, cluster.socket)
    const unwatch = watch(cluster, log)
    const close = async (): Promise<void> => {
      await unwatch()
      await open.close()
      await cluster.stop()
      await unlock()
    }
    return { ...open, embedded: true, close }
  } catch (reason) {
    await begun?.stop()
    await unlock()
    throw reason
  }
}

const WATCH_MS = 1000

/** Nobody else looks after a PostgreSQL of ours: when it dies (memory, a mistaken kill) it is started again in its place. */
const watch = (cluster: Embedded, log: (line: string) => void): (() => Promise<void>) => {
  let stopped = false
  let round: Promise<void> = Promise.resolve()
  const look = async (): Promise<void> => {
    try {
      if (!stopped && (await cluster.revive())) log('PostgreSQL had ended and was started again')
    } catch (reason) {
      log(`PostgreSQL has ended and does not start: ${reason instanceof Error ? reason.message : reason}`)
    }
    if (stopped) return
    timer = setTimeout(next, WATCH_MS)
    timer.unref()
  }
  const next = (): void => {
    round = look()
  }
  let timer = setTimeout(next, WATCH_MS)
  timer.unref()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await round
  }
}

/**
 * Nothing of ours holds the counter's row for long: what takes longer than this is stuck, and everyone else waits for it.
 * A server that was stopped in the middle of a transaction (SIGSTOP, a lost host) is cut off by PostgreSQL itself.
 */
const PATIENCE = { statement_timeout: 120_000, idle_in_transaction_session_timeout: 60_000 }

/** A pool with our settings, for those who need one of their own (jobs, tests). `path`: a socket to take instead of TCP. */
export const connect = (url: string, connections = 10, path?: string): Sql =>
  // The custom type changes what arrives, not what the compiler knows: rows are typed where they are read.
  postgres(url, {
    max: connections,
    ...(path === undefined ? {} : { path }),
    onnotice: () => {},
    connection: { application_name: 'jobcard', ...PATIENCE },
    // Seconds. Counted by our own clock: a host so busy that neither side gets a turn for five of them is not without a database.
    connect_timeout: 15,
    // After a loss it is tried again soon, not after the library's growing pause of up to twenty seconds.
    backoff: tries => Math.min(0.1 * 2 ** tries, 2),
    types: { bigint: { to: 20, from: [20], parse: Number, serialize: String } }
  }) as unknown as Sql

const given = async (
  url: string,
  options: DatabaseOptions,
  log: (line: string) => void,
  socket?: string
): Promise<Database> => {
  const sql = connect(url, options.connections, socket)
  try {
    const [version] = await sql<{ number: string; name: string }[]>`
      SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS name`
    if (Number(version?.number) < OLDEST)
      throw new Error(`PostgreSQL 15 or newer is needed; this one is ${version?.name}.`)
    const migrations = await readMigrations(MIGRATIONS)
    if ((options.upTo ?? 0) > migrations.length)
      throw new Error('This backup was made by a newer Jobcard. Restore it with that one.')
    const applied = await migrate(sql, migrations.slice(0, options.upTo))
    if (applied > 0) log(`Database brought up to date: ${applied} ${applied === 1 ? 'step' : 'steps'}`)
  } catch (reason) {
    await sql.end({ timeout: 1 })
    throw reason
  }
  const writer = connect(url, 1, socket)
  const close = async (): Promise<void> => {
    await Promise.all([sql, writer].map(one => one.end({ timeout: 5 })))
  }
  return { url, embedded: false, sql, writer, close }
}

const ensureDatabase = async (url: string): Promise<void> => {
  const name = new URL(url).pathname.slice(1)
  const sql = connect(url.replace(/[^/]*$/, 'postgres'), 1)
  try {
    const found = await sql`SELECT 1 FROM pg_database WHERE datname = ${name}`
    if (found.length === 0) await sql`CREATE DATABASE ${sql(name)}`
  } finally {
    await sql.end({ timeout: 1 })
  }
}
