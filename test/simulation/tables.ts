/** What the office's database in memory holds. */
import type { Files } from './files.ts'
import type { Acted, ChainHead, SetAside, Stored, StoredView } from '#server/log-store.ts'

export type Row = Stored & { readonly epoch: string }
export type Epoch = { readonly epoch: string; readonly startSeq: number; readonly officeChain: string }

/** Everything that a backup holds. */
export type Tables = {
  readonly events: Row[]
  readonly byId: Map<string, Row>
  /** By chain and number in it. */
  readonly byNumber: Map<string, Row>
  readonly chains: Map<string, ChainHead>
  readonly aside: Map<string, SetAside>
  readonly views: Map<string, StoredView>
  /** Views that left a scope: scope, kind and key to the number of that. */
  readonly left: Map<
    string,
    { readonly scope: string; readonly kind: string; readonly key: string; readonly seq: number }
  >
  readonly epochs: Epoch[]
  readonly files: Files
  /** What was answered to decisions, by the id that they were asked by. */
  readonly acts: Map<string, Acted>
}
