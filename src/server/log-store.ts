/**
 * What the log asks of its database, in one transaction with the site locked. PostgreSQL is one (`log-postgres.ts`); the
 * simulation has another in memory, so that the same intake and folds meet faults that no real database shows on demand.
 */
import type { TransactionSql } from 'postgres'
import type { Json } from '#kernel/canonical.ts'
import type { ActReply } from '#sync/protocol.ts'
import type { Changes } from './views.ts'

export type Stored = {
  readonly seq: number
  readonly id: string
  readonly device: string
  readonly chain: string
  readonly n: number
  readonly type: string
  readonly person: string
  readonly subject: string | null
  readonly h: string
  readonly body: string
  readonly root: string
  readonly flags: string[] | null
  readonly payload: Json
}

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

/** What one transaction writes, the counter last. */
export type Gathered = {
  readonly epoch: string
  readonly now: Date
  readonly events: readonly Stored[]
  readonly chains: ReadonlyMap<string, ChainHead>
  readonly setAside: readonly SetAside[]
  readonly layer: { readonly changes: Changes }
  /** What a view's scope was before, where it changed. */
  readonly scopesBefore: ReadonlyMap<string, string>
  readonly seq: number
  readonly root: string
  readonly startSeq: number
}

export type Opened = {
  readonly seq: number
  readonly root: string
  readonly epoch: string
  readonly officeChain: string
}
export type StoredView = {
  readonly kind: string
  readonly key: string
  readonly scope: string
  readonly seq: number
  readonly view: unknown
}
export type KnownEvent = {
  readonly seq: number
  readonly h: string
  readonly n: number
  readonly chain: string
  readonly body: string
}

/** What was answered to a decision, and to whom. */
export type Acted = { readonly person: string; readonly reply: ActReply }

export type LogTx = {
  /** For those who keep tables of their own beside the log; there is none in memory. */
  readonly sql: TransactionSql
  /** Waits until this writer is the only one of its site, and says where the log stands. */
  lock(): Promise<Opened>
  views(ids: readonly { readonly kind: string; readonly key: string }[]): Promise<readonly StoredView[]>
  viewsUnder(kind: string, prefix: string): Promise<readonly StoredView[]>
  chain(chain: string): Promise<ChainHead | undefined>
  known(ids: readonly string[]): Promise<readonly (KnownEvent & { readonly id: string })[]>
  /** Those of these hashes that were set aside from this chain: why, and the number that each has used, if any. */
  aside(
    chain: string,
    hashes: readonly string[]
  ): Promise<readonly { readonly h: string; readonly n: number | undefined; readonly code: string }[]>
  /** What holds this number of the chain, in the log or set aside. */
  hashAt(chain: string, n: number): Promise<string | undefined>
  acted(id: string): Promise<Acted | undefined>
  keepAct(id: string, acted: Acted): Promise<void>
  flush(gathered: Gathered): Promise<void>
}

export type LogStore = {
  /** Commits when `work` resolves and leaves no trace when it throws. Durable when the promise resolves. */
  begin<T>(work: (tx: LogTx) => Promise<T>): Promise<T>
}
