/** The office for a command: the same database that the server uses, whether the server runs or not. */
import { resolve } from 'node:path'
import { runningEmbedded } from '#server/embedded.ts'
import { openOffice, type Office } from '#server/office.ts'

export const openForCommand = async (): Promise<Office> => {
  const dataDir = resolve(process.env['DATA_DIR'] ?? './data')
  // A server that runs keeps the folder to itself, but its PostgreSQL takes us as another client.
  const databaseUrl = process.env['DATABASE_URL'] || (await runningEmbedded(dataDir))
  return openOffice({ dataDir, ...(databaseUrl ? { databaseUrl } : {}) })
}

/** Runs a command to its end; a problem is one line and exit code 1. */
export const runCommand = async (command: () => Promise<number>): Promise<never> => {
  try {
    process.exit(await command())
  } catch (problem) {
    console.error(problem instanceof Error ? problem.message : String(problem))
    process.exit(1)
  }
}
