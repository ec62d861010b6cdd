/**
 * Views made anew: a build that folds a kind of view otherwise than the database's were folded, or knows one that they did not,
 * makes it from the whole log before it writes anything.
 *
 * The log is read without a lock first; then, in rounds of one transaction each, with the site locked: what came meanwhile is
 * folded, so many views are compared with what is kept, and those that differ are written under the number of an event of the
 * office's own (I4b: what tablets are to hear of has a number of the log). So tablets are sent exactly these views by their next
 * pull, as after any other event, and nobody's cursor or epoch changes. A round that did not commit is done again; a start after a crash finds that
 * `folds` is not its own and begins anew, which writes only what still differs. Rounds of two servers would write the same once.
 */
import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Sql } from 'postgres'
import * as z from 'zod/mini'
import { canonical, type Json } from '#kernel/canonical.ts'
import { decision, draft, type Envelope, stampOf } from '#kernel/event.ts'
import { foldEvent, type Listeners, listenersOf, type ViewId } from '#kernel/fold.ts'
import type { ViewKind } from '#kernel/view.ts'
import { type LogOptions, openBatch } from './batch.ts'
import { postgresStore } from './log-postgres.ts'
import type { LogTx, StoredView } from './log-store.ts'
import { ViewCache } from './views.ts'
import { isAddress, WorkState } from './work.ts'

/** Bears the number of views that were made anew. Of no room: it says nothing about the plant, and no tablet may send it. */
const viewsFolded = decision(
  'office/views-folded.v1',
  z.object({ kinds: z.array(z.string()), views: z.int().check(z.positive()) })
)
const OFFICE_ITSELF = { person: 'office', session: '', method: 'system' } as const

/** Any number, the same in every Jobcard. */
const LOCK = 48_151_623
const EVENTS_A_PAGE = 2000
const VIEWS_A_ROUND = 500
const TELL_EVERY_MS = 2000
/** While they are made nobody's folds are the right ones. */
const BEING_MADE = 'being made'

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)
const versionOf = ({ version, on }: ViewKind): string => hash(`${version ?? 1} ${on.map(line => line.type).join(' ')}`)
const addressOf = ({ kind, key }: ViewId): string => `${kind}\n${key}`
const idOf = (address: string): ViewId => {
  const end = address.indexOf('\n')
  return { kind: address.slice(0, end), key: address.slice(end + 1) }
}

/** One word for how all of these fold: their names, the events they listen to, and their declared versions. */
export const foldsOf = (kinds: readonly ViewKind[]): string =>
  hash(
    kinds
      .map(kind => `${kind.name} ${versionOf(kind)}`)
      .sort()
      .join('\n')
  )

export type FoldAnew = Omit<LogOptions, 'store' | 'listeners'> & {
  readonly sql: Sql
  readonly kinds: readonly ViewKind[]
  readonly log: (line: string) => void
  /** 0 to 1. */
  readonly progress: (part: number) => void
}

/** Answers how many views were written. Servers that start at once do it one after the other, the second finding it done. */
export const foldAnew = async (options: FoldAnew): Promise<number> => {
  const { sql, site, kinds } = options
  const isDone = async (): Promise<boolean> => {
    const [row] = await sql<{ folds: string }[]>`SELECT folds FROM site_counter WHERE site_id = ${site}`
    return row?.folds === foldsOf(kinds)
  }
  if (await isDone()) return 0
  const leave = await waitForTurn(options)
  try {
    return (await isDone()) ? 0 : await new Folding(options).run()
  } finally {
    await leave()
  }
}

/** Spares a second server the work; what is written is guarded by the counter's row. */
const waitForTurn = async ({ sql, site, log }: FoldAnew): Promise<() => Promise<void>> => {
  const own = await sql.reserve()
  for (let told = false; ; told = true) {
    const [row] = await own<{ mine: boolean }[]>`SELECT pg_try_advisory_lock(${LOCK}, hashtext(${site})) AS mine`
    if (row?.mine) break
    if (!told) log('Another server is making the views anew. Waiting for it')
    await wait(200)
  }
  return async () => {
    // A connection that was lost has lost the lock with it.
    await own`SELECT pg_advisory_unlock(${LOCK}, hashtext(${site}))`.catch(() => undefined)
    own.release()
  }
}

