/** Tablets that send and walls that watch, all in this process, over loopback. */
import { setTimeout as wait } from 'node:timers/promises'
import { memoryCache } from '#device/cache.ts'
import { openTablet } from '#device/tablet.ts'
import { pushReply } from '#sync/protocol.ts'
import { tabletPorts } from '#test/tablet-ports.ts'
import { called, closed, tabletAt } from './sync-ours.ts'

/** What a wall may lag behind, at the 99th hundredth. */
export const LIMIT_MS = 500
/** How long after the last event it is waited for. */
const LATE_MS = 10_000

export type Load = {
  /** So many events a second for so many seconds; answers for every event and wall how long it took, in ms. */
  run(rate: number, seconds: number): Promise<readonly number[]>
  close(): void
}

/** An event on its way: what walls have yet to show it. `ends`: it closes the call, and the wall loses the view. */
type Underway = { readonly at: number; readonly ends: boolean; readonly missing: Set<number> }

export const openLoad = async (url: string, tablets: number, walls: number): Promise<Load> => {
  const underway = new Map<string, Underway[]>()
  let times: number[] = []
  const shown = (wall: number, key: string, gone: boolean): void => {
    const list = underway.get(key) ?? []
    for (const one of list) if ((gone || !one.ends) && one.missing.delete(wall)) times.push(performance.now() - one.at)
    const left = list.filter(one => one.missing.size > 0)
    if (left.length > 0) underway.set(key, left)
    else underway.delete(key)
  }
  const watching = await Promise.all(Array.from({ length: walls }, (_, wall) => openWall(url, wall, shown)))
  const senders: Sender[] = []
  for (let i = 0; i < tablets; i++) senders.push(await openSender(url))
  const send = async (sender: Sender, due: number): Promise<void> => {
    const next = await sender.next()
    const list = underway.get(next.call) ?? []
    const missing = new Set(watching.keys())
    underway.set(next.call, [...list, { at: due, ends: next.ends, missing }])
    await next.send()
  }
  const run: Load['run'] = async (rate, seconds) => {
    times = []
    const from = performance.now()
    const sent: Promise<void>[] = []
    for (let i = 0; i < rate * seconds; i++) {
      const due = from + (i * 1000) / rate
      if (due > performance.now()) await wait(due - performance.now())
      const sender = senders[i % senders.length]
      // One tablet sends in order: what comes due earlier than its last is answered waits for it, and that counts as late.
      if (!sender) continue
      sender.turn = sender.turn.then(() => send(sender, due))
      sent.push(sender.turn)
    }
    await Promise.all(sent)
    const until = performance.now() + LATE_MS
    while (underway.size > 0 && performance.now() < until) await wait(20)
    const never = [...underway.values()].flat().reduce((sum, one) => sum + one.missing.size, 0)
    underway.clear()
    return [...times, ...Array.from({ length: never }, () => Number.POSITIVE_INFINITY)]
  }
  const close = (): void => {
    for (const wall of watching) wall.close()
  }
  return { run, close }
}

const openWall = async (url: string, wall: number, shown: (wall: number, key: string, gone: boolean) => void) => {
  const cache = memoryCache()
  const tablet = await openTablet({
    ...tabletPorts(url),
    cache: {
      ...cache,
      apply: async page => {
        const swept = await cache.apply(page)
        for (const { kind, key, view } of page.rows) if (kind === 'plant/andon') shown(wall, key, view === null)
        return swept
      }
    }
  })
  const answer = await tablet.enrol({ path: '/v1/sample/enroll', body: { use: 'wall', name: `Wall ${wall}` } })
  if (!('enrolled' in answer)) throw new Error(`The bench could not enrol a wall: ${answer.message}`)
  return tablet
}

type Sender = { turn: Promise<void>; next(): Promise<{ call: string; ends: boolean; send(): Promise<void> }> }

/** Calls for help and closes the call again, in turn, so that what the walls show stays the same size. */
const openSender = async (url: string): Promise<Sender> => {
  const { enrolled, store, line } = await tabletAt(url)
  const { site, device, epoch } = enrolled
  const office = await line()
  let [at, open] = [0, '']
  return {
    turn: Promise.resolve(),
    next: async () => {
      const ends = open !== ''
      const event = ends ? closed(at, site, device, epoch, open) : called(at, site, device, epoch)
      // Both payloads name their call.
      const { call } = event.payload as { call: string }
      at += 1
      open = ends ? '' : call
      const [entry] = await store.append([event], Date.now())
      if (!entry) throw new Error('The outbox of the bench kept nothing')
      const { id, h, body, n, chain } = entry
      const push = JSON.stringify({
        protocol: 1,
        batch: id,
        device,
        chain,
        epoch,
        nMax: n,
        events: [{ id, h, body, n }]
      })
      const send = async (): Promise<void> => {
        const answer = await office.ask({ method: 'POST', path: '/v1/push', body: push })
        const reply = answer.answer === 'ok' ? pushReply.parse(answer.body) : undefined
        const verdict = reply?.verdicts[0]
        if (verdict?.verdict !== 'applied')
          throw new Error(`An event of the bench was not applied: ${JSON.stringify(verdict ?? answer)}`)
      }
      return { call, ends, send }
    }
  }
}
