/**
 * The office's database in memory: one transaction at a time, all of it or nothing, and the faults that a database has.
 * Intake, folds and the order of the log are the office's own code over it; the contract tests hold it to PostgreSQL.
 */
import type { FeedRow } from '#server/feed.ts'
import type { Acted, Gathered, LogStore, LogTx, SetAside } from '#server/log-store.ts'
import type { PushRequest } from '#sync/protocol.ts'
import type { Plant } from './plant.ts'
import type { Epoch, Tables } from './tables.ts'

export type MemoryLog = {
  tables: Tables
  /** How a commit goes; a fault is taken off when it is met. `pause` comes between the last statement and the commit. */
  readonly faults: CommitFault[]
  readonly pause: (ms: number) => Promise<void>
  onFault: (fault: CommitFault) => void
  /** One server's way in. */
  storeFor(server: Running): LogStore
  backup(): Tables
  restore(from: Tables, epoch: Epoch): void
  head(): number
  epoch(): Epoch
  /** The highest number handed out, also in a transaction that is still open; the true feed never reads it. */
  handedOut: number
  readonly plant: Plant
  /** The push that is being taken in, for bugs that look at it. */
  pushing: PushRequest | undefined
  /** Commits that were answered for and are not on the disk yet. */
  hasty: Tables[]
}
export type Running = { readonly dead: () => boolean; readonly die: () => void }
export type CommitFault = 'slow' | 'killed-before' | 'killed-after' | 'gone-before' | 'gone-after'

export const newTables = (epoch: Epoch): Tables => ({
  events: [],
  byId: new Map(),
  byNumber: new Map(),
  chains: new Map(),
  aside: new Map(),
  views: new Map(),
  left: new Map(),
  epochs: [epoch],
  files: new Map(),
  acts: new Map()
})

export const copyTables = (from: Tables): Tables => ({
  events: [...from.events],
  byId: new Map(from.byId),
  byNumber: new Map(from.byNumber),
  chains: new Map(from.chains),
  aside: new Map(from.aside),
  views: new Map(from.views),
  left: new Map(from.left),
  epochs: [...from.epochs],
  files: new Map(from.files),
  acts: new Map(from.acts)
})

export const memoryLog = (first: Epoch, plant: Plant, pause: MemoryLog['pause']): MemoryLog => {
  let turn: Promise<unknown> = Promise.resolve()
  const log: MemoryLog = {
    tables: newTables(first),
    faults: [],
    pause,
    onFault: () => undefined,
    handedOut: 0,
    plant,
    pushing: undefined,
    hasty: [],
    head: () => log.tables.events.length,
    epoch: () => lastOf(log.tables.epochs),
    backup: () => copyTables(log.tables),
    restore: (from, epoch) => {
      log.tables = { ...copyTables(from), epochs: [...from.epochs, epoch] }
    },
    storeFor: server => ({
      begin: work => {
        const mine = turn.then(() => transaction(log, server, work))
        turn = mine.catch(() => undefined).then(() => undefined)
        return mine.then(answer => (server.dead() ? never() : (answer.value as never)))
      }
    })
  }
  return log
}

/** Made each time: one promise for all would hold on to everybody who ever waited for it. */
const never = () => new Promise<never>(() => undefined)

const transaction = async <T>(
  log: MemoryLog,
  server: Running,
  work: (tx: LogTx) => Promise<T>
): Promise<{ readonly value: T | undefined }> => {
  if (server.dead()) return { value: undefined }
  let staged: Gathered | undefined
  const acts = new Map<string, Acted>()
  const stage = (batch: Gathered) => {
    staged = batch
  }
  const tx = txOver(log, stage, acts)
  const value = await work(log.plant.tx?.(tx, log.tables, log.pushing) ?? tx)
  const fault = log.faults.shift()
  log.handedOut = staged?.seq ?? log.head()
  if (fault) log.onFault(fault)
  if (fault === 'slow') await log.pause(800)
  if (fault === 'gone-before') throw connectionLost()
  if (fault === 'killed-before') server.die()
  if (server.dead()) return { value: undefined }
  if (log.plant.hasty) log.hasty = [...log.hasty.slice(-1), copyTables(log.tables)]
  if (staged) commit(log, staged)
  for (const [id, acted] of acts) log.tables.acts.set(id, acted)
  if (fault === 'killed-after') server.die()
  if (fault === 'gone-after') throw connectionLost()
  return { value }
}

const connectionLost = (): Error =>
  Object.assign(new Error('the connection to the database was lost'), {
    code: 'CONNECTION_CLOSED',
    errno: 'CONNECTION_CLOSED'
  })

