/**
 * A tablet sends the next batch behind the one that is being answered, and the two may overtake each other on their way here.
 * The later one would be told of a hole that is about to be filled; instead it waits a moment for the one before it.
 */
import type { Intaken } from './intake.ts'

/** Long enough for a batch that is here already or on its way; nothing is locked meanwhile. */
const MOST_MS = 100

export type Turns = { take(chain: string, attempt: () => Promise<Intaken>): Promise<Intaken> }

export const turns = (mostMs = MOST_MS): Turns => {
  const waiting = new Map<string, Set<() => void>>()
  const moved = (chain: string): void => {
    for (const go of waiting.get(chain) ?? []) go()
  }
  const wait = (chain: string): Promise<void> =>
    new Promise(done => {
      const others = waiting.get(chain) ?? new Set()
      const go = (): void => {
        clearTimeout(timer)
        others.delete(go)
        if (others.size === 0) waiting.delete(chain)
        done()
      }
      const timer = setTimeout(go, mostMs)
      waiting.set(chain, others.add(go))
    })
  const take: Turns['take'] = async (chain, attempt) => {
    const until = performance.now() + mostMs
    for (;;) {
      const taken = await attempt()
      if (!isHole(taken)) {
        moved(chain)
        return taken
      }
      if (performance.now() >= until) return taken
      await wait(chain)
    }
  }
  return { take }
}

/** Its very first event comes too early, so nothing of it was stored. */
const isHole = ({ verdicts }: Intaken): boolean => verdicts[0]?.verdict === 'gap'
