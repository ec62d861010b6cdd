/** The product's own device code against the product's own server. */
import { randomBytes } from 'node:crypto'
import { memoryCache } from '#device/cache.ts'
import { identity } from '#device/identity.ts'
import { memoryBase } from '#device/store-memory.ts'
import { outbox, type Unlinked } from '#device/store.ts'
import { openTablet, type TabletPorts } from '#device/tablet.ts'
import { idMaker } from '#kernel/id.ts'
import { type Exchange, exchange } from '#sync/exchange.ts'
import { tabletPorts } from '#test/tablet-ports.ts'
import type { Line, Link } from './link.ts'
import { startOffice } from './office.ts'
import type { Measured } from './report.ts'

const newId = idMaker(Date.now, () => randomBytes(16))
const CALLED = 'plant/andon-called.v1'

type Ours = { readonly measured: Measured; readonly events: readonly string[]; readonly views: readonly string[] }

/** Fills a tablet's outbox, sends it, and lets another tablet fetch what the office made of it. */
export const measureOurs = async (count: number, link: Link): Promise<Ours> => {
  const office = await startOffice()
  const line = await link(office.url)
  try {
    const sent = await push(line, count)
    const fetched = await pull(line, count)
    return {
      measured: { push: sent.time, pushRequests: sent.requests, pull: fetched.time, pullRequests: fetched.requests },
      events: sent.bodies,
      views: fetched.views
    }
  } finally {
    await line.close()
    await office.stop()
  }
}

const push = async ({ url, begin }: Line, count: number) => {
  const one = await tabletAt(url)
  const { site, device, epoch } = one.enrolled
  const events = Array.from({ length: count }, (_, at) => called(at, site, device, epoch))
  const entries = await one.store.append(events, Date.now())
  begin()
  const { time, requests } = await one.run(() => one.acked() >= count)
  return { time, requests, bodies: entries.map(entry => entry.body) }
}

const pull = async ({ url, begin, calm }: Line, count: number) => {
  calm()
  const one = await tabletAt(url)
  begin()
  const { time, requests } = await one.run(() => one.rows.length >= count && one.complete())
  const views = one.rows.filter(row => row.kind === 'plant/andon').map(row => JSON.stringify(row.view))
  if (views.length < count) throw new Error(`Only ${views.length} of ${count} views arrived`)
  return { time, requests, views }
}

/** A call for help from a station: as small as a step that was completed, and each makes a view of its own. */
export const called = (at: number, site: string, device: string, epoch: string): Unlinked => ({
  v: 1,
  id: newId(),
  site,
  device,
  type: CALLED,
  actor: { person: 'P-001', session: '00000000-0000-7000-8000-000000000001', method: 'badge-pin' },
  at: { wall: new Date().toISOString(), mono: at, offset: 0 },
  seen: { epoch, seq: 0 },
  payload: { call: newId(), station: 'ST-01', kind: 'parts', note: `Reel ${at} runs out in ten minutes` }
})

/** And its end. */
export const closed = (at: number, site: string, device: string, epoch: string, call: string): Unlinked => ({
  ...called(at, site, device, epoch),
  type: 'plant/andon-closed.v1',
  payload: { call, station: 'ST-01', cause: 'Reel changed', withdrawn: false }
})

/** A tablet that is enrolled and waits for `run` before it speaks to the office. */
export const tabletAt = async (url: string) => {
  const base = outbox(memoryBase(), newId)
  const cache = memoryCache()
  const counts = { requests: 0, acked: 0, complete: false }
  const rows: { kind: string; view: unknown }[] = []
  let look = (): void => undefined
  let begin = (): void => undefined
  const store: typeof base = {
    ...base,
    settle: async settlement => {
      const changed = await base.settle(settlement)
      counts.acked += changed.filter(entry => entry.state !== 'unsent').length
      look()
      return changed
    }
  }
  const ports: TabletPorts = {
    ...tabletPorts(url),
    store,
    cache: {
      ...cache,
      apply: async page => {
        const swept = await cache.apply(page)
        for (const row of page.rows) rows.push(row)
        if (page.last) counts.complete = true
        look()
        return swept
      }
    },
    fetch: (address, init) => {
      if (/\/v1\/(push|pull)/.test(address)) counts.requests += 1
      return fetch(address, init)
    },
    lead: work => {
      let end = (): void => undefined
      begin = () => {
        end = work()
      }
      return () => end()
    }
  }
  const enrolled = await enrol(ports)
  const run = async (done: () => boolean): Promise<{ time: number; requests: number }> => {
    // It opens with what was recorded, and shows it, before the clock runs: what is measured is the way to the office.
    const tablet = await openTablet(ports)
    const from = performance.now()
    await new Promise<void>(resolve => {
      look = () => {
        if (done()) resolve()
      }
      begin()
    })
    const time = performance.now() - from
    tablet.close()
    return { time, requests: counts.requests }
  }
  /** The same tablet's signed questions, without its engine. */
  const line = async (): Promise<Exchange> => {
    const known = identity({ get: store.get, set: store.set, subtle: ports.subtle })
    await known.load()
    return exchange({ ...ports, sign: known.sign })
  }
  return { enrolled, store, rows, run, line, acked: () => counts.acked, complete: () => counts.complete }
}

const enrol = async (ports: TabletPorts) => {
  const tablet = await openTablet({ ...ports, lead: () => () => undefined })
  const answer = await tablet.enrol({
    path: '/v1/sample/enroll',
    body: { use: 'station', station: 'ST-01', name: 'Bench' }
  })
  if (!('enrolled' in answer))
    throw new Error(`The bench could not enrol a tablet: ${answer.refused} ${answer.message}`)
  tablet.close()
  return answer.enrolled
}
