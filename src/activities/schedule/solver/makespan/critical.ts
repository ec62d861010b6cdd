/**
 * Moves within the blocks of a critical path: each operation of a block to its beginning or end, and the first and last into its
 * inside. That is the neighbourhood N7 of Zhang, Li, Guan and Rao (2007), which holds N6 of Balas and Vazacopoulos (1998); their
 * estimate of the makespan after a move, and their condition that keeps the graph free of cycles.
 */
import { at, type Chance, type Ints } from '../numbers.ts'
import type { Graph } from './graph.ts'

/** One critical path: its operations in order and where its blocks on one machine begin. */
export type Path = {
  readonly operations: Ints
  readonly blocks: Ints
  length: number
  blockCount: number
}

export const pathOf = (graph: Graph): Path => ({
  operations: new Int32Array(graph.shop.count + 1),
  blocks: new Int32Array(graph.shop.count + 2),
  length: 0,
  blockCount: 0
})

/** Walks back from an end of all; where two ways are critical, chance picks one. */
export const walk = (graph: Graph, path: Path, chance: Chance): void => {
  const { shop, minutes, left, end, machine } = graph
  const { before, count } = shop
  let i = lastCritical(graph, chance)
  let length = 0
  while (i !== count) {
    path.operations[length++] = i
    const start = at(end, i) - at(minutes, i)
    const job = at(before, i)
    const own = at(left, i)
    const byJob = job !== count && at(end, job) === start
    const byMachine = own !== count && at(end, own) === start
    if (byJob && byMachine) i = chance.below(2) === 0 ? job : own
    else i = byJob ? job : byMachine ? own : count
  }
  path.operations.subarray(0, length).reverse()
  path.length = length
  let blocks = 0
  for (let k = 0; k < length; k++) {
    if (k === 0 || at(machine, at(path.operations, k)) !== at(machine, at(path.operations, k - 1)))
      path.blocks[blocks++] = k
  }
  path.blocks[blocks] = length
  path.blockCount = blocks
}

const lastCritical = (graph: Graph, chance: Chance): number => {
  const { end, shop, makespan } = graph
  let found = shop.count
  let seen = 0
  for (let k = 0; k < shop.lastOfJob.length; k++) {
    const i = at(shop.lastOfJob, k)
    if (at(end, i) === makespan && chance.below(++seen) === 0) found = i
  }
  return found
}

/** Whether `u` may go right after `v`: no way leads from u's next in its job to v. */
export const mayGoAfter = (graph: Graph, u: number, v: number): boolean => {
  const next = at(graph.shop.after, u)
  const here = at(graph.tail, v)
  const there = at(graph.tail, next)
  return next !== v && (here > there || (here === there && at(graph.minutes, next) > 0) || next === graph.shop.count)
}

/** Whether `v` may go right before `u`: no way leads from u to v's previous in its job. */
export const mayGoBefore = (graph: Graph, u: number, v: number): boolean => {
  const previous = at(graph.shop.before, v)
  const here = at(graph.end, u)
  const there = at(graph.end, previous)
  return (
    previous !== u &&
    (here > there || (here === there && at(graph.minutes, previous) > 0) || previous === graph.shop.count)
  )
}

/** The longest way through the moved operations when `u` goes right after `v`; `ways` is scratch room. */
export const estimateAfter = (graph: Graph, u: number, v: number, ways: Ints): number => {
  const { shop, minutes, left, right, end, tail } = graph
  const { before, after } = shop
  let running = at(end, at(left, u))
  let size = 0
  for (let i = at(right, u); ; i = at(right, i)) {
    running = Math.max(at(end, at(before, i)), running) + at(minutes, i)
    ways[size++] = running
    if (i === v) break
  }
  const ended = Math.max(at(end, at(before, u)), running) + at(minutes, u)
  let rest = Math.max(at(tail, at(after, u)), at(tail, at(right, v)))
  let most = ended + rest
  rest += at(minutes, u)
  for (let i = v; i !== u; i = at(left, i)) {
    rest = Math.max(at(tail, at(after, i)), rest)
    const way = at(ways, --size) + rest
    if (way > most) most = way
    rest += at(minutes, i)
  }
  return most
}

/** The same when `v` goes right before `u`. */
export const estimateBefore = (graph: Graph, u: number, v: number, ways: Ints): number => {
  const { shop, minutes, left, right, end, tail } = graph
  const { before, after } = shop
  let running = Math.max(at(end, at(before, v)), at(end, at(left, u))) + at(minutes, v)
  const ended = running
  let size = 0
  for (let i = u; i !== v; i = at(right, i)) {
    running = Math.max(at(end, at(before, i)), running) + at(minutes, i)
    ways[size++] = running
  }
  let rest = at(tail, at(right, v))
  let most = 0
  for (let i = at(left, v); ; i = at(left, i)) {
    rest = Math.max(at(tail, at(after, i)), rest)
    const way = at(ways, --size) + rest
    if (way > most) most = way
    rest += at(minutes, i)
    if (i === u) break
  }
  return Math.max(most, ended + Math.max(at(tail, at(after, v)), rest))
}
