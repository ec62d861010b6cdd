/**
 * The log's two databases, PostgreSQL and the simulation's own in memory: the same stories are told to the office's log and
 * intake over each, and whatever can be asked of them afterwards must have one answer.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { lines } from '#kernel/activity.ts'
import { guard, refuse } from '#kernel/decision.ts'
import { draft, type EventKind, fact } from '#kernel/event.ts'
import { listenersOf } from '#kernel/fold.ts'
import { idMaker } from '#kernel/id.ts'
import { viewKind, type ViewKind, when } from '#kernel/view.ts'
import { rangeOf, readRange } from '#server/feed.ts'
import { type Intake, takeIn } from '#server/intake.ts'
import { type Log, openLog } from '#server/log.ts'
import { postgresStore } from '#server/log-postgres.ts'
import type { Gathered, LogStore, LogTx, Stored } from '#server/log-store.ts'
import { openOffice, type Office } from '#server/office.ts'
import type { PushedEvent } from '#sync/protocol.ts'
import { memoryLog, pageOf, type MemoryLog } from '#test/simulation/log-memory.ts'
import { HONEST } from '#test/simulation/plant.ts'
import { dice } from '#test/simulation/virtual-time.ts'
import { freshDatabase, type TestDatabase } from './postgres.ts'
import { counted, latched, toy, ToyTablet } from './toy-plant.ts'

const SITE = 'main'
const SYSTEM = { person: 'office', session: '', method: 'system' } as const
const flagged: EventKind = { type: 'toy/flagged.v1', authority: 'decision', payload: z.record(z.string(), z.unknown()) }
/** One event that touches many views at once, or takes them away. */
const spread = fact('toy/spread.v1', z.object({ boxes: z.array(z.string()), gone: z.boolean() }))
const shelf = viewKind<{ readonly times: number }>(
  'toy/shelf',
  shelf => (shelf.times % 3 === 0 ? 'archive' : 'floor'),
  [
    when(
      spread,
      one => one.boxes,
      (was, one) => (one.gone ? (undefined as never) : { times: (was?.times ?? 0) + 1 })
    )
  ]
)
const VIEWS = lines<ViewKind>(...toy.views, shelf)
const intake: Intake = {
  kinds: new Map([counted, latched, spread].map(kind => [kind.type, kind as EventKind])),
  guards: [...toy.guards, guard(spread, (_, one) => (one.boxes.length > 3 ? refuse('too-many') : undefined))],
  flag: flagged,
  sentence: () => 'So it is.'
}

