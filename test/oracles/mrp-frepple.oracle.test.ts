/** frePPLe's own models: those that it plans without constraints, and that are about material alone, must come out equal. */
import { basename, dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { planOf } from '#activities/materials/planning/plan.ts'
import { plannedOrders } from '#activities/materials/planning/read.ts'
import { constraintsOf, modelOf, slotOfDate } from './mrp-frepple-model.ts'
import { filesOf, textOf } from './oracles.ts'

type Output = { readonly name: string; readonly xml: string; readonly expected: string; readonly number: number }

const models = filesOf('mrp/frepple-tests', '.xml')

const outputs: readonly Output[] = filesOf('mrp/frepple-tests', '.expect').map(path => {
  const xml = models.find(model => dirname(model) === dirname(path))
  return {
    name: basename(path),
    xml: xml === undefined ? '' : textOf(xml),
    expected: textOf(path),
    number: Number(/\.(\d+)\.expect$/.exec(path)?.[1] ?? 0)
  }
})

/** Undefined when it can be compared, else why not, in one sentence. */
const whyNot = ({ xml, number }: Output): string | undefined => {
  const constraints = constraintsOf(xml).get(number)
  if (constraints === undefined) return 'prints something else than a plan'
  if (constraints !== 0) return 'a constrained plan: capacity and lead time decide, which is the scheduler’s'
  const before = xml.slice(0, xml.indexOf(`output.${number}.xml`))
  const fence = /autofence="(\w+)"/.exec(before.slice(before.lastIndexOf('autofence')))?.[1] ?? 'P0D'
  if (fence !== 'P0D') return 'nothing is ordered before the last confirmed order: we order when it is short'
  const model = modelOf(xml)
  return typeof model === 'string' ? model : undefined
}

/** What of a model that is compared can't be said here. */
const leftOutOf = ({ xml }: Output): string => {
  const model = modelOf(xml)
  const names = typeof model === 'string' ? [] : (model.leftOut ?? [])
  return names.length > 0 ? `, without ${names.join(', ')}, which brings a fixed quantity on top` : ''
}

/** Lines of operations that fill a stock; deliveries are the demands themselves, confirmed orders are given. */
const expectedOf = (text: string, operations: ReadonlySet<string>): readonly string[] =>
  text
    .split('\n')
    .map(line => line.split('\t'))
    .filter(
      ([kind, operation, , , , status]) =>
        kind === 'OPERATION' && status === undefined && operations.has(operation ?? '')
    )
    .map(
      ([, operation, start, end, quantity]) =>
        `${operation} ${slotOfDate(start ?? '')} ${slotOfDate(end ?? '')} ${Number(quantity)}`
    )
    .toSorted()

describe.skipIf(outputs.length === 0)('material planning, against frePPLe’s own models', () => {
  for (const output of outputs) {
    const why = whyNot(output)
    const without = why === undefined ? leftOutOf(output) : `: not compared, ${why}`
    it.skipIf(why !== undefined)(`plans ${output.name}${without}`, () => {
      const model = modelOf(output.xml)
      if (typeof model === 'string') throw new Error(model)
      const found = plannedOrders(planOf(model.problem)).map(
        ({ item, start, due, quantity }) => `${model.operationOf.get(item)} ${start} ${due} ${quantity}`
      )
      expect(found.toSorted()).toEqual(expectedOf(output.expected, new Set(model.operationOf.values())))
    })
  }
})
