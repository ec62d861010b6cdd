/** What waits here and what needs a person: counted as entries change, never by asking the disk at every tap. */
import { type Signal, signal } from '@preact/signals'
import type { Own } from './projections.ts'
import type { Entry } from './stored.ts'

export type Tally = {
  readonly unsent: Signal<number>
  /** The most that waited since the queue was last empty. */
  readonly most: Signal<number>
  readonly attention: Signal<readonly Entry[]>
  readonly flagged: Signal<readonly Entry[]>
  count(entries: readonly Own[]): void
  reset(): void
}

export const tally = (): Tally => {
  const waiting = new Set<string>()
  const [unsent, most] = [signal(0), signal(0)]
  return {
    unsent,
    most,
    attention: signal<readonly Entry[]>([]),
    flagged: signal<readonly Entry[]>([]),
    count: entries => {
      for (const { id, state } of entries) {
        if (state === 'unsent') waiting.add(id)
        else waiting.delete(id)
      }
      unsent.value = waiting.size
      most.value = waiting.size === 0 ? 0 : Math.max(most.peek(), waiting.size)
    },
    reset: () => waiting.clear()
  }
}
