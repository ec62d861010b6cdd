/**
 * Actions and guards: what may be done, and why not.
 *
 * An action turns a command into events or a reason. A guard looks at one event of its kind and says what it would break.
 * The tablet asks both before recording. The office asks the guards again: what they say about a fact becomes a flag on
 * it, what they say about a decision refuses it. Both are pure: known views in, answer out; time, ids and hashes are given.
 */
import type * as z from 'zod/mini'
import type { Draft, EventKind, Stamp } from './event.ts'
import type { View } from './view.ts'

/** `refused` is a word from the room's closed list; `about` fills the sentence that the room makes of it. */
export type Refusal = { readonly refused: string; readonly about?: Readonly<Record<string, string | number>> }

export const refuse = (refused: string, about?: Refusal['about']): Refusal => (about ? { refused, about } : { refused })

export const isRefusal = (answer: object): answer is Refusal => 'refused' in answer

/** What is known here and now. Rules read nothing else. */
export type Known = {
  get<V>(kind: View<V>, key: string): V | undefined
  /** Every view of a kind whose key begins with `prefix`, sorted by key. */
  list<V>(kind: View<V>, prefix?: string): readonly (readonly [string, V])[]
}

export type Role = 'operator' | 'inspector' | 'supervisor' | 'planner' | 'engineer' | 'administrator'

/** Given from outside so that a rule needs no clock, no dice and no crypto. */
export type Given = {
  readonly person: string
  readonly roles: readonly Role[]
  /** The station of this tablet; undefined at a desk. */
  readonly station: string | undefined
  /** ISO 8601 UTC. */
  readonly at: string
  readonly newId: () => string
  /** SHA-256 of the text, lower-case hex. */
  readonly hash: (text: string) => string
}

export type Action<I = unknown> = {
  /** `room/verb-noun` */
  readonly name: string
  /** 'floor': recorded on the tablet, online or not. 'office': asked of the office, needs the network. */
  readonly where: 'floor' | 'office'
  /** Who may; empty means anyone signed in. */
  readonly roles: readonly Role[]
  readonly input: z.ZodMiniType<I>
  readonly decide: (known: Known, input: I, given: Given) => readonly Draft[] | Refusal
}

export const floorAction = <I>(
  name: string,
  input: z.ZodMiniType<I>,
  decide: Action<I>['decide'],
  roles: readonly Role[] = []
): Action<I> => ({ name, where: 'floor', roles, input, decide })

export const officeAction = <I>(
  name: string,
  roles: readonly Role[],
  input: z.ZodMiniType<I>,
  decide: Action<I>['decide']
): Action<I> => ({ name, where: 'office', roles, input, decide })

export type Guard = {
  readonly type: string
  readonly check: (known: Known, payload: unknown, stamp: Stamp) => Refusal | undefined
}

export const guard = <P>(
  kind: EventKind<P>,
  check: (known: Known, payload: P, stamp: Stamp) => Refusal | undefined
): Guard => ({
  type: kind.type,
  // The payload was checked against the kind's own schema before any guard is asked.
  check: (known, payload, stamp) => check(known, payload as P, stamp)
})

/** Runs an action and then every guard over what it answered. The first reason wins. */
export const decideAction = <I>(
  action: Action<I>,
  guards: readonly Guard[],
  known: Known,
  input: I,
  given: Given
): readonly Draft[] | Refusal => {
  if (action.roles.length > 0 && !action.roles.some(role => given.roles.includes(role)))
    return refuse('role-missing', { roles: action.roles.join(', ') })
  const answer = action.decide(known, input, given)
  if (isRefusal(answer)) return answer
  const stamp = { id: '', person: given.person, device: '', at: given.at }
  for (const { kind, payload } of answer) {
    const broken = firstBroken(guards, known, kind.type, payload, stamp)
    if (broken) return broken
  }
  return answer
}

export const firstBroken = (
  guards: readonly Guard[],
  known: Known,
  type: string,
  payload: unknown,
  stamp: Stamp
): Refusal | undefined => {
  for (const one of guards) {
    const broken = one.type === type ? one.check(known, payload, stamp) : undefined
    if (broken) return broken
  }
  return undefined
}