describe('the log on PostgreSQL and in memory', () => {
  let database: TestDatabase
  let office: Office
  let memory: MemoryLog
  let logs: readonly [Log, Log]
  let stores: readonly [LogStore, LogStore]

  beforeAll(async () => {
    database = await freshDatabase()
    const found = { site: SITE, name: 'Toy', sample: false }
    office = await openOffice({ dataDir: '', databaseUrl: database.url, found, activities: [toy] })
    const postgres = postgresStore(database.sql, SITE)
    const { epoch, officeChain } = await postgres.begin(tx => tx.lock())
    memory = memoryLog({ epoch, startSeq: 0, officeChain }, HONEST, async () => undefined)
    stores = [postgres, memory.storeFor({ dead: () => false, die: () => undefined })]
    const log = (store: LogStore) => {
      const random = dice(7)
      const bytes = () => Uint8Array.from({ length: 16 }, () => Math.floor(random() * 256))
      const now = () => new Date(Date.UTC(2026, 10, 22, 8))
      return openLog({ store, site: SITE, listeners: listenersOf(VIEWS), newId: idMaker(() => 1, bytes), now })
    }
    logs = [log(stores[0]), log(stores[1])]
  })
  afterAll(async () => {
    await office.close()
    await database.close()
  })

  const both = async <T>(work: (one: 0 | 1) => Promise<T>): Promise<T> => {
    const [first, second] = [await work(0), await work(1)]
    expect(second).toEqual(first)
    return first
  }
  const read = <T>(ask: (tx: LogTx) => Promise<T>) => both(one => stores[one].begin(ask))
  const feed = (scopes: readonly string[], after: number, limit: number, built = 0) =>
    both(async one => {
      const range =
        one === 0
          ? await readRange(database.sql, SITE, scopes, after, limit, built)
          : await rangeOf(async (most, upTo) => pageOf(memory.tables, scopes, after, most, upTo, built), limit)
      const rows = JSON.parse(`[${range.rows}]`) as {
        readonly seq: number
        readonly kind: string
        readonly key: string
      }[]
      // Rows of one number have no order among them.
      return { ...range, rows: rows.toSorted((a, b) => a.seq - b.seq || (a.kind + a.key < b.kind + b.key ? -1 : 1)) }
    })

  it('keep what was answered to a decision with what it recorded, or neither', async () => {
    const id = '01a20245-1af8-7717-b8e5-ddf95afc56ef'
    const reply = { id, refused: 'so', sentence: 'It is so already.', about: {} }
    expect(await read(tx => tx.acted(id))).toBeUndefined()
    await both(one =>
      stores[one]
        .begin(async tx => {
          await tx.keepAct(id, { person: 'P-002', reply })
          throw new Error('undone')
        })
        .catch(() => undefined)
    )
    expect(await read(tx => tx.acted(id))).toBeUndefined()
    await both(one =>
      stores[one].begin(async tx => {
        await tx.keepAct(id, { person: 'P-002', reply })
        expect((await tx.acted(id))?.person).toBe('P-002')
      })
    )
    expect(await read(tx => tx.acted(id))).toEqual({ person: 'P-002', reply })
  })

  it('answer alike to everything that a log is asked, through 250 pushes good and bad', {
    timeout: 120_000
  }, async () => {
    const roll = dice(20_261_122)
    const below = (most: number) => Math.floor(roll() * most)
    const boxes = () => Array.from({ length: 1 + below(5) }, () => `${'abcde'[below(5)]}/${below(3)}`)
    const tablets = [new ToyTablet(), new ToyTablet(), new ToyTablet()]
    const sent: { readonly tablet: ToyTablet; readonly chain: string; readonly events: readonly PushedEvent[] }[] = []
    const made = (tablet: ToyTablet): PushedEvent => {
      const box = 'abc'[below(3)] ?? 'a'
      switch (below(9)) {
        case 0:
          return tablet.seal({ type: 'toy/unheard-of.v1' }, { box })
        case 1:
          return tablet.seal(counted, { box, by: 'many' })
        case 2:
          return tablet.seal(latched, { box, shut: true })
        case 3: {
          const sealed = tablet.seal(counted, { box, by: 1 })
          return { ...sealed, body: `${sealed.body} ` }
        }
        case 4:
        case 5:
          return tablet.seal(spread, { boxes: [...new Set(boxes())], gone: below(4) === 0 })
        default:
          return tablet.seal(counted, { box, by: 1 + below(9) })
      }
    }
    const seen = { verdicts: new Set<string>(), more: false, moved: false }
    for (let step = 0; step < 250; step += 1) {
      const tablet = tablets[below(3)] ?? new ToyTablet()
      const again = below(5) === 0 ? sent[below(sent.length)] : undefined
      if (below(12) === 0) tablet.n += 1
      if (below(25) === 0) Object.assign(tablet, { n: Math.max(0, tablet.n - 2) })
      if (below(15) === 0) Object.assign(tablet, { chain: new ToyTablet().chain, n: 0, prev: '' })
      const events = again?.events ?? Array.from({ length: 1 + below(6) }, () => made(tablet))
      const push = {
        ...(again?.tablet ?? tablet).push([]),
        events: [...events],
        ...(again ? { chain: again.chain } : {})
      }
      sent.push({ tablet: again?.tablet ?? tablet, chain: push.chain, events })
      const { verdicts } = await both(one => takeIn(logs[one], intake, push))
      for (const { verdict } of verdicts) seen.verdicts.add(verdict)
      if (below(6) === 0) {
        const decided = draft(latched, { box: 'abc'[below(3)] ?? 'a', shut: below(2) === 0 })
        await both(one => logs[one].write(work => work.record([decided], SYSTEM)))
      }
      const ids = push.events.map(({ id }) => id)
      await read(tx => tx.chain(push.chain))
      await read(async tx =>
        (await tx.known(ids)).toSorted(bySeq).map(({ id, seq, h, n, chain }) => ({ id, seq, h, n, chain }))
      )
      const hashes = push.events.map(({ h }) => h)
      await read(async tx =>
        (await tx.aside(push.chain, hashes)).map(({ h, n }) => ({ h, n })).toSorted((a, b) => (a.h < b.h ? -1 : 1))
      )
      const number = 1 + below(20)
      await read(tx => tx.hashAt(push.chain, number))
      const { seq: head } = await read(tx => tx.lock())
      const scopes = [['floor'], ['archive'], ['floor', 'archive'], ['nowhere']][below(4)] ?? []
      const page = await feed(scopes, below(head + 1), 1 + below(6), below(2) * below(head + 1))
      seen.more ||= page.more
      seen.moved ||= page.rows.some(row => (row as { view?: unknown }).view === null)
    }
    const everything = await read(async tx =>
      (await tx.viewsUnder('toy/shelf', '')).toSorted((a, b) => (a.key < b.key ? -1 : 1))
    )
    expect(everything.length).toBeGreaterThan(5)
    await read(async tx => (await tx.viewsUnder('toy/shelf', 'a/')).toSorted((a, b) => (a.key < b.key ? -1 : 1)))
    await read(async tx => (await tx.views(everything)).toSorted((a, b) => (a.key < b.key ? -1 : 1)))
    // The story met what it was written to meet.
    expect([...seen.verdicts].sort()).toEqual([
      'applied',
      'duplicate',
      'flagged',
      'fork',
      'gap',
      'quarantined',
      'refused'
    ])
    expect([seen.more, seen.moved]).toEqual([true, true])
  })

  const gathered = async (over: Partial<Stored>, more: Partial<Gathered> = {}): Promise<Gathered> => {
    const { seq, root, epoch } = await stores[1].begin(tx => tx.lock())
    const tablet = new ToyTablet()
    const sealed = tablet.seal(counted, { box: 'a', by: 1 })
    const event: Stored = {
      ...sealed,
      seq: seq + 1,
      device: tablet.device,
      chain: tablet.chain,
      type: counted.type,
      person: 'P-001',
      subject: null,
      root,
      flags: null,
      payload: {},
      ...over
    }
    return {
      epoch,
      now: new Date(0),
      events: [event],
      chains: new Map([[event.chain, { device: event.device, n: event.n, h: event.h, nMax: 9 }]]),
      setAside: [],
      layer: { changes: new Map() },
      scopesBefore: new Map(),
      seq: event.seq,
      root,
      startSeq: seq,
      ...more
    }
  }
  const refused = async (batch: Gathered) => {
    const before = await read(tx => tx.lock())
    for (const store of stores) await expect(store.begin(tx => tx.flush(batch))).rejects.toThrow()
    expect(await read(tx => tx.lock())).toEqual(before)
    for (const { chain } of batch.events) expect(await read(tx => tx.chain(chain))).toBeUndefined()
  }

  it('take no id twice, no number of a chain twice and no number of the log twice, and nothing beside it', async () => {
    const first = await gathered({})
    await both(one => stores[one].begin(tx => tx.flush(first)))
    const [{ id, chain, n, seq } = { id: '', chain: '', n: 0, seq: 0 }] = first.events
    await refused(await gathered({ id }))
    await refused(await gathered({ seq }))
    const twin = await gathered({ chain, n })
    for (const store of stores) await expect(store.begin(tx => tx.flush(twin))).rejects.toThrow()
    expect((await read(tx => tx.lock())).seq).toBe(seq)
  })

  it('leave no trace of a work that throws', async () => {
    const batch = await gathered({})
    for (const store of stores)
      await expect(
        store.begin(async tx => {
          await tx.flush(batch)
          throw new Error('after all not')
        })
      ).rejects.toThrow('after all not')
    expect(await read(tx => tx.chain(batch.events[0]?.chain ?? ''))).toBeUndefined()
  })

  it('never take back the highest number that a chain has told of', async () => {
    const batch = await gathered({})
    await both(one => stores[one].begin(tx => tx.flush(batch)))
    const [event] = batch.events
    const lower = new Map([...batch.chains].map(([chain, head]) => [chain, { ...head, nMax: 2 }] as const))
    const next = { ...batch, events: [], chains: lower, startSeq: batch.seq }
    await both(one => stores[one].begin(tx => tx.flush(next)))
    expect(await read(tx => tx.chain(event?.chain ?? ''))).toMatchObject({ nMax: 9 })
  })
})

const bySeq = (a: { readonly seq: number }, b: { readonly seq: number }): number => a.seq - b.seq
