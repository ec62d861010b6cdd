/**
 * What importing, rendering and the sample plant ask of the office. The office implements it over PostgreSQL; tests use
 * the memory implementation beside it.
 */
import type { Known, Refusal } from '#kernel/decision.ts'
import type { Actor, BlobRef, Draft, Stamp } from '#kernel/event.ts'

/** A draft with its own time (ISO 8601 UTC) and its own person, which go before those of the whole append. */
export type Dated = Draft & { readonly at?: string; readonly actor?: Actor }

export type AppendOptions = {
  /** The device whose chain the events join; the office's own when absent. */
  readonly device?: string
  /** When it happened, ISO 8601 UTC; now when absent. The sample plant's history lies in the past. */
  readonly at?: string
  /** PINs by person, kept as salted keys and never as events; set in the same transaction. */
  readonly pins?: Readonly<Record<string, string>>
}

/** An event as the log holds it: only what a fold may read. */
export type Logged = { readonly type: string; readonly payload: unknown; readonly stamp: Stamp }

export type OfficePort = {
  /** Runs an action's rule and guards against the office's views and appends what it answers. */
  decide(
    action: string,
    input: unknown,
    actor: Actor,
    options?: Pick<AppendOptions, 'at'>
  ): Promise<{ readonly events: readonly string[] } | Refusal>
  /** Appends all or nothing, in one transaction, in this order, and folds the views. */
  append(drafts: readonly Dated[], actor: Actor, options?: AppendOptions): Promise<{ readonly seq: number }>
  known(): Promise<Known>
  /** The log's events of these types, oldest first, without holding them all in memory. */
  events(types: readonly string[]): AsyncIterable<Logged>
  keepBlob(bytes: Uint8Array, type: string): Promise<BlobRef>
  readBlob(sha256: string): Promise<Uint8Array | undefined>
  /** How far a job is, 0 to 1; shown to who started it. Not kept. */
  progress(job: string, part: number): void
}
