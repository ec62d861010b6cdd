/**
 * The simulation by hand:
 * `npm run test:sim -- --seeds N --from S [--workers 2] [--once] [--stop FAILURES] | --trace SEED [--steps N] | --planted`
 */
import { runMany } from './many.ts'
import { HONEST } from './plant.ts'
import { PLANTED } from './planted.ts'
import { replayLine, reportOf, runSeeds, type Sum } from './run.ts'
import { FAULT_KINDS, STEPS_OF_A_SEED, tell } from './story.ts'

const args = process.argv.slice(2)
const value = (name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined)
const from = Number(value('--from') ?? 1)

const trace = async (seed: number): Promise<void> => {
  const plant = PLANTED.find(one => one.name === value('--plant')) ?? HONEST
  const { problem, trace } = await tell(seed, plant, Number(value('--steps') ?? STEPS_OF_A_SEED))
  for (const line of trace) console.log(line)
  console.log(problem ?? 'all is well')
}

/** Enough of them that a kind of fault that never fired is a fault of the simulation. */
const ENOUGH = 200

const report = (sum: Sum, ms: number): void => {
  for (const [kind, times] of [...sum.faults].sort()) console.log(`${String(times).padStart(8)}  ${kind}`)
  for (const seed of sum.unequal) console.log(`✗ seed ${seed} was not the same twice\n  ${replayLine(seed)}`)
  const missing = FAULT_KINDS.filter(kind => !sum.faults.has(kind))
  if (missing.length > 0) console.log(`Never fired: ${missing.join(', ')}`)
  const tellings = sum.seeds * (args.includes('--once') ? 1 : 2)
  const each = `${(sum.cpu / tellings).toFixed(1)} ms of a processor a telling, ${Math.round(ms / 1000)} s`
  const kinds = `${FAULT_KINDS.length - missing.length} of ${FAULT_KINDS.length} kinds of fault fired`
  console.log(
    `${sum.seeds} seeds, ${sum.failed.length} failed, ${sum.unequal.length} not the same twice, ${kinds}, ${each}`
  )
  console.log(`Go on with --from ${from + sum.seeds}`)
  const whole = sum.seeds < ENOUGH || missing.length === 0
  process.exitCode = sum.failed.length + sum.unequal.length > 0 || !whole ? 1 : 0
}

const many = async (): Promise<void> => {
  const seeds = Number(value('--seeds') ?? 100)
  const stop = Number(value('--stop') ?? 5)
  const began = performance.now()
  let told = began
  let reported = 0
  let enough = false
  process.once('SIGINT', () => {
    enough = true
  })
  const sum = await runMany(from, seeds, {
    workers: Number(value('--workers') ?? 2),
    twice: !args.includes('--once'),
    until: sum => {
      for (const failed of sum.failed.slice(reported)) console.log(`✗ ${reportOf(failed)}`)
      reported = sum.failed.length
      if (performance.now() - told > 10_000) {
        told = performance.now()
        console.log(
          `${sum.seeds} of ${seeds} seeds, ${sum.failed.length} failed, ${Math.round((told - began) / 1000)} s`
        )
      }
      return enough || sum.failed.length + sum.unequal.length >= stop
    }
  })
  report(sum, performance.now() - began)
}

const planted = async (): Promise<void> => {
  const most = Number(value('--seeds') ?? 2000)
  const only = value('--plant')
  for (const plant of PLANTED.filter(one => only === undefined || one.name === only)) {
    const until = ({ failed }: Sum) => failed.length > 0
    const { failed, seeds } = await runSeeds(from, most, { plant, twice: false, until })
    const [found] = failed
    if (!found) process.exitCode = 1
    console.log(
      found
        ? `✓ ${plant.name}: seed ${found.seed}: ${found.problem.slice(0, 120)}`
        : `✗ ${plant.name}: not found in ${seeds} seeds`
    )
  }
}

if (value('--trace') !== undefined) await trace(Number(value('--trace')))
else if (args.includes('--planted')) await planted()
else await many()
