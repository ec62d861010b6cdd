/** The face a room shows to the device and the office: what it records, what it knows, what it allows, how it says no. */
import type { Action, Guard, Refusal } from './decision.ts'
import type { EventKind } from './event.ts'
import type { Reaction } from './reaction.ts'
import type { ViewKind } from './view.ts'

export type Activity = {
  readonly name: string
  readonly events: readonly EventKind[]
  readonly views: readonly ViewKind[]
  readonly guards: readonly Guard[]
  readonly actions: readonly Action[]
  /** What the office records by itself after a fact. */
  readonly reactions?: readonly Reaction[]
  /** The sentence for each reason the room may give: what happened, what to do. */
  readonly reasons: Readonly<Record<string, (about: NonNullable<Refusal['about']>) => string>>
}

/** Erases the payload types, which differ per line, for a list. Sound: every use goes through the kind's own schema. */
export const lines = <T>(...items: readonly unknown[]): readonly T[] => items as readonly T[]
