/** One transaction of the log: the counter's row locked first, then the works of all who wait, then one flush. */
import type { Listeners } from '#kernel/fold.ts'
import type { ChainHead, Gathered, LogStore, LogTx, SetAside, Stored } from './log-store.ts'
import { Layer, type ViewCache } from './views.ts'

export type LogOptions = {
  readonly store: LogStore
  readonly site: string
  readonly listeners: Listeners
  readonly newId: () => string
  readonly now: () => Date
}

/** What one transaction has gathered; works are merged into it one after the other. */
export type Batch = Gathered & {
  readonly tx: LogTx
  readonly layer: Layer
  readonly officeChain: string
  readonly events: Stored[]
  readonly chains: Map<string, ChainHead>
  readonly setAside: SetAside[]
  readonly scopesBefore: Map<string, string>
  seq: number
  root: string
}

export const openBatch = async (
  options: LogOptions,
  tx: LogTx,
  cache: ViewCache,
  cachedHead: number
): Promise<Batch> => {
  const { seq, root, epoch, officeChain } = await tx.lock()
  if (seq !== cachedHead) cache.clear()
  return {
    tx,
    layer: new Layer(cache),
    epoch,
    officeChain,
    now: options.now(),
    events: [],
    chains: new Map(),
    setAside: [],
    scopesBefore: new Map(),
    seq,
    root,
    startSeq: seq
  }
}

/** PostgreSQL refused or is away: the transaction of all is over. Anything else is one work's own affair. */
export const isDatabaseProblem = (problem: unknown): boolean =>
  problem instanceof Error &&
  (problem.name === 'PostgresError' || 'errno' in problem || /CONNECT/.test(codeOf(problem)))

/** PostgreSQL answered, and said no; not that it is away, full or going down. */
export const isRefused = (problem: unknown): boolean =>
  problem instanceof Error && problem.name === 'PostgresError' && !/^(08|53|57)/.test(codeOf(problem))

const codeOf = (problem: unknown): string => String((problem as { code?: unknown }).code)
