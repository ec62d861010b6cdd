/**
 * What this tablet knows: the office's confirmed views, and over them the events of its own that those do not hold yet.
 * Reading in a component subscribes it to the view; `peek` reads without, for rules.
 */
import { batch, type Signal, signal } from '@preact/signals'
import type { Known } from '#kernel/decision.ts'
import { type Envelope, stampOf } from '#kernel/event.ts'
import { type Listeners, listenersOf, type ViewId } from '#kernel/fold.ts'
import type { ViewKind } from '#kernel/view.ts'
import { type Cursor, NOTHING } from '#sync/cursor.ts'
import type { Page } from '#sync/engine.ts'
import type { Confirmed } from './cache.ts'
import type { Entry } from './stored.ts'

/** The part of an entry that folding needs. */
export type Own = Pick<Entry, 'id' | 'state' | 'seq' | 'body'>
type Pending = { readonly own: Own; readonly envelope: Envelope; readonly touched: readonly ViewId[] }
type Shelf<T> = Map<string, Map<string, T>>

export type Projections = {
  /** How events become views. Entries may be taken from then on; what is confirmed can be read before. */
  teach(kinds: readonly ViewKind[]): void
  readonly known: Known
  readonly peek: Known
  cursor(): Cursor
  /** The own events that are folded over what is confirmed, in order of recording. */
  pending(): readonly Own[]
  /** Begins anew with what the cache holds; own events have to be taken again. */
  load(cursor: Cursor, rows: readonly Confirmed[]): void
  /** A page that the cache has stored, and what a finished rebuild swept out. */
  apply(page: Page, swept: readonly Confirmed[]): void
  /** Entries of this tablet, new or changed, in order of recording. */
  take(entries: readonly Own[]): void
  /** Every confirmed or overlaid view of a kind that names files. */
  files(): ReadonlySet<string>
}

export const projections = (known: readonly ViewKind[] = []): Projections => {
  let kinds = known
  const state: State = {
    listeners: listenersOf(kinds),
    cursor: NOTHING,
    confirmed: new Map(),
    overlay: new Map(),
    pending: new Map(),
    by: new Map()
  }
  const versions = versionsOf()
  const shown = (kind: string, key: string): unknown =>
    state.overlay.get(kind)?.has(key) ? state.overlay.get(kind)?.get(key) : state.confirmed.get(kind)?.get(key)?.view
  const refresh = (ids: readonly ViewId[]) =>
    batch(() => {
      for (const { kind, key } of once(ids)) {
        recompute(state, kind, key)
        versions.bump(kind, key, shown(kind, key))
      }
    })
  const reader = (mark: (kind: string, key?: string, view?: unknown) => void): Known => ({
    get: (kind, key) => {
      const view = shown(kind.name, key)
      mark(kind.name, key, view)
      // Stored under its kind's name by that kind's own fold.
      return view as never
    },
    list: (kind, prefix = '') => {
      mark(kind.name)
      const all = sorted(state, versions, kind.name)
      // The very same list while nothing of its kind has changed: who works with it need not begin anew.
      return (prefix === '' ? all : all.filter(([key]) => key.startsWith(prefix))) as never
    }
  })
  return {
    teach: taught => {
      kinds = taught
      state.listeners = listenersOf(taught)
    },
    known: reader(versions.watch),
    peek: reader(() => undefined),
    cursor: () => state.cursor,
    pending: () => [...state.pending.values()].map(({ own }) => own),
    load: (cursor, rows) => {
      const touched = [...idsOf(state.confirmed), ...idsOf(state.overlay), ...rows]
      state.cursor = cursor
      for (const shelves of [state.confirmed, state.overlay, state.pending, state.by]) shelves.clear()
      for (const row of rows) shelf(state.confirmed, row.kind).set(row.key, row)
      refresh(touched)
    },
    apply: (page, swept) => {
      state.cursor = page.cursor
      for (const row of page.rows)
        if (row.view === null) state.confirmed.get(row.kind)?.delete(row.key)
        else
          shelf(state.confirmed, row.kind).set(row.key, { kind: row.kind, key: row.key, seq: row.seq, view: row.view })
      for (const row of swept) state.confirmed.get(row.kind)?.delete(row.key)
      refresh([...page.rows, ...swept, ...forget(state)])
    },
    take: entries => refresh(entries.flatMap(own => takeOne(state, own))),
    files: () =>
      new Set(
        kinds.flatMap(kind =>
          kind.blobs ? sorted(state, versions, kind.name).flatMap(([, view]) => [...(kind.blobs?.(view) ?? [])]) : []
        )
      )
  }
}

type State = {
  listeners: Listeners
  cursor: Cursor
  readonly confirmed: Shelf<Confirmed>
  /** Only views that own events touch; `undefined` says that an own event took the view away. */
  readonly overlay: Shelf<unknown>
  readonly pending: Map<string, Pending>
  /** Which pending events touch a view, in order. */
  readonly by: Map<string, Pending[]>
}

const shelf = <T>(shelves: Shelf<T>, kind: string): Map<string, T> => {
  const found = shelves.get(kind) ?? new Map<string, T>()
  shelves.set(kind, found)
  return found
}
const idsOf = (shelves: Shelf<unknown>): ViewId[] =>
  [...shelves].flatMap(([kind, rows]) => [...rows.keys()].map(key => ({ kind, key })))
const nameOf = ({ kind, key }: ViewId): string => `${kind}\n${key}`
/** Many events of one job in one go: what they make of its view is folded once. */
const once = (ids: readonly ViewId[]): Iterable<ViewId> =>
  ids.length < 2 ? ids : new Map(ids.map(id => [nameOf(id), id])).values()

