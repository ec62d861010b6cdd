/**
 * `npm run line`: simulated people work the sample plant, so that its wall lives. `--at URL` (this machine's 8080),
 * `--pace SECONDS` a press (3), `--leave WO-…,WO-…` to leave orders to you (WO-0012,WO-0015). Ctrl-C ends the shift.
 */
import { dice } from '#test/simulation/virtual-time.ts'
import { samplePlant } from './crew.ts'
import { runLine } from './line.ts'

const given = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}
const url = (given('at') ?? `http://localhost:${process.env['PORT'] ?? 8080}`).replace(/\/$/, '')
const pace = Number(given('pace') ?? 3) * 1000
const left = new Set((given('leave') ?? 'WO-0012,WO-0015').split(',').filter(Boolean))
const say = (line: string): void => console.log(`${new Date().toTimeString().slice(0, 8)}  ${line}`)

const main = async (): Promise<void> => {
  if (!(pace >= 100)) throw new Error('--pace takes seconds, 0.1 or more')
  const plant = await samplePlant(url)
  const line = await runLine({ url, plant, pace, left, dice: dice(Number(given('seed') ?? Date.now() % 1e9)), say })
  console.log(`Simulated people work at every station of ${plant.name}; ${url}/board shows it.`)
  console.log(
    `${[...left].join(' and ') || 'No order'} ${left.size === 1 ? 'is' : 'are'} left to you. Ctrl-C ends their shift.`
  )
  const tell = setInterval(() => {
    const { presses, waiting } = line.count()
    say(`${presses} presses so far, ${waiting} waiting to be sent`)
  }, 60_000)
  let ending = false
  const end = async (): Promise<void> => {
    if (ending) process.exit(1)
    ending = true
    clearInterval(tell)
    console.log('The shift ends. Jobs are put aside and the simulated tablets leave the plant.')
    const lost = await line.stop()
    if (lost > 0) console.log(`The office was not reached: ${lost} simulated records end with this process.`)
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end())
}

main().catch((reason: unknown) => {
  console.error(reason instanceof Error ? reason.message : String(reason))
  process.exit(1)
})
