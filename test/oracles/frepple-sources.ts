/** How the stocks of one of frePPLe's cases are filled: by which operation, laid out in time, or by whom they are sold. */
import type { Part } from './frepple-parts.ts'
import type { Flow, Operation, Plant } from './frepple-plant.ts'
import { field, holds, numberIn, quarters, says } from './frepple-xml.ts'

/** How frePPLe was asked: 0 keeps no constraint, and then the first alternative is always taken. */
export type Run = {
  readonly constraints: number
  readonly planType: number
  readonly fence: string
  /** How often each operation stands in what came of it. */
  readonly times: ReadonlyMap<string, number>
}

/** What we have no words for, of one operation. */
export const beyond = (plant: Plant, operation: Operation, run: Run): string | undefined => {
  const { node, kind, flows, loads } = operation
  if (loads.some(({ setup }) => setup !== undefined)) return 'changing over takes time, which is the scheduler’s'
  if (kind === 'alternate' && run.constraints !== 0)
    return 'alternatives by priority and cost are not ours: an alternate gives only what it has to spare'
  if (kind === 'split') return 'shares of several operations are not ours'
  if (field(node, 'posttime') !== undefined && operation.calendars.length > 0)
    return 'waiting time after an operation that keeps hours'
  if (says(node, 'effective_start') || says(node, 'effective_end'))
    return 'operations that are valid for a time are not ours'
  if (holds(node, 'size_minimum_calendar')) return 'a lot size that changes with the calendar is not ours'
  const strange = flows.find(one => one.strange !== undefined)?.strange
  if (strange !== undefined) return strange
  if (flows.some(one => one.buffer === '')) return 'operations that name no place of stock'
  if (flows.some(one => one.quantity > 0 && (one.offset < 0 || (one.offset > 0 && operation.calendars.length > 0))))
    return 'what comes before the end, or some time after an end that keeps hours'
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
  // What is not printed at all may have found no room: it counts as one.
  for (const operation of operations.values())
    for (const { resource, quantity } of operation.loads)
      if (resource === name) most += quantity * Math.max(1, times.get(operation.name) ?? 0)
  return most <= (numberIn(node, 'maximum') ?? 1)
}

/** How a place of stock is filled: by an operation, by a purchase, or by nobody. */
export type Source =
  | { readonly kind: 'make'; readonly operation: Operation; readonly output: Flow; readonly body: Body }
  | { readonly kind: 'buy'; readonly name: string; readonly node: Parameters<typeof field>[0] }
  | { readonly kind: 'none' }

/** A routing laid out in time: how long in all, and what is taken after how long. */
export type Body = {
  readonly duration: number
  readonly per: number
  /** Of the duration, what is waited after the last end; and whether frePPLe shortens it when it is late. */
  readonly tail: number
  readonly soft: boolean
  readonly takes: readonly Flow[]
  readonly gives: readonly Flow[]
}

/** Whether no stock is kept of it for its own sake, and none is missing. */
export const isUnwanted = ({ stocks }: Plant, name: string): boolean => {
  const node = stocks.get(name)?.node
  return !node || !(holds(node, 'minimum') || holds(node, 'minimum_calendar') || (numberIn(node, 'onhand') ?? 0) < 0)
}

/** The operations that are planned: of a routing itself and not its steps, of a choice the first. */
export const choose = (plant: Plant, { operations }: Part): readonly Operation[] => {
  const inside = new Set(operations.flatMap(({ steps }) => steps))
  const resolve = (one: Operation): readonly Operation[] => {
    if (one.kind !== 'alternate') return [one]
    const [first] = one.steps.flatMap(step => plant.operations.get(step) ?? [])
    return first ? resolve(first) : []
  }
  return operations.filter(({ name, node }) => !inside.has(name) && field(node, 'priority') !== '0').flatMap(resolve)
}

export const bodyOf = (plant: Plant, operation: Operation): Body | string => {
  const steps =
    operation.kind === 'routing' ? operation.steps.flatMap(step => plant.operations.get(step) ?? []) : [operation]
  const takes: Body['takes'][number][] = []
  const gives: Flow[] = []
  let [duration, per, tail] = [0, 0, 0]
  for (const step of steps) {
    for (const flow of step.flows)
      if (flow.quantity > 0) gives.push(flow)
      else if (per > 0 || (flow.atEnd && step.per > 0)) return 'parts that are needed the later the more is made'
      else takes.push({ ...flow, offset: duration + (flow.atEnd ? step.duration : 0) + flow.offset })
    tail = quarters(field(step.node, 'posttime'))
    duration += step.duration + tail
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
  const after = Math.max(0, ...gives.map(({ offset }) => offset))
  const soft = steps.some(({ node }) => field(node, 'posttime') !== undefined)
  return { duration: duration + after, per, tail: tail + after, soft, takes, gives }
}

export const sourceOf = (
  plant: Plant,
  stock: string,
  chosen: readonly Operation[],
  bodies: ReadonlyMap<string, Body>,
  idle: boolean
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
    if (idle && others.length > 0) return { kind: 'none' }
    if (!body || !output || others.length > 0) return 'co-products, and what comes before the end, are not planned'
    if (output.fixed !== 0) return 'a fixed quantity that comes on top of a run’s own'
    return { kind: 'make', operation, output, body }
  }
  if (!buyer) return { kind: 'none' }
  if (holds(buyer.node, 'batchwindow')) return 'orders that are joined within a window by frePPLe’s own search'
  return { kind: 'buy', name: `Purchase ${stock} from ${buyer.supplier}`, node: buyer.node }
}
