/**
 * Tabu search from one plan to the next: first from several beginnings, then from between the best of them (Peng, Lü and Cheng
 * 2015). It yields after every few moves, so that whoever drives it may look at the clock, at a wish to stop, and at the best.
 */
import { at, type Chance, chanceOf, type Ints, item } from '../numbers.ts'
import { assign, type Graph, graphOf, layOut } from './graph.ts'
import { restart, type Tabu, tabuOf } from './memory.ts'
import { keep, layOutBetween, type Plan, planOf } from './relink.ts'
import { lowerBound, type Shop } from './shop.ts'
import { step } from './tabu.ts'

/** A whole plan: operations in an order that respects the jobs, each with its machine and its minutes there. */
export type Laid = { readonly order: Ints; readonly machine: Ints; readonly minutes: Ints }

export type ShopSearch = {
  readonly shop: Shop
  readonly graph: Graph
  readonly tabu: Tabu
  readonly chance: Chance
  /** No plan is shorter. */
  readonly bound: number
  readonly pool: Plan[]
  readonly best: Laid
  makespan: number
  /** Moves made. */
  iterations: number
}

/** Plans kept to go on from. */
const POOL = 5
/** Moves without anything better after which a plan is left. */
const PATIENCE = 5000
/** Means that did not come in before the pool is thrown away but for its best. */
const MISSES = 30
/** How much of a fresh beginning is new. */
const STRANGE = 0.3
/** Moves between two yields. */
const SLICE = 64

export const shopSearchOf = (shop: Shop, beginning: Laid, seed: number): ShopSearch => {
  const graph = graphOf(shop)
  const chance = chanceOf(seed)
  lay(graph, beginning)
  const best = { order: graph.order.slice(), machine: graph.machine.slice(), minutes: graph.minutes.slice() }
  const { makespan } = graph
  return {
    shop,
    graph,
    tabu: tabuOf(graph, chance),
    chance,
    bound: lowerBound(shop),
    pool: [],
    best,
    makespan,
    iterations: 0
  }
}

/** Goes on for ever, or until the bound is reached. */
export function* searchShop(search: ShopSearch): Generator<undefined, void> {
  const { graph, pool, chance } = search
  if (search.makespan <= search.bound) return
  let begun = 0
  let missed = 0
  while (search.makespan > search.bound) {
    if (pool.length < 2 || (pool.length < POOL && begun < 2 * POOL)) {
      if (begun++ > 0) layOutNear(search)
      yield* descend(search)
      keep(pool, planOf(graph), graph, POOL)
      continue
    }
    const one = chance.below(pool.length)
    const other = (one + 1 + chance.below(pool.length - 1)) % pool.length
    layOutBetween(graph, item(pool, one), item(pool, other), 0.3 + 0.4 * chance.part(), chance)
    yield* descend(search)
    missed = keep(pool, planOf(graph), graph, POOL) ? 0 : missed + 1
    if (missed < MISSES) continue
    missed = 0
    begun = 1
    pool.splice(1)
  }
}

/** Tabu search from the plan in the graph until patience ends; leaves the best plan of the way in the graph. */
function* descend(search: ShopSearch): Generator<undefined, void> {
  const { tabu, graph } = search
  restart(tabu)
  note(search)
  let best = tabu.best
  let since = 0
  let moves = true
  while (moves && since < PATIENCE && search.makespan > search.bound) {
    let k = 0
    while (k < SLICE && moves) {
      moves = step(tabu)
      k++
    }
    search.iterations += k
    since = tabu.best < best ? 0 : since + k
    best = tabu.best
    note(search)
    yield
  }
  lay(graph, { order: tabu.bestOrder, machine: tabu.bestMachine, minutes: tabu.bestMinutes })
}

const note = (search: ShopSearch): void => {
  const { tabu, best } = search
  if (tabu.best >= search.makespan) return
  search.makespan = tabu.best
  best.order.set(tabu.bestOrder)
  best.machine.set(tabu.bestMachine)
  best.minutes.set(tabu.bestMinutes)
}

const lay = (graph: Graph, { order, machine, minutes }: Laid): void => {
  graph.machine.set(machine)
  graph.minutes.set(minutes)
  layOut(graph, order)
}

/** A fresh beginning that still knows much of the best: a mean of it and of any order. */
const layOutNear = (search: ShopSearch): void => {
  const { graph, pool, chance } = search
  layOutAnyhow(search)
  const [best] = pool
  if (best) layOutBetween(graph, best, planOf(graph), STRANGE, chance)
}

/** Any order: the jobs take turns by chance, each operation on the machine where it then ends first. */
const layOutAnyhow = ({ graph, shop, chance }: ShopSearch): void => {
  const { count, lastOfJob } = shop
  const turns = new Int32Array(count)
  let size = 0
  for (let i = 0; i < count; i++) turns[size++] = at(shop.job, i)
  for (let k = count - 1; k > 0; k--) {
    const other = chance.below(k + 1)
    const turn = at(turns, k)
    turns[k] = at(turns, other)
    turns[other] = turn
  }
  const next = new Int32Array(shop.jobs).fill(count)
  for (let k = 0; k < lastOfJob.length; k++) {
    let i = at(lastOfJob, k)
    while (at(shop.before, i) !== count) i = at(shop.before, i)
    next[at(shop.job, i)] = i
  }
  const free = new Int32Array(shop.machines)
  const ended = new Int32Array(shop.jobs)
  const order = new Int32Array(count + 1).fill(count)
  for (let k = 0; k < count; k++) {
    const job = at(turns, k)
    const i = at(next, job)
    order[k] = i
    next[job] = at(shop.after, i)
    let least = 2 ** 30
    let chosen = at(shop.choiceFrom, i)
    for (let c = chosen; c < at(shop.choiceFrom, i + 1); c++) {
      const end = Math.max(at(ended, job), at(free, at(shop.choiceMachine, c))) + at(shop.choiceMinutes, c)
      if (end >= least) continue
      least = end
      chosen = c
    }
    assign(graph, i, chosen)
    ended[job] = least
    free[at(shop.choiceMachine, chosen)] = least
  }
  layOut(graph, order)
}
