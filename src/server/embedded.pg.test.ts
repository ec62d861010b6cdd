import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openFolder } from '#test/contracts/postgres.ts'
import { connect } from './database.ts'
import { alive, startEmbedded, stopEmbedded } from './embedded.ts'
import { lockFolder } from './folder-lock.ts'

/** A process of its own that starts the cluster and writes a row, to be killed in the middle. */
const PROGRAM = `
  import { startEmbedded } from '#server/embedded.ts'
  import { connect } from '#server/database.ts'
  const cluster = await startEmbedded({ dataDir: process.argv[1] })
  const sql = connect(cluster.url.replace(/[^/]*$/, 'postgres'), 1)
  await sql\`CREATE TABLE kept (n integer)\`
  await sql\`INSERT INTO kept VALUES (7)\`
  console.log('written')
  setInterval(() => {}, 1000)
`

const written = (child: ChildProcess): Promise<void> =>
  new Promise((done, refuse) => {
    child.stdout?.on('data', (chunk: Buffer) => chunk.toString().includes('written') && done())
    child.once('exit', code => refuse(new Error(`ended with ${code} before it had written`)))
  })

const kept = async (url: string): Promise<unknown> => {
  const sql = connect(url.replace(/[^/]*$/, 'postgres'), 1)
  const rows = await sql<{ n: number }[]>`SELECT n FROM kept`
  await sql.end()
  return rows[0]?.n
}

describe('startEmbedded', () => {
  let folder: string
  beforeEach(async () => {
    folder = await openFolder('jobcard-embedded-')
  })
  afterEach(async () => {
    await stopEmbedded(folder)
    await rm(folder, { recursive: true, force: true })
  })

  it('takes over the PostgreSQL of a server that was killed, with all that was written', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, folder], {
      stdio: ['ignore', 'pipe', 'inherit']
    })
    await written(child)
    const gone = new Promise(done => child.once('exit', done))
    child.kill('SIGKILL')
    await gone
    const cluster = await startEmbedded({ dataDir: folder })
    expect(cluster.adopted).toBe(true)
    expect(await kept(cluster.url)).toBe(7)
  })

  it('starts again after PostgreSQL itself was killed and left its pid behind', async () => {
    const first = await startEmbedded({ dataDir: folder })
    const pid = (await readFile(join(folder, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]
    process.kill(Number(pid), 'SIGKILL')
    // In the moment of its death it may still be taken for alive, and answer.
    while (alive(Number(pid))) await wait(10)
    const second = await startEmbedded({ dataDir: folder })
    expect(second.url).toBe(first.url)
    const sql = connect(second.url.replace(/[^/]*$/, 'postgres'), 1)
    expect(await sql`SHOW fsync`).toEqual([{ fsync: 'on' }])
    expect(await sql`SHOW listen_addresses`).toEqual([{ listen_addresses: '127.0.0.1' }])
    await sql.end()
    // A new cluster, a crash and a recovery: on a busy machine that is not a matter of seconds.
  }, 120_000)

  it('makes the cluster anew when the first start was cut off half-way', async () => {
    await mkdir(join(folder, 'postgres.new'))
    await writeFile(join(folder, 'postgres.new/PG_VERSION'), '18\n')
    const cluster = await startEmbedded({ dataDir: folder })
    expect(cluster.adopted).toBe(false)
  })

  it('keeps its password and its socket to the owner of the folder', async () => {
    const { url, socket } = await startEmbedded({ dataDir: folder })
    expect((await stat(join(folder, 'postgres.json'))).mode & 0o777).toBe(0o600)
    expect((await stat(dirname(socket ?? '/'))).mode & 0o077).toBe(0)
    const sql = connect(url.replace(/[^/]*$/, 'postgres'), 1, socket)
    expect(await sql`SELECT inet_server_addr() AS address`).toEqual([{ address: null }])
    await sql.end()
  })

  it('is reached over TCP alone where its folder has too long a name for a socket', async () => {
    const deep = join(folder, 'a-name-that-is-as-long-as-some-people-like-them'.repeat(2))
    try {
      const { url, socket } = await startEmbedded({ dataDir: deep })
      expect(socket).toBeUndefined()
      const sql = connect(url.replace(/[^/]*$/, 'postgres'), 1, socket)
      expect(await sql`SELECT host(inet_server_addr()) AS address`).toEqual([{ address: '127.0.0.1' }])
      await sql.end()
    } finally {
      await stopEmbedded(deep)
    }
  })
})

describe('lockFolder', () => {
  it('refuses a second server and takes over from one that is gone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'jobcard-lock-'))
    const unlock = await lockFolder(folder)
    await expect(lockFolder(folder)).rejects.toThrow('Another Jobcard server')
    await unlock()
    await writeFile(join(folder, 'server.lock'), JSON.stringify({ pid: 2 ** 22 - 1, since: '1' }))
    await (await lockFolder(folder))()
    await rm(folder, { recursive: true, force: true })
  })
})
