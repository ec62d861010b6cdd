/**
 * PostgreSQL for tests: one throwaway cluster for the whole run, started by the first test that asks, and a migrated database
 * of its own for each that asks. Names of such files end in `.pg.test.ts`.
 */
import { randomUUID } from 'node:crypto'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Sql } from 'postgres'
import { inject } from 'vitest'
import { connect } from '#server/database.ts'
import { type Embedded, startEmbedded } from '#server/embedded.ts'
import { migrate, readMigrations } from '#server/migrate.ts'

export type TestDatabase = { readonly url: string; readonly sql: Sql; close(): Promise<void> }

declare module 'vitest' {
  export interface ProvidedContext {
    postgresFolder: string
  }
}

const TEMPLATE = 'jobcard_template'
const MIGRATIONS = fileURLToPath(new URL('../../src/server/migrations', import.meta.url))

/** An empty, migrated database. `close` drops it. */
export const freshDatabase = async (): Promise<TestDatabase> => {
  const { cluster, release } = await theCluster()
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const admin = connect(databaseUrl(cluster, 'postgres'), 1)
  await admin`CREATE DATABASE ${admin(name)} TEMPLATE ${admin(TEMPLATE)}`
  const sql = connect(databaseUrl(cluster, name), 8)
  const close = async (): Promise<void> => {
    await sql.end({ timeout: 5 })
    await admin`DROP DATABASE IF EXISTS ${admin(name)} WITH (FORCE)`
    await admin.end({ timeout: 5 })
    await release()
  }
  return { url: databaseUrl(cluster, name), sql, close }
}

const databaseUrl = (cluster: Embedded, name: string): string => cluster.url.replace(/[^/]*$/, name)

/** Shared when the run was started with our settings (test/vitest.config.ts), one of its own otherwise. */
const theCluster = async (): Promise<{ cluster: Embedded; release: () => Promise<void> }> => {
  const shared = inject('postgresFolder') as string | undefined
  const dataDir = shared ?? (await openFolder('jobcard-test-'))
  const cluster = await alone(dataDir, () => templated(dataDir))
  const release = async (): Promise<void> => {
    if (shared) return
    await cluster.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { cluster, release }
}

/** PostgreSQL runs as another account when we are root, and must be able to come in. */
export const openFolder = async (prefix: string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), prefix))
  await chmod(folder, 0o755)
  return folder
}

const templated = async (dataDir: string): Promise<Embedded> => {
  const cluster = await startEmbedded({ dataDir, throwaway: true })
  const admin = connect(databaseUrl(cluster, 'postgres'), 1)
  const known = await admin`SELECT 1 FROM pg_database WHERE datname = ${TEMPLATE}`
  if (known.length === 0) {
    await admin`CREATE DATABASE ${admin('template_in_work')}`
    const sql = connect(databaseUrl(cluster, 'template_in_work'), 1)
    await migrate(sql, await readMigrations(MIGRATIONS))
    await sql.end({ timeout: 5 })
    await admin`ALTER DATABASE template_in_work RENAME TO ${admin(TEMPLATE)}`
  }
  await admin.end({ timeout: 5 })
  return cluster
}

/** Test files run side by side in processes of their own; only one of them starts the cluster. */
const alone = async <T>(dataDir: string, work: () => Promise<T>): Promise<T> => {
  const gate = join(dataDir, 'starting')
  const until = Date.now() + 60_000
  for (;;) {
    const mine = await mkdir(gate).then(
      () => true,
      () => false
    )
    if (mine) break
    if (Date.now() > until) throw new Error(`Another test file did not finish starting PostgreSQL in ${dataDir}`)
    await wait(25)
  }
  try {
    return await work()
  } finally {
    await rm(gate, { recursive: true, force: true })
  }
}
