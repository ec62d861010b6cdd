/** PostgreSQL refuses to run as root: who runs it then, and where. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { chown, cp, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Binaries, binariesIn } from './embedded-binaries.ts'

export type Account = { readonly name: string; readonly uid: number; readonly gid: number }

const NAME = 'jobcard-db'
const execute = promisify(execFile)

/** Undefined when we are not root and may run PostgreSQL ourselves. */
export const unprivileged = async (): Promise<Account | undefined> => {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return undefined
  const known = account(NAME)
  if (known) return known
  await makeAccount().catch(() => undefined)
  const made = account(NAME) ?? account('postgres') ?? account('nobody')
  if (made) return made
  throw new Error(
    'PostgreSQL does not run as root and no other account could be made. Start Jobcard as an ordinary user.'
  )
}

const makeAccount = async (): Promise<void> => {
  const shell = '/usr/sbin/nologin'
  try {
    await execute('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--home-dir',
      '/',
      '--shell',
      shell,
      NAME
    ])
  } catch {
    await execute('adduser', ['-S', '-D', '-H', '-s', shell, NAME])
  }
}

const account = (name: string): Account | undefined => {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find(entry => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid === undefined || gid === undefined ? undefined : { name, uid: Number(uid), gid: Number(gid) }
}

/** The first folder on the way to `path` that the account may not enter. */
export const closedFolder = (path: string, who: Account): string | undefined => {
  const parent = dirname(path)
  const above = parent === path ? undefined : closedFolder(parent, who)
  return above ?? (mayEnter(path, who) ? undefined : path)
}

const mayEnter = (folder: string, who: Account): boolean => {
  if (!existsSync(folder)) return true
  const { mode, uid, gid } = statSync(folder)
  const shift = uid === who.uid ? 6 : gid === who.gid ? 3 : 0
  return ((mode >> shift) & 1) === 1
}

/** A place of its own for a cluster whose data folder is closed, with a copy of the programs. */
export const openPlace = async (
  dataDir: string,
  bin: Binaries,
  who: Account
): Promise<{ cluster: string; bin: Binaries }> => {
  const home = '/var/lib/jobcard'
  await mkdir(home, { recursive: true, mode: 0o755 })
  await chown(home, who.uid, who.gid)
  const programs = join(home, 'postgresql')
  if (!sameProgram(bin.postgres, binariesIn(programs).postgres)) {
    await rm(`${programs}.new`, { recursive: true, force: true })
    await cp(bin.folder, `${programs}.new`, { recursive: true, verbatimSymlinks: true })
    await rm(programs, { recursive: true, force: true })
    await rename(`${programs}.new`, programs)
  }
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  return { cluster: join(home, name), bin: binariesIn(programs) }
}

const sameProgram = (a: string, b: string): boolean => existsSync(b) && statSync(a).size === statSync(b).size
