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
import type { Sql, TransactionSql } from 'postgres'
import type { Known } from '#kernel/decision.ts'
import { type Actor, type Draft, type Envelope, stampOf } from '#kernel/event.ts'
import { foldEvent, type Listeners, touchedBy } from '#kernel/fold.ts'
import type { Json } from '#kernel/canonical.ts'
import { nextRoot, type Sealed, seal } from '#sync/chain.ts'
import { flush, type Stored } from './flush.ts'
import { Layer, type Missing, NOTHING, settle, ViewCache, type ViewState } from './views.ts'

export const OFFICE = 'office'

export type ChainHead = { readonly device: string; readonly n: number; readonly h: string; readonly nMax: number }
export type SetAside = {
  readonly verdict: 'quarantined' | 'refused'
  readonly code: string
  readonly id: string
  readonly device: string
  readonly chain: string
  readonly n: number | undefined
  readonly h: string
  readonly body: string
}

export type Work = {
  readonly tx: TransactionSql
  readonly site: string
  readonly known: Known
  readonly head: () => { readonly seq: number; readonly root: string }
  readonly epoch: string
  readonly now: Date
  /** Runs a pure function that reads known views. */
  ask<T>(pure: () => T): Promise<T>
  /** Brings in one query what a run of events will touch. */
  prepare(events: readonly { readonly type: string; readonly payload: unknown }[]): Promise<void>
  chain(chain: string): Promise<ChainHead | undefined>
  setChain(chain: string, head: ChainHead): void
  setAside(item: SetAside): void
  /** Stores an event that someone else sealed, folds it, and answers its seq. */
  append(sealed: Sealed, envelope: Envelope, flags?: readonly string[]): Promise<number>
  /** Records the office's own events; answers the seq of the last. */
  record(drafts: readonly Draft[], actor: Actor, at?: string): Promise<{ readonly seq: number; readonly ids: readonly string[] }>
}

export type Committed = { readonly seq: number; readonly events: readonly { readonly type: string; readonly payload: Json }[] }

export type LogOptions = {
  readonly sql: Sql
  readonly site: string
  readonly listeners: Listeners
  readonly newId: () => string
  readonly now: () => Date
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
  let waiting: Waiting[] = []
  let busy = false

  const round = async (works: readonly Waiting[]): Promise<void> => {
    const answers: (() => void)[] = []
    const batch = await options.sql.begin(async tx => {
      const opened = await openBatch(options, tx, cache, cachedHead)
      for (const work of works) answers.push(await work.run(opened))
      await flush(tx, options.site, opened)
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
      const works = waiting.splice(0, 16)
      try {
        await round(works)
      } catch (problem) {
        cache.clear()
        cachedHead = -1
        for (const work of works) work.stop(problem)
      }
    }
    busy = false
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
            // A broken connection spoils the whole batch; anything else is this work's own affair.
            if (isConnectionProblem(problem)) throw problem
            return () => reject(problem)
          }
        }
        waiting.push({ run, stop: reject })
        queueMicrotask(() => void drain())
      })
  }
}

const isConnectionProblem = (problem: unknown): boolean =>
  problem instanceof Error && (problem.name === 'PostgresError' || 'errno' in problem || /CONNECTION/.test(String((problem as { code?: unknown }).code)))

/** What one transaction has gathered; works are merged into it one after the other. */
export type Batch = {
  readonly tx: TransactionSql
  readonly layer: Layer
  readonly epoch: string
  readonly officeChain: string
  readonly now: Date
  readonly events: Stored[]
  readonly chains: Map<string, ChainHead>
  readonly setAside: SetAside[]
  /** What a view's scope was before, where it changed. */
  readonly scopesBefore: Map<string, string>
  seq: number
  root: string
  readonly startSeq: number
}

