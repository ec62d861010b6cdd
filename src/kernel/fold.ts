/** Runs every projection that listens to an event. The one place where events become views, on both ends. */
import type { Stamp } from './event.ts'
import type { Known } from './decision.ts'
import type { ViewKind, When } from './view.ts'

export type ViewId = { readonly kind: string; readonly key: string }

/** A view after an event; `view: undefined` means that it is gone. */
export type Changed = ViewId & { readonly view: unknown; readonly definition: ViewKind }

type Listener = { readonly definition: ViewKind; readonly when: When<unknown> }
export type Listeners = ReadonlyMap<string, readonly Listener[]>

/** Indexes view kinds by the event types they listen to. */
export const listenersOf = (kinds: readonly ViewKind[]): Listeners => {
  const map = new Map<string, Listener[]>()
  for (const definition of kinds)
    for (const line of definition.on) {
      const list = map.get(line.type) ?? []
      list.push({ definition, when: line })
      map.set(line.type, list)
    }
  return map
}

/** The views an event touches, before anything is folded: what has to be read first. */
export const touchedBy = (listeners: Listeners, type: string, payload: unknown): readonly ViewId[] =>
  (listeners.get(type) ?? []).flatMap(({ definition, when }) =>
    when.keys(payload).map(key => ({ kind: definition.name, key }))
  )

/** Folds one event. `read` gives a view as it stands; `write` takes it as it is afterwards. */
export const foldEvent = (
  listeners: Listeners,
  event: { readonly type: string; readonly payload: unknown; readonly stamp: Stamp },
  read: (kind: string, key: string) => unknown,
  write: (changed: Changed) => void
): void => {
  for (const { definition, when } of listeners.get(event.type) ?? [])
    for (const key of when.keys(event.payload)) {
      const was = read(definition.name, key)
      const view = when.fold(was, event.payload, event.stamp, key)
      if (view !== was) write({ kind: definition.name, key, view, definition })
    }
}

/** A plain reader over a map of maps; what tests and the tablet use. */
export const knownFrom = (views: ReadonlyMap<string, ReadonlyMap<string, unknown>>): Known => ({
  get: (kind, key) => views.get(kind.name)?.get(key) as never,
  list: (kind, prefix = '') =>
    [...(views.get(kind.name) ?? [])]
      .filter(([key]) => key.startsWith(prefix))
      .sort(([a], [b]) => (a < b ? -1 : 1)) as never
})
