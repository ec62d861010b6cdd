/** One processor's share of the seeds; see `many.ts`. */
import { parentPort } from 'node:worker_threads'
import type { Handful } from './many.ts'
import { runSeeds } from './run.ts'

parentPort?.on('message', async ({ from, seeds, twice }: Handful) => {
  parentPort?.postMessage(await runSeeds(from, seeds, { twice }))
})
