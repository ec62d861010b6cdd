/** Once around the whole run: a folder for the shared PostgreSQL (which starts only when a test asks), and the tidying up. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openFolder } from '#test/contracts/postgres.ts'
import { alive, stopEmbedded } from '#server/embedded.ts'

const PREFIX = 'jobcard-vitest-'

export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  await tidy()
  const folder = await openFolder(PREFIX)
  await writeFile(join(folder, 'owner'), String(process.pid))
  project.provide('postgresFolder', folder)
  return () => remove(folder)
}

/** A run that was killed could not stop its PostgreSQL. */
const tidy = async (): Promise<void> => {
  for (const name of (await readdir(tmpdir())).filter(entry => entry.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name)
    const owner = Number(await readFile(join(folder, 'owner'), 'utf8').catch(() => '0'))
    if (owner > 0 && !alive(owner)) await remove(folder)
  }
}

const remove = async (folder: string): Promise<void> => {
  await stopEmbedded(folder)
  await rm(folder, { recursive: true, force: true })
}
