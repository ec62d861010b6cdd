/**
 * Events: what people did, saw or decided, in the past tense, versioned and never edited once shipped.
 *
 * A *fact* happened on the floor and is never refused once recorded; if it breaks a rule that the tablet could not know,
 * the office keeps it and flags it. A *decision* is the office's authority and may be refused with a reason.
 */
import type * as z from 'zod/mini'
import type { Json } from './canonical.ts'

export type Authority = 'fact' | 'decision'

export type EventKind<P = unknown> = {
  /** `room/what-happened.v1` */
  readonly type: string
  readonly authority: Authority
  readonly payload: z.ZodMiniType<P>
}

export const fact = <P>(type: string, payload: z.ZodMiniType<P>): EventKind<P> => ({ type, authority: 'fact', payload })

export const decision = <P>(type: string, payload: z.ZodMiniType<P>): EventKind<P> => ({
  type,
  authority: 'decision',
  payload
})

/** A file that belongs to an event; the event travels first, the file follows. `size` in bytes. */
export type BlobRef = { readonly sha256: string; readonly size: number; readonly type: string }

/** Who did it, and how sure we are of that. */
export type Actor = {
  readonly person: string
  readonly session: string
  readonly method: 'online' | 'badge-pin' | 'unverified' | 'api' | 'system'
}

/** Evidence of when, never an order: the office's `seq` is the order. */
export type When = {
  /** The tablet's own clock, ISO 8601 in UTC. */
  readonly wall: string
  /** Milliseconds since the page began, by the monotonic clock. */
  readonly mono: number
  /** Estimated milliseconds that the office's clock is ahead of this one; null before the first answer. */
  readonly offset: number | null
}

/**
 * What is hashed, chained and kept for ever (research/sync.md 4.2). Serialised by `canonical`; its hash is SHA-256 of
 * those bytes, in lower-case hex, and stands beside it, not in it.
 */
export type Envelope = {
  readonly v: 1
  readonly id: string
  readonly site: string
  readonly device: string
  /** One install's history: `n` counts from 1 without a gap, `prev` is the hash of the event before, '' for the first. */
  readonly chain: string
  readonly n: number
  readonly prev: string
  readonly type: string
  readonly actor: Actor
  readonly at: When
  /** What the person had in view: the office's epoch and the sequence this tablet had reached. */
  readonly seen: { readonly epoch: string; readonly seq: number }
  readonly payload: Json
  readonly blobs?: readonly BlobRef[]
  /** The numbers it had before it was given a chain of its own: they were given out, and nothing is missing there. */
  readonly was?: readonly Link[]
}
/** A place in a chain. */
export type Link = { readonly chain: string; readonly n: number }

/** An event on its way to be recorded: what a rule answers. */
export type Draft<P = unknown> = {
  readonly kind: EventKind<P>
  readonly payload: P
  readonly blobs?: readonly BlobRef[]
}

export const draft = <P>(kind: EventKind<P>, payload: P, blobs?: readonly BlobRef[]): Draft<P> =>
  blobs && blobs.length > 0 ? { kind, payload, blobs } : { kind, payload }

/** What a fold may know of an event besides its payload. */
export type Stamp = {
  readonly id: string
  readonly person: string
  readonly device: string
  /** ISO 8601 UTC, by the recording device's clock. */
  readonly at: string
}

export const stampOf = (envelope: Envelope): Stamp => ({
  id: envelope.id,
  person: envelope.actor.person,
  device: envelope.device,
  at: envelope.at.wall
})
