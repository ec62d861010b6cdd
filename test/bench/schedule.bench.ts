/**
 * `schedule`: how near to the best known makespan of published shops, and to ATCS where orders are due, in seconds of this
 * process's own CPU time. `--seconds 1,10` (default 1), `--family la,ta`, `--seeds N` (default 1: seeds 1 to N, their mean),
 * `--dir FOLDER` (laid out as the oracles). A shop ends early when its lower bound is reached.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Budget, ScheduleProblem } from '#activities/schedule/solver/problem.ts'
import { begin, dispatch, schedule } from '#activities/schedule/solver/solve.ts'
import { oracles } from '#test/oracles/oracles.ts'
import { note, report } from './report.ts'
import { plantOf } from './schedule-due.ts'
import { familyOf, type PublishedShop, problemOf, shopsIn } from './schedule-shops.ts'

const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

export const bench = async (options: readonly string[]): Promise<boolean> => {
  const option = (name: string): string | undefined =>
    options.includes(`--${name}`) ? options[options.indexOf(`--${name}`) + 1] : undefined
  const seconds = (option('seconds') ?? '1').split(',').map(Number)
  const seeds = Number(option('seeds') ?? 1)
  const wanted = option('family')?.split(',')
  const folder = join(option('dir') ?? oracles, 'scheduling')
  if (!existsSync(folder)) note(`There are no published shops in ${folder}.`)
  const families = Map.groupBy(shopsIn(folder), familyOf)
  const references = referencesIn(folder)
  for (const [family, shops] of families) {
    if (wanted && !wanted.includes(family)) continue
    if (family === 'bel') firstSchedules(shops)
    else for (const limit of seconds) measure(family, shops, limit, seeds, references)
  }
  if (!wanted || wanted.includes('wt')) return dueDates(seconds[0] ?? 1, seeds)
  return true
}

/** The mean gap of a family; beside it, where the reference has the same shops, its own. */
const measure = (
  family: string,
  shops: readonly PublishedShop[],
  limit: number,
  seeds: number,
  references: References
): void => {
  const gaps: number[] = []
  const theirs: number[] = []
  const same: number[] = []
  for (const shop of shops) {
    const own: number[] = []
    for (let seed = 1; seed <= seeds; seed++) own.push(gapOf(shop.ub, search(problemOf(shop), shop, limit, seed)))
    gaps.push(mean(own))
    const reference = references[shop.name]?.[limit > 1 ? 'ts_long' : 'ts_1s']
    if (reference !== undefined) {
      theirs.push(gapOf(shop.ub, reference))
      same.push(mean(own))
    }
    note(`  ${shop.name} after ${limit} s: ${mean(own).toFixed(2)} %`)
  }
  const versus = theirs.length === shops.length ? { versus: mean(theirs), ratio: mean(same) / mean(theirs) } : {}
  const some =
    theirs.length > 0 && theirs.length < shops.length
      ? { versus_same: mean(theirs), value_same: mean(same), same: theirs.length }
      : {}
  report({
    bench: 'schedule',
    metric: `${family}.gap_${limit}s`,
    value: mean(gaps),
    unit: '%',
    ...versus,
    ...some,
    shops: shops.length,
    seeds
  })
}

const search = (problem: ScheduleProblem, shop: PublishedShop, seconds: number, seed: number): number => {
  const begun = cpu()
  const run = begin(problem, budgetOf(seconds, seed, begun))
  let best = run.progress().cost
  while (best > shop.lb && run.advance()) best = run.progress().cost
  return run.answer().makespan
}

const budgetOf = (seconds: number, seed: number, begun: number): Budget => ({
  seed,
  milliseconds: seconds * 1000 - (cpu() - begun),
  now: cpu
})

/** The industrial ones are asked for their first schedule, from the plain problem to the answer. */
const firstSchedules = (shops: readonly PublishedShop[]): void => {
  const gaps: number[] = []
  const times: number[] = []
  for (const shop of shops) {
    const problem = problemOf(shop)
    const rounds: number[] = []
    for (let round = 0; round < 3; round++) {
      const begun = cpu()
      const made = schedule(problem, { seed: 1, milliseconds: 300, now: cpu })
      rounds.push(cpu() - begun)
      if (round === 0) gaps.push(gapOf(shop.ub, made.makespan))
    }
    times.push(...rounds.slice(0, 1))
    note(`  ${shop.name}: ${rounds.map(time => time.toFixed(0)).join(', ')} ms`)
  }
  report({ bench: 'schedule', metric: 'bel.gap', value: Math.max(...gaps), unit: '%', shops: shops.length })
  report({ bench: 'schedule', metric: 'bel.ms', value: Math.max(...times), unit: 'ms', mean: mean(times) })
}

/** Weighted tardiness beside ATCS; ends with false if it is ever worse. */
const dueDates = (seconds: number, seeds: number): boolean => {
  const sizes = [
    { orders: 10, stations: 3, steps: 2, families: 3 },
    { orders: 40, stations: 6, steps: 3, families: 4 },
    { orders: 120, stations: 10, steps: 4, families: 6 },
    { orders: 1000, stations: 40, steps: 5, families: 8 }
  ]
  const ratios: number[] = []
  let worse = 0
  for (const size of sizes) {
    for (let seed = 1; seed <= Math.max(2, seeds); seed++) {
      const problem = plantOf(size, seed)
      const atcs = dispatch(problem, { rule: 'ATCS', generation: 'non-delay' })
      const begun = cpu()
      const made = schedule(problem, { seed, milliseconds: seconds * 1000, now: cpu })
      const ratio = atcs.weightedTardiness === 0 ? 1 : made.weightedTardiness / atcs.weightedTardiness
      ratios.push(ratio)
      if (made.weightedTardiness > atcs.weightedTardiness) worse++
      note(
        `  ${problem.operations.length} operations: ${made.weightedTardiness} for ATCS's ${atcs.weightedTardiness}, ` +
          `${made.how.iterations} moves in ${(cpu() - begun).toFixed(0)} ms`
      )
    }
  }
  report({ bench: 'schedule', metric: 'wt.vs_atcs', value: mean(ratios), unit: 'ratio', worse, plants: ratios.length })
  firstPlan()
  return worse === 0
}

/** One rule over about 5,000 operations, from the plain problem to the answer. */
const firstPlan = (): void => {
  const problem = plantOf({ orders: 1000, stations: 40, steps: 5, families: 8 }, 1)
  const times: number[] = []
  for (let round = 0; round < 5; round++) {
    const begun = cpu()
    dispatch(problem, { rule: 'ATCS', generation: 'non-delay' })
    times.push(cpu() - begun)
  }
  const operations = problem.operations.length
  report({
    bench: 'schedule',
    metric: 'dispatch.ms',
    value: Math.min(...times),
    unit: 'ms',
    first: times[0],
    operations
  })
}

type References = Readonly<Record<string, { readonly ts_1s?: number; readonly ts_long?: number } | undefined>>

const referencesIn = (folder: string): References => {
  const path = join(folder, 'reference-results.json')
  if (!existsSync(path)) return {}
  // A file of the oracles, of this shape by its note.
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly jsp: References }).jsp
}

const gapOf = (best: number, makespan: number): number => (makespan / best - 1) * 100

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
