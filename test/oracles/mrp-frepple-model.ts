/**
 * frePPLe's own test models as planning problems. A model often holds several cases that touch nowhere: each is a problem of
 * its own, or one sentence that says why it is none.
 */
import type { PlanBomLine, PlanDemand, PlanItem, PlanProblem } from '#activities/materials/planning/problem.ts'
import { hoursOf, type Made, receiptsOf } from './frepple-given.ts'
import { linesOf, safetyOf, stockItem } from './frepple-items.ts'
import { type Part, partsOf, runningIn } from './frepple-parts.ts'
import { type Operation, type Plant, plantOf } from './frepple-plant.ts'
import { type Body, beyond, bodyOf, choose, isUnwanted, type Run, type Source, sourceOf } from './frepple-sources.ts'
import { parse, says } from './frepple-xml.ts'

/** Which output was written after which run. */
export const runsOf = (xml: string): ReadonlyMap<number, Run> => {
  const found = new Map<number, Run>()
  let run: Run = { constraints: 15, planType: 1, fence: 'P0D', times: new Map() }
  for (const [, asked, type, output] of xml.matchAll(
    /solver_mrp\(([^)]*)\)|plantype = (\d)|saveplan\("output\.(\d+)\.xml"\)/g
  ))
    if (asked !== undefined)
      run = {
        constraints: Number(/constraints\s*=\s*(\d+)/.exec(asked)?.[1] ?? 15),
        planType: Number(/plantype\s*=\s*(\d+)/.exec(asked)?.[1] ?? 1),
        fence: /autofence="(\w+)"/.exec(asked)?.[1] ?? 'P0D',
        times: new Map()
      }
    else if (type !== undefined) run = { ...run, planType: Number(type) }
    else found.set(Number(output), run)
  return found
}

export type Case = {
  /** What it is about, in a few words. */
  readonly name: string
  readonly problem: PlanProblem
  readonly madeBy: ReadonlyMap<string, Made>
  /** Every operation of frePPLe's that may stand in its plan. */
  readonly operations: ReadonlySet<string>
  readonly stocks: readonly string[]
  /** Some of its waiting after an operation gives way when it is late. */
  readonly soft: boolean
  /** When work can go on after a moment: at once, but in closed hours. */
  readonly openAt: (slot: number) => number
}

export type NoCase = { readonly name: string; readonly why: string }

/** The cases of a model: what is connected by a flow, a step or a demand. */
export const casesOf = (xml: string, run: Run): readonly (Case | NoCase)[] => {
  const plant = plantOf(parse(xml))
  return partsOf(plant)
    .filter(({ wanted, operations }) => wanted.length > 0 || runningIn(plant, operations).length > 0)
    .map(part => {
      const name = part.wanted[0]?.name ?? part.operations[0]?.name ?? ''
      const found = caseOf(plant, part, run)
      return typeof found === 'string' ? { name, why: found } : { name, ...found }
    })
}

/** The part as a planning problem, or in words why there is none. */
const caseOf = (plant: Plant, part: Part, run: Run): Omit<Case, 'name'> | string => {
  const chosen = choose(plant, part)
  // Where nothing is wanted, nothing is planned on a resource either: what runs needs its parts all the same.
  const idle = part.wanted.length === 0 && part.stocks.every(name => isUnwanted(plant, name))
  for (const operation of part.operations) {
    const why = beyond(plant, operation, idle ? { ...run, constraints: 0 } : run)
    if (why !== undefined) return why
  }
  const bodies = new Map<string, Body>()
  for (const operation of chosen) {
    const body = bodyOf(plant, operation)
    if (typeof body === 'string') return body
    bodies.set(operation.name, body)
  }
  const sources = new Map<string, Source>()
  for (const name of part.stocks) {
    const source = sourceOf(plant, name, chosen, bodies, idle)
    if (typeof source === 'string') return source
    sources.set(name, source)
  }
  return problemOf(plant, part, sources, bodies, run)
}

/** What is put together of a case. */
type Draft = {
  readonly items: PlanItem[]
  readonly bom: PlanBomLine[]
  readonly demands: PlanDemand[]
  readonly madeBy: Map<string, Made>
  readonly using: Set<Operation>
}