const txOver = (log: MemoryLog, stage: (batch: Gathered) => void, acts: Map<string, Acted>): LogTx => {
  const { tables } = log
  return {
    // Intake never asks for it; who does would see at once.
    sql: undefined as never,
    lock: async () => {
      const { epoch, officeChain } = lastOf(tables.epochs)
      return { seq: tables.events.length, root: tables.events.at(-1)?.root ?? '', epoch, officeChain }
    },
    views: async ids => ids.flatMap(({ kind, key }) => tables.views.get(`${kind}\n${key}`) ?? []),
    viewsUnder: async (kind, prefix) =>
      [...tables.views.values()].filter(
        row => row.kind === kind && row.key.startsWith(prefix) && row.view !== undefined
      ),
    chain: async chain => tables.chains.get(chain),
    known: async ids => ids.flatMap(id => tables.byId.get(id) ?? []),
    aside: async (chain, hashes) => {
      const asked = new Set(hashes)
      return [...tables.aside.values()].filter(item => item.chain === chain && asked.has(item.h))
    },
    hashAt: async (chain, n) =>
      tables.byNumber.get(`${chain}/${n}`)?.h ??
      [...tables.aside.values()].find(item => item.chain === chain && item.n === n)?.h,
    acted: async id => acts.get(id) ?? tables.acts.get(id),
    keepAct: async (id, acted) => void acts.set(id, acted),
    flush: async batch => stage(batch)
  }
}

/** The constraints of the tables: all of a batch is refused before any of it is written. */
const constrain = (tables: Tables, { startSeq, events }: Gathered): void => {
  if (startSeq !== tables.events.length) throw new Error('two writers at once')
  const [ids, numbers] = [new Set<string>(), new Set<string>()]
  for (const [i, { id, chain, n, seq }] of events.entries()) {
    const number = `${chain}/${n}`
    if (seq !== startSeq + i + 1) throw new Error(`I4: ${seq} is not the number after ${startSeq + i}`)
    if (tables.byId.has(id) || ids.has(id)) throw new Error(`I2: ${id} twice in the log`)
    if (tables.byNumber.has(number) || numbers.has(number)) throw new Error(`I2: ${number} twice in the log`)
    ids.add(id)
    numbers.add(number)
  }
}

/** What `flush.ts` writes in SQL. */
const commit = (log: MemoryLog, batch: Gathered): void => {
  const { tables } = log
  constrain(tables, batch)
  for (const event of batch.events) {
    const row = { ...event, epoch: batch.epoch }
    tables.events.push(row)
    tables.byId.set(row.id, row)
    tables.byNumber.set(`${row.chain}/${row.n}`, row)
  }
  for (const [chain, head] of batch.chains) {
    const was = tables.chains.get(chain)
    tables.chains.set(chain, { ...head, nMax: Math.max(head.nMax, was?.nMax ?? 0) })
  }
  for (const item of batch.setAside) if (!tables.aside.has(placeOf(item))) tables.aside.set(placeOf(item), item)
  for (const [kind, map] of batch.layer.changes)
    for (const [key, { view, scope, seq }] of map) {
      if (seq <= batch.startSeq || scope === undefined) continue
      const before = batch.scopesBefore.get(`${kind}\n${key}`)
      tables.views.set(`${kind}\n${key}`, { kind, key, scope, seq, view })
      if (before !== undefined && before !== scope)
        tables.left.set(`${before}\n${kind}\n${key}`, { scope: before, kind, key, seq })
    }
}

const placeOf = ({ chain, h, code }: SetAside): string => `${chain}\n${h}\n${code}`

/** One page of the feed: the memory's counterpart of the statement in `feed.ts`. */
export const pageOf = (
  { views, left, events, epochs }: Tables,
  scopes: readonly string[],
  after: number,
  limit: number | undefined,
  upTo = Number.MAX_SAFE_INTEGER,
  built = 0
): FeedRow[] => {
  const wanted = (seq: number) => seq > after && seq <= upTo
  // Who begins from nothing is not told what was gone by then.
  const told = (seq: number) => after > 0 && seq > built
  const moment = { head: events.length, epoch: lastOf(epochs).epoch }
  const rows: FeedRow[] = []
  for (const { kind, key, scope, seq, view } of views.values())
    if (wanted(seq) && scopes.includes(scope) && (view !== undefined || told(seq)))
      rows.push({ ...moment, kind, key, seq, body: view === undefined ? null : JSON.stringify(view) })
  for (const { kind, key, scope, seq } of left.values())
    if (
      wanted(seq) &&
      told(seq) &&
      scopes.includes(scope) &&
      !scopes.includes(views.get(`${kind}\n${key}`)?.scope ?? '')
    )
      rows.push({ ...moment, kind, key, seq, body: null })
  rows.sort((a, b) => a.seq - b.seq || (a.kind + a.key < b.kind + b.key ? -1 : 1))
  return rows.length > 0 ? rows.slice(0, limit) : [{ ...moment, kind: null, key: '', seq: 0, body: null }]
}

/** The last number that the epoch a tablet comes from shares with today's. */
export const lastCommon = ({ epochs }: Tables, epoch: string): number => {
  const mine = epochs.findIndex(one => one.epoch === epoch)
  return mine < 0 ? 0 : Math.min(...epochs.slice(mine + 1).map(one => one.startSeq))
}

const lastOf = <T>(list: readonly T[]): T => {
  const last = list.at(-1)
  if (last === undefined) throw new Error('an empty list')
  return last
}
