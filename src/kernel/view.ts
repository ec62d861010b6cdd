/**
 * Views: what is known, as keyed JSON. Each kind is a list of "when this event, for this key, then that view". A fold sees
 * its own view and the event and nothing else, so the same fold runs on a tablet and in the office and can be run again
 * from the first event at any time.
 */
import type { EventKind, Stamp } from './event.ts'

export type Keys = string | readonly string[] | undefined

/** One line of a projection. `keys` may name several views of the kind, or none. */
export type When<V> = {
  readonly type: string
  readonly keys: (payload: unknown) => readonly string[]
  readonly fold: (was: V | undefined, payload: unknown, stamp: Stamp, key: string) => V | undefined
}

/**
 * What a view is called and what it holds: all that reading it takes. A room whose views the first screen reads names them
 * in `views.ts`, so that no fold and no schema has to be there before something is drawn; `projection.ts` folds them
 * under the same names.
 */
export type View<V = unknown> = {
  /** `room/noun` */
  readonly name: string
  /** Never there: it carries the type. */
  readonly holds?: V
}

export const view = <V>(name: string): View<V> => ({ name })

export type ViewKind<V = unknown> = View<V> & {
  /** Which tablets are sent this view: 'site' all; 'floor' all tablets while it is in play; 'desk' only desk screens. */
  readonly scope: (view: V) => Scope
  readonly on: readonly When<V>[]
  /** The files (SHA-256) that must be on every tablet that is sent this view: pages of build documents. */
  readonly blobs?: (view: V) => readonly string[]
  /** Raised when a fold or the scope answers otherwise than before; the office then folds this kind anew from the log. */
  readonly version?: number
}

export type Scope = 'site' | 'floor' | 'desk' | 'archive'

/** `view`: its name, or what `views.ts` calls it. */
export const viewKind = <V>(
  view: string | View<V>,
  scope: Scope | ((view: V) => Scope),
  on: readonly When<V>[],
  blobs?: (view: V) => readonly string[],
  version?: number
): ViewKind<V> => ({
  name: typeof view === 'string' ? view : view.name,
  scope: typeof scope === 'function' ? scope : () => scope,
  on,
  ...(blobs ? { blobs } : {}),
  ...(version === undefined ? {} : { version })
})

/** `fold` answers the view as it is afterwards; `undefined` removes it. It must not change `was`. */
export const when = <P, V>(
  kind: EventKind<P>,
  keys: (payload: P) => Keys,
  fold: (was: V | undefined, payload: P, stamp: Stamp, key: string) => V | undefined
): When<V> => ({
  type: kind.type,
  // The payload was checked against the kind's own schema before any fold is asked.
  keys: payload => asList(keys(payload as P)),
  fold: (was, payload, stamp, key) => fold(was, payload as P, stamp, key)
})

const asList = (keys: Keys): readonly string[] => (keys === undefined ? [] : typeof keys === 'string' ? [keys] : keys)

/** A line for events that say the whole of a thing: the last one stands. */
export const replace = <P extends V, V>(kind: EventKind<P>, keys: (payload: P) => Keys): When<V> =>
  when<P, V>(kind, keys, (_was, payload) => payload)

/** Shorthand for a fold that only changes what is there: an event about something unknown leaves nothing behind. */
export const change =
  <P, V>(next: (was: V, payload: P, stamp: Stamp) => V) =>
  (was: V | undefined, payload: P, stamp: Stamp): V | undefined =>
    was === undefined ? undefined : next(was, payload, stamp)
