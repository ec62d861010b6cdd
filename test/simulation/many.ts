/** Many seeds on several processors: each worker is given a handful at a time, and what they found is added up. */
import { Worker } from 'node:worker_threads'
import { NOTHING, plus, type Sum } from './run.ts'

export type HowMany = {
  readonly workers?: number
  readonly twice?: boolean
  /** Asked whenever a handful is done; true ends it all early. */
  readonly until?: (sum: Sum) => boolean
}
/** What a worker is given; it answers with a Sum. */
export type Handful = { readonly from: number; readonly seeds: number; readonly twice: boolean }

const HANDFUL = 10

export const runMany = async (
  from: number,
  seeds: number,
  { workers = 2, twice = true, until = () => false }: HowMany = {}
): Promise<Sum> => {
  let sum = NOTHING
  let next = from
  let ended = false
  const one = async (): Promise<void> => {
    // Most of what a seed makes is gone when it ends: room for the young spares the collector half of its work.
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: 64 }
    })
    try {
      while (!ended && next < from + seeds) {
        const handful: Handful = { from: next, seeds: Math.min(HANDFUL, from + seeds - next), twice }
        next += handful.seeds
        const part = await asked(worker, handful)
        sum = plus(sum, part)
        ended ||= until(sum)
      }
    } finally {
      await worker.terminate()
    }
  }
  await Promise.all(Array.from({ length: workers }, one))
  return sum
}

const asked = (worker: Worker, handful: Handful): Promise<Sum> =>
  new Promise((done, failed) => {
    worker.once('error', failed)
    worker.once('message', (sum: Sum) => {
      worker.off('error', failed)
      done(sum)
    })
    worker.postMessage(handful)
  })
