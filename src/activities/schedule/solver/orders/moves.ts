/** What to try next: a change of the order in hand, or of one operation's station. */
import { at, atTime } from '../numbers.ts'
import { readyAt } from '../timeline.ts'
import type { OrderSearch } from './state.ts'

/** The order has been changed from one place to another, and this operation is to be at this choice of station. */
export type Move = { readonly from: number; readonly to: number; readonly operation: number; readonly choice: number }

/** How far a look along the order goes for the next operation on the same station. */
const SIGHT = 4000

/** Changes the order and answers what was changed, or nothing when chance picked what cannot move. */
export const proposal = (search: OrderSearch): Move | undefined => {
  const { chance } = search
  const dice = chance.part()
  if (dice < 0.45) return sooner(search)
  if (dice < 0.7) return elsewhere(search)
  if (dice < 0.85) return together(search)
  return shifted(search, at(search.order, chance.below(search.order.length)))
}

/** Something that a late work order waited for is let wait: on the way to its end, an operation goes before its blocker. */
const sooner = (search: OrderSearch): Move | undefined => {
  const { timeline, chance } = search
  let here = lastOf(search, worst(search))
  let found = -1
  let seen = 0
  for (let guard = 0; here !== -1 && guard < search.order.length; guard++) {
    if (at(search.place, here) >= 0 && atTime(timeline.start, here) > readyAt(timeline, here)) {
      if (chance.below(++seen) === 0) found = here
    }
    here = lastBefore(search, here)
  }
  if (found === -1) return shifted(search, at(search.order, chance.below(search.order.length)))
  let target = -1
  let place = at(search.place, found)
  do {
    place = neighbour(search, found, place, -1)
    if (place === -1) break
    target = place
  } while (chance.below(3) === 0)
  return target === -1 ? undefined : forward(search, target, at(search.place, found))
}

/** Of a few work orders, the one that costs the most; of those in time, the one that ends last. */
const worst = ({ timeline, ends, chance }: OrderSearch): number => {
  const { model } = timeline
  let found = 0
  let most = Number.NEGATIVE_INFINITY
  for (let k = 0; k < 6; k++) {
    const order = chance.below(model.workOrders.length)
    const late = (atTime(ends, order) - atTime(model.due, order)) * atTime(model.weight, order)
    const costs = late > 0 ? late : -1 / (1 + Math.max(0, atTime(ends, order) - model.problem.now))
    if (costs <= most) continue
    most = costs
    found = order
  }
  return found
}

const lastOf = ({ timeline, members }: OrderSearch, order: number): number => {
  let found = -1
  for (let m = at(members.from, order); m < at(members.from, order + 1); m++) {
    const i = at(members.list, m)
    if (found === -1 || atTime(timeline.end, i) > atTime(timeline.end, found)) found = i
  }
  return found
}

/** The predecessor that ended last, or -1. */
const lastBefore = ({ timeline }: OrderSearch, operation: number): number => {
  const { model, end } = timeline
  let found = -1
  for (let b = at(model.beforeFrom, operation); b < at(model.beforeFrom, operation + 1); b++) {
    const before = at(model.before, b)
    if (found === -1 || atTime(end, before) > atTime(end, found)) found = before
  }
  return found
}

/** The next place in a direction with an operation on the same station, or with the same tool; -1 when there is none near. */
const neighbour = (search: OrderSearch, operation: number, from: number, direction: 1 | -1): number => {
  const station = stationOf(search, operation)
  const { order } = search
  const last = direction === 1 ? Math.min(order.length - 1, from + SIGHT) : Math.max(0, from - SIGHT)
  for (let k = from + direction; direction === 1 ? k <= last : k >= last; k += direction) {
    const other = at(order, k)
    if (stationOf(search, other) === station || shareTool(search, operation, other)) return k
  }
  return -1
}

const stationOf = ({ timeline, choice }: OrderSearch, operation: number): number =>
  at(timeline.model.choiceStation, at(choice, operation))

const shareTool = ({ timeline }: OrderSearch, one: number, other: number): boolean => {
  const { toolFrom, tool } = timeline.model
  for (let t = at(toolFrom, one); t < at(toolFrom, one + 1); t++)
    for (let u = at(toolFrom, other); u < at(toolFrom, other + 1); u++) if (at(tool, t) === at(tool, u)) return true
  return false
}

