/**
 * `load`: fifty tablets at one event a second each and ten walls, for `--minutes N` (1). Tablets are signed pushes of one event,
 * as each comes; walls are the product's own device code, woken by the live stream. Measured is from the moment an event is due
 * to the moment a wall has stored it, the commit included; the server's processor and memory are compared over the first and
 * the last third. `--find` then raises the rate until p99 passes 500 ms. Tablets, walls, office and database share the machine.
 */
import { loadavg } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { LIMIT_MS, type Load, openLoad } from './load-plant.ts'
import { startOffice } from './office.ts'
import { use } from './process-use.ts'
import { median, note, report } from './report.ts'
import { hasOption, optionOf } from './report-options.ts'

const TABLETS = 50
const WALLS = 10
const STEP_S = 15
const SAMPLE_MS = 2_000

export const bench = async (options: readonly string[]): Promise<boolean> => {
  const seconds = 60 * Number(optionOf(options, 'minutes') ?? 1)
  const office = await startOffice()
  try {
    const load = await openLoad(office.url, TABLETS, WALLS)
    note(`${TABLETS} tablets and ${WALLS} walls are there`)
    await load.run(TABLETS, 5)
    const samples: { readonly cpu: number; readonly memory: number }[] = []
    const watching = watch(office.pid, sample => samples.push(sample))
    const times = await load.run(TABLETS, seconds)
    watching.abort()
    tell('', TABLETS, times)
    const thirds = Math.max(1, Math.floor(samples.length / 3))
    for (const [metric, unit] of [
      ['cpu', 'ms/s'],
      ['memory', 'MB']
    ] as const) {
      const value = median(samples.slice(-thirds).map(one => one[metric]))
      const versus = median(samples.slice(0, thirds).map(one => one[metric]))
      report({ bench: 'load', metric: `server_${metric}`, value, unit, versus, ratio: value / versus })
    }
    if (hasOption(options, 'find')) await find(load)
    load.close()
  } finally {
    await office.stop()
  }
  return true
}

/** Raises the rate by half until the walls are late. */
const find = async (load: Load): Promise<void> => {
  let held = 0
  for (let rate = TABLETS; ; rate = Math.round(rate * 1.5)) {
    note(`${rate} events a second`)
    const times = await load.run(rate, STEP_S)
    if (tell('find_', rate, times) > LIMIT_MS) break
    held = rate
  }
  report({ bench: 'load', metric: 'largest_rate', value: held, unit: 'events/s', limit_ms: LIMIT_MS })
}

/** Prints the spread and answers its 99th hundredth; an event that a wall never got is as late as can be. */
const tell = (prefix: string, rate: number, times: readonly number[]): number => {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
  for (const [name, part] of [
    ['p50', 0.5],
    ['p95', 0.95],
    ['p99', 0.99]
  ] as const)
    report({
      bench: 'load',
      metric: `${prefix}wall_${name}`,
      value: at(part),
      unit: 'ms',
      rate,
      arrivals: times.length,
      load_average: loadavg()[0]
    })
  return at(0.99)
}

const watch = (pid: number, onSample: (sample: { cpu: number; memory: number }) => void): AbortController => {
  const stop = new AbortController()
  const look = async (): Promise<void> => {
    let was = use(pid)
    while (!stop.signal.aborted) {
      await wait(SAMPLE_MS)
      const now = use(pid)
      if (was && now) onSample({ cpu: ((now.cpu - was.cpu) * 1000) / SAMPLE_MS, memory: now.memory })
      was = now
    }
  }
  void look()
  return stop
}
