/**
 * The disjunctive graph of a bare shop (Roy and Sussmann 1964): who goes before whom in the job and on the machine, the longest
 * way to each operation's end and from its beginning to the end of all. Kept right after every move, from where it changed.
 *
 * Always true between two calls: `order` names every operation once, each after those before it in its job and on its machine;
 * `end` and `tail` are exact; the element `count` is 0 everywhere.
 */
import { at, type Ints } from '../numbers.ts'
import type { Shop } from './shop.ts'

export type Graph = {
  readonly shop: Shop
  readonly machine: Ints
  readonly minutes: Ints
  /** The operation before and after on its machine, or `count`. */
  readonly left: Ints
  readonly right: Ints
  /** Longest way from the start through the operation. */
  readonly end: Ints
  /** Longest way from the operation's beginning to the end of all. */
  readonly tail: Ints
  /** The first on each machine, or `count`. */
  readonly first: Ints
  readonly order: Ints
  readonly place: Ints
  /** Marks of the walk in hand; all 0 between two calls. */
  readonly mark: Ints
  readonly spare: Ints
  makespan: number
}

export const graphOf = (shop: Shop): Graph => {
  const ints = (): Ints => new Int32Array(shop.count + 1)
  const graph: Graph = {
    shop,
    machine: ints(),
    minutes: ints(),
    left: ints(),
    right: ints(),
    end: ints(),
    tail: ints(),
    first: new Int32Array(shop.machines + 1).fill(shop.count),
    order: ints(),
    place: ints(),
    mark: ints(),
    spare: ints(),
    makespan: 0
  }
  for (let i = 0; i < shop.count; i++) assign(graph, i, at(shop.choiceFrom, i))
  return graph
}

export const assign = (graph: Graph, operation: number, choice: number): void => {
  graph.machine[operation] = at(graph.shop.choiceMachine, choice)
  graph.minutes[operation] = at(graph.shop.choiceMinutes, choice)
}

/** Lays the operations out in this order, in which every job's are in theirs. */
export const layOut = (graph: Graph, order: Ints): void => {
  const { shop, machine, left, right, place, first } = graph
  const { count } = shop
  first.fill(count)
  const last = new Int32Array(shop.machines).fill(count)
  for (let k = 0; k < count; k++) {
    const i = at(order, k)
    graph.order[k] = i
    place[i] = k
    const before = at(last, at(machine, i))
    left[i] = before
    right[i] = count
    if (before === count) first[at(machine, i)] = i
    else right[before] = i
    last[at(machine, i)] = i
  }
  measure(graph)
}

/** All ends and tails anew, along `order`. */
export const measure = (graph: Graph): void => {
  const { shop, minutes, left, right, end, tail, order } = graph
  const { before, after, count } = shop
  let makespan = 0
  for (let k = 0; k < count; k++) {
    const i = at(order, k)
    const finished = Math.max(at(end, at(before, i)), at(end, at(left, i))) + at(minutes, i)
    end[i] = finished
    if (finished > makespan) makespan = finished
  }
  for (let k = count - 1; k >= 0; k--) {
    const i = at(order, k)
    tail[i] = Math.max(at(tail, at(after, i)), at(tail, at(right, i))) + at(minutes, i)
  }
  graph.makespan = makespan
}

/** Moves `u` right after `v`, which comes later on the same machine. There must be no way from u's job to v. */
export const moveAfter = (graph: Graph, u: number, v: number): void => {
  const { left, right, place, shop } = graph
  const first = at(right, u)
  const before = at(left, u)
  const behind = at(right, v)
  left[first] = before
  if (before === shop.count) graph.first[at(graph.machine, u)] = first
  else right[before] = first
  right[v] = u
  left[u] = v
  right[u] = behind
  if (behind !== shop.count) left[behind] = u
  const from = at(place, u)
  const to = at(place, v)
  orderAfter(graph, u, from, to)
  refresh(graph, before, behind, from, to, shop.count, shop.count)
}

/** Moves `v` right before `u`, which comes earlier on the same machine. There must be no way from u to v's job. */
export const moveBefore = (graph: Graph, u: number, v: number): void => {
  const { left, right, place, shop } = graph
  const last = at(left, v)
  const behind = at(right, v)
  const before = at(left, u)
  right[last] = behind
  if (behind !== shop.count) left[behind] = last
  left[u] = v
  right[v] = u
  left[v] = before
  if (before === shop.count) graph.first[at(graph.machine, v)] = v
  else right[before] = v
  const from = at(place, u)
  const to = at(place, v)
  orderBefore(graph, v, from, to)
  refresh(graph, before, behind, from, to, shop.count, shop.count)
}

/**
 * Takes `v` from where it is and puts it behind `ahead` and before `behind`, neighbours on the machine of this choice; either may
 * be `count`. There must be no way from v's job to `ahead`, nor from `behind` to it.
 */
