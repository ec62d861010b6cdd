/**
 * Where operations may choose their machine: each critical one is tried between all others of each of its machines where it can
 * do no harm, after Mastrolilli and Gambardella (2000). Between what must come before and what must come after there is always
 * such a place, and no place in between makes a cycle.
 */
import { at } from '../numbers.ts'
import { moveTo } from './graph.ts'
import type { Change, Tabu } from './memory.ts'

/** Looks at all moves of the path's operations to other machines and answers the best that is not forbidden. */
export const bestChange = (tabu: Tabu, change: Change): void => {
  const { graph, path } = tabu
  const { choiceFrom, choiceMachine } = graph.shop
  change.operation = -1
  change.estimate = 2 ** 30
  for (let k = 0; k < path.length; k++) {
    const v = at(path.operations, k)
    const machine = at(graph.machine, v)
    for (let choice = at(choiceFrom, v); choice < at(choiceFrom, v + 1); choice++) {
      if (at(choiceMachine, choice) !== machine) tryMachine(tabu, change, v, choice)
    }
  }
}

/** Every place on one machine between the last that must come before v and the first that must come after. */
const tryMachine = (tabu: Tabu, change: Change, v: number, choice: number): void => {
  const { graph } = tabu
  const { shop, end, tail, right } = graph
  const { count } = shop
  const machine = at(shop.choiceMachine, choice)
  const minutes = at(shop.choiceMinutes, choice)
  const ready = at(end, at(shop.before, v))
  const rest = at(tail, at(shop.after, v))
  // Skip all that ends before v could begin and has more to follow than v: those come before it in any case.
  let ahead = count
  let behind = at(graph.first, machine)
  if (behind === count) {
    weigh(tabu, change, v, choice, count, count, ready + minutes + rest)
    return
  }
  while (behind !== count && at(end, behind) <= ready && at(tail, behind) > rest) {
    ahead = behind
    behind = at(right, behind)
  }
  for (;;) {
    const from = Math.max(ready, at(end, ahead))
    const estimate = from + minutes + Math.max(rest, at(tail, behind))
    weigh(tabu, change, v, choice, ahead, behind, estimate)
    if (behind === count) break
    const before = at(end, behind) <= ready
    const after = at(tail, behind) <= rest
    if (after && !before) break
    ahead = behind
    behind = at(right, behind)
  }
}

const weigh = (
  tabu: Tabu,
  change: Change,
  v: number,
  choice: number,
  ahead: number,
  behind: number,
  estimate: number
): void => {
  if (estimate > change.estimate) return
  if (estimate >= tabu.best && at(tabu.away, choice) > tabu.iteration) return
  if (estimate === change.estimate) {
    change.ties++
    if (tabu.chance.below(change.ties) > 0) return
  } else change.ties = 1
  change.operation = v
  change.choice = choice
  change.ahead = ahead
  change.behind = behind
  change.estimate = estimate
}

/** Makes the move and forbids the way back to the machine that it left. */
export const makeChange = (tabu: Tabu, change: Change): void => {
  const { graph } = tabu
  const { shop, machine } = graph
  const { operation, choice, ahead, behind } = change
  const from = at(machine, operation)
  for (let c = at(shop.choiceFrom, operation); c < at(shop.choiceFrom, operation + 1); c++) {
    if (at(shop.choiceMachine, c) !== from) continue
    tabu.away[c] = tabu.iteration + tabu.shortest + tabu.chance.below(tabu.longest - tabu.shortest + 1)
  }
  moveTo(graph, operation, choice, ahead, behind)
}
