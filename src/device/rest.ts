/**
 * Sending waits until the hand rests. What was recorded is safe before the screen says so; five taps in two seconds are one
 * question to the office and not five, and none of them disturbs the next tap. The wall still hears within a second.
 */
import type { Timers } from '#sync/exchange.ts'

/** Milliseconds after the last tap, and after the first that was not sent. */
export const REST = { last: 350, first: 800 } as const

export type Rest = { touched(): void; stop(): void }

export type RestPorts = {
  readonly timers: Timers
  readonly now: () => number
  /** Nobody taps on a page that is out of sight, and its timers are slow. */
  readonly visible: () => boolean
  readonly send: () => void
}

export const handsRest = ({ timers, now, visible, send }: RestPorts): Rest => {
  let begun: number | undefined
  let cancel: () => void = () => undefined
  const go = () => {
    begun = undefined
    send()
  }
  return {
    touched: () => {
      cancel()
      if (!visible()) return go()
      begun ??= now()
      const ms = Math.min(REST.last, begun + REST.first - now())
      // A clock that was set anew must not hold anything back.
      cancel = timers.set(Math.max(ms, 0), go)
    },
    stop: () => cancel()
  }
}