const problemOf = (
  plant: Plant,
  part: Part,
  sources: ReadonlyMap<string, Source>,
  bodies: ReadonlyMap<string, Body>,
  run: Run
): Omit<Case, 'name'> | string => {
  const draft: Draft = { items: [], bom: [], demands: [], madeBy: new Map(), using: new Set() }
  const strange = addStocks(draft, plant, sources, run) ?? addDemands(draft, plant, part, bodies)
  if (strange !== undefined) return strange
  const { items, bom, demands, madeBy, using } = draft
  const receipts = receiptsOf(plant, part, madeBy)
  if (typeof receipts === 'string') return receipts
  const hours = hoursOf(plant, [...using], demands)
  if (typeof hours === 'string') return hours
  return {
    problem: {
      today: plant.today,
      bucketing: 'day',
      policy: { expediteWithin: 0, horizon: 100_000 },
      items: items.map(item => ({ ...item, leadIn: item.source === 'make' && hours.slots ? 'working' : 'calendar' })),
      bom,
      demands: demands.map(one => ({ ...one, day: hours.next(one.day) })),
      receipts,
      ...(hours.slots ? { workingDays: hours.slots } : {})
    },
    madeBy,
    operations: new Set(
      [...part.operations, ...using].filter(one => !isInside(part, using, one)).map(({ name }) => name)
    ),
    stocks: part.stocks,
    soft: [...bodies.values()].some(({ soft }) => soft),
    openAt: hours.next
  }
}

/** A step of a routing, or a choice itself: frePPLe prints them beside what is ordered. */
const isInside = ({ operations }: Part, using: ReadonlySet<Operation>, one: Operation): boolean =>
  !using.has(one) &&
  (one.kind === 'alternate' || operations.some(({ kind, steps }) => kind === 'routing' && steps.includes(one.name)))

const addStocks = (
  { items, bom, madeBy, using }: Draft,
  plant: Plant,
  sources: ReadonlyMap<string, Source>,
  run: Run
): string | undefined => {
  for (const [id, source] of sources) {
    const node = plant.stocks.get(id)?.node
    if (node && (safetyOf(plant, node) === undefined || says(node, 'maximum_calendar')))
      return 'a safety stock that changes with the calendar is not kept yet'
    if (source.kind === 'make' && run.constraints !== 0 && node && says(node, 'maximum'))
      return 'a stock that is filled up before any demand is looked at'
    items.push(stockItem(plant, id, source))
    if (source.kind === 'buy') madeBy.set(id, { operation: source.name, times: 1, tail: 0 })
    if (source.kind !== 'make') continue
    madeBy.set(id, { operation: source.operation.name, times: source.output.quantity, tail: source.body.tail })
    using.add(source.operation)
    bom.push(...linesOf(id, source.body, source.output.quantity))
  }
  return undefined
}

/** A delivery that takes time is made for its order alone: what it brings is no stock of anything else. */
const addDemands = (
  { items, bom, demands, madeBy, using }: Draft,
  plant: Plant,
  part: Part,
  bodies: ReadonlyMap<string, Body>
): string | undefined => {
  for (const { name, day, quantity, buffer, operation } of part.wanted) {
    const body = bodies.get(operation ?? '')
    const delivery = plant.operations.get(operation ?? '')
    if (operation === undefined && buffer === undefined) return 'a demand that names no place of stock'
    if (operation === undefined && buffer !== undefined) demands.push({ id: name, item: buffer, quantity, day })
    if (operation === undefined) continue
    if (!body || !delivery) return 'a delivery that is chosen among several'
    const item = `delivery of ${name}`
    const lead = { leadTime: body.duration, leadTimePer: body.per }
    items.push({ id: item, source: 'make', ...lead, decimals: 6, rounding: 0.000001 })
    bom.push(...linesOf(item, body, 1))
    using.add(delivery)
    madeBy.set(item, { operation, times: 1, tail: body.tail })
    demands.push({ id: name, item, quantity, day })
  }
  return undefined
}
