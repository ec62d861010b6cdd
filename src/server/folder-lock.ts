/** One server to a data folder. A lock left behind by a server that was killed is taken over. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { alive } from './embedded.ts'

type Holder = { pid: number; since: string }

/** Takes the folder, or says who holds it. The answer gives it back. */
export const lockFolder = async (dataDir: string): Promise<() => Promise<void>> => {
  const file = join(dataDir, 'server.lock')
  const mine: Holder = { pid: process.pid, since: await birth(process.pid) }
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      await writeFile(file, JSON.stringify(mine), { flag: 'wx' })
      return () => rm(file, { force: true })
    } catch {
      const holder = await holderOf(file)
      if (holder && (await holds(holder))) throw new Error(refusal(dataDir, holder))
      await rm(file, { force: true })
    }
  }
  throw new Error(`${file} can't be made. Is the folder writable?`)
}

const refusal = (dataDir: string, holder: Holder): string =>
  `Another Jobcard server (process ${holder.pid}) uses ${dataDir}. Stop it, choose another DATA_DIR, ` +
  'or let several servers share one PostgreSQL by DATABASE_URL.'

const holderOf = async (file: string): Promise<Holder | undefined> => {
  try {
    // Written above and by nobody else; a torn file does not parse and counts as left behind.
    return JSON.parse(await readFile(file, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

const holds = async (holder: Holder): Promise<boolean> =>
  alive(holder.pid) && (await birth(holder.pid)) === holder.since

/** When a process began, in the kernel's ticks: tells a process from a later one that got its number. '' where unknown. */
const birth = async (pid: number): Promise<string> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}
