/**
 * A real PostgreSQL in the data folder, for those who have none to give us.
 *
 * The npm package brings the binaries; we start them ourselves, because we must outlive our own SIGKILL: the postmaster is a
 * session of its own, logs to a file, and a server that starts again adopts the one that is still running. Layout of the folder:
 * `postgres/` the cluster, `postgres.json` its port and password (0600), `postgres.log`, `server.lock` who uses it.
 */
import { randomBytes } from 'node:crypto'
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, mkdir, open, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { createConnection, createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { binaries, type Binaries } from './embedded-binaries.ts'
import { type Account, closedFolder, openPlace, unprivileged } from './embedded-account.ts'

export type Embedded = {
  /** Where the application's database is reached; the password is in it. */
  readonly url: string
  /** The same without TCP, which halves what each write costs; undefined where there is none. */
  readonly socket: string | undefined
  /** True when the postmaster was running already, left behind by a server that was killed. */
  readonly adopted: boolean
  /** Starts the postmaster again when it has died; true when it had. */
  revive(): Promise<boolean>
  stop(): Promise<void>
}

export type EmbeddedOptions = {
  readonly dataDir: string
  readonly log?: (line: string) => void
  /** Tests only: no fsync, the data may be lost with the power. */
  readonly throwaway?: boolean
}

const MAJOR = '18'
const DATABASE = 'jobcard'
const USER = 'jobcard'
/** Crash recovery of a big cluster takes its time; a postmaster that lives is waited for this long. */
const START_MS = 10 * 60_000

type Keys = { port: number; password: string }
type Place = { cluster: string; account: Account | undefined; bin: Binaries }

/** Starts the cluster of a data folder, makes it when there is none, adopts it when it runs. */
export const startEmbedded = async (options: EmbeddedOptions): Promise<Embedded> => {
  const dataDir = resolve(options.dataDir)
  await mkdir(dataDir, { recursive: true })
  const place = await placeOf(dataDir, options.log ?? (() => {}))
  const keys = await keysOf(dataDir)
  const running = await answering(place.cluster)
  if (!running && !existsSync(join(place.cluster, 'PG_VERSION'))) await makeCluster(dataDir, place, keys)
  await refuseOtherMajor(place.cluster)
  if (!running || running.port !== keys.port) keys.port = running?.port ?? (await usablePort(keys.port))
  await saveKeys(dataDir, keys)
  if (!running) await start(dataDir, place, keys, options.throwaway === true)
  await ready(place.cluster)
  return {
    url: addressOf(keys),
    socket: socketIn(place.cluster, keys.port),
    adopted: running !== undefined,
    revive: async () => {
      if (await postmaster(place.cluster)) return false
      await start(dataDir, place, keys, options.throwaway === true)
      await ready(place.cluster)
      return true
    },
    stop: () => stop(place)
  }
}

/** The address of the PostgreSQL that runs in a data folder now; undefined when none does. */
export const runningEmbedded = async (dataDir: string): Promise<string | undefined> => {
  const place = await placeOf(resolve(dataDir), () => {})
  const running = await answering(place.cluster)
  return running && addressOf({ ...(await keysOf(resolve(dataDir))), port: running.port })
}

const addressOf = (keys: Keys): string => `postgres://${USER}:${keys.password}@127.0.0.1:${keys.port}/${DATABASE}`

/** What an address of a socket may hold: 107 bytes on Linux, 103 elsewhere. */
const LONGEST = 103
const socketOf = (cluster: string, port: number): string => join(cluster, `.s.PGSQL.${port}`)
const mayListen = (cluster: string, port: number): boolean =>
  process.platform !== 'win32' && Buffer.byteLength(socketOf(cluster, port)) <= LONGEST

/** In the cluster's own folder, which only its account may enter. One that was started by an older Jobcard has none. */
const socketIn = (cluster: string, port: number): string | undefined =>
  mayListen(cluster, port) && existsSync(socketOf(cluster, port)) ? socketOf(cluster, port) : undefined

/** Stops the postmaster of a data folder if one runs there. */
export const stopEmbedded = async (dataDir: string): Promise<void> => {
  const place = await placeOf(resolve(dataDir), () => {})
  if (await postmaster(place.cluster)) await stop(place)
}

/** Root may not run PostgreSQL, and an unprivileged account can't enter a closed folder such as root's home. */
const placeOf = async (dataDir: string, log: (line: string) => void): Promise<Place> => {
  const account = await unprivileged()
  const bin = binaries()
  const cluster = join(dataDir, 'postgres')
  if (!account) return { cluster, account, bin }
  const closed = closedFolder(dataDir, account) ?? closedFolder(bin.folder, account)
  if (closed === undefined) return { cluster, account, bin }
  const open = await openPlace(dataDir, bin, account)
  if (!existsSync(cluster)) {
    log(`${closed} is closed to the account that runs PostgreSQL, so the database lies in ${open.cluster}`)
    await symlink(open.cluster, cluster).catch(() => undefined)
  }
  return { cluster: open.cluster, account, bin: open.bin }
}

const keysOf = async (dataDir: string): Promise<Keys> => {
  const file = join(dataDir, 'postgres.json')
  if (!existsSync(file)) return { port: 0, password: randomBytes(24).toString('hex') }
  // Written by saveKeys below and by nobody else.
  return JSON.parse(await readFile(file, 'utf8')) as Keys
}

const saveKeys = async (dataDir: string, keys: Keys): Promise<void> => {
  const file = join(dataDir, 'postgres.json')
  await writeFile(`${file}.new`, `${JSON.stringify(keys)}\n`, { mode: 0o600 })
  await rename(`${file}.new`, file)
}

/** A cluster is made beside its place and moved there whole: a start that was cut off leaves nothing half-made. */
const makeCluster = async (dataDir: string, place: Place, keys: Keys): Promise<void> => {
  const half = `${place.cluster}.new`
  const secret = `${place.cluster}.secret`
  await rm(half, { recursive: true, force: true })
  await mkdir(half, { recursive: true, mode: 0o700 })
  await writeFile(secret, keys.password, { mode: 0o600 })
  if (place.account) for (const path of [half, secret]) await chown(path, place.account.uid, place.account.gid)
  // The keys come first: a cluster whose password nobody knows would be lost.
  await saveKeys(dataDir, keys)
  try {
    await run(place, place.bin.initdb, [
      `--pgdata=${half}`,
      `--username=${USER}`,
      `--pwfile=${secret}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums'
    ])
  } finally {
    await rm(secret, { force: true })
  }
  await rename(half, place.cluster)
}

const refuseOtherMajor = async (cluster: string): Promise<void> => {
  const found = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim()
  if (found === MAJOR) return
  throw new Error(
    `The database in ${cluster} was made by PostgreSQL ${found}; this Jobcard brings ${MAJOR}. ` +
      'Make a backup with the Jobcard that made it and restore that here.'
  )
}

const start = async (dataDir: string, place: Place, keys: Keys, throwaway: boolean, tries = 4): Promise<void> => {
  const log = await open(join(dataDir, 'postgres.log'), 'a', 0o600)
  const durable = throwaway ? 'off' : 'on'
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(keys.port),
    unix_socket_directories: mayListen(place.cluster, keys.port) ? quoted(place.cluster) : '',
    max_connections: '100',
    fsync: durable,
    full_page_writes: durable,
    synchronous_commit: durable,
    timezone: 'UTC',
    log_timezone: 'UTC'
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // A session of its own: neither ctrl-C in our terminal nor our own death takes it away mid-write.
  const child = spawn(place.bin.postgres, ['-D', place.cluster, ...args], {
    ...identity(place),
    detached: true,
    stdio: ['ignore', log.fd, log.fd]
  })
  await spawned(child)
  child.unref()
  await log.close()
  let gone = false
  child.once('exit', () => (gone = true))
  const until = Date.now() + START_MS
  const up = async (): Promise<boolean> => {
    const found = await postmaster(place.cluster)
    return found?.pid === child.pid && found?.ready === true
  }
  while (!gone && Date.now() < until && !(await up())) await wait(20)
  if (!gone) return
  if (tries <= 1)
    throw new Error(`PostgreSQL did not start. Its reason is at the end of ${join(dataDir, 'postgres.log')}`)
  // After a crash it refuses for as long as a process of its former life still has the memory.
  await wait(1000)
  return start(dataDir, place, keys, throwaway, tries - 1)
}

/** A list of one folder: a comma in its name would be the end of it. */
const quoted = (folder: string): string => `"${folder.replaceAll('"', '""')}"`

/** The running postmaster, once it answers; undefined when there is none, or when it dies while we wait. */
const answering = async (cluster: string): ReturnType<typeof postmaster> => {
  const until = Date.now() + START_MS
  while (Date.now() < until) {
    const found = await postmaster(cluster)
    if (!found || (found.ready && (await answers(found.port)))) return found
    await wait(50)
  }
  throw new Error(`A PostgreSQL runs in ${cluster} and does not answer. Stop it and start again.`)
}

/** PostgreSQL's own "may I use TLS?", which it answers with one letter before it asks who is there. */
const HELLO = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])

/** Whether somebody answers, not only listens: the kernel takes connections for a postmaster that is being killed as well. */
const answers = (port: number): Promise<boolean> =>
  new Promise(done => {
    const socket = createConnection({ host: '127.0.0.1', port }, () => socket.write(HELLO))
    const told = (answer: boolean) => () => {
      done(answer)
      socket.destroy()
    }
    socket.once('data', told(true))
    for (const end of ['error', 'close'] as const) socket.once(end, told(false))
    socket.setTimeout(5000, told(false))
  })

const ready = async (cluster: string): Promise<void> => {
  const until = Date.now() + START_MS
  while (Date.now() < until) {
    const found = await postmaster(cluster)
    if (found?.ready) return
    await wait(20)
  }
  throw new Error(`PostgreSQL in ${cluster} was not ready after ${START_MS / 60_000} minutes`)
}

const stop = (place: Place): Promise<void> =>
  run(place, place.bin.pgCtl, ['-D', place.cluster, '-m', 'fast', '-w', '-t', '60', 'stop']).catch(async reason => {
    if (await postmaster(place.cluster)) throw reason
  })

/** The postmaster that holds this cluster, as its own pid file tells; undefined when that process is gone. */
const postmaster = async (cluster: string): Promise<{ pid: number; port: number; ready: boolean } | undefined> => {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0 || !(await isPostgres(pid))) return undefined
  return { pid, port: Number(lines[3] ?? 0), ready: (lines[7] ?? '').trim() === 'ready' }
}

/** A pid that was given to another program since then is not ours. */
const isPostgres = async (pid: number): Promise<boolean> => {
  if (!alive(pid)) return false
  if (process.platform !== 'linux') return true
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return command.includes('postgres')
}

/** Whether a process with this id exists, ours or another's. */
export const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (reason) {
    return reason instanceof Error && 'code' in reason && reason.code === 'EPERM'
  }
}

const identity = (place: Place): { cwd: string; uid?: number; gid?: number; env: NodeJS.ProcessEnv } => ({
  cwd: '/',
  ...(place.account ? { uid: place.account.uid, gid: place.account.gid } : {}),
  env: {
    PATH: process.env['PATH'] ?? '',
    LC_ALL: 'C',
    ...(process.env['SystemRoot'] ? { SystemRoot: process.env['SystemRoot'] } : {})
  }
})

const run = async (place: Place, command: string, args: string[]): Promise<void> => {
  const child = spawn(command, args, { ...identity(place), stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  await spawned(child)
  const code = await new Promise<number | null>(done => child.once('close', done))
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${said.trim()}`)
}

const spawned = (child: ChildProcess): Promise<void> =>
  new Promise((done, refuse) => {
    child.once('spawn', () => done())
    child.once('error', refuse)
  })

/** The kept port when it is free. After a crash the last of PostgreSQL's processes hold it for a moment longer. */
const usablePort = async (kept: number): Promise<number> => {
  const until = Date.now() + (kept === 0 ? 0 : 5000)
  for (;;) {
    const port = await freePort(kept)
    if (port !== undefined) return port
    if (Date.now() >= until) break
    await wait(100)
  }
  return (await freePort(0)) ?? 5433
}

const freePort = (port: number): Promise<number | undefined> =>
  new Promise(done => {
    const probe = createServer()
    probe.once('error', () => done(undefined))
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : undefined))
    })
  })
