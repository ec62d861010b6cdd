/** A finished timeline in plain words: where and when, what it costs, who is late and why, what could not be planned. */
import { explainLateness, longestOf, type Occupation, occupationOf } from './lateness.ts'
import type { Model } from './model.ts'
import { at, atTime, item } from './numbers.ts'
import { openBetween } from './opening.ts'
import type { Objective, Schedule, ScheduledOperation, ScheduleFault, WorkOrderResult } from './problem.ts'
import type { Timeline } from './timeline.ts'

export type Weights = Required<Objective>

export const weightsOf = ({ problem }: Model): Weights =>
  problem.objective
    ? { tardiness: 0, setup: 0, makespan: 0, moved: 0, ...problem.objective }
    : { tardiness: 1, setup: 0.1, makespan: 0.01, moved: 60 }

/** What a timeline comes to, before anything is put in words. */
export type Totals = {
  readonly tardiness: number
  readonly setup: number
  readonly makespan: number
  readonly moved: number
  readonly cost: number
  readonly unplanned: number
}

export const totalsOf = (timeline: Timeline): Totals => {
  const { model, start, end, setup } = timeline
  const ends = new Float64Array(model.workOrders.length).fill(Number.NEGATIVE_INFINITY)
  const totals = { tardiness: 0, setup: 0, makespan: 0, moved: 0, unplanned: 0 }
  for (let i = 0; i < model.count; i++) {
    if (timeline.done[i] === 0) {
      totals.unplanned++
      continue
    }
    const order = at(model.workOrder, i)
    ends[order] = Math.max(atTime(ends, order), atTime(end, i))
    totals.makespan = Math.max(totals.makespan, atTime(end, i) - model.problem.now)
    totals.setup += atTime(setup, i)
    totals.moved += hasMoved(model, i, at(model.choiceStation, at(timeline.choice, i)), atTime(start, i)) ? 1 : 0
  }
  for (let order = 0; order < ends.length; order++)
    totals.tardiness += Math.max(0, atTime(ends, order) - atTime(model.due, order)) * atTime(model.weight, order)
  const weights = weightsOf(model)
  const cost =
    weights.tardiness * totals.tardiness +
    weights.setup * totals.setup +
    weights.makespan * totals.makespan +
    weights.moved * totals.moved
  return { ...totals, cost }
}

export const hasMoved = (model: Model, operation: number, station: number, start: number): boolean => {
  const planned = at(model.plannedStation, operation)
  return planned !== -1 && (planned !== station || atTime(model.plannedStart, operation) !== start)
}

export const scheduleOf = (timeline: Timeline, how: Schedule['how']): Schedule => {
  const { model } = timeline
  const occupation = occupationOf(timeline)
  const totals = totalsOf(timeline)
  const planned = Array.from({ length: model.count }, (_, i) => i).filter(i => timeline.done[i] === 1)
  planned.sort((a, b) => atTime(timeline.start, a) - atTime(timeline.start, b) || a - b)
  return {
    operations: planned.map(i => inWords(timeline, i)),
    workOrders: workOrdersOf(timeline, occupation),
    makespan: totals.makespan,
    weightedTardiness: totals.tardiness,
    setupMinutes: totals.setup,
    moved: totals.moved,
    cost: totals.cost,
    faults: [...model.faults, ...lockFaults(timeline, occupation), ...beyond(timeline)],
    how
  }
}

const inWords = (timeline: Timeline, i: number): ScheduledOperation => {
  const { model } = timeline
  const { id, workOrder, op } = item(model.operations, i)
  const station = at(model.choiceStation, at(timeline.choice, i))
  const start = atTime(timeline.start, i)
  const end = atTime(timeline.end, i)
  const setupMinutes = atTime(timeline.setup, i)
  return {
    id,
    workOrder,
    op,
    station: item(model.stations, station),
    start,
    end,
    setupMinutes,
    runMinutes: openBetween(model.opening[station], start, end) - setupMinutes,
    locked: model.locked[i] === 1,
    ...(at(timeline.run, i) > 0 ? { batch: at(timeline.run, i) } : {})
  }
}

