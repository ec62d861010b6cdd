/**
 * The log: one writer at a time per site, whatever the number of server processes.
 *
 * Invariants (research/sync.md 4.1): I2 one id, one hash, at most one seq; I3 rows are only inserted; I4 seq runs 1..head
 * without a hole and commits in that order, because every writer holds the counter's row from its first read to its commit;
 * I4b views and events take their seq from that same counter, in the same transaction.
 *
 * Works that arrive together share one transaction (group commit). A work only reads the database; what it wants written
 * is kept in memory and flushed once, so a work that throws leaves no trace and the others go on.
 */
import type { Json } from '#kernel/canonical.ts'
import { type Batch, isDatabaseProblem, isRefused, type LogOptions, openBatch } from './batch.ts'
import { ViewCache } from './views.ts'
import { type Work, WorkState } from './work.ts'

export type Committed = {
  readonly seq: number
  readonly events: readonly { readonly type: string; readonly payload: Json }[]
}

export type Log = {
  readonly site: string
  /** Runs a work with the site locked. Everything it records is durable when the promise resolves. */
  write<T>(work: (work: Work) => Promise<T>): Promise<T>
  onCommitted(listener: (committed: Committed) => void): () => void
}

type Waiting = { readonly run: (batch: Batch) => Promise<() => void>; readonly stop: (problem: unknown) => void }

export const openLog = (options: LogOptions): Log => {
  const cache = new ViewCache()
  const listeners = new Set<(committed: Committed) => void>()
  let cachedHead = -1
  const waiting: Waiting[] = []
  let busy = false

  const round = async (works: readonly Waiting[]): Promise<void> => {
    const answers: (() => void)[] = []
    const batch = await options.store.begin(async tx => {
      const opened = await openBatch(options, tx, cache, cachedHead)
      for (const work of works) answers.push(await work.run(opened))
      await tx.flush(opened)
      return opened
    })
    for (const [kind, map] of batch.layer.changes) for (const [key, state] of map) cache.set(kind, key, state)
    cachedHead = batch.seq
    for (const answer of answers) answer()
    const events = batch.events.map(({ type, payload }) => ({ type, payload }))
    if (events.length > 0) for (const listener of listeners) listener({ seq: batch.seq, events })
  }

  const drain = async (): Promise<void> => {
    if (busy) return
    busy = true
    while (waiting.length > 0) {
      await attempt(waiting.splice(0, 16))
    }
    busy = false
  }

  const attempt = async (works: readonly Waiting[]): Promise<void> => {
    try {
      await round(works)
    } catch (problem) {
      cache.clear()
      cachedHead = -1
      // One of them asked for something that PostgreSQL refuses: each alone, so that it spoils nothing but itself.
      if (works.length > 1 && isRefused(problem)) for (const work of works) await attempt([work])
      else for (const work of works) work.stop(problem)
    }
  }

  return {
    site: options.site,
    onCommitted: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    write: <T>(work: (work: Work) => Promise<T>) =>
      new Promise<T>((resolve, reject) => {
        const run = async (batch: Batch): Promise<() => void> => {
          const own = new WorkState(options, batch)
          try {
            const answer = await work(own)
            own.merge()
            return () => resolve(answer)
          } catch (problem) {
            if (isDatabaseProblem(problem)) throw problem
            return () => reject(problem)
          }
        }
        waiting.push({ run, stop: reject })
        queueMicrotask(() => void drain())
      })
  }
}
