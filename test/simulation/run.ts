/** `npm run test:sim -- --seeds N --from S [--trace SEED] [--planted]`: the seeds, the faults that fired, the bugs that were planted. */
import { HONEST, type Plant } from './plant.ts'
import { tell, type Told } from './story.ts'

export type Sum = {
  readonly seeds: number
  readonly faults: ReadonlyMap<string, number>
  readonly failed: readonly { readonly seed: number; readonly problem: string; readonly near: readonly string[] }[]
  readonly unequal: readonly number[]
  readonly ms: number
  /** Of a processor, over both runs: what others do on the machine does not count. */
  readonly cpu: number
}

/** Every seed twice: what differs between the two was not in the seed's hands. */
export const runSeeds = async (
  from: number,
  seeds: number,
  {
    plant = HONEST,
    twice = true,
    until = () => false
  }: { plant?: Plant; twice?: boolean; until?: (sum: Sum) => boolean } = {}
): Promise<Sum> => {
  const faults = new Map<string, number>()
  const failed: { seed: number; problem: string; near: readonly string[] }[] = []
  const unequal: number[] = []
  const began = performance.now()
  const before = process.cpuUsage()
  const cpu = () => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
  let told = 0
  const sum = (): Sum => ({ seeds: told, faults, failed, unequal, ms: performance.now() - began, cpu: cpu() })
  for (let seed = from; seed < from + seeds; seed += 1) {
    const first = await tell(seed, plant)
    for (const [kind, times] of first.faults) faults.set(kind, (faults.get(kind) ?? 0) + times)
    if (first.problem !== undefined) failed.push({ seed, problem: first.problem, near: shortened(first) })
    if (twice && !same(first, await tell(seed, plant))) unequal.push(seed)
    told += 1
    if (until(sum())) break
  }
  return sum()
}

/** The last of what happened before the problem was seen; the whole is a replay away. */
const shortened = ({ trace }: Told): readonly string[] => {
  const at = trace.findIndex(line => line.includes('PROBLEM'))
  return trace.slice(Math.max(0, at - 12), at + 1).map(line => line.slice(0, 160))
}

const same = (one: Told, two: Told): boolean =>
  one.problem === two.problem &&
  one.trace.length === two.trace.length &&
  one.trace.every((line, i) => line === two.trace[i])

export const replayLine = (seed: number): string => `npm run test:sim -- --trace ${seed}`

/** In a browser a promise that nobody waits for ends in the console; here it is counted, and must not end the run. */
export const unheard: string[] = []
process.on(
  'unhandledRejection',
  problem => void (unheard.length < 1000 && unheard.push(String(problem instanceof Error ? problem.stack : problem)))
)
