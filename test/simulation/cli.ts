/** The simulation from the command line. */
import { HONEST } from './plant.ts'
import { replayLine, runSeeds, unheard } from './run.ts'
import { tell } from './story.ts'

const args = process.argv.slice(2)
const value = (name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined)
const traced = value('--trace')

if (traced === undefined) {
  const sum = await runSeeds(Number(value('--from') ?? 1), Number(value('--seeds') ?? 100), {
    twice: !args.includes('--once'),
    until: ({ failed, unequal }) => failed.length + unequal.length >= Number(value('--stop') ?? 5)
  })
  for (const [kind, times] of [...sum.faults].sort()) console.log(`${String(times).padStart(8)}  ${kind}`)
  for (const { seed, problem } of sum.failed) console.log(`✗ seed ${seed}: ${problem}\n  ${replayLine(seed)}`)
  for (const seed of sum.unequal) console.log(`✗ seed ${seed} was not the same twice\n  ${replayLine(seed)}`)
  for (const text of new Set(unheard)) console.log(`unheard: ${text}`)
  console.log(
    `${sum.seeds} seeds, ${sum.failed.length} failed, ${sum.unequal.length} not the same twice, ${(sum.ms / sum.seeds).toFixed(1)} ms a seed`
  )
  process.exitCode = sum.failed.length + sum.unequal.length > 0 ? 1 : 0
} else {
  const { problem, trace } = await tell(Number(traced), HONEST)
  for (const line of trace) console.log(line)
  console.log(problem ?? 'all is well')
}
