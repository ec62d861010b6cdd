/** What the search over orders has in hand. */
import type { Chance, Ints } from '../numbers.ts'
import type { Timeline } from '../timeline.ts'
import type { Checkpoint } from './checkpoints.ts'
import type { Costing, Running } from './running.ts'

export type OrderSearch = {
  readonly timeline: Timeline
  readonly chance: Chance
  readonly costing: Costing
  readonly running: Running
  /** The order in hand, where each stands in it, and the choice of station. */
  readonly order: Ints
  readonly place: Ints
  readonly choice: Ints
  readonly members: { readonly from: Ints; readonly list: Ints }
  /** Of the order in hand, as long as another is tried. */
  readonly start: Float64Array
  readonly end: Float64Array
  readonly setup: Float64Array
  readonly ends: Float64Array
  readonly every: number
  /** A pair for each stretch of the order: what holds, and what is being tried. */
  readonly holds: Checkpoint[]
  readonly tried: Checkpoint[]
  readonly oldOrder: Ints
  readonly mark: Uint8Array
  cost: number
  readonly bestOrder: Ints
  readonly bestChoice: Ints
  best: number
  /** Weighted tardiness that a best plan may have at most. */
  readonly limit: number
  iterations: number
  /** How much of the budget is used, told by whoever drives the search. */
  part: number
}
