/**
 * A restore that was cut short leaves an empty database. A server that is started there would found a plant of its own, and the
 * restore could not be done again: so it is written down beside the database that one has begun.
 */
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const fileIn = (dataDir: string): string => join(dataDir, 'restore-unfinished')

export const beginRestore = async (dataDir: string): Promise<void> => {
  await mkdir(dataDir, { recursive: true })
  await writeFile(fileIn(dataDir), '', { flush: true })
}

export const endRestore = (dataDir: string): Promise<void> => rm(fileIn(dataDir), { force: true })

export const refuseUnfinished = (dataDir: string): void => {
  if (existsSync(fileIn(dataDir)))
    throw new Error(
      `A restore into ${dataDir} did not come to its end, and nothing of it was kept. Do it again: npm run restore -- FILE`
    )
}