export const moveTo = (graph: Graph, v: number, choice: number, ahead: number, behind: number): void => {
  const { left, right, place, shop } = graph
  const { count } = shop
  const oldLeft = at(left, v)
  const oldRight = at(right, v)
  if (oldLeft === count) graph.first[at(graph.machine, v)] = oldRight
  else right[oldLeft] = oldRight
  if (oldRight !== count) left[oldRight] = oldLeft
  assign(graph, v, choice)
  left[v] = ahead
  right[v] = behind
  if (ahead === count) graph.first[at(graph.machine, v)] = v
  else right[ahead] = v
  if (behind !== count) left[behind] = v
  let from = at(place, v)
  let to = from
  if (ahead !== count && at(place, ahead) > from) {
    to = at(place, ahead)
    orderAfter(graph, v, from, to)
  } else if (behind !== count && at(place, behind) < to) {
    from = at(place, behind)
    orderBefore(graph, v, from, to)
  }
  if (oldRight !== count) from = Math.min(from, at(place, oldRight))
  if (oldLeft !== count) to = Math.max(to, at(place, oldLeft))
  refresh(graph, ahead, behind, from, to, oldLeft, oldRight)
}

/** Within these places: u and what hangs on it go behind the others. */
const orderAfter = (graph: Graph, u: number, from: number, to: number): void => {
  const { left, order, place, mark, spare, shop } = graph
  const { before } = shop
  let kept = from
  let moved = 0
  mark[u] = 1
  spare[moved++] = u
  for (let k = from + 1; k <= to; k++) {
    const i = at(order, k)
    if (at(mark, at(before, i)) + at(mark, at(left, i)) > 0) {
      mark[i] = 1
      spare[moved++] = i
    } else {
      order[kept] = i
      place[i] = kept++
    }
  }
  for (let k = 0; k < moved; k++) {
    const i = at(spare, k)
    mark[i] = 0
    order[kept] = i
    place[i] = kept++
  }
}

/** Within these places: v and what it hangs on go before the others. */
const orderBefore = (graph: Graph, v: number, from: number, to: number): void => {
  const { right, order, place, mark, spare, shop } = graph
  const { after } = shop
  let kept = to
  let moved = 0
  mark[v] = 1
  spare[moved++] = v
  for (let k = to - 1; k >= from; k--) {
    const i = at(order, k)
    if (at(mark, at(after, i)) + at(mark, at(right, i)) > 0) {
      mark[i] = 1
      spare[moved++] = i
    } else {
      order[kept] = i
      place[i] = kept--
    }
  }
  for (let k = 0; k < moved; k++) {
    const i = at(spare, k)
    mark[i] = 0
    order[kept] = i
    place[i] = kept--
  }
}

/**
 * Ends from place `from` on, tails from place `to` back; beyond these places only where something changed. The four operations
 * stand just outside the moved part, where it is and where it was: they have a new neighbour even if no number changes.
 */
const refresh = (
  graph: Graph,
  ahead: number,
  behind: number,
  from: number,
  to: number,
  oldAhead: number,
  oldBehind: number
): void => {
  const { shop, minutes, left, right, end, tail, order, mark } = graph
  const { before, after, count } = shop
  let open = flag(mark, behind, count) + flag(mark, oldBehind, count)
  for (let k = from; k <= to || (open > 0 && k < count); k++) {
    const i = at(order, k)
    const marked = at(mark, i)
    if (marked === 0 && k > to) continue
    open -= marked
    mark[i] = 0
    const finished = Math.max(at(end, at(before, i)), at(end, at(left, i))) + at(minutes, i)
    if (finished === at(end, i)) continue
    end[i] = finished
    open += flag(mark, at(after, i), count) + flag(mark, at(right, i), count)
  }
  open = flag(mark, ahead, count) + flag(mark, oldAhead, count)
  for (let k = to; k >= from || (open > 0 && k >= 0); k--) {
    const i = at(order, k)
    const marked = at(mark, i)
    if (marked === 0 && k < from) continue
    open -= marked
    mark[i] = 0
    const rest = Math.max(at(tail, at(after, i)), at(tail, at(right, i))) + at(minutes, i)
    if (rest === at(tail, i)) continue
    tail[i] = rest
    open += flag(mark, at(before, i), count) + flag(mark, at(left, i), count)
  }
  graph.makespan = longest(graph)
}

/** Marks an operation that has to be looked at again; answers 1 when it was not marked before. */
const flag = (mark: Ints, operation: number, none: number): number => {
  if (operation === none || at(mark, operation) === 1) return 0
  mark[operation] = 1
  return 1
}

const longest = (graph: Graph): number => {
  const { end, shop } = graph
  let most = 0
  for (let k = 0; k < shop.lastOfJob.length; k++) most = Math.max(most, at(end, at(shop.lastOfJob, k)))
  return most
}
