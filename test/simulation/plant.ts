/** Where a planted bug gets in: wrappers around the ports. None of them is set in an honest run. */
import type { Photos } from '#device/kept-files.ts'
import type { Cache } from '#device/cache.ts'
import type { Base, OutboxStore } from '#device/store.ts'
import type { LogTx } from '#server/log-store.ts'
import type { Fetch } from '#sync/exchange.ts'
import type { PushRequest } from '#sync/protocol.ts'
import type { Disk } from './disk.ts'
import type { Life } from './life.ts'
import type { Epoch, Tables } from './tables.ts'
import type { World } from './world.ts'

/** The parts of the scene that a bug reaches for. */
export type Station = { readonly name: string; readonly disk: Disk }
export type Office = { readonly db: { readonly tables: Tables; epoch(): Epoch } }

export type Plant = {
  readonly name?: string
  readonly base?: (base: Base, life: Life, disk: Disk) => Base
  readonly store?: (store: OutboxStore, station: Station, world: World) => OutboxStore
  readonly cache?: (cache: Cache, disk: Disk, life: Life) => Cache
  readonly fetch?: (fetch: Fetch, station: Station, office: Office) => Fetch
  readonly photos?: (photos: Photos) => Photos
  /** The database as intake sees it during one push. */
  readonly tx?: (tx: LogTx, tables: Tables, push: PushRequest | undefined) => LogTx
  /** Looks at a push before it is taken in; a throw breaks the whole batch. */
  readonly before?: (push: PushRequest) => void
  /** What the feed says the head is. */
  readonly head?: (db: { readonly handedOut: number; head(): number }) => number
  /** Commits are answered before they are durable. */
  readonly hasty?: boolean
  readonly powerCut?: (disk: Disk) => void
}

export const HONEST: Plant = {}