/** Work that the office refused or set aside changed nothing; work that it holds is in its views already. */
const counts = (state: State, own: Own): boolean =>
  own.state === 'unsent' ||
  own.state === 'held' ||
  ((own.state === 'acked' || own.state === 'flagged') && (own.seq ?? 0) > state.cursor.seq)

const takeOne = (state: State, own: Own): readonly ViewId[] => {
  const was = state.pending.get(own.id)
  if (!counts(state, own)) return was ? drop(state, was) : []
  if (was && was.own.state === own.state && was.own.seq === own.seq && was.own.body === own.body) return []
  if (was) {
    // Its place among the others stays; only what the office said of it is new.
    const now = { ...was, own }
    state.pending.set(own.id, now)
    for (const id of was.touched) {
      const list = state.by.get(nameOf(id)) ?? []
      list.splice(list.indexOf(was), 1, now)
    }
    // Mostly the office took what waited here: folded over what is confirmed all the same, so nothing looks different.
    return was.touched.filter(id => isOpen(state, was.own, id) !== isOpen(state, own, id))
  }
  // The body is what `seal` made of an envelope.
  const envelope = JSON.parse(own.body) as Envelope
  const touched = (state.listeners.get(envelope.type) ?? []).flatMap(({ definition, when }) =>
    when.keys(envelope.payload).map(key => ({ kind: definition.name, key }))
  )
  const pending = { own, envelope, touched }
  state.pending.set(own.id, pending)
  for (const id of touched) state.by.set(nameOf(id), [...(state.by.get(nameOf(id)) ?? []), pending])
  return touched
}

const drop = (state: State, pending: Pending): readonly ViewId[] => {
  state.pending.delete(pending.own.id)
  for (const id of pending.touched) {
    const rest = (state.by.get(nameOf(id)) ?? []).filter(one => one !== pending)
    if (rest.length > 0) state.by.set(nameOf(id), rest)
    else state.by.delete(nameOf(id))
  }
  return pending.touched
}

/** Drops the events that the cursor now covers. */
const forget = (state: State): readonly ViewId[] =>
  [...state.pending.values()].flatMap(pending => (counts(state, pending.own) ? [] : drop(state, pending)))

/**
 * Whether a confirmed view does not hold an own event yet. While a rebuild runs the cursor is behind, but a row may be from
 * before it and hold the event already.
 */
const isOpen = ({ confirmed }: State, own: Own, { kind, key }: ViewId): boolean =>
  own.state === 'unsent' || own.state === 'held' || (own.seq ?? 0) > (confirmed.get(kind)?.get(key)?.seq ?? 0)

const recompute = (state: State, kind: string, key: string): void => {
  const row = state.confirmed.get(kind)?.get(key)
  const pending = state.by.get(nameOf({ kind, key })) ?? []
  const open = pending.filter(({ own }) => isOpen(state, own, { kind, key }))
  if (open.length === 0) {
    state.overlay.get(kind)?.delete(key)
    return
  }
  let view = row?.view
  for (const { envelope } of open)
    for (const { definition, when } of state.listeners.get(envelope.type) ?? [])
      if (definition.name === kind && when.keys(envelope.payload).includes(key))
        view = when.fold(view, envelope.payload, stampOf(envelope), key)
  shelf(state.overlay, kind).set(key, view)
}

type Versions = ReturnType<typeof versionsOf>
type Row = readonly [string, unknown]

type Watched = { readonly version: Signal<number>; last: unknown }

/**
 * One signal for each view that something on screen reads, and one for each kind that is listed. An event is folded here,
 * answered and sent back by the office: three times the same view, of which the screen hears once.
 */
const versionsOf = () => {
  const watched = new Map<string, Watched>()
  const lists = new Map<string, readonly Row[]>()
  const tell = (one: Watched | undefined) => {
    if (one) one.version.value = one.version.peek() + 1
  }
  return {
    lists,
    watch: (kind: string, key?: string, view?: unknown): void => {
      const name = key === undefined ? kind : nameOf({ kind, key })
      const one = watched.get(name) ?? { version: signal(0), last: view }
      one.last = view
      watched.set(name, one)
      void one.version.value
    },
    bump: (kind: string, key: string, view: unknown): void => {
      const one = watched.get(nameOf({ kind, key }))
      if (one && !sameView(one.last, view)) {
        one.last = view
        tell(one)
      }
      const list = lists.get(kind)
      if (list && sameView(rowIn(list, key), view)) return
      lists.delete(kind)
      tell(watched.get(kind))
    }
  }
}

/** The list is sorted by key. */
const rowIn = (list: readonly Row[], key: string): unknown => {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle]?.[0] ?? '') < key) low = middle + 1
    else high = middle
  }
  return list[low]?.[0] === key ? list[low]?.[1] : undefined
}

/** Views are JSON. */
const sameView = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [left, right] = [a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>]
  const keys = Object.keys(left)
  return keys.length === Object.keys(right).length && keys.every(key => key in right && sameView(left[key], right[key]))
}

const sorted = (state: State, versions: Versions, kind: string): readonly Row[] => {
  const known = versions.lists.get(kind)
  if (known) return known
  const rows = new Map<string, unknown>()
  for (const [key, row] of state.confirmed.get(kind) ?? []) rows.set(key, row.view)
  for (const [key, view] of state.overlay.get(kind) ?? []) {
    if (view === undefined) rows.delete(key)
    else rows.set(key, view)
  }
  const list = [...rows].sort(([a], [b]) => (a < b ? -1 : 1))
  versions.lists.set(kind, list)
  return list
}
