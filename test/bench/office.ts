/** The product's own server in a process and a data folder of its own, on loopback, its PostgreSQL with fsync on. */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export type RunningOffice = {
  readonly url: string
  readonly dataDir: string
  readonly pid: number
  stop(): Promise<void>
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const START_MS = 120_000

export const startOffice = async (env: Readonly<Record<string, string>> = {}): Promise<RunningOffice> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'jobcard-bench-'))
  await chmod(dataDir, 0o755)
  const port = await freePort()
  const child = spawn(process.execPath, ['--max-semi-space-size=32', 'src/server/main.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      DATABASE_URL: '',
      PLANT: 'sample',
      ...env
    },
    stdio: ['ignore', 'ignore', 'inherit']
  })
  const url = `http://127.0.0.1:${port}`
  const stop = async (): Promise<void> => {
    await ended(child)
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    await answering(url, child)
  } catch (reason) {
    await stop()
    throw reason
  }
  return { url, dataDir, pid: child.pid ?? 0, stop }
}

/** Waits until it answers. */
export const answering = async (url: string, child: ChildProcess): Promise<void> => {
  const until = Date.now() + START_MS
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode} before it answered`)
    const fine = await fetch(`${url}/healthz`).then(
      reply => reply.ok,
      () => false
    )
    if (fine) return
    await wait(100)
  }
  throw new Error(`The server did not answer within ${START_MS / 1000} s`)
}

export const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise(done => child.once('exit', done))
  child.kill('SIGTERM')
  await gone
}

export const freePort = (): Promise<number> =>
  new Promise((done, refuse) => {
    const probe = createServer()
    probe.once('error', refuse)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? done(address.port) : refuse(new Error('no port'))))
    })
  })
