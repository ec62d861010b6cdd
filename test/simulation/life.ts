/**
 * One running program on a tablet: a page that can be killed at any point where it waits. After that nothing it awaits ever
 * answers, its timers are gone and what it would still say is not heard; what was on the disk by then is all that is left.
 */
import type { Timers } from '#sync/exchange.ts'
import type { World } from './world.ts'

export class Killed extends Error {}

export type Life = {
  readonly dead: () => boolean
  readonly timers: Timers
  kill(): void
  /** Dies when it has waited so many more times. */
  killAfter(waits: number): void
  /** Stands still, like a page in a sleeping tablet, until the world's clock says so. */
  pause(ms: number): void
  /** One wait of the program. Dies here when its count is up. */
  step(): void
  /** The promise of something outside: it answers the living. */
  awaited<T>(promise: Promise<T>): Promise<T>
  onDeath(then: () => void): void
}

export const newLife = (world: World, name: string): Life => {
  let dead = false
  let waits = Number.POSITIVE_INFINITY
  let awake = 0
  const plans = new Set<() => void>()
  const deaths: (() => void)[] = []
  const kill = () => {
    if (dead) return
    dead = true
    world.note(`${name} dies`)
    for (const cancel of plans) cancel()
    for (const then of deaths) then()
  }
  const set: Timers['set'] = (ms, then) => {
    if (dead) return () => undefined
    let cancel: () => void = () => undefined
    const fire = () => {
      plans.delete(stop)
      if (dead) return
      if (awake > world.now()) {
        cancel = world.timers.set(Math.min(500, awake - world.now()), fire)
        plans.add(stop)
      } else then()
    }
    const stop = () => {
      cancel()
      plans.delete(stop)
    }
    cancel = world.timers.set(ms, fire)
    plans.add(stop)
    return stop
  }
  const step = () => {
    waits -= 1
    if (waits <= 0) kill()
  }
  return {
    dead: () => dead,
    timers: { set },
    kill,
    killAfter: count => {
      waits = count
    },
    pause: ms => {
      awake = world.now() + ms
    },
    step,
    awaited: promise => {
      step()
      return promise.then(
        value => {
          step()
          return dead ? silence() : value
        },
        (problem: unknown) => {
          if (dead) return silence()
          throw problem
        }
      )
    },
    onDeath: then => void deaths.push(then)
  }
}

/** What the dead are told. Made each time: one promise for all would hold on to everybody who ever waited for it. */
const silence = () => new Promise<never>(() => undefined)
