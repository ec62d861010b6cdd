import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '#test/contracts/postgres.ts'
import { migrate, type Migration } from './migrate.ts'

const migration = (number: number, text: string, sha256 = `${number}`): Migration => ({
  number,
  name: `${number}_x.sql`,
  sha256,
  text
})

describe('migrate', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await freshDatabase()
    await database.sql`DROP TABLE IF EXISTS schema_migration`
  })
  afterAll(() => database.close())

  const one = migration(1, 'CREATE TABLE thing (id bigint)')

  it('applies what is missing once, in order', async () => {
    expect(await migrate(database.sql, [one, migration(2, 'ALTER TABLE thing ADD name text')])).toBe(2)
    expect(await migrate(database.sql, [one, migration(2, 'ALTER TABLE thing ADD name text')])).toBe(0)
  })

  it('applies all or nothing', async () => {
    const good = migration(3, 'CREATE TABLE other (id bigint)')
    const bad = migration(4, 'CREATE TABLE thing (id bigint)')
    await expect(migrate(database.sql, [one, migration(2, ''), good, bad])).rejects.toThrow()
    expect(await database.sql`SELECT to_regclass('other') AS found`).toEqual([{ found: null }])
  })

  it('refuses a migration that was edited after it was applied', async () => {
    const edited = migration(1, 'CREATE TABLE thing (id text)', 'another')
    await expect(migrate(database.sql, [edited, migration(2, '')])).rejects.toThrow('was changed after it was applied')
  })

  it('refuses a database that a newer Jobcard has shaped', async () => {
    await expect(migrate(database.sql, [one])).rejects.toThrow('newer Jobcard')
  })

  it('lets two servers that start at once migrate one after the other', async () => {
    const three = [one, migration(2, ''), migration(3, 'CREATE TABLE third (id bigint)')]
    const both = await Promise.all([migrate(database.sql, three), migrate(database.sql, three)])
    expect(both.sort()).toEqual([0, 1])
  })

  it('reads bigint as a number', async () => {
    expect(await database.sql`SELECT 9007199254740991::bigint AS big`).toEqual([{ big: 9007199254740991 }])
  })
})
