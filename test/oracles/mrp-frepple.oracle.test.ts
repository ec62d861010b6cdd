/** frePPLe's own models: what it plans without constraints, or where none can bind, must come out equal. */
import { basename, dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { planOf } from '#activities/materials/planning/plan.ts'
import { plannedOrders } from '#activities/materials/planning/read.ts'
import { hoursCheck } from './frepple-hours.ts'
import { levelsCheck } from './frepple-levels.ts'
import { flowsOf, livesOn, printedFlows, printedPegs } from './frepple-pegs.ts'
import { noPromise, printedPromises, promisesOf } from './frepple-promises.ts'
import { shopOf } from './frepple-schedule.ts'
import { type Check, shopChecks } from './frepple-shop-checks.ts'
import { printedSlack, slackOf } from './frepple-slack.ts'
import type { Run } from './frepple-sources.ts'
import { slotOfDate } from './frepple-xml.ts'
import { type Case, casesOf, type NoCase, runsOf } from './mrp-frepple-model.ts'
import { filesOf, textOf } from './oracles.ts'

/** Milliseconds; a second of work may take a minute on a machine that others use too. */
const PATIENCE = 120_000

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

type Compared = {
  readonly of: 'orders' | 'promises'
  readonly cases: readonly Case[]
  readonly left: readonly NoCase[]
}

const lineOf = ({ openAt }: Case, operation: string, start: number, end: number, quantity: number): string =>
  `${operation} ${openAt(start)} ${openAt(end)} ${Number(quantity.toFixed(3))}`

/** A purchase for one of its stocks is the case's, whether or not we know of somebody who sells it. */
const isOf = ({ operations, stocks }: Case, operation: string): boolean =>
  operations.has(operation) || stocks.some(stock => operation.startsWith(`Purchase ${stock} from `))

/** Lines of operations of the case; confirmed orders are given. */
const expectedOf = (one: Case, text: string): readonly string[] =>
  text
    .split('\n')
    .map(line => line.split('\t'))
    .filter(
      ([kind, operation, , , , status]) => kind === 'OPERATION' && status === undefined && isOf(one, operation ?? '')
    )
    .map(([, operation, start, end, quantity]) =>
      lineOf(one, operation ?? '', slotOfDate(start ?? ''), slotOfDate(end ?? ''), Number(quantity))
    )
    .toSorted()

/** How often each operation is in what frePPLe printed. */
const timesIn = (text: string): ReadonlyMap<string, number> => {
  const times = new Map<string, number>()
  for (const line of text.split('\n')) {
    const [kind, name = ''] = line.split('\t')
    if (kind === 'OPERATION') times.set(name, (times.get(name) ?? 0) + 1)
  }
  return times
}

/** What is compared and what is not; a sentence where nothing is. */
const comparedOf = ({ xml, number, expected }: Output): Compared | string => {
  const asked = runsOf(xml).get(number)
  if (asked === undefined) return 'prints something else than a plan'
  const run = { ...asked, times: timesIn(expected) }
  if (run.fence !== 'P0D') return 'nothing is ordered before the last confirmed order: we order when it is short'
  const of = run.constraints !== 0 && run.planType !== 2 ? 'promises' : 'orders'
  const all = casesOf(xml, run).map(one => {
    const why = 'why' in one ? one.why : of === 'promises' ? noPromise(one) : undefined
    return why === undefined ? one : { name: one.name, why }
  })
  const cases = all.flatMap(one => ('problem' in one ? [one] : []))
  const left = all.flatMap(one => ('why' in one ? [one] : []))
  if (of === 'orders' && cases.length > 0 && cases.every(one => expectedOf(one, expected).length === 0))
    return 'it orders nothing'
  return cases.length === 0 ? [...new Set(left.map(({ why }) => why))].join('; ') : { of, cases, left }
}

const foundOf = (one: Case): readonly string[] =>
  plannedOrders(planOf(one.problem))
    .map(({ item, start, due, quantity }) => {
      const { operation, times, tail } = one.madeBy.get(item) ?? { operation: item, times: 1, tail: 0 }
      return lineOf(one, operation, start, due - tail, quantity / times)
    })
    .toSorted()

const listed = (left: readonly NoCase[]): string =>
  left.length === 0 ? '' : `, without ${left.map(({ name, why }) => `${name} (${why})`).join(', ')}`

const materialChecks = ({ name, expected }: Output, { of, cases, left }: Compared): readonly Check[] =>
  of === 'promises'
    ? [
        {
          title: `knows of ${name} when each demand is complete${listed(left)}`,
          found: () => cases.flatMap(promisesOf),
          expected: cases.flatMap(one => printedPromises(one, expected))
        }
      ]
    : [
        {
          title: `plans ${name}${listed(left)}`,
          found: () => cases.flatMap(foundOf),
          expected: cases.flatMap(one => expectedOf(one, expected))
        }
      ]

/** How frePPLe is asked when nothing else is said: under all constraints. */
const USUAL: Run = { constraints: 15, planType: 1, fence: 'P0D', times: new Map() }

/** Of an output that is no plan but what its script says of one: pegging, how a stock goes up and down, or slack. */
const toldOf = ({ name, xml, expected }: Output): readonly Check[] | undefined => {
  const [pegs, flows, slack] = [printedPegs(expected), printedFlows(expected), printedSlack(expected)]
  if (!(pegs || flows || slack)) return undefined
  const all = casesOf(xml, USUAL)
  const cases = all.flatMap(one => ('problem' in one ? [one] : []))
  const left = listed(all.flatMap(one => ('why' in one ? [one] : [])))
  const check = (what: string, found: (one: Case) => readonly string[], lines: readonly string[]): Check => ({
    title: `knows of ${name} ${what}${left}`,
    found: () => cases.flatMap(found).toSorted(),
    expected: lines.toSorted()
  })
  return [
    ...(pegs ? [check('what each demand lives on', livesOn, cases.flatMap(pegs))] : []),
    ...(flows ? [check('what comes to stock and goes, and when', flowsOf, flows)] : []),
    ...(slack ? [check('how late each order may be, before anything is changed', slackOf, slack)] : [])
  ]
}

/** Everything of an output that is compared, or why nothing is. */
const checksOf = (output: Output): readonly Check[] | string => {
  const run = runsOf(output.xml).get(output.number)
  const counted = hoursCheck(output.xml, output.expected, output.number) ?? levelsCheck(output.xml, output.expected)
  if (counted) return [{ ...counted, title: `${output.name}: ${counted.title}` }]
  const told = toldOf(output)
  if (told) return told
  if (run === undefined) return 'prints something else than a plan'
  const material = comparedOf(output)
  const shop = shopOf(output.xml, output.expected)
  const limits = run.constraints !== 0 && run.planType !== 2
  const stations = typeof shop === 'string' ? [] : shopChecks(shop, output.expected, limits)
  if (typeof material === 'string' && stations.length === 0) {
    const why = typeof shop === 'string' ? shop : 'one of several stations, and frePPLe keeps to no limit'
    return `${material}; ${why}`
  }
  return [
    ...(typeof material === 'string' ? [] : materialChecks(output, material)),
    ...stations.map(check => ({ ...check, title: `${output.name}: ${check.title}` }))
  ]
}

describe.skipIf(outputs.length === 0)('planning, against frePPLe’s own models', () => {
  for (const output of outputs) {
    const checks = checksOf(output)
    if (typeof checks === 'string') it.skip(`plans ${output.name}: not compared, ${checks}`, () => undefined)
    else
      it.each(checks.map(check => [check.title, check] as const))(
        '%s',
        (_, { found, expected }) => {
          expect(found()).toEqual(expected)
        },
        PATIENCE
      )
  }
})
