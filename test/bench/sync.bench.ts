/**
 * `sync`: 10,000 events up and 10,000 views down, ours beside PouchDB in the same run. Both are real client code in this
 * process with their memory stores, both talk HTTP on loopback to a server process with a fresh data folder, both carry the
 * same bytes. Ours commits to PostgreSQL with fsync on; PouchDB's server writes LevelDB as it comes. Rounds are interleaved
 * and the median counts; PouchDB takes the batch size that was best for it in the first round.
 */
import { type Measured, median, note, report } from './report.ts'
import { measureOurs } from './sync-ours.ts'
import { installPeers, measurePouch, type Sizes } from './sync-pouch.ts'

const COUNT = Number(process.env['BENCH_COUNT'] ?? 10_000)
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3)
const BATCHES = [100, 500] as const

export const bench = async (): Promise<boolean> => {
  await installPeers()
  const ours: Measured[] = []
  const theirs: Measured[] = []
  let best: Sizes | undefined
  for (let round = 1; round <= ROUNDS; round++) {
    note(`Round ${round} of ${ROUNDS}`)
    const { measured, events, views } = await measureOurs(COUNT)
    ours.push(measured)
    note(`  ours: ${JSON.stringify(measured)}`)
    best ??= await bestSizes(events, views)
    const pouch = await measurePouch(events, views, best)
    theirs.push(pouch)
    note(`  PouchDB: ${JSON.stringify(pouch)}`)
  }
  say('push_10k', 'push', 'pushRequests', best?.push)
  say('pull_10k', 'pull', 'pullRequests', best?.pull)
  return true

  function say(metric: string, time: 'push' | 'pull', requests: 'pushRequests' | 'pullRequests', batch?: number): void {
    const value = median(ours.map(one => one[time]))
    const versus = median(theirs.map(one => one[time]))
    report({
      bench: 'sync',
      metric,
      value,
      unit: 'ms',
      versus,
      ratio: value / versus,
      requests: median(ours.map(one => one[requests])),
      versus_requests: median(theirs.map(one => one[requests])),
      versus_batch: batch,
      count: COUNT,
      rounds: ROUNDS
    })
  }
}

/** One run with each batch size decides which is best for PouchDB, up and down on their own. */
const bestSizes = async (events: readonly string[], views: readonly string[]): Promise<Sizes> => {
  const tried: { size: number; measured: Measured }[] = []
  for (const size of BATCHES) {
    const measured = await measurePouch(events, views, { push: size, pull: size })
    note(`  PouchDB at batches of ${size}: ${JSON.stringify(measured)}`)
    tried.push({ size, measured })
  }
  const fastest = (way: 'push' | 'pull'): number =>
    tried.reduce((a, b) => (b.measured[way] < a.measured[way] ? b : a)).size
  return { push: fastest('push'), pull: fastest('pull') }
}
