/**
 * Recording: a command becomes events, once. The rule decides, the guards agree, the stamp is made here and never again
 * on the path, the events are saved together, and what is known changes at the same instant.
 */
import type { Json } from '#kernel/canonical.ts'
import {
  type Action,
  decideAction,
  type Given,
  type Guard,
  isRefusal,
  type Known,
  type Refusal,
  refuse
} from '#kernel/decision.ts'
import type { Actor, Draft, When } from '#kernel/event.ts'
import { LIMITS } from '#sync/protocol.ts'
import type { Entry, Unlinked } from './store.ts'

export type Recorder = <I>(
  action: Action<I>,
  input: I,
  by: By
) => Promise<{ readonly done: true; readonly events: readonly string[] } | Refusal>

/** Who does it, as the sign-in knows them. */
export type By = Pick<Given, 'person' | 'roles'> & Pick<Actor, 'session' | 'method'>

export type RecordPorts = {
  readonly guards: readonly Guard[]
  readonly known: Known
  readonly place: () => { readonly site: string; readonly device: string; readonly station: string | undefined }
  readonly seen: () => { readonly epoch: string; readonly seq: number }
  readonly clock: () => When
  readonly newId: () => string
  readonly hash: (text: string) => string
  /** Saves all or none, and answers when the disk has them. */
  readonly save: (events: readonly Unlinked[]) => Promise<readonly Pick<Entry, 'id'>[]>
}

export const recorder =
  (ports: RecordPorts): Recorder =>
  async (action, input, by) => {
    const { site, device, station } = ports.place()
    const when = ports.clock()
    const given: Given = {
      person: by.person,
      roles: by.roles,
      station,
      at: when.wall,
      newId: ports.newId,
      hash: ports.hash
    }
    const answer = decideAction(action, ports.guards, ports.known, action.input.parse(input), given)
    if (isRefusal(answer)) return answer
    const stamp = (draft: Draft): Unlinked => ({
      v: 1,
      id: ports.newId(),
      site,
      device,
      type: draft.kind.type,
      actor: { person: by.person, session: by.session, method: by.method },
      at: when,
      seen: ports.seen(),
      // What its own schema has let through is JSON.
      payload: draft.kind.payload.parse(draft.payload) as Json,
      ...(draft.blobs ? { blobs: draft.blobs } : {})
    })
    const events = answer.map(stamp)
    if (events.some(event => JSON.stringify(event).length * 2 > LIMITS.eventBytes)) return refuse('too-large')
    if (events.length > 0) await ports.save(events)
    return { done: true, events: events.map(event => event.id) }
  }
