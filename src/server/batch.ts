/** One transaction of the log: the counter's row locked first, then the works of all who wait, then one flush. */
import type { Sql, TransactionSql } from 'postgres'
import type { Listeners } from '#kernel/fold.ts'
import type { Stored } from './flush.ts'
import { Layer, type ViewCache } from './views.ts'

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

export type LogOptions = {
  readonly sql: Sql
  readonly site: string
  readonly listeners: Listeners
  readonly newId: () => string
  readonly now: () => Date
}

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

export const openBatch = async (options: LogOptions, tx: TransactionSql, cache: ViewCache, cachedHead: number): Promise<Batch> => {
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

/** PostgreSQL refused or is away: the transaction of all is over. Anything else is one work's own affair. */
export const isDatabaseProblem = (problem: unknown): boolean =>
  problem instanceof Error && (problem.name === 'PostgresError' || 'errno' in problem || /CONNECT/.test(codeOf(problem)))

/** PostgreSQL answered, and said no; not that it is away, full or going down. */
export const isRefused = (problem: unknown): boolean =>
  problem instanceof Error && problem.name === 'PostgresError' && !/^(08|53|57)/.test(codeOf(problem))

const codeOf = (problem: unknown): string => String((problem as { code?: unknown }).code)
