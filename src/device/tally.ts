/** What waits here and what needs a person: counted as entries change, never by asking the disk at every tap. */
import { type Signal, signal } from '@preact/signals'
import type { Own } from './projections.ts'
import type { Entry, Stored } from './stored.ts'

export type Tally = {
  readonly unsent: Signal<number>
  /** The most that waited since the queue was last empty. */
  readonly most: Signal<number>
  readonly attention: Signal<readonly Entry[]>
  readonly flagged: Signal<readonly Entry[]>
  count(entries: readonly Own[]): void
  reset(): void
  /** Looks for what only a person can settle. */
  look(): Promise<void>
  /** A person has seen it; it counts no more. */
  dismiss(id: string): Promise<void>
  /** Everything that the office does not have, in order of recording. */
  waiting(): Promise<readonly Entry[]>
}

export const tally = (store: Stored): Tally => {
  const waiting = new Set<string>()
  const [unsent, most] = [signal(0), signal(0)]
  const [attention, flagged] = [signal<readonly Entry[]>([]), signal<readonly Entry[]>([])]
  const inStates = async (...states: Entry['state'][]) => (await Promise.all(states.map(store.inState))).flat()
  const look = async (): Promise<void> => {
    const seen = new Set(await store.get<readonly string[]>('dismissed'))
    const open = (entries: readonly Entry[]) => entries.filter(({ id }) => !seen.has(id))
    attention.value = open(await inStates('held', 'quarantined', 'refused'))
    flagged.value = open(await inStates('flagged'))
  }
  return {
    unsent,
    most,
    attention,
    flagged,
    look,
    count: entries => {
      for (const { id, state } of entries) {
        if (state === 'unsent') waiting.add(id)
        else waiting.delete(id)
      }
      unsent.value = waiting.size
      most.value = waiting.size === 0 ? 0 : Math.max(most.peek(), waiting.size)
    },
    reset: () => waiting.clear(),
    dismiss: async id => {
      const seen = (await store.get<readonly string[]>('dismissed')) ?? []
      await store.set('dismissed', [...seen, id])
      await look()
    },
    waiting: async () => (await inStates('unsent', 'held', 'quarantined', 'refused')).sort((a, b) => a.pos - b.pos)
  }
}
