/** One seed's world: a clock that moves when told, one source of chance, a trace, and a count of every fault that fired. */
import type { Timers } from '#sync/exchange.ts'
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
  const plan = new Set<Planned>()
  const trace: string[] = []
  const faults = new Map<string, number>()
  let now = START
  let order = 0
  const note = (line: string) => void trace.push(`${now - START} ${line}`)
  const next = () => {
    let first: Planned | undefined
    for (const one of plan)
      if (!first || one.at < first.at || (one.at === first.at && one.order < first.order)) first = one
    return first
  }
  return {
    seed,
    trace,
    faults,
    note,
    now: () => now,
    timers: {
      set: (ms, then) => {
        order += 1
        const one = { at: now + Math.max(0, ms), order, then }
        plan.add(one)
        return () => plan.delete(one)
      }
    },
    pass: async ms => {
      const until = now + ms
      await quiet()
      for (let one = next(); one && one.at <= until; one = next()) {
        plan.delete(one)
        now = Math.max(now, one.at)
        one.then()
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
    bytes: () => Uint8Array.from({ length: 16 }, () => Math.floor(roll() * 256)),
    fault: kind => {
      faults.set(kind, (faults.get(kind) ?? 0) + 1)
      note(`fault ${kind}`)
    }
  }
}

type Planned = { readonly at: number; readonly order: number; readonly then: () => void }

/** Nothing here waits for the machine, so one turn of the loop lets every promise go as far as it can. */
const quiet = (): Promise<void> => new Promise(done => void setImmediate(done))
