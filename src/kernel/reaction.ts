/**
 * Reactions: what the office records by itself because a fact from the floor made it so. Tablets that were apart may reach
 * together what none of them could see alone; a fold can't answer that, since it only makes views, and a guard only flags.
 *
 * A reaction is pure and runs once, in the transaction that takes the fact in, after the whole push is folded: what the
 * tablet did about it itself is known by then. Its answer is recorded as events of the office, so a rebuild reads them from
 * the log and never runs a reaction again. What a reaction records calls no further reaction.
 */
import type { Known } from './decision.ts'
import type { Draft, EventKind, Stamp } from './event.ts'

export type Reaction = {
  readonly type: string
  /** `known` holds the fact already. May be asked several times before its answer counts; `newId` gives new ids. */
  readonly react: (known: Known, payload: unknown, stamp: Stamp, newId: () => string) => readonly Draft[]
}

export const reaction = <P>(
  kind: EventKind<P>,
  react: (known: Known, payload: P, stamp: Stamp, newId: () => string) => readonly Draft[]
): Reaction => ({
  type: kind.type,
  // The payload was checked against the kind's own schema before any reaction is asked.
  react: (known, payload, stamp, newId) => react(known, payload as P, stamp, newId)
})
