/** A server of one test's own, on a data folder that outlives it: it can be killed in the middle and started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres, { type Sql } from 'postgres'
import { runningEmbedded, stopEmbedded } from '#server/embedded.ts'
import { answering, ended, freePort } from '../bench/office.ts'

export type OwnOffice = {
  readonly url: string
  /** Asks its database, while it runs. */
  sql<T>(ask: (sql: Sql) => Promise<T>): Promise<T>
  /** As if the power went: nothing is told to the server, PostgreSQL is left behind. */
  kill(): Promise<void>
  /** The same port and the same folder again. */
  startAgain(): Promise<void>
  remove(): Promise<void>
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export const openOwnOffice = async (): Promise<OwnOffice> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'jobcard-story-'))
  await chmod(dataDir, 0o755)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = {
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    DATABASE_URL: '',
    PLANT: 'sample'
  }
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(process.execPath, ['src/server/main.ts'], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'ignore', 'inherit']
    })
    await answering(url, child)
    return child
  }
  const remove = async (child: ChildProcess | undefined): Promise<void> => {
    if (child) await ended(child)
    await stopEmbedded(dataDir)
    await rm(dataDir, { recursive: true, force: true })
  }
  let child = await start().catch(async (reason: unknown) => {
    await remove(undefined)
    throw reason
  })
  return {
    url,
    sql: async ask => {
      const address = await runningEmbedded(dataDir)
      if (address === undefined) throw new Error('PostgreSQL does not run')
      const sql = postgres(address, { max: 1, onnotice: () => undefined })
      return ask(sql).finally(() => sql.end({ timeout: 5 }))
    },
    kill: async () => {
      const gone = new Promise(done => child.once('exit', done))
      child.kill('SIGKILL')
      await gone
    },
    startAgain: async () => {
      child = await start()
    },
    remove: () => remove(child)
  }
}