const openBatch = async (options: LogOptions, tx: TransactionSql, cache: ViewCache, cachedHead: number): Promise<Batch> => {
  const { site } = options
  const [row] = await tx<{ head: string; root: string; epoch: string; chain: string }[]>`
    SELECT c.head, c.root, e.epoch, e.office_chain AS chain FROM site_counter c,
      LATERAL (SELECT epoch, office_chain FROM site_epoch WHERE site_id = c.site_id ORDER BY made_at DESC LIMIT 1) e
    WHERE c.site_id = ${site} FOR UPDATE OF c`
  if (!row) throw new Error(`no such site: ${site}`)
  const seq = Number(row.head)
  if (seq !== cachedHead) cache.clear()
  return {
    tx, layer: new Layer(cache), epoch: row.epoch, officeChain: row.chain, now: options.now(),
    events: [], chains: new Map(), setAside: [], scopesBefore: new Map(), seq, root: row.root, startSeq: seq
  }
}

class WorkState implements Work {
  readonly known: Known
  readonly #options: LogOptions
  readonly #batch: Batch
  readonly #layer: Layer
  readonly #events: Stored[] = []
  readonly #chains = new Map<string, ChainHead>()
  readonly #setAside: SetAside[] = []
  #seq: number
  #root: string

  constructor(options: LogOptions, batch: Batch) {
    this.#options = options
    this.#batch = batch
    this.#layer = new Layer(batch.layer)
    this.known = this.#layer.known()
    this.#seq = batch.seq
    this.#root = batch.root
  }

