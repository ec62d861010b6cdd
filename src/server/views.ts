/**
 * What the office knows while it writes. Rules and folds are pure and never wait; here they read from layers in memory, and
 * what is not there yet is named, fetched and the rule asked again (`settle`). Nothing is written until the batch commits.
 */
import type { Known } from '#kernel/decision.ts'
import type { ViewKind } from '#kernel/view.ts'

export type ViewState = { readonly view: unknown; readonly scope: string | undefined; readonly seq: number }

/** A view that is known not to exist. */
export const NOTHING: ViewState = { view: undefined, scope: undefined, seq: 0 }

/** Says what a pure function needs and did not find in memory. */
export class Missing extends Error {
  readonly want: { readonly kind: string; readonly key?: string; readonly prefix?: string }
  constructor(want: Missing['want']) {
    super('not in memory yet')
    this.want = want
  }
}

const CACHE_LIMIT = 50_000
const addressOf = (kind: string, key: string): string => `${kind}\n${key}`

type States = Map<string, Map<string, ViewState>>

/** Views as of the last commit this process saw; emptied when another process has written. */
export class ViewCache {
  /** What was written lately, and what was before that: the older half is dropped whole when the younger one is full. */
  #young: States = new Map()
  #old: States = new Map()
  #size = 0

  get(kind: string, key: string): ViewState | undefined {
    return this.#young.get(kind)?.get(key) ?? this.#old.get(kind)?.get(key)
  }

  set(kind: string, key: string, state: ViewState): void {
    const map = mapIn(this.#young, kind)
    const before = map.size
    map.set(key, state)
    this.#size += map.size - before
    if (this.#size > CACHE_LIMIT / 2) {
      this.#old = this.#young
      this.#young = new Map()
      this.#size = 0
    }
  }

  clear(): void {
    this.#young = new Map()
    this.#old = new Map()
    this.#size = 0
  }
}

const mapIn = (states: States, kind: string): Map<string, ViewState> => {
  const found = states.get(kind)
  if (found) return found
  const made = new Map<string, ViewState>()
  states.set(kind, made)
  return made
}

export type Changes = ReadonlyMap<string, ReadonlyMap<string, ViewState>>

/** One work's knowledge: its own changes over the batch's over the cache. */
export class Layer {
  readonly #below: Layer | ViewCache
  readonly #own: States = new Map()
  readonly #lists: Set<string>

  constructor(below: Layer | ViewCache) {
    this.#below = below
    this.#lists = below instanceof Layer ? below.#lists : new Set()
  }

  find(kind: string, key: string): ViewState | undefined {
    return (
      this.#own.get(kind)?.get(key) ??
      (this.#below instanceof Layer ? this.#below.find(kind, key) : this.#below.get(kind, key))
    )
  }

  read(kind: string, key: string): ViewState {
    const state = this.find(kind, key)
    if (!state) throw new Missing({ kind, key })
    return state
  }

  write(kind: string, key: string, state: ViewState): void {
    mapIn(this.#own, kind).set(key, state)
  }

  /** Marks that every view of the kind with this prefix is in this layer or below. */
  listed(kind: string, prefix: string): void {
    this.#lists.add(addressOf(kind, prefix))
  }

  list(kind: string, prefix: string): (readonly [string, unknown])[] {
    if (!this.#lists.has(addressOf(kind, prefix))) throw new Missing({ kind, prefix })
    const found = new Map<string, unknown>()
    this.#collect(kind, prefix, found)
    return [...found].filter(([, view]) => view !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
  }

  #collect(kind: string, prefix: string, into: Map<string, unknown>): void {
    if (this.#below instanceof Layer) this.#below.#collect(kind, prefix, into)
    for (const [key, state] of this.#own.get(kind) ?? []) if (key.startsWith(prefix)) into.set(key, state.view)
  }

  get changes(): Changes {
    return this.#own
  }

  known(): Known {
    return {
      // The kind says what its views are; they were made by its own folds.
      get: <V>(kind: ViewKind<V>, key: string) => this.read(kind.name, key).view as V | undefined,
      list: <V>(kind: ViewKind<V>, prefix = '') => this.list(kind.name, prefix) as (readonly [string, V])[]
    }
  }
}

/** Asks a pure function until everything it reads is in memory. `fetch` must bring what is missing. */
export const settle = async <T>(ask: () => T, fetch: (want: Missing['want']) => Promise<void>): Promise<T> => {
  for (let round = 0; round < 10_000; round++) {
    try {
      return ask()
    } catch (problem) {
      if (!(problem instanceof Missing)) throw problem
      await fetch(problem.want)
    }
  }
  throw new Error('a rule reads more views than it can need')
}
