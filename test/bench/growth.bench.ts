/**
 * `growth`: what a push of one event, a pull of nothing new and the cold start of a tablet cost while the log grows, and how long
 * it takes to make every view anew from it, as a build does that folds all of them otherwise.
 * `--sizes 10000,100000,1000000` says at how many events; each line's ratio is to the first of them. The log is filled by
 * `history.ts`. Times are medians over HTTP on loopback, with the product's own client and its signatures.
 */
import { loadavg } from 'node:os'
import { pullReply, pushReply } from '#sync/protocol.ts'
import { type Office, openOffice } from '#server/office.ts'
import { runningEmbedded } from '#server/embedded.ts'
import { fillTo } from './history.ts'
import { startOffice } from './office.ts'
import { median, note, report } from './report.ts'
import { optionOf } from './report-options.ts'
import { called, tabletAt } from './sync-ours.ts'

const SIZES = '10000,100000,1000000'
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 50)
const WARM = 10

export const bench = async (options: readonly string[]): Promise<boolean> => {
  const sizes = (optionOf(options, 'sizes') ?? SIZES).split(',').map(Number)
  const running = await startOffice()
  try {
    const databaseUrl = await runningEmbedded(running.dataDir)
    if (!databaseUrl) throw new Error('The office’s PostgreSQL is not running')
    const office = await openOffice({ dataDir: running.dataDir, databaseUrl })
    const first = new Map<string, number>()
    for (const size of sizes) {
      const from = performance.now()
      const wrote = await fillTo(office, size)
      note(`${size} events (${wrote} written in ${Math.round((performance.now() - from) / 1000)} s)`)
      const costs = {
        push: await pushCost(running.url),
        pull: await pullCost(running.url),
        ...(await coldStart(running.url)),
        fold_anew: await foldAnewCost(office)
      }
      for (const [name, value] of Object.entries(costs)) {
        const versus = first.get(name) ?? value
        first.set(name, versus)
        const metric = `${name}_at_${size}`
        report({
          bench: 'growth',
          metric,
          value,
          unit: name === 'cold_rows' ? 'rows' : 'ms',
          versus,
          ratio: value / versus,
          load_average: loadavg()[0]
        })
      }
    }
    await office.close()
  } finally {
    await running.stop()
  }
  return true
}

/** The office is told that its views were folded in some other way; none of them may turn out to differ. */
const foldAnewCost = async (office: Office): Promise<number> => {
  await office.sql`DELETE FROM view_fold`
  await office.sql`UPDATE site_counter SET folds = ''`
  const from = performance.now()
  const differed = await office.foldAnew(note)
  if (differed > 0) throw new Error(`${differed} views were not what the log makes`)
  return performance.now() - from
}

/** One event, recorded and answered for. */
const pushCost = async (url: string): Promise<number> => {
  const { enrolled, store, line } = await tabletAt(url)
  const { site, device, epoch } = enrolled
  const events = Array.from({ length: ROUNDS + WARM }, (_, at) => called(at, site, device, epoch))
  const entries = await store.append(events, Date.now())
  const office = await line()
  return medianOf(entries, async ({ id, h, body, n, chain }) => {
    const push = { protocol: 1, batch: id, device, chain, epoch, nMax: n, events: [{ id, h, body, n }] }
    const answer = await office.ask({ method: 'POST', path: '/v1/push', body: JSON.stringify(push) })
    const reply = answer.answer === 'ok' ? pushReply.parse(answer.body) : undefined
    const verdict = reply?.verdicts[0]?.verdict
    if (verdict !== 'applied') throw new Error(`An event of the bench was not applied: ${verdict ?? answer.answer}`)
  })
}

/** Asks for news when there is none. */
const pullCost = async (url: string): Promise<number> => {
  const { enrolled, line } = await tabletAt(url)
  const office = await line()
  const pullFrom = async (after: number) => {
    const answer = await office.ask({
      method: 'GET',
      path: `/v1/pull?epoch=${enrolled.epoch}&after=${after}&limit=1000`
    })
    if (answer.answer !== 'ok') throw new Error('A pull of the bench was not answered')
    return pullReply.parse(answer.body)
  }
  const { head } = await pullFrom(0)
  return medianOf(Array.from({ length: ROUNDS + WARM }), async () => {
    const { rows } = await pullFrom(head)
    if (rows.length > 0) throw new Error('There was news in the bench’s quiet office')
  })
}

/** The middle of many, the first few left out. */
const medianOf = async <T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<number> => {
  const times: number[] = []
  for (const one of list) {
    const from = performance.now()
    await work(one)
    times.push(performance.now() - from)
  }
  return median(times.slice(WARM))
}

/** A tablet that has nothing fetches all that it is to know. */
const coldStart = async (url: string): Promise<{ cold_start: number; cold_rows: number }> => {
  const times: number[] = []
  let rows = 0
  for (let round = 0; round < 3; round++) {
    const one = await tabletAt(url)
    times.push((await one.run(() => one.complete())).time)
    rows = one.rows.length
  }
  return { cold_start: median(times), cold_rows: rows }
}
