/**
 * Several good plans and what lies between them (path relinking, after Peng, Lü and Cheng 2015). A plan is kept as the rank of
 * every operation by its start. Any mean of two such ranks is an order without a cycle again, in which all that both agree on
 * stays: so a mean is a fresh beginning for the search that has forgotten nothing both parents knew.
 */
import { at, atTime, type Chance, type Ints, item } from '../numbers.ts'
import { type Graph, layOut } from './graph.ts'

/** With the machine and the minutes of every operation, which matter where there is a choice. */
export type Plan = { readonly makespan: number; readonly rank: Ints; readonly machine: Ints; readonly minutes: Ints }

/** The plan that stands in the graph. */
export const planOf = (graph: Graph): Plan => {
  const { end, minutes, order, place, shop, makespan } = graph
  const sorted = order.slice(0, shop.count)
  sorted.sort((a, b) => at(end, a) - at(minutes, a) - at(end, b) + at(minutes, b) || at(place, a) - at(place, b))
  const rank = new Int32Array(shop.count + 1)
  for (let k = 0; k < shop.count; k++) rank[at(sorted, k)] = k
  return { makespan, rank, machine: graph.machine.slice(), minutes: minutes.slice() }
}

/** Lays out the mean of two plans; `share` is how much of the second. Where their machines differ, chance picks by the share. */
export const layOutBetween = (graph: Graph, one: Plan, other: Plan, share: number, chance: Chance): void => {
  const { shop } = graph
  const { count } = shop
  const key = new Float64Array(count + 1)
  for (let i = 0; i < count; i++) {
    key[i] = (1 - share) * at(one.rank, i) + share * at(other.rank, i)
    const from = !shop.fixed && chance.part() < share ? other : one
    graph.machine[i] = at(from.machine, i)
    graph.minutes[i] = at(from.minutes, i)
  }
  const order = new Int32Array(count + 1).fill(count)
  for (let i = 0; i < count; i++) order[i] = i
  order.subarray(0, count).sort((a, b) => atTime(key, a) - atTime(key, b) || a - b)
  layOut(graph, order)
}

/** How many neighbours on a machine stand the other way round in the other plan, or elsewhere, as a part of all. */
const distance = (graph: Graph, plan: Plan): number => {
  const { right, shop, machine } = graph
  let turned = 0
  for (let i = 0; i < shop.count; i++) {
    if (at(plan.machine, i) !== at(machine, i)) turned++
    const next = at(right, i)
    if (next !== shop.count && at(plan.rank, i) > at(plan.rank, next)) turned++
  }
  return turned / Math.max(1, shop.count)
}

/** Keeps at most `size` plans that differ, the best first. Answers whether this one came in. */
export const keep = (pool: Plan[], plan: Plan, graph: Graph, size: number): boolean => {
  for (let k = 0; k < pool.length; k++) {
    const other = item(pool, k)
    if (distance(graph, other) > 0.02) continue
    // Almost the same plan: the better of the two stays.
    if (other.makespan <= plan.makespan) return false
    pool.splice(k, 1)
    k--
  }
  const worst = pool[pool.length - 1]
  if (pool.length >= size && worst && worst.makespan < plan.makespan) return false
  const place = pool.findIndex(other => other.makespan >= plan.makespan)
  pool.splice(place === -1 ? pool.length : place, 0, plan)
  if (pool.length > size) pool.pop()
  return true
}
