import { describe, expect, it } from 'vitest'
import { virtualTime } from '#test/simulation/virtual-time.ts'
import { client, type ClientPorts } from './client.ts'
import type { Answer } from './exchange.ts'
import type { PushRequest, PushedEvent } from './protocol.ts'

const ok = (body: unknown): Answer => ({ answer: 'ok', body, response: new Response() })

/** An office that keeps one chain in order, and a tablet with `count` events for it. Each push takes 100 ms. */
const plant = (count: number, spoil: (push: PushRequest, at: number) => Answer | undefined = () => undefined) => {
  const time = virtualTime()
  const hashOf = (n: number) => n.toString(16).padStart(64, '0')
  const unsent: (PushedEvent & { n: number })[] = Array.from({ length: count }, (_, i) => ({
    id: `e${i + 1}`,
    h: hashOf(i + 1),
    body: `{"n":${i + 1}}`,
    n: i + 1
  }))
  const stored: number[] = []
  const pushes: { readonly from: number; readonly to: number; readonly at: number }[] = []
  const pulls: number[] = []
  let abreast = 0
  let most = 0
  const judge = (push: PushRequest): Answer => {
    const verdicts = push.events.map(({ id }) => {
      const n = Number(id.slice(1))
      if (n > stored.length + 1) return { id, verdict: 'gap', expect: stored.length + 1 }
      if (n <= stored.length) return { id, verdict: 'duplicate', seq: n }
      stored.push(n)
      return { id, verdict: 'applied', seq: n }
    })
    return ok({ batch: push.batch, epoch: 'e', head: stored.length, time: time.now(), root: 'r', verdicts })
  }
  const take = async (push: PushRequest): Promise<Answer> => {
    const [first, last] = [push.events[0], push.events.at(-1)].map(event => Number(event?.id.slice(1)))
    pushes.push({ from: first ?? 0, to: last ?? 0, at: time.now() })
    const spoilt = spoil(push, pushes.length - 1)
    most = Math.max(most, ++abreast)
    await new Promise<void>(done => void time.timers.set(100, done))
    abreast -= 1
    return spoilt ?? judge(push)
  }
  const ports: ClientPorts = {
    office: {
      ask: async ({ path, body }) => {
        if (path.startsWith('/v1/push')) return take(JSON.parse(String(body)) as PushRequest)
        pulls.push(unsent.length)
        const after = Number(new URLSearchParams(path.split('?')[1]).get('after'))
        return ok({ epoch: 'e', scopes: [], from: after, to: after, head: after, time: 0, rows: [], more: false })
      },
      open: async () => undefined
    },
    queue: {
      batch: async most => (unsent.length > 0 ? { chain: 'c', nMax: count, events: unsent.slice(0, most) } : undefined),
      settle: async ({ marks }) => {
        const taken = new Set(marks.map(mark => mark.id))
        unsent.splice(0, unsent.length, ...unsent.filter(event => !taken.has(event.id)))
      },
      witnessed: async () => undefined
    },
    shelf: { apply: async () => undefined },
    device: () => 'd',
    newId: () => `batch-${Math.random()}`,
    now: time.now,
    random: () => 0,
    timers: time.timers,
    visible: () => true,
    onStatus: () => undefined,
    onClock: () => undefined
  }
  const one = client(ports)
  one.start({ cursor: { epoch: 'e', seq: 0, scopes: [] }, epoch: 'e' })
  return { one, time, unsent, stored, pushes, pulls, most: () => most }
}

const all = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

describe('batches sent ahead', () => {
  it('keep two larger ones on their way once the line has proved itself, each event once and in order', async () => {
    const { time, stored, pushes, most, pulls, unsent } = plant(1000)
    await time.pass(5_000)
    expect(stored).toEqual(all(1000))
    expect(pushes.map(({ from, to }) => [from, to])).toEqual([
      [1, 200],
      [201, 700],
      [701, 1000]
    ])
    expect(most()).toBe(2)
    // Nothing is pulled before all of it was answered.
    expect(pulls.filter(left => left > 0)).toEqual([])
    expect(unsent).toEqual([])
  })

  it('are asked for again when they overtook the one before them', async () => {
    const early = (push: PushRequest, at: number): Answer | undefined =>
      at === 2
        ? ok({
            batch: push.batch,
            epoch: 'e',
            head: 200,
            time: 0,
            root: 'r',
            verdicts: push.events.map(({ id }) => ({ id, verdict: 'gap', expect: 201 }))
          })
        : undefined
    const { time, stored, unsent } = plant(900, early)
    await time.pass(5_000)
    expect(stored).toEqual(all(900))
    expect(unsent).toEqual([])
  })

  it('make a refusal into silence when they were swallowed themselves: then nobody knows what the office holds', async () => {
    const bad = (_: PushRequest, at: number): Answer | undefined =>
      at === 1
        ? { answer: 'no', status: 500, code: 'server-error', message: '', hint: undefined, after: undefined }
        : at === 2
          ? { answer: 'unreachable' }
          : undefined
    const { time, stored, pulls } = plant(900, bad)
    await time.pass(300)
    expect(pulls).toEqual([])
    await time.pass(10_000)
    expect(stored).toEqual(all(900))
    expect(pulls.filter(left => left > 0)).toEqual([])
  })

  it('are heard out before a refusal is believed, and news comes after both', async () => {
    const bad = (_: PushRequest, at: number): Answer | undefined =>
      at === 1
        ? { answer: 'no', status: 500, code: 'server-error', message: '', hint: undefined, after: undefined }
        : undefined
    const { time, stored, pulls } = plant(900, bad)
    await time.pass(300)
    expect(pulls[0]).toBe(700)
    await time.pass(10_000)
    expect(stored).toEqual(all(900))
  })
})
