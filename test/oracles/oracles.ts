/**
 * Published answers that nobody here wrote. They lie beside the checkout and are not part of it; `ORACLES` names another
 * folder laid out the same. Where there is none, the suites say so and skip.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const oracles =
  process.env['ORACLES'] ?? fileURLToPath(new URL('../../../shared/data/plan-open', import.meta.url))

/** True where this file or folder of the oracles exists; a suite that needs it is skipped where it does not. */
export const has = (path: string): boolean => {
  const there = existsSync(join(oracles, path))
  if (!there) console.log(`Skipped: ${path} is not there. ORACLES=FOLDER names a folder that has it.`)
  return there
}

export const textOf = (path: string): string => readFileSync(join(oracles, path), 'utf8')

/** The caller says what the file holds: these are other people's files, read by one suite each. */
export const read = <T>(path: string): T => JSON.parse(textOf(path)) as T

/** The names of the files in a folder of the oracles, in order. */
export const filesIn = (path: string): readonly string[] => readdirSync(join(oracles, path)).sort()
