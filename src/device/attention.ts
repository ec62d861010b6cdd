/** What only a person can settle, and what waits, as the disk has it. */
import type { Entry, Stored } from './stored.ts'
import type { Tally } from './tally.ts'

export type Attention = {
  /** Looks for what only a person can settle. */
  look(): Promise<void>
  /** A person has seen it; it counts no more. */
  dismiss(id: string): Promise<void>
  /** Everything that the office does not have, in order of recording. */
  waiting(): Promise<readonly Entry[]>
}

export const attention = (store: Stored, tally: Tally): Attention => {
  const inStates = async (...states: Entry['state'][]) => (await Promise.all(states.map(store.inState))).flat()
  const look = async (): Promise<void> => {
    const seen = new Set(await store.get<readonly string[]>('dismissed'))
    const open = (entries: readonly Entry[]) => entries.filter(({ id }) => !seen.has(id))
    tally.attention.value = open(await inStates('held', 'quarantined', 'refused'))
    tally.flagged.value = open(await inStates('flagged'))
  }
  return {
    look,
    dismiss: async id => {
      const seen = (await store.get<readonly string[]>('dismissed')) ?? []
      await store.set('dismissed', [...seen, id])
      await look()
    },
    waiting: async () => (await inStates('unsent', 'held', 'quarantined', 'refused')).sort((a, b) => a.pos - b.pos)
  }
}