type Made = { readonly view: unknown; readonly scope: string }
type Changed = ViewId & { readonly view: unknown; readonly scope: string; readonly before: string | undefined }

class Folding {
  readonly #options: FoldAnew
  readonly #store: LogOptions['store']
  readonly #made = new Map<string, Made>()
  /** What is still to be compared with what is kept, by address; filled once nobody else writes. */
  readonly #open = new Map<string, ViewId>()
  #claimed = false
  #listeners: Listeners = new Map()
  #kinds: readonly string[] = []
  #foldedTo = 0
  #tripped = 0
  /** Undefined where there is nothing to tell: a plant that has no past. */
  #toldAt: number | undefined

  constructor(options: FoldAnew) {
    this.#options = options
    this.#store = postgresStore(options.sql, options.site)
  }

  async run(): Promise<number> {
    const { sql, site, kinds, log } = this.#options
    this.#kinds = await this.#stale()
    this.#listeners = listenersOf(kinds.filter(kind => this.#kinds.includes(kind.name)))
    const [row] = await sql<{ head: number }[]>`SELECT head FROM site_counter WHERE site_id = ${site}`
    const head = row?.head ?? 0
    if (head > 0) {
      this.#toldAt = performance.now()
      log(`Making views anew from ${head} events: ${named(this.#kinds)}`)
    }
    await this.#fold(sql, head)
    await this.#claim()
    const all = this.#open.size
    let written = 0
    for (let done = false; !done; ) {
      const round = await this.#round()
      written += round.written
      done = round.done
      this.#tell(0.8 + 0.2 * (1 - this.#open.size / Math.max(1, all)), `${written} views differed`)
    }
    if (head > 0) log(`Views are made anew: ${written} of ${all} differed${this.#trippedOver()}`)
    this.#options.progress(1)
    return written
  }

