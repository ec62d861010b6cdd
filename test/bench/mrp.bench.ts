/**
 * Material planning: the generator's problems, each in a process of its own, against what frePPLe needed for the same
 * orders (planning research, section 2) and against a bare netting loop beside it. `--sizes 1000,10000` runs fewer.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generator } from '#test/oracles/oracles.ts'
import { inBrowser } from './mrp-browser.ts'
import { editCost } from './mps-edit.ts'
import { note, report } from './report.ts'

const gen = generator()
const child = fileURLToPath(new URL('mrp-child.ts', import.meta.url))

/** frePPLe 9.18, unconstrained, one core of such a machine: milliseconds to solve, megabytes at most. Lots are netted, lfl is gross. */
const FREPPLE: Readonly<Record<string, { readonly ms: number; readonly mb: number }>> = {
  '1000.lots': { ms: 25, mb: 48 },
  '1000.lfl': { ms: 140, mb: 72 },
  '10000.lots': { ms: 580, mb: 162 },
  '10000.lfl': { ms: 2960, mb: 410 },
  '100000.lots': { ms: 8100, mb: 1320 },
  '100000.lfl': { ms: 41_600, mb: 3830 }
}

/** At least this well, at 100,000 items: a tenth of the time and four tenths of the memory. */
const HARD = { time: 0.1, memory: 0.4, size: 100_000 }

type Numbers = Readonly<Record<string, number>>

const measured = (what: string, folder: string): Numbers =>
  // What our own child prints: numbers by name.
  JSON.parse(
    execFileSync(process.execPath, ['--max-old-space-size=8192', child, what, folder], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 1e8
    })
  ) as Numbers

const tell = (metric: string, value: number, unit: string, versus?: number): number => {
  const ratio = versus === undefined ? Number.NaN : value / versus
  report({ bench: 'mrp', metric, value, unit, ...(versus === undefined ? {} : { versus, ratio }) })
  return ratio
}

/** Milliseconds of processor time by size, of the netted variant. */
const spent = new Map<number, number>()

/** How much longer each item takes in a problem of ten times the size: 1 is linear. */
const growth = (): void => {
  for (const [size, ms] of spent) {
    const smaller = spent.get(size / 10)
    if (smaller === undefined) continue
    const value = ms / smaller / 10
    report({ bench: 'mrp', metric: `${size}.growth`, value, unit: 'times linear', of: 'total_cpu_ms' })
  }
}

const VARIANTS = { lots: ['lots', 'net'], lfl: ['lfl', 'gross'] } as const

/** The size that a tablet plans without a network. */
const ON_A_TABLET = 10_000

const browser = async (size: number, folder: string): Promise<void> => {
  const { worker, slowed } = await inBrowser(folder)
  const how = 'the page, slowed four times: the browser slows no worker'
  const tellBrowser = (metric: string, value: number, more: object): void =>
    report({ bench: 'mrp', metric: `${size}.${metric}`, value, unit: 'ms', ...more })
  tellBrowser('worker_whole_ms', slowed.whole, { ...atMost(slowed.whole, 400), how: `reading and planning; ${how}` })
  tellBrowser('worker_ms', slowed.plan, { how: `planning alone; ${how}` })
  tellBrowser('worker_load_ms', slowed.load, { how: `reading alone; ${how}` })
  tellBrowser('worker_unslowed_ms', worker.whole, { how: 'reading and planning; a worker' })
}

/** At the desk, in a real browser with the whole product around it. */
const sheet = async (metric: string, plant?: string): Promise<void> => {
  const { usual, longest } = await editCost(plant)
  report({ bench: 'mrp', metric, value: usual, unit: 'ms', ...atMost(usual, 100), longest })
}

const atMost = (value: number, versus: number) => ({ versus, ratio: value / versus })

/** One size in one variant; true when the hard limits hold. */
const one = async (size: number, variant: keyof typeof VARIANTS, scratch: string): Promise<boolean> => {
  const folder = join(scratch, `${size}-${variant}`)
  execFileSync(process.execPath, ['--max-old-space-size=8192', gen, folder, String(size), ...VARIANTS[variant], '1'])
  const name = `${size}.${variant}`
  const peer = FREPPLE[name]
  const whole = measured('whole', folder)
  tell(`${name}.load_ms`, whole['load_ms'] ?? 0, 'ms')
  const time = tell(`${name}.total_ms`, whole['total_ms'] ?? 0, 'ms', peer?.ms)
  tell(`${name}.total_cpu_ms`, whole['total_cpu_ms'] ?? 0, 'ms', peer?.ms)
  if (variant === 'lots') spent.set(size, whole['total_cpu_ms'] ?? 0)
  const memory = tell(`${name}.peak_mb`, whole['peak_mb'] ?? 0, 'MB', peer?.mb)
  tell(`${name}.orders`, whole['orders'] ?? 0, 'orders')
  tell(`${name}.pegged_needs`, whole['needs'] ?? 0, 'needs')
  if (size <= 100_000) {
    const netting = measured('netting', folder)
    tell(`${name}.netting_ms`, netting['netting_ms'] ?? 0, 'ms', netting['bare_ms'])
  }
  if (size === HARD.size && variant === 'lots') edits(size, folder)
  if (size === ON_A_TABLET && variant === 'lots') {
    await browser(size, folder)
    await sheet(`${size}.sheet.edit_ms`, folder)
  }
  rmSync(folder, { recursive: true })
  return size !== HARD.size || (time <= HARD.time && memory <= HARD.memory)
}

const edits = (size: number, folder: string): void => {
  const changes = measured('changes', folder)
  tell(`${size}.change_ms`, changes['change_ms'] ?? 0, 'ms', 30)
  tell(`${size}.change_p99_ms`, changes['change_p99_ms'] ?? 0, 'ms', 200)
  const traces = measured('traces', folder)
  tell(`${size}.trace_ms`, traces['trace_ms'] ?? 0, 'ms', 10)
  tell(`${size}.trace_median_ms`, traces['trace_median_ms'] ?? 0, 'ms')
  // Not asked for, but the worst that can be asked: an order of the part that everything needs.
  tell(`${size}.trace_order_ms`, traces['trace_order_ms'] ?? 0, 'ms')
}

export const bench = async (options: readonly string[]): Promise<boolean> => {
  if (!existsSync(gen)) {
    note('Skipped: the generator of planning problems is not there. ORACLES=FOLDER names a folder that has it.')
    return true
  }
  const given = options[options.indexOf('--sizes') + 1]
  const sizes = options.includes('--sizes') && given ? given.split(',').map(Number) : [1000, 10_000, 100_000, 1_000_000]
  const scratch = mkdtempSync(join(tmpdir(), 'jobcard-mrp-'))
  try {
    let held = true
    for (const size of sizes)
      for (const variant of size > 100_000 ? (['lots'] as const) : (['lots', 'lfl'] as const))
        held = (await one(size, variant, scratch)) && held
    if (sizes.includes(ON_A_TABLET)) await sheet('sheet.edit_ms')
    growth()
    return held
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
