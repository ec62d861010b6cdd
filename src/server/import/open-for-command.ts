/** The office for a command: the same database that the server uses, whether the server runs or not. */
import { resolve } from 'node:path'
import { openOffice, type Office } from '#server/office.ts'

export const openForCommand = (): Promise<Office> => {
  const databaseUrl = process.env['DATABASE_URL'] || undefined
  return openOffice({ dataDir: resolve(process.env['DATA_DIR'] ?? './data'), ...(databaseUrl ? { databaseUrl } : {}) })
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
