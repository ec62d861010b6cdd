/**
 * An office in memory: the same rules, guards and folds, no database. Tests use it, and the sample plant's history is rehearsed
 * in it, so that the real office takes the whole story in one transaction.
 */
import { catalog } from '#activities/catalog.ts'
import { decideAction, isRefusal, type Known, refuse, type Refusal, type Role } from '#kernel/decision.ts'
import type { Actor, BlobRef } from '#kernel/event.ts'
import { type Changed, foldEvent, knownFrom, listenersOf } from '#kernel/fold.ts'
import { idMaker } from '#kernel/id.ts'
import { hashOf } from '#sync/chain.ts'
import type { Dated, Logged, OfficePort } from './office-port.ts'

const EVERY_ROLE: readonly Role[] = ['operator', 'inspector', 'supervisor', 'planner', 'engineer', 'administrator']

export type MemoryOffice = OfficePort & {
  /** Everything recorded, oldest first, with who and when. */
  readonly recorded: readonly Recorded[]
  /** As `decide`, at once, and with the station that a tablet stands at. */
  act(
    action: string,
    input: unknown,
    actor: Actor,
    options?: { readonly at?: string; readonly station?: string }
  ): { readonly events: readonly string[] } | Refusal
  record(drafts: readonly Dated[], actor: Actor, at?: string): void
  /** As `known`, at once. */
  readonly knownNow: Known
  readonly pins: ReadonlyMap<string, string>
  readonly blobs: ReadonlyMap<string, { readonly bytes: Uint8Array; readonly type: string }>
}
export type Recorded = Dated & { readonly actor: Actor; readonly at: string; readonly id: string }

type Views = Map<string, Map<string, unknown>>

const into =
  (views: Views) =>
  ({ kind, key, view }: Changed): void => {
    const map = views.get(kind) ?? new Map<string, unknown>()
    views.set(kind, map)
    if (view === undefined) map.delete(key)
    else map.set(key, view)
  }

/** What was recorded so far and the views of it. */
const memoryLog = (now: () => Date, newId: () => string) => {
  const views: Views = new Map()
  const listeners = listenersOf(catalog.flatMap(activity => activity.views))
  const recorded: Recorded[] = []
  const record: MemoryOffice['record'] = (drafts, actor, at = now().toISOString()) => {
    for (const { kind, payload } of drafts) {
      const checked = kind.payload.safeParse(payload)
      if (!checked.success)
        throw new Error(`${kind.type}: ${checked.error.issues[0]?.path.join('.')} ${checked.error.issues[0]?.message}`)
    }
    for (const one of drafts) {
      const entry: Recorded = { ...one, actor: one.actor ?? actor, at: one.at ?? at, id: newId() }
      recorded.push(entry)
      foldEvent(listeners, asLogged(entry), (kind, key) => views.get(kind)?.get(key), into(views))
    }
  }
  return { known: knownFrom(views), recorded, record }
}

/** `now` is given, and the ids are counted from it: the same calls make the same office. */
export const memoryOffice = (now: () => Date, seed = 1): MemoryOffice => {
  const guards = catalog.flatMap(activity => activity.guards)
  const actions = new Map(catalog.flatMap(activity => activity.actions.map(action => [action.name, action] as const)))
  const newId = idMaker(() => now().getTime(), dice(seed))
  const { known, recorded, record } = memoryLog(now, newId)
  const pins = new Map<string, string>()
  const blobs = new Map<string, { bytes: Uint8Array; type: string }>()

  const act: MemoryOffice['act'] = (name, input, actor, { at = now().toISOString(), station } = {}) => {
    const action = actions.get(name)
    if (!action) return refuse('unknown-action', { action: name })
    const checked = action.input.safeParse(input)
    if (!checked.success) return refuse('wrong-input', { what: checked.error.issues[0]?.path.join('.') ?? '' })
    const given = { person: actor.person, roles: EVERY_ROLE, station, at, newId, hash: hashOf }
    const answer = decideAction(action, guards, known, checked.data, given)
    if (isRefusal(answer)) return answer
    const before = recorded.length
    record(answer, actor, at)
    return { events: recorded.slice(before).map(one => one.id) }
  }

  return {
    recorded,
    pins,
    blobs,
    act,
    record,
    decide: async (action, input, actor, options) => act(action, input, actor, options),
    append: async (drafts, actor, options = {}) => {
      record(drafts, actor, options.at)
      for (const [person, pin] of Object.entries(options.pins ?? {})) pins.set(person, pin)
      return { seq: recorded.length }
    },
    known: async () => known,
    knownNow: known,
    events: types => logged(recorded, new Set(types)),
    keepBlob: async (bytes, type) => {
      const sha256 = hashOf(bytes)
      blobs.set(sha256, { bytes, type })
      return { sha256, size: bytes.length, type } satisfies BlobRef
    },
    readBlob: async sha256 => blobs.get(sha256)?.bytes,
    progress: () => {}
  }
}

async function* logged(recorded: readonly Recorded[], types: ReadonlySet<string>): AsyncIterable<Logged> {
  for (const one of recorded) if (types.has(one.kind.type)) yield asLogged(one)
}

const asLogged = ({ kind, payload, actor, at, id }: Recorded): Logged => ({
  type: kind.type,
  payload,
  stamp: { id, person: actor.person, device: 'office', at }
})

/** Sixteen repeatable bytes at a time (Park and Miller's minimal generator). */
const dice = (seed: number) => {
  let state = seed
  return () =>
    Uint8Array.from({ length: 16 }, () => {
      state = (state * 48271) % 2147483647
      return state & 0xff
    })
}
