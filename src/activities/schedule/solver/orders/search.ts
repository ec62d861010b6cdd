/**
 * Search for the general plan: an order of all operations and a station for each stand for the schedule that they make when they
 * are put down one after the other. A move takes an operation before or behind others of its station, or to another station;
 * worse orders are taken now and then, ever less so (simulated annealing, van Laarhoven, Aarts and Lenstra 1992), from the best
 * again in every round. What is late is looked at first.
 */
import { at, atTime, chanceOf, type Ints, item } from '../numbers.ts'
import { clear, findPlace, putDown, readyAt, type Timeline } from '../timeline.ts'
import { type Checkpoint, checkpointOf, membersOf, restore, save } from './checkpoints.ts'
import { proposal } from './moves.ts'
import { add, costingOf, costOf, runningOf } from './running.ts'
import type { OrderSearch } from './state.ts'

const SLICE = 64
const ROUNDS = 3

export const orderSearchOf = (timeline: Timeline, order: Ints, seed: number, limit: number): OrderSearch => {
  const { model } = timeline
  const costing = costingOf(model)
  const choice = timeline.choice.slice()
  clear(timeline)
  const running = runningOf(timeline, costing)
  const every = Math.max(16, Math.ceil(order.length / 64))
  const stretches = Math.floor(Math.max(0, order.length - 1) / every) + 1
  const checkpoints = (): Checkpoint[] => Array.from({ length: stretches }, () => checkpointOf(timeline, running))
  const search: OrderSearch = {
    timeline,
    chance: chanceOf(seed),
    costing,
    running,
    order: order.slice(),
    place: new Int32Array(model.count).fill(-1),
    choice,
    members: membersOf(model.workOrder, model.workOrders.length),
    start: timeline.start.slice(),
    end: timeline.end.slice(),
    setup: timeline.setup.slice(),
    ends: running.ends.slice(),
    every,
    holds: checkpoints(),
    tried: checkpoints(),
    oldOrder: order.slice(),
    mark: new Uint8Array(model.count),
    cost: 0,
    bestOrder: order.slice(),
    bestChoice: choice.slice(),
    best: 0,
    limit,
    iterations: 0,
    part: 0
  }
  number(search, 0, order.length - 1)
  search.cost = evaluate(search, 0, Number.POSITIVE_INFINITY)
  accept(search, 0, order.length - 1)
  search.best = search.cost
  return search
}

/** Puts the best order down in the timeline. */
export const layBest = ({ timeline, bestOrder, bestChoice }: OrderSearch): void => {
  clear(timeline)
  for (const operation of bestOrder) {
    findPlace(timeline, operation, at(bestChoice, operation), readyAt(timeline, operation))
    putDown(timeline, operation, at(bestChoice, operation))
  }
}

/** Goes on for ever; ends at once when there is nothing to move or nothing to gain. */
export function* searchOrders(search: OrderSearch): Generator<undefined, void> {
  if (search.order.length === 0) return
  let heat = warmth(search)
  let round = 0
  while (search.best > 0) {
    const reached = Math.min(ROUNDS - 1, Math.floor(search.part * ROUNDS))
    if (reached > round) {
      round = reached
      heat /= 2
      backToBest(search)
    }
    const within = search.part * ROUNDS - round
    const temperature = heat * 0.001 ** Math.min(1, within)
    for (let k = 0; k < SLICE; k++) attempt(search, temperature)
    search.iterations += SLICE
    yield
  }
}

/** What a worse move costs in the middle, by a few of them; nothing is changed. */
const warmth = (search: OrderSearch): number => {
  const worse: number[] = []
  for (let k = 0; k < 60; k++) {
    const was = search.cost
    const cost = attempt(search, 0, Number.POSITIVE_INFINITY)
    if (cost > was && Number.isFinite(cost)) worse.push(cost - was)
  }
  worse.sort((a, b) => a - b)
  return (worse[Math.floor(worse.length / 2)] ?? 1) / 2
}

/** One move, taken or taken back. Answers what it would cost, infinity when it was left early. */
const attempt = (search: OrderSearch, temperature: number, upTo?: number): number => {
  const move = proposal(search)
  if (!move) return Number.POSITIVE_INFINITY
  const { from, to, operation, choice } = move
  const oldChoice = at(search.choice, operation)
  search.choice[operation] = choice
  number(search, from, to)
  const bar = search.cost - temperature * Math.log(1 - search.chance.part())
  const cost = evaluate(search, from, upTo ?? bar)
  if (cost <= bar) {
    search.cost = cost
    accept(search, from, to)
    if (cost < search.best && search.running.tardiness <= search.limit) {
      search.best = cost
      search.bestOrder.set(search.order)
      search.bestChoice.set(search.choice)
    }
    return cost
  }
  search.choice[operation] = oldChoice
  for (let k = from; k <= to; k++) search.order[k] = at(search.oldOrder, k)
  number(search, from, to)
  takeBack(search, from)
  return cost
}

const number = (search: OrderSearch, from: number, to: number): void => {
  for (let k = from; k <= to; k++) search.place[at(search.order, k)] = k
}

/** The cost of the order in hand, of which all before `from` is as it was; infinity as soon as it is above the bar. */
const evaluate = (search: OrderSearch, from: number, bar: number): number => {
  const { timeline, running, costing, order, choice, every, tried } = search
  const stretch = Math.floor(from / every)
  restore(item(search.holds, stretch), timeline, running)
  for (let k = stretch * every; k < order.length; k++) {
    if (k % every === 0 && k > stretch * every) save(item(tried, k / every), timeline, running)
    const operation = at(order, k)
    const chosen = at(choice, operation)
    if (!findPlace(timeline, operation, chosen, readyAt(timeline, operation))) return Number.POSITIVE_INFINITY
    putDown(timeline, operation, chosen)
    add(running, timeline, costing, operation)
    if (costOf(costing, running) > bar) return Number.POSITIVE_INFINITY
  }
  return costOf(costing, running)
}

/** What was tried holds from now on. */
const accept = (search: OrderSearch, from: number, to: number): void => {
  const { timeline, order, oldOrder, every, holds, tried } = search
  const stretch = Math.floor(from / every)
  for (let k = from; k <= to; k++) oldOrder[k] = at(order, k)
  for (let k = stretch * every; k < order.length; k++) {
    const operation = at(order, k)
    search.start[operation] = atTime(timeline.start, operation)
    search.end[operation] = atTime(timeline.end, operation)
    search.setup[operation] = atTime(timeline.setup, operation)
  }
  search.ends.set(search.running.ends)
  for (let k = stretch + 1; k < holds.length; k++) {
    const held = item(holds, k)
    holds[k] = item(tried, k)
    tried[k] = held
  }
}

/** The times of the order in hand again, where another was tried. */
const takeBack = (search: OrderSearch, from: number): void => {
  const { timeline, order, every } = search
  for (let k = Math.floor(from / every) * every; k < order.length; k++) {
    const operation = at(order, k)
    timeline.start[operation] = atTime(search.start, operation)
    timeline.end[operation] = atTime(search.end, operation)
    timeline.setup[operation] = atTime(search.setup, operation)
    timeline.choice[operation] = at(search.choice, operation)
  }
}

const backToBest = (search: OrderSearch): void => {
  search.order.set(search.bestOrder)
  search.choice.set(search.bestChoice)
  number(search, 0, search.order.length - 1)
  search.cost = evaluate(search, 0, Number.POSITIVE_INFINITY)
  accept(search, 0, search.order.length - 1)
}
