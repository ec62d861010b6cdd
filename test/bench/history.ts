/**
 * Fills a log with a plausible past, quickly and honestly: sealed and chained events, taken into the running office's database
 * by the office's own `append`, folds and flush, 1,000 in a transaction. What is left out is the way there: HTTP, signatures,
 * the check of each payload's shape. Half of them call for help and the others close those calls, so that most of the past
 * is over, as it is in a plant: 500 calls stay open at the most.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import type { Envelope } from '#kernel/event.ts'
import { idMaker } from '#kernel/id.ts'
import type { Office } from '#server/office.ts'
import { fastHash } from '#server/read-event.ts'
import { seal } from '#sync/chain.ts'

const IN_ONE = 1_000
const OPEN = 500
const newId = idMaker(Date.now, () => randomBytes(16))

/** Until the log holds `size` events. Answers how many it wrote. */
export const fillTo = async (office: Office, size: number): Promise<number> => {
  const past = pastOf(office)
  const head = (): Promise<number> => office.log.write(async work => work.head().seq)
  const from = await head()
  for (let at = from; at < size; ) {
    const count = Math.min(IN_ONE, size - at)
    await office.log.write(async work => {
      const events = Array.from({ length: count }, () => past(work.epoch))
      await work.prepare(events.map(({ envelope }) => envelope))
      for (const { sealed, envelope, chain, device } of events) {
        await work.append(sealed, envelope)
        work.setChain(chain, { device, n: sealed.n, h: sealed.h, nMax: sealed.n })
      }
    })
    at += count
  }
  await office.sql`ANALYZE event, view, view_left`
  await office.sql`CHECKPOINT`
  return (await head()) - from
}

/** One tablet's chain of calls and their ends. */
const pastOf = ({ site }: Office) => {
  const chain = randomUUID()
  const device = randomUUID()
  const open: string[] = []
  let [n, prev] = [0, '']
  return (epoch: string) => {
    const closing = open.length >= OPEN ? open.shift() : undefined
    const call = closing ?? newId()
    if (!closing) open.push(call)
    n += 1
    const envelope: Envelope = {
      v: 1,
      id: newId(),
      site: site.site,
      device,
      chain,
      n,
      prev,
      type: closing ? 'plant/andon-closed.v1' : 'plant/andon-called.v1',
      actor: { person: 'P-001', session: '', method: 'badge-pin' },
      at: { wall: new Date().toISOString(), mono: n, offset: 0 },
      seen: { epoch, seq: 0 },
      payload: closing
        ? { call, station: 'ST-01', cause: 'Reel changed', withdrawn: false }
        : { call, station: 'ST-01', kind: 'parts', note: `Reel ${n} runs out in ten minutes` }
    }
    const sealed = seal(envelope, fastHash)
    prev = sealed.h
    return { sealed, envelope, chain, device }
  }
}
