/**
 * A work: what one caller wants of the log, inside a transaction that it may share with others. It only reads the database;
 * what it wants written is kept in memory until all of it is known to be sound.
 */
import type { TransactionSql } from 'postgres'
import type { Json } from '#kernel/canonical.ts'
import type { Known } from '#kernel/decision.ts'
import { type Actor, type Draft, type Envelope, stampOf } from '#kernel/event.ts'
import { foldEvent, touchedBy, type ViewId } from '#kernel/fold.ts'
import { nextRoot, type Sealed, seal } from '#sync/chain.ts'
import type { Batch, LogOptions } from './batch.ts'
import type { ChainHead, LogTx, SetAside, Stored } from './log-store.ts'
import { Problem } from './problem.ts'
import { fastHash } from './read-event.ts'
import { Layer, type Missing, NOTHING, settle, type ViewState } from './views.ts'

export const OFFICE = 'office'

export type Work = {
  readonly tx: TransactionSql
  readonly store: Pick<LogTx, 'known' | 'aside' | 'hashAt' | 'acted' | 'keepAct'>
  readonly site: string
  readonly known: Known
  /** What earlier works of the same batch will have stored. */
  readonly pending: { readonly events: readonly Stored[]; readonly setAside: readonly SetAside[] }
  readonly head: () => { readonly seq: number; readonly root: string }
  readonly epoch: string
  readonly now: Date
  readonly newId: () => string
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
  record(
    drafts: readonly Draft[],
    actor: Actor,
    at?: string
  ): Promise<{ readonly seq: number; readonly ids: readonly string[] }>
}

type Written = ViewId & { readonly state: ViewState }

/** What PostgreSQL can index: about 2,700 bytes a row, of which a key may have its part. */
export const isAddress = (text: string): boolean => text.length <= 500

export class WorkState implements Work {
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
    return this.#batch.tx.sql
  }
  get store(): LogTx {
    return this.#batch.tx
  }
  get pending(): Batch {
    return this.#batch
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
  get newId(): () => string {
    return this.#options.newId
  }
  head(): { seq: number; root: string } {
    return { seq: this.#seq, root: this.#root }
  }

  ask<T>(pure: () => T): Promise<T> {
    return settle(pure, want => this.#fetch(want))
  }

  async #fetch(want: Missing['want']): Promise<void> {
    const { tx, layer } = this.#batch
    if (want.key !== undefined) return this.#load([{ kind: want.kind, key: want.key }])
    const prefix = want.prefix ?? ''
    for (const { kind, key, ...state } of await tx.viewsUnder(want.kind, prefix))
      layer.write(kind, key, this.#layer.find(kind, key) ? (layer.find(kind, key) ?? NOTHING) : state)
    layer.listed(want.kind, prefix)
  }

  /** Brings views that are not in memory, in one query. */
  async #load(ids: readonly { kind: string; key: string }[]): Promise<void> {
    const { tx, layer } = this.#batch
    const missing = new Map<string, ViewId>()
    for (const id of ids) if (!this.#layer.find(id.kind, id.key)) missing.set(`${id.kind}\n${id.key}`, id)
    if (missing.size === 0) return
    const wanted = [...missing.values()]
    const rows = await tx.views(wanted)
    for (const { kind, key } of wanted) layer.write(kind, key, NOTHING)
    for (const { kind, key, ...state } of rows) layer.write(kind, key, state)
  }

  async prepare(events: readonly { type: string; payload: unknown }[]): Promise<void> {
    await this.#load(events.flatMap(({ type, payload }) => this.#touched(type, payload)))
  }

  /** Nothing for an event whose keys can't be told: it is judged when its turn comes. */
  #touched(type: string, payload: unknown): readonly ViewId[] {
    try {
      return touchedBy(this.#options.listeners, type, payload).filter(({ key }) => isAddress(key))
    } catch {
      return []
    }
  }

  async chain(chain: string): Promise<ChainHead | undefined> {
    const found = this.#chains.get(chain) ?? this.#batch.chains.get(chain)
    if (found) return found
    return this.#batch.tx.chain(chain)
  }

  setChain(chain: string, head: ChainHead): void {
    this.#chains.set(chain, head)
  }

  setAside(item: SetAside): void {
    this.#setAside.push(item)
  }

  async append(sealed: Sealed, envelope: Envelope, flags?: readonly string[]): Promise<number> {
    const { type, payload } = envelope
    const seq = this.#seq + 1
    // A fold that trips leaves no trace: what it wrote is dropped, and the number is given to the next.
    const written = await this.ask(() => this.#fold(envelope, seq))
    for (const { kind, key, state } of written) this.#layer.write(kind, key, state)
    this.#seq = seq
    this.#root = nextRoot(this.#root, sealed.h, fastHash)
    const subject = (payload as { workOrder?: unknown } | null)?.workOrder
    this.#events.push({
      seq,
      id: sealed.id,
      device: envelope.device,
      chain: envelope.chain,
      n: envelope.n,
      type,
      person: envelope.actor.person,
      subject: typeof subject === 'string' && isAddress(subject) ? subject : null,
      h: sealed.h,
      body: sealed.body,
      root: this.#root,
      flags: flags && flags.length > 0 ? [...flags] : null,
      payload
    })
    return seq
  }

  #fold(envelope: Envelope, seq: number): readonly Written[] {
    const written: Written[] = []
    const read = (kind: string, key: string): ViewState =>
      written.findLast(one => one.kind === kind && one.key === key)?.state ?? this.#layer.read(kind, key)
    const { type, payload } = envelope
    foldEvent(
      this.#options.listeners,
      { type, payload, stamp: stampOf(envelope) },
      (kind, key) => {
        if (!isAddress(key))
          throw new Problem(400, 'wrong-shape', 'A number or name in this is too long to be found again.')
        return read(kind, key).view
      },
      ({ kind, key, view, definition }) => {
        const scope = view === undefined ? read(kind, key).scope : definition.scope(view)
        written.push({ kind, key, state: { view, scope, seq } })
      }
    )
    return written
  }

  async record(
    drafts: readonly Draft[],
    actor: Actor,
    at = this.now.toISOString()
  ): Promise<{ seq: number; ids: string[] }> {
    const chain = this.#batch.officeChain
    const ids: string[] = []
    await this.prepare(drafts.map(({ kind, payload }) => ({ type: kind.type, payload })))
    for (const { kind, payload, blobs } of drafts) {
      const head = await this.chain(chain)
      const envelope: Envelope = {
        v: 1,
        id: this.#options.newId(),
        site: this.#options.site,
        device: OFFICE,
        chain,
        n: (head?.n ?? 0) + 1,
        prev: head?.h ?? '',
        type: kind.type,
        actor,
        at: { wall: at, mono: 0, offset: 0 },
        seen: { epoch: this.epoch, seq: this.#seq },
        // A draft's payload was checked by its kind's schema, which only knows JSON.
        payload: payload as Json,
        ...(blobs ? { blobs } : {})
      }
      const sealed = seal(envelope, fastHash)
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
        if (before !== undefined) {
          const address = `${kind}\n${key}`
          if (!batch.scopesBefore.has(address)) batch.scopesBefore.set(address, before)
        }
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
