/** A clock that only moves when told, and seeded dice: one seed, one story. */
import type { Timers } from '#sync/exchange.ts'

export type VirtualTime = {
  readonly now: () => number
  readonly timers: Timers
  /** Lets `ms` pass, timer by timer, with everything that follows from each. */
  pass(ms: number): Promise<void>
}

export const virtualTime = (start = Date.UTC(2026, 10, 22, 8)): VirtualTime => {
  let now = start
  let order = 0
  const plan = new Map<number, { readonly at: number; readonly then: () => void }>()
  const next = () => [...plan].sort(([a, x], [b, y]) => x.at - y.at || a - b)[0]
  return {
    now: () => now,
    timers: {
      set: (ms, then) => {
        order += 1
        const id = order
        plan.set(id, { at: now + ms, then })
        return () => plan.delete(id)
      }
    },
    pass: async ms => {
      const until = now + ms
      await quiet()
      for (let one = next(); one && one[1].at <= until; one = next()) {
        plan.delete(one[0])
        now = Math.max(now, one[1].at)
        one[1].then()
        await quiet()
      }
      now = until
      await quiet()
    }
  }
}

/** Until every promise that can go on has gone on. */
const quiet = async (): Promise<void> => {
  for (let i = 0; i < 3; i += 1) await new Promise(done => setImmediate(done))
}

/** mulberry32: small, seeded, good enough to shuffle faults. Answers 0…1. */
export const dice = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
