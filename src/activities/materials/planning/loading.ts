/** What the parts of loading share. */
import { ONE, type Ratio, decimal, product } from './exact.ts'
import type { Faults } from './faults.ts'
import type { PlanItem, PlanPolicy, PlanProblem } from './problem.ts'

export type ToolLine = {
  readonly parent: number
  readonly tool: number
  readonly quantity: Ratio
  readonly fixed: boolean
}

export type Loading = {
  readonly problem: PlanProblem
  readonly items: readonly PlanItem[]
  readonly numberOf: ReadonlyMap<string, number>
  readonly scale: Float64Array
  readonly faults: Faults
  readonly policy: Required<PlanPolicy>
}

export const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0

/** How many of the item's own units one of `unit` is; undefined where nobody said. */
export const conversion = (item: PlanItem, unit: string | undefined): Ratio | undefined => {
  if (unit === undefined || unit === (item.unit ?? 'pcs')) return ONE
  const known = item.units?.find(one => one.unit === unit)
  return known && known.times > 0 && (known.per ?? 1) > 0
    ? product(decimal(known.times), flipped(decimal(known.per ?? 1)))
    : undefined
}

export const flipped = ({ num, den }: Ratio): Ratio => ({ num: den, den: num })
