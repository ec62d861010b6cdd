/** What the books hold of decisions, and what the log has to say to it in the end. */
import type { Role } from '#kernel/decision.ts'
import type { Envelope } from '#kernel/event.ts'
import { closeLate, latch, signOff } from './toy-room.ts'

/** `open`: nobody was told what became of it, or it was told by an office that was put back to before it. */
export type Decision = {
  readonly person: string
  readonly roles: readonly Role[]
  readonly action: string
  answer: 'open' | 'done' | 'refused'
  events: readonly string[]
}

/** Done: once, and by whom. Refused: not at all. Open: at most once. */
export const checkDecisions = (decisions: ReadonlyMap<string, Decision>, envelopes: readonly Envelope[]): void => {
  const found = new Map<string, Envelope[]>()
  for (const envelope of envelopes) {
    const { ask } = envelope.payload as { readonly ask?: string }
    if (ask !== undefined) found.set(ask, [...(found.get(ask) ?? []), envelope])
  }
  for (const [ask, { answer, events, person, roles, action }] of decisions) {
    const logged = found.get(ask) ?? []
    const ids = logged.map(({ id }) => id)
    if (ids.length > 1) throw new Error(`${ask} was decided ${ids.length} times`)
    if (answer === 'done' && ids[0] !== events[0])
      throw new Error(`${ask} was done as ${events[0]}, and the log has ${ids[0]}`)
    if (answer === 'refused' && ids.length > 0) throw new Error(`${ask} was refused and is in the log`)
    for (const { actor } of logged) {
      if (actor.person !== person || actor.method !== 'online')
        throw new Error(`${ask} of ${person} is signed by ${actor.person}`)
      if (!roles.some(role => MAY[action]?.includes(role))) throw new Error(`${person} may not do ${action}`)
    }
  }
  for (const ask of found.keys()) if (!decisions.has(ask)) throw new Error(`nobody asked for ${ask}`)
}

const MAY: Readonly<Record<string, readonly Role[]>> = Object.fromEntries(
  [latch, signOff, closeLate].map(({ name, roles }) => [name, roles])
)
