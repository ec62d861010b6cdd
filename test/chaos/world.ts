/** The processes of one run: PostgreSQL with fsync on, one or two servers, a proxy and a process for each tablet. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { connect } from '#server/database.ts'
import { type Embedded, startEmbedded } from '#server/embedded.ts'
import { openOffice } from '#server/office.ts'
import { ended, freePort } from '../bench/office.ts'
import { foundPlant, STATIONS } from './plant.ts'
import { openProxy, type ProxyLine } from './proxy.ts'
import type { Asked, Said, State } from './talk.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const TEMPLATE = 'chaos_template'
/** How long a server may take to come up where the machine has much else to do. */
const START_MS = 180_000

// ---- PostgreSQL ---------------------------------------------------------------------------------------------------

export type Postgres = {
  /** A database of its own, with the plant founded in it. */
  fresh(name: string): Promise<string>
  /** A database with nothing in it, for a restore. */
  empty(name: string): Promise<string>
  drop(name: string): Promise<void>
  /** Ends it at once, as a power cut or the out-of-memory killer does. */
  kill(signal: 'SIGKILL' | 'SIGQUIT'): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

export const startPostgres = async (dataDir: string): Promise<Postgres> => {
  let cluster: Embedded = await startEmbedded({ dataDir })
  const urlOf = (name: string) => cluster.url.replace(/[^/]*$/, name)
  const asAdmin = async (work: (sql: ReturnType<typeof connect>) => Promise<unknown>) => {
    const sql = connect(urlOf('postgres'), 1)
    await work(sql).finally(() => sql.end({ timeout: 5 }))
  }
  const template = async () => {
    await asAdmin(async sql => {
      await sql`DROP DATABASE IF EXISTS ${sql(TEMPLATE)} WITH (FORCE)`
      await sql`CREATE DATABASE ${sql(TEMPLATE)}`
    })
    const office = await openOffice({
      dataDir: '',
      databaseUrl: urlOf(TEMPLATE),
      found: { site: 'main', name: 'Chaos', sample: true }
    })
    await foundPlant(office).finally(() => office.close())
  }
  await template()
  return {
    fresh: async name => {
      await asAdmin(async sql => {
        await sql`DROP DATABASE IF EXISTS ${sql(name)} WITH (FORCE)`
        await sql`CREATE DATABASE ${sql(name)} TEMPLATE ${sql(TEMPLATE)}`
      })
      return urlOf(name)
    },
    empty: async name => {
      await asAdmin(sql => sql`CREATE DATABASE ${sql(name)}`)
      return urlOf(name)
    },
    drop: name => asAdmin(sql => sql`DROP DATABASE IF EXISTS ${sql(name)} WITH (FORCE)`),
    kill: async signal => {
      const pid = Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
      process.kill(pid, signal)
      for (let i = 0; i < 500 && lives(pid); i += 1) await wait(10)
    },
    start: async () => {
      cluster = await startEmbedded({ dataDir })
    },
    stop: () => cluster.stop()
  }
}

const lives = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    // A killed child of ours stays as a zombie until it is reaped.
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

// ---- servers ------------------------------------------------------------------------------------------------------

export type Server = {
  /** Undefined while it is down. */
  port: () => number | undefined
  start(): Promise<void>
  signal(signal: NodeJS.Signals): void
  kill(): Promise<void>
  stop(): Promise<void>
  /** True when it ended although nobody asked it to. */
  died: () => boolean
}

export const serverOn = (folder: string, databaseUrl: () => string): Server => {
  let child: ChildProcess | undefined
  let port: number | undefined
  let wanted = false
  let died = false
  mkdirSync(folder, { recursive: true })
  const gone = async (end: (one: ChildProcess) => Promise<void>) => {
    wanted = false
    port = undefined
    if (child) await end(child)
    child = undefined
  }
  return {
    port: () => port,
    died: () => died,
    start: async () => {
      const own = await freePort()
      const log = openSync(join(folder, 'server.log'), 'a')
      const env = {
        ...process.env,
        PORT: String(own),
        HOST: '127.0.0.1',
        DATA_DIR: folder,
        DATABASE_URL: databaseUrl(),
        PLANT: 'sample'
      }
      const started = spawn(process.execPath, ['src/server/main.ts'], { cwd: ROOT, env, stdio: ['ignore', log, log] })
      child = started
      wanted = true
      started.once('exit', () => {
        if (child !== started || !wanted) return
        died = true
        port = undefined
      })
      await answering(`http://127.0.0.1:${own}`, started)
      port = own
    },
    signal: signal => void child?.kill(signal),
    kill: () => gone(killed),
    stop: () => gone(ended)
  }
}

const answering = async (url: string, child: ChildProcess): Promise<void> => {
  for (const until = Date.now() + START_MS; Date.now() < until; await wait(50)) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode} before it answered`)
    const fine = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) }).then(
      reply => reply.ok,
      () => false
    )
    if (fine) return
  }
  throw new Error(`The server did not answer within ${START_MS} ms`)
}

const killed = (child: ChildProcess): Promise<void> =>
  new Promise(done => {
    if (child.exitCode !== null || child.signalCode !== null) return done()
    child.once('exit', () => done())
    child.kill('SIGKILL')
  })

/** `npm run backup -- FILE` or `npm run restore -- FILE`, as a person runs it beside the servers. */
export const command = async (name: 'backup' | 'restore', file: string, databaseUrl: string): Promise<void> => {
  const env = { ...process.env, DATABASE_URL: databaseUrl }
  const child = spawn(process.execPath, [`src/server/cli/${name}.ts`, file], { cwd: ROOT, env, stdio: 'ignore' })
  const code = await new Promise<number | null>(done => child.once('exit', done))
  if (code !== 0) throw new Error(`${name} ended with ${code}`)
}

// ---- tablets ------------------------------------------------------------------------------------------------------

export type Player = {
  readonly name: string
  readonly proxy: ProxyLine
  /** Ids that it reported as saved, over all its lives. */
  readonly saved: Set<string>
  readonly deaths: string[]
  start(): Promise<void>
  kill(): Promise<void>
  signal(signal: NodeJS.Signals): void
  ask(asked: Asked): void
  look(views: boolean): Promise<State | undefined>
  close(): Promise<void>
}

export type PlayerPorts = {
  readonly index: number
  readonly folder: string
  readonly seed: number
  readonly random: () => number
  readonly target: () => number | undefined
}

export const openPlayer = async ({ index, folder, seed, random, target }: PlayerPorts): Promise<Player> => {
  const name = `Bench ${index + 1}`
  const proxy = await openProxy({ target, random })
  const own = join(folder, `tablet-${index + 1}`)
  mkdirSync(own, { recursive: true })
  const saved = new Set<string>()
  const deaths: string[] = []
  let child: ChildProcess | undefined
  let lives = 0
  let rate = 0
  let heard: (state: State) => void = () => undefined
  const listen = (said: Said, ready: () => void): void => {
    if (said.say === 'ready') ready()
    if (said.say === 'saved') for (const id of said.ids) saved.add(id)
    if (said.say === 'state') heard(said)
  }
  const ask = (asked: Asked): void => {
    if (asked.ask === 'rate') rate = asked.rate
    if (child?.connected) child.send(asked)
  }
  return {
    name,
    proxy,
    saved,
    deaths,
    ask,
    start: async () => {
      lives += 1
      const log = openSync(join(own, 'tablet.log'), 'a')
      const station = STATIONS[index % STATIONS.length] ?? 'ST-01'
      const argv = [
        join(ROOT, 'test/chaos/tablet.ts'),
        own,
        `http://127.0.0.1:${proxy.port}`,
        name,
        station,
        String(seed + lives * 1000)
      ]
      const started = spawn(process.execPath, argv, { cwd: ROOT, stdio: ['ignore', log, log, 'ipc'] })
      child = started
      started.once('exit', (code, signal) => {
        if (child === started) deaths.push(`${name} ended by itself: ${code ?? signal}`)
      })
      await new Promise<void>((ready, refuse) => {
        started.on('message', message => listen(message as Said, ready))
        started.once('exit', () => refuse(new Error(`${name} ended before it was ready: ${join(own, 'tablet.log')}`)))
      })
      ask({ ask: 'rate', rate })
    },
    kill: async () => {
      const was = child
      child = undefined
      if (was) await killed(was)
    },
    signal: signal => void child?.kill(signal),
    look: views =>
      new Promise(done => {
        const limit = setTimeout(() => done(undefined), 5000)
        heard = state => {
          clearTimeout(limit)
          done(state)
        }
        ask({ ask: 'look', views })
      }),
    close: async () => {
      const was = child
      child = undefined
      if (was) await killed(was)
      await proxy.close()
    }
  }
}
