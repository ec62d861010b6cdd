/**
 * Tabu search for a job shop's makespan (Nowicki and Smutnicki 1996; Zhang and others 2008): the best move on a random critical
 * path by its estimate, also when it is worse; an order that was just undone stays undone for a while.
 */
import { at } from '../numbers.ts'
import { estimateAfter, estimateBefore, mayGoAfter, mayGoBefore, walk } from './critical.ts'
import { bestChange, makeChange } from './flexible.ts'
import { moveAfter, moveBefore } from './graph.ts'
import { remember, type Tabu } from './memory.ts'

/** How far along a block a move may reach: in blocks of hundreds the far ones cost much and seldom win. */
const REACH = 40

/** One move. Answers false when there is none: the plan is optimal, or every block has one operation. */
export const step = (tabu: Tabu): boolean => {
  const { graph, path } = tabu
  tabu.iteration++
  walk(graph, path, tabu.chance)
  tabu.from = -1
  tabu.otherFrom = -1
  tabu.others = 0
  tabu.estimate = 2 ** 30
  for (let block = 0; block < path.blockCount; block++) {
    const first = at(path.blocks, block)
    const last = at(path.blocks, block + 1) - 1
    if (last > first) lookAt(tabu, first, last)
  }
  if (!graph.shop.fixed) bestChange(tabu, tabu.change)
  if (!move(tabu)) return false
  if (graph.makespan < tabu.best) remember(tabu)
  return true
}

const move = (tabu: Tabu): boolean => {
  const { graph, change, chance } = tabu
  if (!graph.shop.fixed && change.operation !== -1) {
    const even = change.estimate === tabu.estimate && chance.below(2) === 0
    if (tabu.from === -1 || change.estimate < tabu.estimate || even) {
      makeChange(tabu, change)
      return true
    }
  }
  if (tabu.from === -1) {
    if (tabu.otherFrom === -1) return false
    tabu.from = tabu.otherFrom
    tabu.to = tabu.otherTo
    tabu.forward = tabu.otherForward
  }
  forbid(tabu)
  if (tabu.forward) moveAfter(graph, tabu.from, tabu.to)
  else moveBefore(graph, tabu.from, tabu.to)
  return true
}

/** All moves of one block of the path. */
const lookAt = (tabu: Tabu, first: number, last: number): void => {
  const { operations } = tabu.path
  const head = at(operations, first)
  const foot = at(operations, last)
  const near = Math.max(first, last - REACH)
  const far = Math.min(last, first + REACH)
  for (let k = near; k < last; k++) tryAfter(tabu, at(operations, k), foot)
  for (let k = first + 1; k <= far; k++) tryBefore(tabu, head, at(operations, k))
  for (let k = first + 1; k < far; k++) tryAfter(tabu, head, at(operations, k))
  for (let k = near + 1; k < last; k++) if (k !== first) tryBefore(tabu, at(operations, k), foot)
}

const tryAfter = (tabu: Tabu, u: number, v: number): void => {
  const { graph } = tabu
  if (!mayGoAfter(graph, u, v)) return
  weigh(tabu, u, v, true, estimateAfter(graph, u, v, tabu.ways))
}

const tryBefore = (tabu: Tabu, u: number, v: number): void => {
  const { graph } = tabu
  // Neighbours swapped are the same move from either side.
  if (at(graph.right, u) === v || !mayGoBefore(graph, u, v)) return
  weigh(tabu, u, v, false, estimateBefore(graph, u, v, tabu.ways))
}

const weigh = (tabu: Tabu, u: number, v: number, forward: boolean, estimate: number): void => {
  if (estimate > tabu.estimate) return
  if (estimate >= tabu.best && forbidden(tabu, u, v, forward)) {
    tabu.others++
    if (tabu.chance.below(tabu.others) > 0) return
    tabu.otherFrom = u
    tabu.otherTo = v
    tabu.otherForward = forward
    return
  }
  if (estimate === tabu.estimate) {
    tabu.ties++
    if (tabu.chance.below(tabu.ties) > 0) return
  } else tabu.ties = 1
  tabu.estimate = estimate
  tabu.from = u
  tabu.to = v
  tabu.forward = forward
}

/** Whether the move would bring back an order that was undone lately. */
const forbidden = (tabu: Tabu, u: number, v: number, forward: boolean): boolean => {
  const { until, row, column, iteration, graph } = tabu
  const { left, right } = graph
  if (forward) {
    const own = at(column, u)
    for (let i = at(right, u); ; i = at(right, i)) {
      if (at(until, at(row, i) + own) > iteration) return true
      if (i === v) return false
    }
  }
  const own = at(row, v)
  for (let i = at(left, v); ; i = at(left, i)) {
    if (at(until, own + at(column, i)) > iteration) return true
    if (i === u) return false
  }
}

/** Forbids the orders that the move in hand undoes. */
const forbid = (tabu: Tabu): void => {
  const { until, row, column, graph, from, to, chance } = tabu
  const { left, right } = graph
  const end = tabu.iteration + tabu.shortest + chance.below(tabu.longest - tabu.shortest + 1)
  if (tabu.forward) {
    const own = at(row, from)
    for (let i = at(right, from); ; i = at(right, i)) {
      until[own + at(column, i)] = end
      if (i === to) return
    }
  }
  const own = at(column, to)
  for (let i = at(left, to); ; i = at(left, i)) {
    until[at(row, i) + own] = end
    if (i === from) return
  }
}
