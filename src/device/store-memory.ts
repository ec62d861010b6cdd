/** The outbox in memory: for tests, the simulation and the bench. One transaction at a time, undone when it throws. */
import type { Photos, Sent, Waiting } from './kept-files.ts'
import type { Base, Entry, EntryState, Tx } from './store.ts'

/** The tables may be given: two tabs share one disk, and a simulation looks at it, copies it or wipes it. */
export const memoryBase = (state: Tables = emptyTables()): Base => {
  let queue: Promise<unknown> = Promise.resolve()
  return {
    run: (_mode, work) => {
      const turn = queue.then(async () => {
        const undo: (() => void)[] = []
        try {
          return await work(txOver(state, undo))
        } catch (problem) {
          for (const back of undo.toReversed()) back()
          throw problem
        }
      })
      queue = turn.catch(() => undefined)
      return turn
    },
    close: () => undefined
  }
}

export const memoryPhotos = (now: () => number = Date.now): Photos => {
  const files = new Map<string, { readonly file: Waiting | Sent; readonly chunks: readonly ArrayBuffer[] }>()
  const all = () => [...files.values()].map(one => one.file)
  return {
    keep: async (ref, chunks) => void files.set(ref.sha256, { file: { ...ref, at: now() }, chunks }),
    chunk: async (sha256, index) => files.get(sha256)?.chunks[index],
    find: async sha256 => files.get(sha256)?.file,
    waiting: async () =>
      all()
        .filter(file => 'at' in file)
        .toSorted((a, b) => a.at - b.at),
    sent: async () => all().filter(file => 'kept' in file),
    note: async noted => {
      for (const file of noted) {
        const was = files.get(file.sha256)
        if (was) files.set(file.sha256, { ...was, file })
      }
    },
    drop: async sha256s => {
      for (const { sha256, ...file } of all()) if ('kept' in file && sha256s.includes(sha256)) files.delete(sha256)
    }
  }
}

export const emptyTables = (): Tables => ({ meta: new Map(), events: new Map(), ids: new Map(), last: 0 })

export type Tables = {
  readonly meta: Map<string, unknown>
  readonly events: Map<number, Entry>
  readonly ids: Map<string, number>
  last: number
}

const txOver = (state: Tables, undo: (() => void)[]): Tx => {
  const all = () => [...state.events.values()]
  const put = (entry: Entry) => {
    const was = state.events.get(entry.pos)
    undo.push(() => {
      if (was) state.events.set(entry.pos, was)
      else {
        state.events.delete(entry.pos)
        state.ids.delete(entry.id)
      }
    })
    state.events.set(entry.pos, entry)
    state.ids.set(entry.id, entry.pos)
  }
  return {
    meta: async name => state.meta.get(name),
    setMeta: async (name, value) => {
      const was = state.meta.get(name)
      undo.push(() => state.meta.set(name, was))
      state.meta.set(name, value)
    },
    byIds: async ids => ids.flatMap(id => state.events.get(state.ids.get(id) ?? -1) ?? []),
    add: async entries =>
      entries.map(entry => {
        if (state.ids.has(entry.id)) throw new Error(`the outbox holds ${entry.id} already`)
        state.last += 1
        put({ ...entry, pos: state.last })
        return state.last
      }),
    put: async entries => {
      for (const entry of entries) put(entry)
    },
    remove: async positions => {
      for (const pos of positions) {
        const was = state.events.get(pos)
        if (!was) continue
        undo.push(() => put(was))
        state.events.delete(pos)
        state.ids.delete(was.id)
      }
    },
    inState: async (wanted: EntryState, limit = Number.POSITIVE_INFINITY) => firstOf(state.events, wanted, limit),
    ofChain: async (chain, from) =>
      all()
        .filter(entry => entry.chain === chain && entry.n >= from)
        .sort((a, b) => a.n - b.n),
    above: async seq => all().filter(entry => (entry.seq ?? -1) > seq),
    recordedBefore: async at => all().filter(entry => entry.at < at),
    newest: async limit => all().slice(-limit).reverse()
  }
}

/** Positions only grow and a Map keeps the order they came in. */
const firstOf = (events: ReadonlyMap<number, Entry>, wanted: EntryState, limit: number): readonly Entry[] => {
  const found: Entry[] = []
  for (const entry of events.values()) {
    if (found.length >= limit) break
    if (entry.state === wanted) found.push(entry)
  }
  return found
}
