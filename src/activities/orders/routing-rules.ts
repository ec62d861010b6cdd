/** What the office takes as a routing, by import's own conditions. It asks no approval: a method is frozen at release. */
import * as z from 'zod/mini'
import { type Known, officeAction, type Refusal, refuse } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { canonical, type Json } from '#kernel/canonical.ts'
import { type Operation, routing, routingSet, type Step } from './events.ts'
import { orderItemView } from './item.ts'
import { routingKey, routingStationView, routingView } from './routing-view.ts'

/** Ten weeks around the clock for one set-up, one piece or one load; more is a slip. */
export const MOST_MINUTES = 100_000

const repeated = <T>(all: readonly T[]): T | undefined => all.find((one, index) => all.indexOf(one) !== index)

/** What a step must say to be worked at a station. */
const stepLacks = (step: Step): string | undefined => {
  if (step.kind === 'measure' && step.unit === undefined) return 'a unit'
  if (step.kind === 'part' && step.item === undefined) return 'an item'
  if (step.low !== undefined && step.high !== undefined && step.low > step.high)
    return 'a low limit under its high limit'
  return undefined
}

const stepsLack = ({ op, steps }: Operation): Refusal | undefined => {
  const twice = repeated(steps.map(one => one.step))
  if (twice !== undefined) return refuse('step-twice', { op, step: twice })
  for (const one of steps) {
    const lacks = stepLacks(one)
    if (lacks) return refuse('step-incomplete', { op, step: one.step, lacks })
  }
  return undefined
}

const operationLacks = (known: Known, operation: Operation): Refusal | undefined => {
  const { op, stations, setupMinutes, runMinutes } = operation
  for (const station of stations)
    if (!known.get(routingStationView, station)) return refuse('routing-station-unknown', { op, station })
  const twice = repeated(stations)
  if (twice !== undefined) return refuse('routing-station-twice', { op, station: twice })
  const minutes = Math.max(setupMinutes, runMinutes)
  if (minutes > MOST_MINUTES) return refuse('routing-minutes', { op, minutes, most: MOST_MINUTES })
  return stepsLack(operation)
}

/** Operations are JSON by their schema: texts, numbers and lists of them; what is absent is left out. */
const sameOperations = (a: readonly Operation[], b: readonly Operation[]): boolean =>
  canonical([...a].sort((x, y) => x.op - y.op) as Json) === canonical([...b].sort((x, y) => x.op - y.op) as Json)

export const setRouting = officeAction(
  'orders/set-routing',
  ['engineer', 'administrator', 'planner'],
  z.extend(routing, {
    /** The event that said the routing that the person saw, '' when there was none. Absent: whatever stands is replaced. */
    seen: z.optional(z.string())
  }),
  (known, { seen, ...input }) => {
    const { item, revision, operations } = input
    if (!known.get(orderItemView, item)) return refuse('routing-item-unknown', { item })
    if (operations.length === 0) return refuse('routing-empty', { item })
    const was = known.get(routingView, routingKey(item, revision))
    if (seen !== undefined && was?.set && seen !== was.set.event)
      return refuse('routing-moved', { item, revision, person: was.set.person, at: was.set.at })
    const twice = repeated(operations.map(one => one.op))
    if (twice !== undefined) return refuse('operation-twice', { item, op: twice })
    for (const operation of operations) {
      const lacks = operationLacks(known, operation)
      if (lacks) return lacks
    }
    return was && sameOperations(was.operations, operations)
      ? refuse('routing-same', { item, revision })
      : [draft(routingSet, input)]
  }
)