/** One step, or a few, along its station. */
const shifted = (search: OrderSearch, operation: number): Move | undefined => {
  const { chance } = search
  const direction = chance.below(2) === 0 ? 1 : -1
  const origin = at(search.place, operation)
  let target = origin
  do {
    const place = neighbour(search, operation, target, direction)
    if (place === -1) break
    target = place
  } while (chance.below(3) > 0)
  if (target === origin) return
  return direction === -1 ? forward(search, target, origin) : backward(search, origin, target)
}

/** To another station where it may be done, at the same place in the order or a few places along the new station. */
const elsewhere = (search: OrderSearch): Move | undefined => {
  const { timeline, chance, order, choice } = search
  const { choiceFrom } = timeline.model
  for (let tries = 0; tries < 8; tries++) {
    const operation = at(order, chance.below(order.length))
    const choices = at(choiceFrom, operation + 1) - at(choiceFrom, operation)
    if (choices < 2) continue
    const old = at(choice, operation)
    const was = old - at(choiceFrom, operation)
    const chosen = at(choiceFrom, operation) + ((was + 1 + chance.below(choices - 1)) % choices)
    choice[operation] = chosen
    const along = chance.below(2) === 0 ? shifted(search, operation) : undefined
    choice[operation] = old
    const place = at(search.place, operation)
    return along ?? { from: place, to: place, operation, choice: chosen }
  }
  return sooner(search)
}

/** Where a station changes over, an operation of the family that it comes from is brought forward. */
const together = (search: OrderSearch): Move | undefined => {
  const { timeline, chance, order } = search
  const { family } = timeline.model
  for (let tries = 0; tries < 8; tries++) {
    const operation = at(order, chance.below(order.length))
    if (atTime(timeline.setup, operation) <= 0) continue
    const origin = at(search.place, operation)
    const previous = neighbour(search, operation, origin, -1)
    const wanted =
      previous === -1 ? at(timeline.model.firstFamily, stationOf(search, operation)) : at(family, at(order, previous))
    let place = origin
    for (let steps = 0; steps < 12; steps++) {
      place = neighbour(search, operation, place, 1)
      if (place === -1) break
      if (at(family, at(order, place)) === wanted) return forward(search, origin, place)
    }
  }
  return shifted(search, at(order, chance.below(order.length)))
}

/** Brings the operation at `to` to place `from`, with those before it that it hangs on. */
const forward = (search: OrderSearch, from: number, to: number): Move => {
  const { order, oldOrder, mark, timeline } = search
  const { afterFrom, after } = timeline.model
  const operation = at(order, to)
  mark[operation] = 1
  let kept = to
  for (let k = to - 1; k >= from; k--) {
    const i = at(order, k)
    for (let a = at(afterFrom, i); a < at(afterFrom, i + 1); a++) if (mark[at(after, a)] === 1) mark[i] = 1
    if (mark[i] === 0) order[kept--] = i
  }
  // The marked ones, in their old order, fill what is left in front.
  for (let k = to; k >= from; k--) {
    const i = at(oldOrder, k)
    if (mark[i] === 0) continue
    mark[i] = 0
    order[kept--] = i
  }
  return { from, to, operation, choice: at(search.choice, operation) }
}

/** Takes the operation at `from` to place `to`, with those after it that hang on it. */
const backward = (search: OrderSearch, from: number, to: number): Move => {
  const { order, oldOrder, mark, timeline } = search
  const { beforeFrom, before } = timeline.model
  const operation = at(order, from)
  mark[operation] = 1
  let kept = from
  for (let k = from + 1; k <= to; k++) {
    const i = at(order, k)
    for (let b = at(beforeFrom, i); b < at(beforeFrom, i + 1); b++) if (mark[at(before, b)] === 1) mark[i] = 1
    if (mark[i] === 0) order[kept++] = i
  }
  for (let k = from; k <= to; k++) {
    const i = at(oldOrder, k)
    if (mark[i] === 0) continue
    mark[i] = 0
    order[kept++] = i
  }
  return { from, to, operation, choice: at(search.choice, operation) }
}