const workOrdersOf = (timeline: Timeline, occupation: Occupation): WorkOrderResult[] => {
  const { model, end } = timeline
  const last = new Int32Array(model.workOrders.length).fill(-1)
  const unplanned = new Int32Array(model.workOrders.length)
  for (let i = 0; i < model.count; i++) {
    const order = at(model.workOrder, i)
    if (timeline.done[i] === 0) unplanned[order] = at(unplanned, order) + 1
    else if (at(last, order) === -1 || atTime(end, i) > atTime(end, at(last, order))) last[order] = i
  }
  return model.workOrders.flatMap((workOrder, order) => {
    if (at(last, order) === -1) return []
    const ended = atTime(end, at(last, order))
    const due = atTime(model.due, order)
    const lateMinutes = Math.max(0, ended - due)
    const waits = lateMinutes > 0 ? explainLateness(timeline, occupation, at(last, order)) : []
    const cause = longestOf(waits)
    return [
      {
        workOrder,
        end: ended,
        weight: atTime(model.weight, order),
        lateMinutes,
        ...(Number.isFinite(due) ? { due } : {}),
        ...(cause ? { cause, waits } : {}),
        ...(at(unplanned, order) > 0 ? { unplanned: at(unplanned, order) } : {})
      }
    ]
  })
}

/** Operations for which no calendar was long enough, and those that wait for them. */
const beyond = (timeline: Timeline): ScheduleFault[] => {
  const { model } = timeline
  return model.operations.flatMap(({ id, workOrder }, i): ScheduleFault[] => {
    if (timeline.done[i] === 1) return []
    const missing = model.before
      .subarray(at(model.beforeFrom, i), at(model.beforeFrom, i + 1))
      .filter(before => timeline.done[before] === 0)
    if (missing.length === 0) return [{ code: 'beyond-the-calendar', operation: id, workOrder }]
    const operations = Array.from(missing, before => item(model.operations, before).id)
    return [{ code: 'waits-for-unplanned', operation: id, workOrder, operations }]
  })
}

/** Locks that cannot both be true stay as they were told, and are named. */
const lockFaults = (timeline: Timeline, occupation: Occupation): ScheduleFault[] => {
  const { model, start, end } = timeline
  const faults: ScheduleFault[] = []
  const name = (code: ScheduleFault['code'], i: number, other: number): void => {
    const { id, workOrder } = item(model.operations, i)
    faults.push({ code, operation: id, workOrder, operations: [item(model.operations, other).id] })
  }
  for (let i = 0; i < model.count; i++) {
    // What has begun goes on with the first pieces while the last are still made: nobody can lock it elsewhere.
    if (model.locked[i] === 0 || item(model.operations, i).state === 'started') continue
    for (let b = at(model.beforeFrom, i); b < at(model.beforeFrom, i + 1); b++) {
      const before = at(model.before, b)
      const ended = timeline.done[before] === 1 ? atTime(end, before) : Number.POSITIVE_INFINITY
      if (ended > atTime(start, i)) name('locked-before-predecessor', i, before)
    }
  }
  for (const there of occupation.onStation) {
    const locks = Array.from(there)
      .filter(i => model.locked[i] === 1)
      .sort((a, b) => atTime(start, a) - atTime(start, b))
    // Of those that begin earlier, the one that ends last: a long one overlaps more than its neighbour.
    let last: number | undefined
    for (const i of locks) {
      const other = last
      if (other === undefined || atTime(end, i) > atTime(end, other)) last = i
      if (other === undefined || atTime(end, other) <= atTime(start, i)) continue
      const together = at(model.batch, i) > 0 && at(model.batch, i) === at(model.batch, other)
      if (!(together && atTime(start, i) === atTime(start, other))) name('locked-overlap', i, other)
    }
  }
  return faults
}
