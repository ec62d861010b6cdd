import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Sql } from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freshDatabase, openFolder, type TestDatabase } from '#test/contracts/postgres.ts'
import { isEmpty, loadArchive, readArchive, writeArchive } from './archive.ts'
import { beginRestore, refuseUnfinished } from './restoring.ts'

const NOW = new Date('2026-11-22T08:00:00Z')
const HASH = 'a'.repeat(64)

/** A site with a log of three events, a file with awkward bytes, and something set aside. */
const fill = async (sql: Sql): Promise<void> => {
  await sql`INSERT INTO site (site_id, name, sample, secret) VALUES ('s', 'Fennel', false, 'x')`
  await sql`INSERT INTO site_counter VALUES ('s', 3, ${HASH})`
  await sql`INSERT INTO site_epoch (site_id, epoch, start_seq, office_chain, reason)
    VALUES ('s', gen_random_uuid(), 0, gen_random_uuid(), 'founded')`
  await sql`
    INSERT INTO event (site_id, seq, id, device, chain, n, type, person, h, body, root, received_at)
    SELECT 's', n, gen_random_uuid(), 'd', 'c', n, 'orders/x.v1', 'P-001', ${HASH}, ${'tab\tbreak\nback\\slash "é" \\N'}, ${HASH}, now()
    FROM generate_series(1, 3) n`
  await sql`INSERT INTO blob (site_id, sha256, size, type, complete) VALUES ('s', ${HASH}, 4, 'image/webp', true)`
  await sql`INSERT INTO blob_chunk VALUES ('s', ${HASH}, 0, ${Buffer.from([0, 10, 92, 255])})`
  await sql`INSERT INTO set_aside (site_id, verdict, code, id, device, chain, h, body)
    VALUES ('s', 'quarantined', 'x', 'i', 'd', 'c', ${HASH}, ${Buffer.from('{')})`
}

/** Runs a command of ours against a database; answers its exit code and what it said. */
const run = (name: string, file: string, databaseUrl: string, dataDir: string) =>
  promisify(execFile)(process.execPath, [fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), file], {
    env: { ...process.env, DATABASE_URL: databaseUrl, DATA_DIR: dataDir, PORT: '0' },
    timeout: 30_000
  }).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, said: stderr })
  )

