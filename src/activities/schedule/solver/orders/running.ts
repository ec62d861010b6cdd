/** The cost of a schedule while it is made: never more than what the whole will cost, so that a bad one is left early. */
import { hasMoved, type Weights, weightsOf } from '../answer.ts'
import type { Model } from '../model.ts'
import { at, atTime } from '../numbers.ts'
import type { Timeline } from '../timeline.ts'

export type Running = {
  /** Of each work order: no sooner than this will it end. */
  readonly ends: Float64Array
  tardiness: number
  setup: number
  makespan: number
  moved: number
}

export type Costing = {
  readonly weights: Weights
  /** The least work of its own work order after each operation. */
  readonly rest: Float64Array
}

export const costingOf = (model: Model): Costing => {
  const rest = new Float64Array(model.count)
  for (let k = model.count - 1; k >= 0; k--) {
    const i = at(model.topological, k)
    for (let a = at(model.afterFrom, i); a < at(model.afterFrom, i + 1); a++) {
      const next = at(model.after, a)
      if (at(model.workOrder, next) !== at(model.workOrder, i) || model.locked[next] === 1) continue
      let least = Number.POSITIVE_INFINITY
      for (let c = at(model.choiceFrom, next); c < at(model.choiceFrom, next + 1); c++)
        least = Math.min(least, atTime(model.choiceMinutes, c))
      // In a furnace it may take part of a longer run, never less than its own minutes.
      rest[i] = Math.max(atTime(rest, i), least + atTime(rest, next))
    }
  }
  return { weights: weightsOf(model), rest }
}

/** Nothing but the locked operations. */
export const runningOf = (timeline: Timeline, costing: Costing): Running => {
  const { model } = timeline
  const running: Running = {
    ends: new Float64Array(model.workOrders.length).fill(Number.NEGATIVE_INFINITY),
    tardiness: 0,
    setup: 0,
    makespan: 0,
    moved: 0
  }
  for (let i = 0; i < model.count; i++) if (model.locked[i] === 1) add(running, timeline, costing, i)
  return running
}

/** Counts an operation that was just put down. */
export const add = (running: Running, timeline: Timeline, costing: Costing, operation: number): void => {
  const { model } = timeline
  const order = at(model.workOrder, operation)
  const ended = atTime(timeline.end, operation)
  const sooner = atTime(running.ends, order)
  const later = ended + atTime(costing.rest, operation)
  if (later > sooner) {
    const due = atTime(model.due, order)
    running.ends[order] = later
    if (later > due) running.tardiness += (later - Math.max(sooner, due)) * atTime(model.weight, order)
  }
  running.setup += atTime(timeline.setup, operation)
  running.makespan = Math.max(running.makespan, ended - model.problem.now)
  const station = at(model.choiceStation, at(timeline.choice, operation))
  if (hasMoved(model, operation, station, atTime(timeline.start, operation))) running.moved++
}

export const costOf = ({ weights }: Costing, running: Running): number =>
  weights.tardiness * running.tardiness +
  weights.setup * running.setup +
  weights.makespan * running.makespan +
  weights.moved * running.moved