  #trippedOver(): string {
    return this.#tripped === 0 ? '' : `; ${this.#tripped} events could not be folded and changed nothing`
  }

  /** Kinds that are new, that fold otherwise now, or that are no more: of those nothing is made, and what is kept goes. */
  async #stale(): Promise<readonly string[]> {
    const { sql, site, kinds } = this.#options
    const rows = await sql<{ kind: string; version: string }[]>`
      SELECT kind, version FROM view_fold WHERE site_id = ${site}`
    const before = new Map(rows.map(row => [row.kind, row.version]))
    const changed = kinds.filter(kind => before.get(kind.name) !== versionOf(kind)).map(kind => kind.name)
    const known = new Set(kinds.map(kind => kind.name))
    return [...changed, ...[...before.keys()].filter(kind => !known.has(kind))]
  }

  /** Folds what is not folded yet, in order, a page at a time. */
  async #fold(sql: Sql | LogTx['sql'], head: number): Promise<void> {
    const types = [...this.#listeners.keys()]
    for (let more = types.length > 0; more; ) {
      const rows = await sql<{ seq: number; body: string }[]>`
        SELECT seq, body FROM event WHERE site_id = ${this.#options.site} AND seq > ${this.#foldedTo}
          AND type = ANY(${types}) ORDER BY seq LIMIT ${EVENTS_A_PAGE}`
      for (const { body } of rows) this.#foldOne(body)
      this.#foldedTo = rows.at(-1)?.seq ?? this.#foldedTo
      more = rows.length === EVENTS_A_PAGE
      this.#tell((0.8 * this.#foldedTo) / Math.max(1, head), `${this.#foldedTo} of ${head} events`)
    }
    this.#foldedTo = Math.max(this.#foldedTo, head)
  }

  /** An event that a fold trips over changes nothing at all, as at intake. */
  #foldOne(body: string): void {
    // The log holds only envelopes that were checked on the way in.
    const envelope = JSON.parse(body) as Envelope
    const { type, payload } = envelope
    const changes: (ViewId & { readonly made: Made | undefined })[] = []
    try {
      foldEvent(
        this.#listeners,
        { type, payload, stamp: stampOf(envelope) },
        (kind, key) => {
          if (!isAddress(key)) throw new RangeError('too long for a key')
          return this.#made.get(addressOf({ kind, key }))?.view
        },
        ({ kind, key, view, definition }) =>
          changes.push({ kind, key, made: view === undefined ? undefined : { view, scope: definition.scope(view) } })
      )
    } catch {
      this.#tripped += 1
      return
    }
    for (const { kind, key, made } of changes) {
      const address = addressOf({ kind, key })
      if (made) this.#made.set(address, made)
      else this.#made.delete(address)
      if (this.#claimed) this.#open.set(address, { kind, key })
    }
  }

  /** From here on no other build writes, and what was made and what is kept can be compared. */
  async #claim(): Promise<void> {
    const { sql, site } = this.#options
    await this.#store.begin(async tx => {
      const { seq } = await tx.lock()
      await this.#fold(tx.sql, seq)
      await tx.sql`UPDATE site_counter SET folds = ${BEING_MADE} WHERE site_id = ${site}`
    })
    this.#claimed = true
    for (const address of this.#made.keys()) this.#open.set(address, idOf(address))
    const kept = sql<ViewId[]>`
      SELECT kind, key FROM view WHERE site_id = ${site} AND kind = ANY(${[...this.#kinds]}) AND body IS NOT NULL`
    for await (const page of kept.cursor(5000)) for (const id of page) this.#open.set(addressOf(id), id)
  }

  async #round(): Promise<{ readonly written: number; readonly done: boolean }> {
    const options: LogOptions = { ...this.#options, store: this.#store, listeners: new Map() }
    const answer = await this.#store.begin(async tx => {
      const batch = await openBatch(options, tx, new ViewCache(), -1)
      await this.#fold(tx.sql, batch.seq)
      const ids = [...this.#open.values()].slice(0, VIEWS_A_ROUND)
      const changed = await this.#changed(tx, ids)
      if (changed.length > 0) {
        const work = new WorkState(options, batch)
        const kinds = [...new Set(changed.map(one => one.kind))]
        const { seq } = await work.record([draft(viewsFolded, { kinds, views: changed.length })], OFFICE_ITSELF)
        work.merge()
        for (const { kind, key, view, scope, before } of changed) {
          batch.layer.write(kind, key, { view, scope, seq })
          if (before !== undefined) batch.scopesBefore.set(addressOf({ kind, key }), before)
        }
        await tx.flush(batch)
      }
      const done = ids.length === this.#open.size
      if (done) await this.#finish(tx)
      return { ids, written: changed.length, done }
    })
    for (const id of answer.ids) this.#open.delete(addressOf(id))
    return answer
  }

  async #changed(tx: LogTx, ids: readonly ViewId[]): Promise<readonly Changed[]> {
    const stored = new Map((await tx.views(ids)).map(row => [addressOf(row), row]))
    return ids.flatMap(id => {
      const [made, kept] = [this.#made.get(addressOf(id)), stored.get(addressOf(id))]
      if (isSame(made, kept)) return []
      return [{ ...id, view: made?.view, scope: made?.scope ?? kept?.scope ?? '', before: kept?.scope }]
    })
  }

  async #finish({ sql: tx }: LogTx): Promise<void> {
    const { site, kinds } = this.#options
    await tx`DELETE FROM view_fold WHERE site_id = ${site}`
    await tx`INSERT INTO view_fold (site_id, kind, version)
      SELECT ${site}, * FROM unnest(${kinds.map(kind => kind.name)}::text[], ${kinds.map(versionOf)}::text[])`
    await tx`UPDATE site_counter SET folds = ${foldsOf(kinds)} WHERE site_id = ${site}`
  }

  #tell(part: number, what: string): void {
    this.#options.progress(Math.min(part, 0.99))
    if (this.#toldAt === undefined || performance.now() - this.#toldAt < TELL_EVERY_MS) return
    this.#toldAt = performance.now()
    this.#options.log(`Making views anew: ${Math.floor(part * 100)} %, ${what}`)
  }
}

/** Both are JSON: one was made by a fold just now, the other kept as JSON. */
const isSame = (made: Made | undefined, kept: StoredView | undefined): boolean => {
  if (made === undefined || kept?.view === undefined) return made === undefined && kept?.view === undefined
  return made.scope === kept.scope && canonical(made.view as Json) === canonical(kept.view as Json)
}

const named = (kinds: readonly string[]): string =>
  kinds.length <= 5 ? kinds.join(', ') : `${kinds.slice(0, 5).join(', ')} and ${kinds.length - 5} more`
