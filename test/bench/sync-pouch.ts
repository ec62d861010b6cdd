/** PouchDB 9 against express-pouchdb 4: their own code, installed apart from the product. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Link } from './link.ts'
import { ended, freePort } from './office.ts'
import { type Measured, note } from './report.ts'

export type Sizes = { readonly push: number; readonly pull: number }

/** The little of PouchDB's face that is used here. */
type Database = {
  bulkDocs(docs: readonly object[]): Promise<readonly { ok?: boolean }[]>
  info(): Promise<{ doc_count: number }>
  destroy(): Promise<void>
  replicate: {
    to(other: Database, options: object): Promise<unknown>
    from(other: Database, options: object): Promise<unknown>
  }
}
type Pouch = { new (name: string, options?: object): Database; plugin(plugin: unknown): Pouch }

export const PEERS = fileURLToPath(new URL('./peers', import.meta.url))

export const installPeers = async (): Promise<void> => {
  if (['express-pouchdb', 'rxdb', 'fake-indexeddb'].every(name => existsSync(join(PEERS, 'node_modules', name)))) return
  note('Installing PouchDB and RxDB beside the bench (once)')
  const done = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'], {
    cwd: PEERS,
    stdio: ['ignore', 2, 2]
  })
  if (done.status !== 0) throw new Error('The peers could not be installed: npm says why above')
}

/** Documents hold the same bytes that ours sent as events and received as views. */
export const measurePouch = async (
  events: readonly string[],
  views: readonly string[],
  sizes: Sizes,
  link: Link
): Promise<Measured> => {
  const server = await peerServer('server.mjs')
  const line = await link(server.url)
  // PouchDB has no types of its own here; what is used of it is written above.
  const load = createRequire(join(PEERS, 'package.json'))
  const Pouch = (load('pouchdb') as Pouch).plugin(load('pouchdb-adapter-memory'))
  let requests = 0
  const counting = {
    fetch: (address: string, init: RequestInit): Promise<Response> => {
      requests += 1
      return fetch(address, init)
    }
  }
  const local = (name: string): Database => new Pouch(`${name}-${Math.random()}`, { adapter: 'memory' })
  try {
    const full = local('full')
    await full.bulkDocs(events.map((body, at) => ({ _id: idOf(at), body })))
    const up = new Pouch(`${line.url}/up`, counting)
    await up.info()
    const down = new Pouch(`${line.url}/down`, counting)
    await down.bulkDocs(views.map((view, at) => ({ _id: idOf(at), view: JSON.parse(view) as unknown })))
    const empty = local('empty')
    requests = 0
    line.begin()
    const stored = new Pouch(`${server.url}/up`)
    const holds = (where: Database, count: number) => async () => (await where.info()).doc_count === count
    const push = await timed(() =>
      untilDone(() => full.replicate.to(up, { batch_size: sizes.push }), holds(stored, events.length))
    )
    const pushRequests = requests
    requests = 0
    const pull = await timed(() =>
      untilDone(() => empty.replicate.from(down, { batch_size: sizes.pull }), holds(empty, views.length))
    )
    const pullRequests = requests
    await Promise.all([full.destroy(), empty.destroy()])
    return { push, pull, pushRequests, pullRequests }
  } finally {
    await line.close()
    await server.stop()
  }
}

const TRIES = 100
const PAUSE_MS = 1000

/**
 * A replication that ends by itself does not try again by itself, and over a line that breaks it may say that it is complete
 * when it is not: asked once more it goes on from its checkpoint.
 */
const untilDone = async (replicate: () => Promise<unknown>, isDone: () => Promise<boolean>): Promise<void> => {
  for (let tried = 1; tried <= TRIES; tried++) {
    const problem = await replicate().then(
      () => undefined,
      (reason: unknown) => reason
    )
    if (await isDone()) return
    if (problem !== undefined) await wait(PAUSE_MS)
  }
  throw new Error(`PouchDB did not bring everything over in ${TRIES} tries`)
}

const idOf = (at: number): string => `d${String(at).padStart(8, '0')}`

export const timed = async (work: () => Promise<void>): Promise<number> => {
  const from = performance.now()
  await work()
  return performance.now() - from
}

/** A server of `peers`, in a process and a folder of its own. */
export const peerServer = async (file: string) => {
  const folder = await mkdtemp(join(tmpdir(), 'jobcard-bench-pouch-'))
  const port = await freePort()
  const child = spawn(process.execPath, [join(PEERS, file), String(port), folder], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit']
  })
  const url = `http://127.0.0.1:${port}`
  const until = Date.now() + 30_000
  while (
    !(await fetch(url).then(
      reply => reply.ok,
      () => false
    ))
  ) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`The server ${file} did not start`)
    await wait(50)
  }
  const stop = async (): Promise<void> => {
    await ended(child)
    await rm(folder, { recursive: true, force: true })
  }
  return { url, stop }
}