  get tx(): TransactionSql {
    return this.#batch.tx
  }
  get site(): string {
    return this.#options.site
  }
  get epoch(): string {
    return this.#batch.epoch
  }
  get now(): Date {
    return this.#batch.now
  }
  head(): { seq: number; root: string } {
    return { seq: this.#seq, root: this.#root }
  }

  ask<T>(pure: () => T): Promise<T> {
    return settle(pure, want => this.#fetch(want))
  }

  async #fetch(want: Missing['want']): Promise<void> {
    const { tx } = this.#batch
    const site = this.#options.site
    if (want.key !== undefined) return this.#load([{ kind: want.kind, key: want.key }])
    const prefix = want.prefix ?? ''
    const rows = await tx<{ key: string; scope: string; seq: string; body: unknown }[]>`
      SELECT key, scope, seq, body FROM view
      WHERE site_id = ${site} AND kind = ${want.kind} AND starts_with(key, ${prefix}) AND body IS NOT NULL`
    for (const row of rows)
      if (!this.#layer.find(want.kind, row.key))
        this.#batch.layer.write(want.kind, row.key, { view: row.body, scope: row.scope, seq: Number(row.seq) })
      else this.#batch.layer.write(want.kind, row.key, this.#batch.layer.find(want.kind, row.key) ?? NOTHING)
    this.#batch.layer.listed(want.kind, prefix)
  }

  /** Brings views that are not in memory, in one query. */
  async #load(ids: readonly { kind: string; key: string }[]): Promise<void> {
    const missing = ids.filter(({ kind, key }) => !this.#layer.find(kind, key))
    if (missing.length === 0) return
    const rows = await this.#batch.tx<{ kind: string; key: string; scope: string; seq: string; body: unknown }[]>`
      SELECT v.kind, v.key, v.scope, v.seq, v.body
      FROM unnest(${missing.map(id => id.kind)}::text[], ${missing.map(id => id.key)}::text[]) AS w(kind, key)
      JOIN view v ON v.site_id = ${this.#options.site} AND v.kind = w.kind AND v.key = w.key`
    for (const { kind, key } of missing) this.#batch.layer.write(kind, key, NOTHING)
    for (const row of rows)
      this.#batch.layer.write(row.kind, row.key, { view: row.body ?? undefined, scope: row.scope, seq: Number(row.seq) })
  }

  async prepare(events: readonly { type: string; payload: unknown }[]): Promise<void> {
    await this.#load(events.flatMap(({ type, payload }) => touchedBy(this.#options.listeners, type, payload)))
  }

  async chain(chain: string): Promise<ChainHead | undefined> {
    const found = this.#chains.get(chain) ?? this.#batch.chains.get(chain)
    if (found) return found
    const [row] = await this.#batch.tx<{ device: string; n: number; h: string; n_max: number }[]>`
      SELECT device, n, h, n_max FROM chain_head WHERE site_id = ${this.#options.site} AND chain = ${chain}`
    return row && { device: row.device, n: row.n, h: row.h, nMax: row.n_max }
  }

  setChain(chain: string, head: ChainHead): void {
    this.#chains.set(chain, head)
  }

  setAside(item: SetAside): void {
    this.#setAside.push(item)
  }

  async append(sealed: Sealed, envelope: Envelope, flags?: readonly string[]): Promise<number> {
    const { type, payload } = envelope
    await this.#load(touchedBy(this.#options.listeners, type, payload))
    this.#seq += 1
    this.#root = nextRoot(this.#root, sealed.h)
    const subject = (payload as { workOrder?: unknown } | null)?.workOrder
    this.#events.push({
      seq: this.#seq, id: sealed.id, device: envelope.device, chain: envelope.chain, n: envelope.n, type,
      person: envelope.actor.person, subject: typeof subject === 'string' ? subject : null,
      h: sealed.h, body: sealed.body, root: this.#root, flags: flags && flags.length > 0 ? [...flags] : null, payload
    })
    this.#fold(type, payload, envelope)
    return this.#seq
  }

  #fold(type: string, payload: unknown, envelope: Envelope): void {
    foldEvent(
      this.#options.listeners,
      { type, payload, stamp: stampOf(envelope) },
      (kind, key) => this.#layer.read(kind, key).view,
      ({ kind, key, view, definition }) => {
        const scope = view === undefined ? this.#layer.read(kind, key).scope : definition.scope(view)
        const state: ViewState = { view, scope, seq: this.#seq }
        this.#layer.write(kind, key, state)
      }
    )
  }

  async record(drafts: readonly Draft[], actor: Actor, at = this.now.toISOString()): Promise<{ seq: number; ids: string[] }> {
    const chain = this.#batch.officeChain
    const ids: string[] = []
    await this.prepare(drafts.map(({ kind, payload }) => ({ type: kind.type, payload })))
    for (const { kind, payload, blobs } of drafts) {
      const head = await this.chain(chain)
      const envelope: Envelope = {
        v: 1, id: this.#options.newId(), site: this.#options.site, device: OFFICE, chain,
        n: (head?.n ?? 0) + 1, prev: head?.h ?? '', type: kind.type, actor,
        at: { wall: at, mono: 0, offset: 0 }, seen: { epoch: this.epoch, seq: this.#seq },
        // A draft's payload was checked by its kind's schema, which only knows JSON.
        payload: payload as Json, ...(blobs ? { blobs } : {})
      }
      const sealed = seal(envelope)
      await this.append(sealed, envelope)
      this.setChain(chain, { device: OFFICE, n: envelope.n, h: sealed.h, nMax: envelope.n })
      ids.push(sealed.id)
    }
    return { seq: this.#seq, ids }
  }

  /** Hands over to the batch what this work wants written. */
  merge(): void {
    const batch = this.#batch
    for (const [kind, map] of this.#layer.changes)
      for (const [key, state] of map) {
        const before = batch.layer.find(kind, key)?.scope
        const address = `${kind}\n${key}`
        if (before !== undefined && !batch.scopesBefore.has(address)) batch.scopesBefore.set(address, before)
        batch.layer.write(kind, key, state)
      }
    for (const [chain, head] of this.#chains) batch.chains.set(chain, head)
    // One by one: an import has more events than a call may have arguments.
    for (const event of this.#events) batch.events.push(event)
    for (const item of this.#setAside) batch.setAside.push(item)
    batch.seq = this.#seq
    batch.root = this.#root
  }
}

