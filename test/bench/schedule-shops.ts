/** The published shops as problems of ours: a list of jobs, each a list of operations with their machines and minutes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ScheduleProblem } from '#activities/schedule/solver/problem.ts'

type Alternative = readonly [machine: number, minutes: number]

export type PublishedShop = {
  readonly name: string
  readonly family?: string
  readonly machines: number
  /** Best known bounds of the makespan. */
  readonly lb: number
  readonly ub: number
  readonly ops: readonly (readonly (Alternative | readonly Alternative[])[])[]
}

export const problemOf = (shop: PublishedShop): ScheduleProblem => ({
  now: 0,
  stations: Array.from({ length: shop.machines }, (_, machine) => ({ station: `M${machine}` })),
  operations: shop.ops.flatMap((job, j) =>
    job.map((operation, step) => ({
      id: `J${j}-${step}`,
      workOrder: `J${j}`,
      op: step,
      stations: alternatives(operation).map(([machine, minutes]) => ({ station: `M${machine}`, minutes })),
      ...(step > 0 ? { predecessors: [`J${j}-${step - 1}`] } : {})
    }))
  ),
  objective: { makespan: 1 }
})

const alternatives = (operation: Alternative | readonly Alternative[]): readonly Alternative[] =>
  isOne(operation) ? [operation] : operation

const isOne = (operation: Alternative | readonly Alternative[]): operation is Alternative =>
  typeof operation[0] === 'number'

/** Every shop of a folder laid out as the oracles' `scheduling`, whatever its files are called: they hold one or a list. */
export const shopsIn = (folder: string): readonly PublishedShop[] => {
  if (!existsSync(folder)) return []
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.json'))
  return files.sort().flatMap(file => {
    const held: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'))
    const all: readonly unknown[] = Array.isArray(held) ? held : [held]
    return all.filter(isShop)
  })
}

const isShop = (held: unknown): held is PublishedShop => typeof held === 'object' && held !== null && 'ops' in held

/** `la` for la01, `dct-long` for dct-long-100-10000-1; the flexible ones by who published them, Brandimarte's ten as `mk`. */
export const familyOf = ({ name, family }: PublishedShop): string => {
  const number = Number(/\d+/.exec(name)?.[0] ?? 0)
  if (/^(mk|ta)\d+$/.test(name)) {
    const most = name.startsWith('mk') ? 10 : 50
    return number <= most ? name.slice(0, 2) : `${name.slice(0, 2)}-above-${most}`
  }
  return family ?? name.replace(/-?\d.*$/, '')
}
