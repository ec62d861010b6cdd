/**
 * Keeps what is known in this tab abreast of the disk, which other tabs write as well. Mostly they tell; but a tab may die
 * between storing and telling, and a transaction may be stored although its database says that it was not. Then the disk
 * is asked, and only for as much as may be different.
 */
import type { Timers } from '#sync/exchange.ts'
import type { Cursor } from '#sync/cursor.ts'
import type { Cache } from './cache.ts'
import type { Read } from './first-read.ts'
import type { Own, Projections } from './projections.ts'
import type { OutboxStore } from './store.ts'
import type { Message } from './tabs.ts'

export type Abreast = {
  /** Everything anew. */
  read(): Promise<void>
  /** Only what may have changed: little, when nothing has. */
  look(): Promise<void>
  /**
   * A change that this tab stores, and what it shows of it: no look at the disk is under way meanwhile, or what that read
   * before would be shown after. A database may say no after it has stored: the next `settled` finds out.
   */
  change<T>(store: () => Promise<T>, show: (stored: T) => void): Promise<T>
  /** Answers whether there was a doubt. */
  settled(): Promise<boolean>
  /** Another tab has written these. What it says may be older than what is read here meanwhile, so the disk is asked. */
  told(entries: readonly Own[]): void
  /** A page of the office's views, told by the tab that stored it. Pages are taken in the order in which they are told. */
  page(message: Extract<Message, { say: 'page' }>): void
  /** Another tab found that something was stored of which nobody was told. */
  asked(): void
}

export type AbreastPorts = {
  readonly store: Pick<OutboxStore, 'pending' | 'some'>
  readonly cache: Pick<Cache, 'read' | 'cursor'>
  readonly views: Pick<Projections, 'cursor' | 'pending' | 'apply'>
  readonly timers: Timers
  readonly load: (read: Read) => void
  readonly taken: (entries: readonly Own[]) => void
}

const AGAIN_MS = 1_000

export const abreast = ({ store, cache, views, timers, load, taken }: AbreastPorts): Abreast => {
  let inDoubt = false
  let line: Promise<unknown> = Promise.resolve()
  const inLine = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = line.then(work)
    line = turn.catch(() => undefined)
    return turn
  }
  /** What was folded here so far, as the disk has it now. What is not on the disk yet stays; what has left it was sent. */
  const takeAgain = async (was: readonly Own[]) => {
    const now = new Map((await store.some(was.map(own => own.id))).map(entry => [entry.id, entry]))
    taken(was.map(own => now.get(own.id) ?? ('pos' in own ? { ...own, state: 'acked', seq: 0 } : own)))
  }
  const read = async () => {
    // The cache first, then the outbox: what the cache covers was marked in the outbox before it was pulled.
    const { cursor, rows } = await cache.read()
    const pending = await store.pending(cursor.seq)
    const was = views.pending()
    load({ cursor, rows, pending })
    await takeAgain(was)
  }
  const look = async () => {
    if (!same(await cache.cursor(), views.cursor())) return read()
    const pending = await store.pending(views.cursor().seq)
    const there = new Set(pending.map(entry => entry.id))
    await takeAgain(views.pending().filter(own => !there.has(own.id)))
    taken(pending)
  }
  const sometime = (work: () => Promise<void>): void =>
    void inLine(work).catch(() => timers.set(AGAIN_MS, () => sometime(look)))
  return {
    read: () => inLine(read),
    look: () => inLine(look),
    change: (store, show) =>
      inLine(async () => {
        try {
          const stored = await store()
          show(stored)
          return stored
        } catch (problem) {
          inDoubt = true
          throw problem
        }
      }),
    settled: async () => {
      if (!inDoubt) return false
      await inLine(look)
      inDoubt = false
      return true
    },
    told: entries => sometime(() => takeAgain(entries)),
    page: ({ page, swept, from }) =>
      sometime(async () => {
        if (page.first || same(from, views.cursor())) views.apply(page, swept)
        else await read()
      }),
    asked: () => sometime(look)
  }
}

const same = (one: Cursor, other: Cursor): boolean =>
  one.epoch === other.epoch && one.seq === other.seq && one.scopes.join('\n') === other.scopes.join('\n')
