/** How a command comes to the database: the user's, the one of a server that runs, or one started for the command. */
import { resolve } from 'node:path'
import { type Database, openDatabase } from '../database.ts'
import { runningEmbedded } from '../embedded.ts'

export const settings = () => ({
  dataDir: resolve(process.env['DATA_DIR'] ?? './data'),
  databaseUrl: process.env['DATABASE_URL'] || undefined
})

/** Where the database can be reached beside a running server; undefined when PostgreSQL has to be started first. */
export const reachable = async (): Promise<string | undefined> => {
  const { dataDir, databaseUrl } = settings()
  return databaseUrl ?? (await runningEmbedded(dataDir))
}

export const reach = async (): Promise<Database> => openDatabase({ ...settings(), databaseUrl: await reachable() })

/** Runs a command and ends the process: 0 when all went well, 1 with one clear line when not. */
export const command = async (work: () => Promise<boolean | undefined>): Promise<never> => {
  try {
    process.exit((await work()) === false ? 1 : 0)
  } catch (reason) {
    console.error(sentenceOf(reason))
    process.exit(1)
  }
}

/** What the disk says, in words. */
const sentenceOf = (reason: unknown): string => {
  const { code, path = '' } = reason as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'The disk is full. Make room and do it again.'
  if (code === 'ENOENT') return `${path} is not there, or its folder is not.`
  if (code === 'EISDIR') return 'This is a folder. Name a file.'
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `${path} may not be read or written here.`
  return reason instanceof Error ? reason.message : String(reason)
}

/** The file or folder that the command is about, as it was written where the user stands. */
export const given = (usage: string): string => {
  const path = process.argv.slice(2).find(argument => !argument.startsWith('--'))
  if (path === undefined) throw new Error(`Use: ${usage}`)
  // npm runs scripts in the package's folder and tells where the user stood.
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path)
}

export const counted = (count: number, one: string, more = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`