describe('a backup', { timeout: 60_000 }, () => {
  let folder: string
  let file: string
  let source: TestDatabase
  let target: TestDatabase
  beforeAll(async () => {
    source = await freshDatabase()
    await fill(source.sql)
  })
  afterAll(() => source.close())
  beforeEach(async () => {
    folder = await openFolder('jobcard-archive-')
    file = join(folder, 'backup.jobcard')
    target = await freshDatabase()
    await writeArchive(source.sql, file, NOW)
  })
  afterEach(async () => {
    await target.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('brings every byte back into an empty database', async () => {
    expect(await isEmpty(target.sql)).toBe(true)
    await loadArchive(target.sql, file, 'restored')
    expect(await isEmpty(target.sql)).toBe(false)
    const all = (sql: Sql) => sql`SELECT * FROM event ORDER BY seq`
    expect([...(await all(target.sql))]).toEqual([...(await all(source.sql))])
    expect(await target.sql`SELECT bytes FROM blob_chunk`).toEqual([{ bytes: Buffer.from([0, 10, 92, 255]) }])
  })

  it('opens a new epoch that begins at the head of the log', async () => {
    await loadArchive(target.sql, file, 'restored')
    const epochs = await target.sql`SELECT start_seq, reason FROM site_epoch ORDER BY made_at DESC`
    expect([...epochs]).toEqual([
      { start_seq: 3, reason: 'restored' },
      { start_seq: 0, reason: 'founded' }
    ])
  })

  it('lets what is set aside later have a number of its own', async () => {
    await loadArchive(target.sql, file, 'restored')
    const [row] = await target.sql`
      INSERT INTO set_aside (site_id, verdict, code, id, device, chain, h, body) VALUES ('s', 'refused', 'x', 'j', 'd', 'c', 'h', '')
      RETURNING q`
    expect(row).toEqual({ q: 2 })
  })

  it('is refused when a byte of it was changed, and nothing is loaded', async () => {
    const changed = gunzipSync(await readFile(file))
      .toString()
      .replace('Fennel', 'Funnel')
    await writeFile(file, gzipSync(changed))
    await expect(loadArchive(target.sql, file, 'restored')).rejects.toThrow('its checksum differs')
    expect(await isEmpty(target.sql)).toBe(true)
  })

  it('is refused when it breaks off', async () => {
    const whole = await readFile(file)
    await writeFile(file, whole.subarray(0, whole.length / 2))
    await expect(readArchive(file)).rejects.toThrow('breaks off')
    const lines = gunzipSync(whole).toString().trimEnd().split('\n')
    await writeFile(file, gzipSync(`${lines.slice(0, -1).join('\n')}\n`))
    await expect(readArchive(file)).rejects.toThrow('breaks off')
  })

  it('is told from any other file', async () => {
    await writeFile(file, gzipSync('a,b,c\n1,2,3\n'))
    await expect(readArchive(file)).rejects.toThrow('is not a Jobcard backup')
  })

  it('holds files of many megabytes', async () => {
    const big = Buffer.alloc(1024 * 1024, 0xab)
    for (let index = 1; index <= 24; index++)
      await source.sql`INSERT INTO blob_chunk VALUES ('s', ${HASH}, ${index}, ${big})`
    await writeArchive(source.sql, file, NOW)
    await loadArchive(target.sql, file, 'restored')
    expect(await target.sql`SELECT sum(length(bytes))::int AS size FROM blob_chunk`).toEqual([
      { size: 24 * 1024 * 1024 + 4 }
    ])
  })

  it('says that the disk is full, and leaves the backup of yesterday as it was', async () => {
    const noise = Buffer.from(Array.from({ length: 1024 * 1024 }, (_, i) => Math.imul(i, 2654435761) >>> 24))
    for (let index = 100; index <= 104; index++)
      await source.sql`INSERT INTO blob_chunk VALUES ('s', ${HASH}, ${index}, ${noise})`
    const yesterday = await readFile(file)
    await symlink('/dev/full', `${file}.part`)
    expect(await run('cli/backup', file, source.url, folder)).toEqual({
      code: 1,
      said: 'The disk is full. Make room and do it again.\n'
    })
    expect(await readFile(file)).toEqual(yesterday)
    await expect(access(`${file}.part`)).rejects.toThrow('ENOENT')
  })

  it('is restored once: a plant that is there stays as it is', async () => {
    expect(await run('cli/restore', file, target.url, folder)).toMatchObject({ code: 0 })
    expect(await run('cli/restore', file, target.url, folder)).toEqual({
      code: 1,
      said: expect.stringContaining('This database holds a plant already')
    })
  })

  it('of a newer Jobcard is left to that one', async () => {
    const later = gunzipSync(await readFile(file))
      .toString()
      .replace(/"migrations":\d+/, '"migrations":999')
      .trimEnd()
      .split('\n')
    const body = `${later.slice(0, -1).join('\n')}\n`
    const end = { ...JSON.parse(later.at(-1) ?? ''), sha256: createHash('sha256').update(body).digest('hex') }
    await writeFile(file, gzipSync(`${body}${JSON.stringify(end)}\n`))
    expect((await run('cli/restore', file, target.url, folder)).said).toContain('made by a newer Jobcard')
    expect(await isEmpty(target.sql)).toBe(true)
  })

  it('founds no other plant where its restore was cut short', async () => {
    await beginRestore(folder)
    expect(await run('main', '', target.url, folder)).toEqual({
      code: 1,
      said: expect.stringContaining('did not come to its end')
    })
    expect(await isEmpty(target.sql)).toBe(true)
    expect(await run('cli/restore', file, target.url, folder)).toMatchObject({ code: 0 })
    expect(() => refuseUnfinished(folder)).not.toThrow()
  })
})
