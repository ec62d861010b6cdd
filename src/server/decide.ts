/** Decisions: the rule is run in the transaction that records what it answers, once for each id that it was asked by. */
import {
  type Action,
  decideAction,
  type Given,
  type Guard,
  isRefusal,
  type Refusal,
  refuse,
  type Role
} from '#kernel/decision.ts'
import type { Actor } from '#kernel/event.ts'
import { hashOf } from '#sync/chain.ts'
import type { ActReply } from '#sync/protocol.ts'
import type { Log } from './log.ts'
import { Problem } from './problem.ts'
import type { Work } from './work.ts'

export type Decided = { readonly seq: number; readonly ids: readonly string[] } | Refusal

export type Act = (
  work: Work,
  action: Action,
  input: unknown,
  actor: Actor,
  roles: readonly Role[],
  at?: string
) => Promise<Decided>

export const acting =
  (guards: readonly Guard[], newId: () => string): Act =>
  async (work, action, input, actor, roles, at = work.now.toISOString()) => {
    // Who may not do it learns nothing of what it takes.
    if (action.roles.length > 0 && !action.roles.some(role => roles.includes(role)))
      return refuse('role-missing', { roles: action.roles.join(', ') })
    const checked = action.input.safeParse(input)
    if (!checked.success) return refuse('wrong-input', { what: issuesIn(checked.error.issues) })
    const given: Given = { person: actor.person, roles, station: undefined, at, newId, hash: hashOf }
    const answer = await work.ask(() => decideAction(action, guards, work.known, checked.data, given))
    if (isRefusal(answer)) return answer
    return work.record(answer, actor, at)
  }

/**
 * Decides, or gives the answer that was given before: what was refused stays refused too, or a request that some proxy sent
 * twice would do what its tablet was told is not done.
 */
export const decideOnce = (
  log: Log,
  { id, person }: { readonly id: string; readonly person: string },
  decide: (work: Work) => Promise<Decided>,
  say: (refusal: Refusal) => string
): Promise<ActReply> =>
  log.write(async work => {
    const before = await work.store.acted(id)
    if (before && before.person !== person)
      throw new Problem(
        409,
        'wrong-shape',
        'This id belongs to an action of someone else.',
        'Make a new UUID for each action.'
      )
    if (before) return before.reply
    const answer = await decide(work)
    const reply: ActReply = isRefusal(answer)
      ? { id, refused: answer.refused, sentence: say(answer), about: { ...answer.about } }
      : { id, done: true, seq: answer.seq, events: [...answer.ids] }
    await work.store.keepAct(id, { person, reply })
    return reply
  })

export const issuesIn = (
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]
): string =>
  issues
    .slice(0, 5)
    .map(issue => `${issue.path.map(String).join('.') || 'the whole'}: ${issue.message}`)
    .join('; ')
