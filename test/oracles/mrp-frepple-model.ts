/**
 * frePPLe's own test models as planning problems. A model often holds several cases that touch nowhere: each is a problem of
 * its own, or one sentence that says why it is none.
 */
import type { PlanBomLine, PlanDemand, PlanItem, PlanProblem } from '#activities/materials/planning/problem.ts'
import { hoursOf, type Made, receiptsOf } from './frepple-given.ts'
import { type Part, partsOf, runningIn } from './frepple-parts.ts'
import { type Flow, type Operation, type Plant, plantOf } from './frepple-plant.ts'
import { every, field, holds, type Node, nameIn, numberIn, parse, quarters, says, slotOfDate } from './frepple-xml.ts'

/** How frePPLe was asked: 0 keeps no constraint, and then the first alternative is always taken. */
export type Run = {
  readonly constraints: number
  readonly planType: number
  readonly fence: string
  /** How often each operation stands in what came of it. */
  readonly times: ReadonlyMap<string, number>
}

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

/** What we have no words for, of one operation. */
const beyond = (plant: Plant, operation: Operation, run: Run): string | undefined => {
  const { node, kind, flows, loads } = operation
  if (loads.some(({ setup }) => setup !== undefined)) return 'changing over takes time, which is the scheduler’s'
  if (kind === 'alternate' && run.constraints !== 0)
    return 'alternatives by priority and cost are not ours: an alternate gives only what it has to spare'
  if (kind === 'split') return 'shares of several operations are not ours'
  if (field(node, 'posttime') !== undefined) return 'waiting time after an operation is not ours'
  if (says(node, 'effective_start') || says(node, 'effective_end'))
    return 'operations that are valid for a time are not ours'
  if (holds(node, 'size_minimum_calendar')) return 'a lot size that changes with the calendar is not ours'
  const strange = flows.find(one => one.strange !== undefined)?.strange
  if (strange !== undefined) return strange
  if (flows.some(one => one.buffer === '')) return 'operations that name no place of stock'
  if (flows.some(one => one.quantity > 0 && one.offset !== 0)) return 'what comes some time after the end is not ours'
  if (flows.some(one => one.quantity > 0 && (one.from > -Infinity || one.to < Infinity)))
    return 'what one run brings changes with time'
  if (flows.some(one => one.quantity > 0 && !one.atEnd)) return 'what comes at the beginning is not ours'
  if (run.constraints !== 0 && loads.some(({ resource }) => !isEnough(plant, resource, run)))
    return 'resources with limits decide, which is the scheduler’s'
  return undefined
}

/** Whether there is room on a resource for every order of the plan at the same moment. */
const isEnough = ({ operations, resources }: Plant, name: string, { times }: Run): boolean => {
  const node = resources.get(name)
  const type = node?.attributes['xsi:type']
  if (!node || type === 'resource_infinite') return true
  if (type === 'resource_buckets' || says(node, 'maximum_calendar')) return false
  let most = 0
  for (const operation of operations.values())
    for (const { resource, quantity } of operation.loads)
      if (resource === name) most += quantity * (times.get(operation.name) ?? 0)
  return most <= (numberIn(node, 'maximum') ?? 1)
}

/** How a place of stock is filled: by an operation, by a purchase, or by nobody. */
type Source =
  | { readonly kind: 'make'; readonly operation: Operation; readonly output: Flow; readonly body: Body }
  | { readonly kind: 'buy'; readonly name: string; readonly node: Parameters<typeof field>[0] }
  | { readonly kind: 'none' }

/** A routing laid out in time: how long in all, and what is taken after how long. */
type Body = {
  readonly duration: number
  readonly per: number
  readonly takes: readonly Flow[]
  readonly gives: readonly Flow[]
}

/** The part as a planning problem, or in words why there is none. */
const caseOf = (plant: Plant, part: Part, run: Run): Omit<Case, 'name'> | string => {
  const chosen = choose(plant, part)
  for (const operation of part.operations) {
    const why = beyond(plant, operation, run)
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
    const source = sourceOf(plant, name, chosen, bodies)
    if (typeof source === 'string') return source
    sources.set(name, source)
  }
  return problemOf(plant, part, sources, bodies, run)
}

/** The operations that are planned: of a routing itself and not its steps, of a choice the first. */
const choose = (plant: Plant, { operations }: Part): readonly Operation[] => {
  const inside = new Set(operations.flatMap(({ steps }) => steps))
  const resolve = (one: Operation): readonly Operation[] => {
    if (one.kind !== 'alternate') return [one]
    const [first] = one.steps.flatMap(step => plant.operations.get(step) ?? [])
    return first ? resolve(first) : []
  }
  return operations.filter(({ name, node }) => !inside.has(name) && field(node, 'priority') !== '0').flatMap(resolve)
}

