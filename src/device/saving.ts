/**
 * Saving, and what happens when the disk will not. A full disk: documents give way. Any other trouble: the event is kept in
 * memory and in an emergency slot beside the database, the floor is told that it is not saved, and it is tried again
 * under the same id until it is.
 */
import { type Signal, signal } from '@preact/signals'
import { canonical, type Json } from '#kernel/canonical.ts'
import type { Timers } from '#sync/exchange.ts'
import { isFull } from './cache.ts'
import type { Slots } from './drafts.ts'
import type { Own } from './projections.ts'
import { EMERGENCY } from './names.ts'
import type { Entry, OutboxStore, Unlinked } from './store.ts'

export type Saving = {
  /** Events that the disk does not have yet: above 0 the floor shows it in red. */
  readonly unsaved: Signal<number>
  save(events: readonly Unlinked[]): Promise<readonly Own[]>
  /** Tries again what was left over, also from before a crash. */
  retry(): Promise<void>
}

export type SavingPorts = {
  readonly store: OutboxStore
  readonly slots: Slots
  readonly timers: Timers
  readonly now: () => number
  readonly makeRoom: () => Promise<void>
  readonly onSaved: (entries: readonly Entry[]) => void
}

const AGAIN_MS = 5_000

export const saving = (ports: SavingPorts): Saving => {
  const unsaved = signal(0)
  let left: readonly Unlinked[] = []
  let planned = false
  const keep = (events: readonly Unlinked[]) => {
    left = events
    unsaved.value = events.length
  }
  const plan = () => {
    if (planned) return
    planned = true
    ports.timers.set(AGAIN_MS, () => {
      planned = false
      void retry()
    })
  }
  const retry = async (): Promise<void> => {
    // The slot is every tab's: what one of them left behind when it was killed, another saves.
    const events = without(readSlot(ports.slots), left).concat(left)
    if (events.length === 0) {
      unsaved.value = 0
      return
    }
    try {
      const entries = await append(ports, events)
      keep(without(left, events))
      writeSlot(ports.slots, without(readSlot(ports.slots), events))
      ports.onSaved(entries)
    } catch {
      unsaved.value = events.length
      plan()
    }
  }
  return {
    unsaved,
    retry,
    save: async events => {
      try {
        // What could not be saved before goes first, or the order of the work would be lost.
        await retry()
        if (left.length > 0) throw new Error('earlier events wait')
        return await append(ports, events)
      } catch {
        keep([...left, ...events])
        writeSlot(ports.slots, [...without(readSlot(ports.slots), events), ...events])
        plan()
        return events.map(provisional)
      }
    }
  }
}

const without = (events: readonly Unlinked[], gone: readonly Unlinked[]): Unlinked[] => {
  const ids = new Set(gone.map(event => event.id))
  return events.filter(event => !ids.has(event.id))
}

const append = async (
  { store, now, makeRoom }: SavingPorts,
  events: readonly Unlinked[]
): Promise<readonly Entry[]> => {
  try {
    return await store.append(events, now())
  } catch (problem) {
    if (!isFull(problem)) throw problem
    await makeRoom()
    return store.append(events, now())
  }
}

/** As it will look when saved, but without its place in the chain; enough to show what was done. */
const provisional = (event: Unlinked): Own => ({
  id: event.id,
  state: 'unsent',
  // An event is JSON by construction: every member is.
  body: canonical({ ...event, chain: '', n: 0, prev: '' } as unknown as Json)
})

const readSlot = (slots: Slots): readonly Unlinked[] => {
  try {
    // Only writeSlot below writes there.
    return JSON.parse(slots.getItem(EMERGENCY) ?? '[]') as readonly Unlinked[]
  } catch {
    return []
  }
}

const writeSlot = (slots: Slots, events: readonly Unlinked[]): void => {
  try {
    if (events.length === 0) slots.removeItem(EMERGENCY)
    else slots.setItem(EMERGENCY, JSON.stringify(events))
  } catch {
    // Then memory is all there is; the floor is told either way.
  }
}
