/** `npm run test:sim -- --seeds N --from S [--once] [--stop FAILURES] | --trace SEED | --planted`: the simulation by hand. */
import { HONEST } from './plant.ts'
import { PLANTED } from './planted.ts'
import { replayLine, runSeeds, type Sum, unheard } from './run.ts'
import { FAULT_KINDS, tell } from './story.ts'

const args = process.argv.slice(2)
const value = (name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined)
const from = Number(value('--from') ?? 1)

const trace = async (seed: number): Promise<void> => {
  const plant = PLANTED.find(one => one.name === value('--plant')) ?? HONEST
  const { problem, trace } = await tell(seed, plant)
  for (const line of trace) console.log(line)
  console.log(problem ?? 'all is well')
}

const report = (sum: Sum): void => {
  for (const [kind, times] of [...sum.faults].sort()) console.log(`${String(times).padStart(8)}  ${kind}`)
  for (const { seed, problem, near } of sum.failed)
    console.log(`✗ seed ${seed}: ${problem}\n  ${replayLine(seed)}\n${near.map(line => `    ${line}`).join('\n')}`)
  for (const seed of sum.unequal) console.log(`✗ seed ${seed} was not the same twice\n  ${replayLine(seed)}`)
  const missing = FAULT_KINDS.filter(kind => !sum.faults.has(kind))
  if (missing.length > 0) console.log(`Never fired: ${missing.join(', ')}`)
  const each = `${(sum.ms / sum.seeds).toFixed(1)} ms a seed, ${(sum.cpu / sum.seeds).toFixed(1)} ms of a processor`
  const kinds = `${FAULT_KINDS.length - missing.length} of ${FAULT_KINDS.length} kinds of fault fired`
  console.log(
    `${sum.seeds} seeds, ${sum.failed.length} failed, ${sum.unequal.length} not the same twice, ${kinds}, ${each}`
  )
  const enough = sum.seeds < 200 || missing.length === 0
  process.exitCode = sum.failed.length + sum.unequal.length > 0 || !enough ? 1 : 0
}

const planted = async (): Promise<void> => {
  const most = Number(value('--seeds') ?? 2000)
  const only = value('--plant')
  for (const plant of PLANTED.filter(one => only === undefined || one.name === only)) {
    const { failed, seeds } = await runSeeds(from, most, {
      plant,
      twice: false,
      until: ({ failed }) => failed.length > 0
    })
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
else {
  const stop = Number(value('--stop') ?? 5)
  const until = ({ failed, unequal }: Sum) => failed.length + unequal.length >= stop
  report(await runSeeds(from, Number(value('--seeds') ?? 100), { twice: !args.includes('--once'), until }))
  if (args.includes('--unheard')) for (const text of new Set(unheard)) console.log(`unheard: ${text}`)
}
