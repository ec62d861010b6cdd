/** What the sync chip says (research/ux.md 1.6): four states, from what the office last answered and what waits here. */
import type { Network } from '#ui/floor.tsx'
import type { Status } from '#sync/client.ts'

export type Waiting = {
  readonly unsent: number
  /** What only a person can settle: held, set aside, not saved, a tablet that the office does not know. */
  readonly attention: number
  /** The most that waited since the queue was last empty: the "12" of "3 of 12". */
  readonly of: number
}

/** One lost exchange is not "offline"; silence for so long is. The office is asked every 5 s. */
const SILENCE_MS = 8_000

/** `heard`: when the office last answered, also before this page was opened. Milliseconds since 1970. */
export const networkOf = (status: Status, waiting: Waiting, heard: number | undefined, now: number): Network => {
  if (waiting.attention > 0) return { state: 'needs-you', count: waiting.attention }
  if (status.reachable === false && Math.abs(now - (heard ?? 0)) > SILENCE_MS)
    return { state: 'offline', since: heard ?? now, waiting: waiting.unsent }
  if (waiting.unsent > 0 && status.reachable)
    return { state: 'sending', sent: Math.max(0, waiting.of - waiting.unsent), of: waiting.of }
  return { state: 'sent', at: heard }
}