const bodyOf = (plant: Plant, operation: Operation): Body | string => {
  const steps =
    operation.kind === 'routing' ? operation.steps.flatMap(step => plant.operations.get(step) ?? []) : [operation]
  const takes: Body['takes'][number][] = []
  const gives: Flow[] = []
  let [duration, per] = [0, 0]
  for (const step of steps) {
    for (const flow of step.flows)
      if (flow.quantity > 0) gives.push(flow)
      else if (per > 0 || (flow.atEnd && step.per > 0)) return 'parts that are needed the later the more is made'
      else takes.push({ ...flow, offset: duration + (flow.atEnd ? step.duration : 0) + flow.offset })
    duration += step.duration
    per += step.kind === 'time_per' ? step.per : 0
  }
  if (operation.kind === 'routing')
    for (const flow of operation.flows)
      if (flow.quantity > 0) gives.push(flow)
      else if (flow.atEnd) return 'parts that a routing takes at its end'
      else takes.push(flow)
  const dated = takes.some(({ from, to }) => from > -Infinity || to < Infinity)
  if (dated && (per > 0 || operation.calendars.length > 0))
    return 'parts that are valid by the moment at which they are taken: ours go by the order’s due day'
  return { duration, per, takes, gives }
}

const sourceOf = (
  plant: Plant,
  stock: string,
  chosen: readonly Operation[],
  bodies: ReadonlyMap<string, Body>
): Source | string => {
  const makers = chosen.filter(({ name }) => bodies.get(name)?.gives.some(({ buffer }) => buffer === stock))
  const kin = plant.kinOf(plant.stocks.get(stock)?.item ?? '')
  const buyers = plant.suppliers.filter(({ item }) => kin.includes(item))
  if (plant.stocks.get(stock)?.node?.attributes['xsi:type'] === 'buffer_infinite') return { kind: 'none' }
  if (makers.length + buyers.length > 1) return 'several ways to fill the same stock, chosen by priority and cost'
  const [operation] = makers
  const [buyer] = buyers
  if (operation) {
    const body = bodies.get(operation.name)
    const [output, ...others] = body?.gives ?? []
    if (!body || !output || others.length > 0) return 'co-products, and what comes before the end, are not planned'
    if (output.fixed !== 0) return 'a fixed quantity that comes on top of a run’s own'
    return { kind: 'make', operation, output, body }
  }
  if (!buyer) return { kind: 'none' }
  if (holds(buyer.node, 'batchwindow')) return 'orders that are joined within a window by frePPLe’s own search'
  return { kind: 'buy', name: `Purchase ${stock} from ${buyer.supplier}`, node: buyer.node }
}

const lotOf = (node: Parameters<typeof field>[0], times: number): Partial<PlanItem> => {
  const size = (name: string): number | undefined => {
    const found = numberIn(node, name)
    return found === undefined ? undefined : found * times
  }
  const multiple = size('size_multiple')
  const maximum = size('size_maximum')
  return {
    // Without a multiple, any part of a unit may be ordered.
    rounding: 0.000001,
    decimals: 6,
    lot: {
      rule: 'lot-for-lot',
      // frePPLe orders at least one unit unless it is told otherwise.
      minimum: size('size_minimum') ?? times,
      ...(multiple === undefined ? {} : { multiple }),
      ...(maximum === undefined ? {} : { maximum })
    }
  }
}

/** Undefined where it changes with the calendar. */
const safetyOf = ({ calendars, today }: Plant, node: Node): number | undefined => {
  const calendar = calendars.get(nameIn(node, 'minimum_calendar') ?? '')
  if (!calendar) return says(node, 'minimum_calendar') ? undefined : (numberIn(node, 'minimum') ?? 0)
  const [bucket, ...others] = every(calendar, 'bucket')
  const always = bucket && others.length === 0 && !says(bucket, 'end')
  return always && slotOfDate(field(bucket, 'start') ?? '') <= today ? numberIn(bucket, 'value') : undefined
}

const stockItem = (plant: Plant, id: string, source: Source): PlanItem => {
  const node = plant.stocks.get(id)?.node
  const maximum = node && numberIn(node, 'maximum')
  const base = {
    id,
    onHand: (node && numberIn(node, 'onhand')) ?? 0,
    safetyStock: (node && safetyOf(plant, node)) ?? 0,
    ...(maximum === undefined ? {} : { stockMaximum: maximum })
  }
  if (source.kind === 'none') return { ...base, source: 'none', decimals: 6 }
  if (source.kind === 'buy')
    return { ...base, source: 'buy', leadTime: quarters(field(source.node, 'leadtime')), ...lotOf(source.node, 1) }
  const { body, output, operation } = source
  return {
    ...base,
    source: 'make',
    leadTime: body.duration,
    leadTimePer: body.per / output.quantity,
    ...lotOf(operation.node, output.quantity)
  }
}

/** A line of ours is valid by the day on which its order is due, theirs by the moment at which it is taken: so long before. */
const linesOf = (parent: string, { takes, duration }: Body, times: number): readonly PlanBomLine[] =>
  takes.flatMap(({ buffer, quantity, fixed, offset, from, to }) => {
    const base = {
      parent,
      component: buffer,
      offset,
      ...(from === -Infinity ? {} : { from: from + duration - offset }),
      ...(to === Infinity ? {} : { to: to + duration - offset })
    }
    return [
      { ...base, quantity: -quantity / times },
      ...(fixed === 0 ? [] : [{ ...base, quantity: -fixed, fixed: true }])
    ]
  })

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
    if (source.kind === 'buy') madeBy.set(id, { operation: source.name, times: 1 })
    if (source.kind !== 'make') continue
    madeBy.set(id, { operation: source.operation.name, times: source.output.quantity })
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
    madeBy.set(item, { operation, times: 1 })
    demands.push({ id: name, item, quantity, day })
  }
  return undefined
}
