/** Brings a database to the shape this code expects: numbered SQL files, forward only, each applied once and never edited. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sql, TransactionSql } from 'postgres'

export type Migration = {
  readonly number: number
  readonly name: string
  readonly sha256: string
  readonly text: string
}

/** Any number, the same in every Jobcard: two servers that start at once migrate one after the other. */
const LOCK = 4_815_162_342

/** Reads `NNNN_name.sql` files of a folder, in order. */
export const readMigrations = async (folder: string): Promise<Migration[]> => {
  const names = (await readdir(folder)).filter(name => name.endsWith('.sql')).sort()
  const read = await Promise.all(names.map(name => readMigration(folder, name)))
  const twice = read.find((migration, at) => read[at + 1]?.number === migration.number)
  if (twice) throw new Error(`Two migrations have the number ${twice.number}`)
  return read
}

const readMigration = async (folder: string, name: string): Promise<Migration> => {
  const number = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1]
  if (number === undefined) throw new Error(`${name} is not named like 0001_what_it_does.sql`)
  const text = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n')
  return { number: Number(number), name, sha256: createHash('sha256').update(text).digest('hex'), text }
}

/** Applies what is missing, all of it or nothing; answers how many. Refuses a database from another line of history. */
export const migrate = (sql: Sql, migrations: readonly Migration[]): Promise<number> =>
  sql.begin(async tx => {
    // A new index on years of events takes as long as it takes.
    await tx`SET LOCAL statement_timeout = 0`
    await tx`SELECT pg_advisory_xact_lock(${LOCK})`
    await tx`
      CREATE TABLE IF NOT EXISTS schema_migration (
        number integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, at timestamptz NOT NULL DEFAULT now()
      )`
    const done = await tx<
      { number: number; name: string; sha256: string }[]
    >`SELECT number, name, sha256 FROM schema_migration`
    const applied = new Map(done.map(row => [row.number, row]))
    refuseStrangers(migrations, [...applied.values()])
    const missing = migrations.filter(migration => !applied.has(migration.number))
    for (const migration of missing) await apply(tx, migration)
    return missing.length
  })

const refuseStrangers = (
  known: readonly Migration[],
  applied: readonly { number: number; name: string; sha256: string }[]
): void => {
  for (const row of applied) {
    const migration = known.find(candidate => candidate.number === row.number)
    if (!migration) throw new Error(`This database was shaped by a newer Jobcard (${row.name}). Start that one.`)
    if (migration.sha256 !== row.sha256)
      throw new Error(`${migration.name} was changed after it was applied. Add a new migration instead.`)
  }
}

const apply = async (tx: TransactionSql, migration: Migration): Promise<void> => {
  await tx.unsafe(migration.text)
  await tx`INSERT INTO schema_migration (number, name, sha256) VALUES (${migration.number}, ${migration.name}, ${migration.sha256})`
}
