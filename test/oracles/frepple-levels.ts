/** Low-level codes: a model of frePPLe's may carry in each name the level that it must find, and prints whether it did. */
import { planOf } from '#activities/materials/planning/plan.ts'
import type { PlanBomLine, PlanItem } from '#activities/materials/planning/problem.ts'
import { levelOf } from '#activities/materials/planning/read.ts'
import { type Operation, plantOf } from './frepple-plant.ts'
import type { Check } from './frepple-shop-checks.ts'
import { parse } from './frepple-xml.ts'

/** What, its level, and the number of the cluster that it is in. */
const NAMED = /^(.*?) : (\d+) : \d+$/

/** Undefined for what prints no levels. */
export const levelsCheck = (xml: string, text: string): Check | undefined => {
  const found = new Set([...text.matchAll(/^buffer_\w+ (.*): OK$/gm)].map(([, name]) => name))
  if (found.size === 0) return undefined
  const plant = plantOf(parse(xml))
  const stocks = [...plant.stocks.keys()].filter(name => found.has(NAMED.exec(name)?.[1]))
  const items: PlanItem[] = [...stocks, ...plant.wanted.map(({ name }) => name)].map(id => ({ id, source: 'make' }))
  const stepsOf = (operation: Operation | undefined): readonly Operation[] =>
    operation ? [operation, ...operation.steps.flatMap(step => stepsOf(plant.operations.get(step)))] : []
  const flowsOf = (operation: Operation | undefined) => stepsOf(operation).flatMap(({ flows }) => flows)
  const takenBy = (parent: string, operation: Operation | undefined): readonly PlanBomLine[] =>
    flowsOf(operation).flatMap(({ buffer, quantity }) =>
      quantity < 0 ? [{ parent, component: buffer, quantity: -quantity }] : []
    )
  const bom = [
    ...plant.wanted.flatMap(({ name, operation }) => takenBy(name, plant.operations.get(operation ?? ''))),
    ...[...plant.operations.values()].flatMap(operation => {
      const made = new Set(flowsOf(operation).flatMap(({ buffer, quantity }) => (quantity > 0 ? [buffer] : [])))
      return [...made].flatMap(buffer => takenBy(buffer, operation))
    })
  ]
  return {
    title: 'gives each stock its low-level code',
    found: () => {
      const plan = planOf({ today: plant.today, items, bom, demands: [], receipts: [] })
      return stocks.map(name => `${name} is at ${levelOf(plan, name)}`)
    },
    expected: stocks.map(name => `${name} is at ${NAMED.exec(name)?.[2]}`)
  }
}
