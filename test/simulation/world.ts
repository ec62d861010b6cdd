/** One seed's world: a clock that moves when told, one source of chance, a trace, and a count of every fault that fired. */
import type { Timers } from '#sync/exchange.ts'
import { agenda } from './agenda.ts'
import { dice } from './virtual-time.ts'

export type World = {
  readonly seed: number
  readonly now: () => number
  readonly timers: Timers
  /** Lets `ms` pass, timer by timer, with everything that follows from each. */
  pass(ms: number): Promise<void>
  /** 0 … 1. */
  readonly dice: () => number
  chance(part: number): boolean
  /** A whole number from `low` to `high`. */
  between(low: number, high: number): number
  pick<T>(list: readonly T[]): T
  bytes(): Uint8Array
  /** A line of the trace: everything that must be the same when the seed is run again. */
  note(line: string): void
  fault(kind: string): void
  readonly trace: string[]
  readonly faults: Map<string, number>
}

export const START = Date.UTC(2026, 10, 22, 8)

export const newWorld = (seed: number): World => {
  const roll = dice(Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995)
  const plan = agenda()
  const trace: string[] = []
  const faults = new Map<string, number>()
  let now = START
  const note = (line: string) => void trace.push(`${now - START} ${line}`)
  return {
    seed,
    trace,
    faults,
    note,
    now: () => now,
    timers: { set: (ms, then) => plan.add(now + Math.max(0, ms), then) },
    pass: async ms => {
      const until = now + ms
      await quiet()
      for (let one = plan.due(until); one; one = plan.due(until)) {
        now = Math.max(now, one.at)
        one.work?.()
        await quiet()
      }
      now = until
    },
    dice: roll,
    chance: part => part > 0 && roll() < part,
    between: (low, high) => low + Math.floor(roll() * (high - low + 1)),
    pick: list => {
      const one = list[Math.floor(roll() * list.length)]
      if (one === undefined) throw new Error('nothing to pick from')
      return one
    },
    bytes: () => {
      const some = new Uint8Array(16)
      for (let i = 0; i < 16; i += 1) some[i] = Math.floor(roll() * 256)
      return some
    },
    fault: kind => {
      faults.set(kind, (faults.get(kind) ?? 0) + 1)
      note(`fault ${kind}`)
    }
  }
}

/**
 * Nothing here waits for the machine, and a tick that a promise asks for comes only when no promise can go any further: so
 * far everything goes. (One that is asked for outside of any promise would come too early.) A turn of the event loop would
 * do the same at five times the price.
 */
const quiet = (): Promise<void> => new Promise(done => process.nextTick(done))
