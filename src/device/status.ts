/** What the sync chip says (research/ux.md 1.6): four states, from what the office last answered and what waits here. */
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Network } from '#ui/floor.tsx'
import type { Status } from '#sync/client.ts'
import type { Timers } from '#sync/exchange.ts'

export type Waiting = {
  readonly unsent: number
  /** What only a person can settle: held, set aside, not saved, a tablet that the office does not know. */
  readonly attention: number
  /** The most that waited since the queue was last empty: the "12" of "3 of 12". */
  readonly of: number
}

/** A single answer that does not come is not "offline"; silence for so long is. The office is asked every 5 s. */
export const SILENCE_MS = 8_000

/**
 * `heard`: when the office last answered, also before this page was opened; `opened`: when this page was. Milliseconds since
 * 1970. "All sent" is only said while the office answers: a push that came to nothing is offline at once.
 */
export const networkOf = (
  status: Status,
  waiting: Waiting,
  { heard, opened, now }: { readonly heard: number | undefined; readonly opened: number; readonly now: number }
): Network => {
  if (waiting.attention > 0) return { state: 'needs-you', count: waiting.attention }
  // A page that has just been opened is given the time of one exchange before it says anything of the network.
  const silent = Math.abs(now - Math.max(heard ?? 0, opened)) > SILENCE_MS
  if (silent || (status.reachable === false && waiting.unsent > 0))
    return { state: 'offline', since: heard ?? opened, waiting: waiting.unsent }
  if (waiting.unsent > 0) return { state: 'sending', sent: Math.max(0, waiting.of - waiting.unsent), of: waiting.of }
  return { state: 'sent', at: heard }
}

export type NetworkPorts = {
  readonly status: ReadonlySignal<Status>
  readonly waits: () => Waiting
  readonly heard: () => number | undefined
  readonly now: () => number
  readonly timers: Timers
  readonly visible: () => boolean
}

/** The same as a signal. Silence is no event, so it is looked for when it would be one. */
export const watchNetwork = (ports: NetworkPorts): { readonly network: ReadonlySignal<Network>; stop(): void } => {
  const { status, waits, heard, now, timers, visible } = ports
  const opened = now()
  const looks = signal(0)
  let cancel: () => void = () => undefined
  let last: number | undefined
  const look = () => {
    cancel()
    cancel = timers.set(SILENCE_MS + 1, () => {
      // A hidden page asks only once a minute, and nobody reads what it says.
      if (visible()) looks.value += 1
      else look()
    })
  }
  look()
  const stop = status.subscribe(({ heard }) => {
    if (heard === last) return
    last = heard
    look()
  })
  const network = computed(() => {
    looks.value
    return networkOf(status.value, waits(), { heard: heard(), opened, now: now() })
  })
  return {
    network,
    stop: () => {
      stop()
      cancel()
    }
  }
}
