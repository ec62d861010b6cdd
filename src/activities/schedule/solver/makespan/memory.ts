/** What the tabu search remembers: what is forbidden until when, the move in hand, and the best so far. */
import { at, type Chance, type Ints } from '../numbers.ts'
import { type Path, pathOf } from './critical.ts'
import type { Graph } from './graph.ts'

/** A move to another machine. */
export type Change = {
  operation: number
  choice: number
  ahead: number
  behind: number
  estimate: number
  ties: number
}

export type Tabu = {
  readonly graph: Graph
  readonly path: Path
  readonly ways: Ints
  /** Until which iteration one operation may not come before another, by a row per operation within its machine. */
  readonly until: Ints
  readonly row: Ints
  readonly column: Ints
  /** Until which iteration an operation may not go back to a choice of machine. */
  readonly away: Ints
  readonly chance: Chance
  /** Shortest and longest ban. */
  readonly shortest: number
  readonly longest: number
  iteration: number
  best: number
  readonly bestOrder: Ints
  readonly bestMachine: Ints
  readonly bestMinutes: Ints
  /** The best move to another machine, where there is a choice. */
  readonly change: Change
  // The move in hand.
  from: number
  to: number
  forward: boolean
  estimate: number
  ties: number
  // A forbidden or unwanted move, for when there is no other.
  otherFrom: number
  otherTo: number
  otherForward: boolean
  others: number
}

export const tabuOf = (graph: Graph, chance: Chance): Tabu => {
  const { shop } = graph
  const { row, column, cells } = pairsOf(graph)
  const short = Math.round(10 + shop.jobs / Math.max(1, shop.machines))
  return {
    graph,
    path: pathOf(graph),
    ways: new Int32Array(shop.count + 1),
    until: new Int32Array(cells + 1),
    row,
    column,
    chance,
    shortest: short,
    longest: Math.round(short * (shop.jobs <= 2 * shop.machines ? 1.4 : 1.5)),
    iteration: 0,
    best: graph.makespan,
    bestOrder: graph.order.slice(),
    bestMachine: graph.machine.slice(),
    bestMinutes: graph.minutes.slice(),
    away: new Int32Array(shop.choiceMachine.length),
    change: { operation: -1, choice: 0, ahead: 0, behind: 0, estimate: 0, ties: 0 },
    from: -1,
    to: -1,
    forward: true,
    estimate: 0,
    ties: 0,
    otherFrom: -1,
    otherTo: -1,
    otherForward: true,
    others: 0
  }
}

/** Begins anew from the graph as it is now, with nothing forbidden. */
export const restart = (tabu: Tabu): void => {
  tabu.until.fill(0)
  tabu.away.fill(0)
  tabu.iteration = 0
  remember(tabu)
}

export const remember = (tabu: Tabu): void => {
  const { graph } = tabu
  tabu.best = graph.makespan
  tabu.bestOrder.set(graph.order)
  if (graph.shop.fixed) return
  tabu.bestMachine.set(graph.machine)
  tabu.bestMinutes.set(graph.minutes)
}

/** Cells above this would be memory for nothing: pairs then share them. */
const MOST_CELLS = 8_000_000

/** A cell for every pair that can meet on a machine. */
const pairsOf = ({ shop, machine }: Graph): { row: Ints; column: Ints; cells: number } => {
  const row = new Int32Array(shop.count + 1)
  const column = new Int32Array(shop.count + 1)
  const sizes = new Int32Array(shop.machines + 1)
  for (let i = 0; i < shop.count; i++) {
    // With choices any two may meet.
    const own = shop.fixed ? at(machine, i) : 0
    column[i] = at(sizes, own)
    sizes[own] = at(sizes, own) + 1
  }
  const width = Math.max(1, Math.floor(MOST_CELLS / Math.max(1, shop.count)))
  let cells = 0
  for (let i = 0; i < shop.count; i++) {
    const size = Math.min(width, at(sizes, shop.fixed ? at(machine, i) : 0))
    column[i] = at(column, i) % width
    row[i] = cells
    cells += size
  }
  return { row, column, cells }
}
