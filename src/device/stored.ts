/** Reading the outbox, and the port that both halves of the store run over. Writing is in `store.ts`: to write is to seal. */
import type { Sealed } from '#sync/chain.ts'

/** `held`: the office could not digest it; it stays here, in sight, and the others go on. */
export type EntryState = 'unsent' | 'acked' | 'flagged' | 'quarantined' | 'refused' | 'held'

export type Entry = Sealed & {
  /** The order of recording on this tablet, over all its chains. */
  readonly pos: number
  readonly chain: string
  readonly state: EntryState
  readonly seq?: number
  readonly codes?: readonly string[]
  /** When the office took it in, by the office's clock. */
  readonly settled?: number
  /** Milliseconds since 1970, by this tablet. */
  readonly at: number
}

/** What one transaction can do. Every promise must be the database's own, or IndexedDB commits too early. */
export type Tx = {
  meta(name: string): Promise<unknown>
  setMeta(name: string, value: unknown): Promise<unknown>
  byIds(ids: readonly string[]): Promise<readonly Entry[]>
  /** Answers their positions, in the same order. */
  add(entries: readonly Omit<Entry, 'pos'>[]): Promise<readonly number[]>
  put(entries: readonly Entry[]): Promise<unknown>
  remove(positions: readonly number[]): Promise<unknown>
  /** In order of `pos`. */
  inState(state: EntryState, limit?: number): Promise<readonly Entry[]>
  /** In order of `n`. */
  ofChain(chain: string, from: number): Promise<readonly Entry[]>
  /** Answered with a higher seq than this one. */
  above(seq: number): Promise<readonly Entry[]>
  recordedBefore(at: number): Promise<readonly Entry[]>
  newest(limit: number): Promise<readonly Entry[]>
}

/** Runs `work` in one transaction: all of it or nothing. */
export type Base = {
  run<T>(mode: 'r' | 'rw', work: (tx: Tx) => Promise<T>): Promise<T>
  close(): void
}

export type Stored = {
  /** What may have to be folded over views that cover up to `seq`: in order of recording. */
  pending(seq: number): Promise<readonly Entry[]>
  /** Those of these ids that are here. */
  some(ids: readonly string[]): Promise<readonly Entry[]>
  /** Those of the first state, then those of the next; each in order of recording. */
  inStates(states: readonly EntryState[]): Promise<readonly Entry[]>
  /** What is held, set aside, refused or flagged, and the ids of those that a person has seen already. */
  toSettle(): Promise<{ readonly seen: readonly string[]; readonly entries: readonly Entry[] }>
  newest(limit: number): Promise<readonly Entry[]>
  get<T>(name: string): Promise<T | undefined>
  set(name: string, value: unknown): Promise<void>
  close(): void
}

export const stored = (base: Base): Stored => ({
  pending: seq => base.run('r', tx => pendingIn(tx, seq)),
  some: ids => (ids.length === 0 ? Promise.resolve([]) : base.run('r', tx => tx.byIds(ids))),
  inStates: states => base.run('r', tx => inStatesIn(tx, states)),
  toSettle: () => base.run('r', toSettleIn),
  newest: limit => base.run('r', tx => tx.newest(limit)),
  // What was stored under a name is what its one writer put there.
  get: name => base.run('r', tx => tx.meta(name)) as Promise<never>,
  set: (name, value) => base.run('rw', async tx => void (await tx.setMeta(name, value))),
  close: base.close
})

/** The database is there but what must be in it is not: it was deleted under us. */
export class SentinelLost extends Error {
  override readonly name = 'SentinelLost'
}

const inStatesIn = async (tx: Tx, states: readonly EntryState[]): Promise<readonly Entry[]> =>
  (await Promise.all(states.map(state => tx.inState(state)))).flat()

const toSettleIn = async (tx: Tx) => {
  const [seen, entries] = await Promise.all([
    tx.meta('dismissed'),
    inStatesIn(tx, ['held', 'quarantined', 'refused', 'flagged'])
  ])
  // Only `attention.ts` writes there.
  return { seen: (seen as readonly string[] | undefined) ?? [], entries }
}

const pendingIn = async (tx: Tx, seq: number): Promise<readonly Entry[]> => {
  const found = new Map<number, Entry>()
  for (const entry of await tx.inState('unsent')) found.set(entry.pos, entry)
  for (const entry of await tx.inState('held')) found.set(entry.pos, entry)
  for (const entry of await tx.above(seq)) found.set(entry.pos, entry)
  return [...found.values()].sort((a, b) => a.pos - b.pos)
}
