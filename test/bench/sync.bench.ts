/**
 * `sync`: 10,000 events up and 10,000 views down, ours beside PouchDB and RxDB in the same run. All are real client code in
 * this process with their memory stores, all talk HTTP on loopback to a server process with
 * a fresh data folder, all carry the same bytes. Ours commits to PostgreSQL with fsync on; PouchDB's server writes LevelDB as
 * it comes; RxDB brings no server, so its documents stay in the memory of a small one. Rounds are interleaved and the median
 * counts; each peer takes the batch size that was best for it before the first round. RxDB on Dexie over fake-indexeddb, whose time
 * grows with the square of what waits, sends and fetches only `versus_count`; its ratio is of times for each event. `--link lossy`: the same with fewer
 * events over a line of 200 ms there and back on which each piece has one chance in a hundred to end the connection.
 */
import { direct, type Link, lossy } from './link.ts'
import { type Measured, median, note, report } from './report.ts'
import { measureOurs } from './sync-ours.ts'
import { installPeers, measurePouch, type Sizes } from './sync-pouch.ts'
import { measureRx } from './sync-rx.ts'

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3)
const BATCHES = [100, 500] as const

type Peer = {
  readonly name: string
  readonly measure: typeof measurePouch
  readonly rounds: Measured[]
  /** Most events that it is given. */
  readonly most: number
  sizes: Sizes | undefined
}
type Way = 'push' | 'pull'

const DEXIE = 500
const peerOf = (name: string, measure: Peer['measure'], most = Number.POSITIVE_INFINITY): Peer => ({
  name,
  measure,
  most,
  rounds: [],
  sizes: undefined
})

export const bench = async (options: readonly string[] = []): Promise<boolean> => {
  const isLossy = options[options.indexOf('--link') + 1] === 'lossy' && options.includes('--link')
  const count = Number(process.env['BENCH_COUNT'] ?? (isLossy ? 2_000 : 10_000))
  await installPeers()
  const ours: Measured[] = []
  const peers: Peer[] = [
    peerOf('PouchDB', measurePouch),
    peerOf('RxDB', (...all) => measureRx('memory', ...all)),
    peerOf('RxDB on Dexie', (...all) => measureRx('dexie', ...all), DEXIE)
  ]
  for (let round = 1; round <= ROUNDS; round++) {
    note(`Round ${round} of ${ROUNDS}`)
    const link = isLossy ? lossy(round) : direct
    const { measured, events, views } = await measureOurs(count, link)
    ours.push(measured)
    note(`  ours: ${JSON.stringify(measured)}`)
    for (const peer of peers) {
      const given = [events.slice(0, peer.most), views.slice(0, peer.most)] as const
      peer.sizes ??= await bestSizes(peer, ...given, link)
      const took = await peer.measure(...given, peer.sizes, link)
      peer.rounds.push(took)
      note(`  ${peer.name}: ${JSON.stringify(took)}`)
    }
  }
  const tail = isLossy ? '_lossy' : ''
  for (const peer of peers)
    for (const way of ['push', 'pull'] as const) say(peer, way, `${way}_10k${tailOf(peer)}${tail}`, count, ours)
  return true
}

/** The plain name is the one beside PouchDB. */
const tailOf = ({ name }: Peer): string => (name === 'PouchDB' ? '' : `_${name.toLowerCase().replace(' on ', '_')}`)

const say = (peer: Peer, way: Way, metric: string, count: number, ours: readonly Measured[]): void => {
  const requests = `${way}Requests` as const
  const value = median(ours.map(one => one[way]))
  const versus = median(peer.rounds.map(one => one[way]))
  const theirs = Math.min(count, peer.most)
  report({
    bench: 'sync',
    metric,
    value,
    unit: 'ms',
    peer: peer.name,
    versus,
    ratio: value / count / (versus / theirs),
    requests: median(ours.map(one => one[requests])),
    versus_requests: median(peer.rounds.map(one => one[requests])),
    versus_batch: peer.sizes?.[way],
    count,
    versus_count: theirs,
    rounds: ours.length
  })
}

/** One run with each batch size decides which is best for a peer, up and down on their own. */
const bestSizes = async (
  { name, measure }: Peer,
  events: readonly string[],
  views: readonly string[],
  link: Link
): Promise<Sizes> => {
  const tried: { size: number; measured: Measured }[] = []
  for (const size of BATCHES) {
    const measured = await measure(events, views, { push: size, pull: size }, link)
    note(`  ${name} at batches of ${size}: ${JSON.stringify(measured)}`)
    tried.push({ size, measured })
  }
  const fastest = (way: Way): number => tried.reduce((a, b) => (b.measured[way] < a.measured[way] ? b : a)).size
  return { push: fastest('push'), pull: fastest('pull') }
}
