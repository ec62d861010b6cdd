/** Runs seeds, each told twice: what differs between the two was not in the seed's hands. */
import { HONEST, type Plant } from './plant.ts'
import { STEPS_OF_A_SEED, tell, type Told } from './story.ts'

export type Failed = {
  readonly seed: number
  readonly problem: string
  /** The fewest steps, of those tried, after which the same seed still comes to a problem. */
  readonly steps: number
  readonly near: readonly string[]
}
export type Sum = {
  readonly seeds: number
  readonly faults: ReadonlyMap<string, number>
  readonly failed: readonly Failed[]
  /** Told twice and not the same. */
  readonly unequal: readonly number[]
  /** Milliseconds of a processor, for all tellings: what others do on the machine counts little. */
  readonly cpu: number
}
export const NOTHING: Sum = { seeds: 0, faults: new Map(), failed: [], unequal: [], cpu: 0 }

export type HowRun = { readonly plant?: Plant; readonly twice?: boolean; readonly until?: (sum: Sum) => boolean }

export const runSeeds = async (
  from: number,
  seeds: number,
  { plant = HONEST, twice = true, until = () => false }: HowRun = {}
): Promise<Sum> => {
  let sum = NOTHING
  for (let seed = from; seed < from + seeds && !until(sum); seed += 1)
    sum = plus(sum, await runSeed(seed, plant, twice))
  return sum
}

const runSeed = async (seed: number, plant: Plant, twice: boolean): Promise<Sum> => {
  const before = process.threadCpuUsage()
  const first = await tell(seed, plant)
  const unequal = twice && !same(first, await tell(seed, plant)) ? [seed] : []
  const { user, system } = process.threadCpuUsage(before)
  const failed = first.problem === undefined ? [] : [await shortened(seed, plant, first)]
  return { seeds: 1, faults: first.faults, failed, unequal, cpu: (user + system) / 1000 }
}

export const plus = (one: Sum, other: Sum): Sum => {
  const faults = new Map(one.faults)
  for (const [kind, times] of other.faults) faults.set(kind, (faults.get(kind) ?? 0) + times)
  return {
    seeds: one.seeds + other.seeds,
    faults,
    failed: [...one.failed, ...other.failed],
    unequal: [...one.unequal, ...other.unequal],
    cpu: one.cpu + other.cpu
  }
}

/** The same seed with fewer steps before everything is mended, if that is enough; and the last of what happened then. */
const shortened = async (seed: number, plant: Plant, whole: Told): Promise<Failed> => {
  for (const steps of [10, 20, 40, 80, 120, 160, 200, 240]) {
    const told = await tell(seed, plant, steps)
    if (told.problem !== undefined) return { seed, problem: told.problem, steps, near: lastOf(told) }
  }
  return { seed, problem: whole.problem ?? '', steps: STEPS_OF_A_SEED, near: lastOf(whole) }
}

const lastOf = ({ trace }: Told): readonly string[] => {
  const at = trace.findIndex(line => line.includes('PROBLEM'))
  return trace.slice(Math.max(0, at - 15), at + 1).map(line => line.slice(0, 160))
}

const same = (one: Told, two: Told): boolean =>
  one.problem === two.problem &&
  one.trace.length === two.trace.length &&
  one.trace.every((line, i) => line === two.trace[i])

export const replayLine = (seed: number, steps = STEPS_OF_A_SEED): string =>
  `npm run test:sim -- --trace ${seed}${steps === STEPS_OF_A_SEED ? '' : ` --steps ${steps}`}`

/** What a person needs to look into it: the problem, the command that tells it again, the last that happened before. */
export const reportOf = ({ seed, problem, steps, near }: Failed): string =>
  `seed ${seed}: ${problem}\n  ${replayLine(seed, steps)}\n${near.map(line => `    ${line}`).join('\n')}`

/** In a browser a promise that nobody waits for ends in the console; here it is kept, and must not end the run. */
export const unheard: string[] = []
process.on(
  'unhandledRejection',
  problem => void (unheard.length < 1000 && unheard.push(String(problem instanceof Error ? problem.stack : problem)))
)
