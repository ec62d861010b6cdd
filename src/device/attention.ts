/** What only a person can settle, and what waits, as the disk has it. */
import type { Entry, EntryState, Stored } from './stored.ts'
import type { Tally } from './tally.ts'

export type Attention = {
  /** Looks for what only a person can settle. */
  look(): Promise<void>
  /** A person has seen it; it counts no more. */
  dismiss(id: string): Promise<void>
  /** Everything that the office does not have, in order of recording. */
  waiting(): Promise<readonly Entry[]>
}

const WAITING: readonly EntryState[] = ['unsent', 'held', 'quarantined', 'refused']

export const attention = (store: Stored, tally: Tally): Attention => {
  const look = async (): Promise<void> => {
    const { seen, entries } = await store.toSettle()
    const ids = new Set(seen)
    const open = entries.filter(({ id }) => !ids.has(id))
    tally.attention.value = open.filter(({ state }) => state !== 'flagged')
    tally.flagged.value = open.filter(({ state }) => state === 'flagged')
  }
  return {
    look,
    dismiss: async id => {
      const seen = (await store.get<readonly string[]>('dismissed')) ?? []
      await store.set('dismissed', [...seen, id])
      await look()
    },
    waiting: async () => (await store.inStates(WAITING)).toSorted((a, b) => a.pos - b.pos)
  }
}
