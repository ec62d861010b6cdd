/** Whole tablets over a memory office and a line with faults, in virtual time. */
import * as z from 'zod/mini'
import { type Activity, lines } from '#kernel/activity.ts'
import { floorAction } from '#kernel/decision.ts'
import { draft, fact } from '#kernel/event.ts'
import { viewKind, when } from '#kernel/view.ts'
import { hashOf } from '#sync/chain.ts'
import { alone, type Message } from '#device/tabs.ts'
import { type Cache, memoryCache } from '#device/cache.ts'
import { memorySlots, type Slots } from '#device/drafts.ts'
import type { Photos } from '#device/kept-files.ts'
import { memoryBase, memoryPhotos } from '#device/store-memory.ts'
import { type Base, outbox } from '#device/store.ts'
import { openTablet, type Tablet, type TabletPorts } from '#device/tablet.ts'
import type { MemoryOffice } from './office-memory.ts'
import { dice, type VirtualTime } from './virtual-time.ts'

export const counted = fact('toy/counted.v1', z.object({ box: z.string(), by: z.number() }))
export type Box = { readonly sum: number; readonly times: number }
export const boxView = viewKind<Box>('toy/box', 'floor', [
  when(
    counted,
    one => one.box,
    (was, one) => ({ sum: (was?.sum ?? 0) + one.by, times: (was?.times ?? 0) + 1 })
  )
])
export const count = floorAction('toy/count', counted.payload, (_, input) => [draft(counted, input)])
export const toy: Activity = {
  name: 'toy',
  events: lines(counted),
  views: lines(boxView),
  guards: [],
  actions: lines(count),
  reasons: {}
}
export const by = { person: 'P-001', roles: [], session: 's', method: 'badge-pin' } as const

/** What lies between a tablet and the office. Parts of 1 of all requests; `down`: nothing comes through. */
export type Line = {
  down: boolean
  loseRequest: number
  loseReply: number
  repeat: number
  portal: number
  slow: number
}
export const goodLine = (): Line => ({ down: false, loseRequest: 0, loseReply: 0, repeat: 0, portal: 0, slow: 0 })

export type Disk = { readonly base: Base; readonly cache: Cache; readonly photos: Photos; readonly slots: Slots }
export const newDisk = (): Disk => ({
  base: memoryBase(),
  cache: memoryCache(),
  photos: memoryPhotos(),
  slots: memorySlots()
})

export type Toy = { readonly tablet: Tablet; readonly line: Line; readonly disk: Disk }

/** Another tab of the same tablet: they hear each other, and one of them leads. */
export type Together = Pick<TabletPorts, 'tabs' | 'lead'>
const single: Together = { tabs: alone, lead: work => work() }

export const openToy = async (
  office: MemoryOffice,
  time: VirtualTime,
  seed: number,
  disk = newDisk(),
  line = goodLine(),
  together = single
): Promise<Toy> => {
  const random = dice(seed)
  const bytes = () => Uint8Array.from({ length: 16 }, () => Math.floor(random() * 256))
  let ids = 0
  const newId = () => {
    ids += 1
    return `${seed}-${ids}-${Math.floor(random() * 1e9)}`
  }
  const ports: TabletPorts = {
    activities: [toy],
    store: outbox(disk.base, newId),
    cache: disk.cache,
    photos: disk.photos,
    slots: disk.slots,
    fetch: faulty(office, time, line, random),
    base: 'http://office',
    timers: time.timers,
    now: time.now,
    mono: time.now,
    random,
    bytes,
    subtle: toySubtle,
    ...together,
    visible: () => true,
    storage: async () => ({ persisted: true, usage: 0, quota: 0 }),
    problem: (code, message) => new Error(`${code} ${message}`)
  }
  const tablet = await openTablet(ports)
  if (!tablet.enrolled.peek())
    for (let i = 0; i < 50 && !tablet.enrolled.peek(); i += 1) {
      const asked = tablet.enrol({ path: '/v1/enroll', body: { code: 'x', name: `toy ${seed}` } })
      await time.pass(1000)
      await asked
    }
  return { tablet, line, disk }
}

/** As many tabs as wanted: a channel between them and a lock that passes on. */
export const tabsTogether = (): (() => Together) => {
  const tabs: ((message: Message) => void)[] = []
  const queue: { readonly work: () => () => void; end: (() => void) | undefined }[] = []
  const pass = () => {
    const [first] = queue
    if (first && !first.end) first.end = first.work()
  }
  return () => {
    let own: (message: Message) => void = () => undefined
    return {
      tabs: {
        listen: then => {
          own = then
          tabs.push(then)
        },
        post: message => {
          for (const tab of tabs) if (tab !== own) void Promise.resolve(structuredClone(message)).then(tab)
        }
      },
      lead: work => {
        const place = { work, end: undefined as (() => void) | undefined }
        queue.push(place)
        pass()
        return () => {
          place.end?.()
          queue.splice(queue.indexOf(place), 1)
          pass()
        }
      }
    }
  }
}

const faulty =
  (office: MemoryOffice, time: VirtualTime, line: Line, random: () => number): MemoryOffice['fetch'] =>
  (address, init) =>
    new Promise((answer, fail) => {
      const cut = () => fail(new TypeError('the connection was lost'))
      init.signal?.addEventListener('abort', cut)
      const later = (then: () => void) => time.timers.set(5 + (random() < line.slow ? 20_000 : random() * 50), then)
      later(() => {
        if (init.signal?.aborted) return
        if (line.down || random() < line.loseRequest) return cut()
        if (random() < line.portal)
          return answer(
            new Response('<html>Welcome to the guest network</html>', { headers: { 'content-type': 'text/html' } })
          )
        const replies = Array.from({ length: random() < line.repeat ? 2 : 1 }, () => office.fetch(address, init))
        later(() => (line.down || random() < line.loseReply ? cut() : replies.at(-1)?.then(answer, fail)))
      })
    })

/** Signatures are the real office's business; here only hashes must be true, and nothing may take real time. */
const toySubtle = {
  generateKey: async () => ({ privateKey: {}, publicKey: {} }),
  exportKey: async () => ({}),
  sign: async () => new ArrayBuffer(8),
  digest: async (_: string, data: Uint8Array | ArrayBuffer) =>
    Uint8Array.from(hashOf(new Uint8Array(data instanceof Uint8Array ? data.slice() : data)).match(/../g) ?? [], pair =>
      Number.parseInt(pair, 16)
    ).buffer
} as unknown as SubtleCrypto // Only these four are ever called here.
