/** States of a timeline on the way through an order, so that a change late in the order need not begin at its first operation. */
import { at, type Ints } from '../numbers.ts'
import type { Timeline } from '../timeline.ts'
import type { Running } from './running.ts'

export type Checkpoint = {
  readonly times: readonly Float64Array[]
  readonly numbers: readonly Ints[]
  readonly running: Running
  runs: number
}

const timesOf = (timeline: Timeline): readonly Float64Array[] => [
  timeline.free,
  timeline.runStart,
  timeline.runEnd,
  timeline.runLoad,
  timeline.runMinutes
]

const numbersOf = (timeline: Timeline): readonly Ints[] => [
  timeline.family,
  timeline.lock,
  timeline.runKey,
  timeline.runNumber,
  timeline.runFamily
]

export const checkpointOf = (timeline: Timeline, running: Running): Checkpoint => ({
  times: timesOf(timeline).map(list => list.slice()),
  numbers: numbersOf(timeline).map(list => list.slice()),
  running: { ...running, ends: running.ends.slice() },
  runs: timeline.runs
})

export const save = (checkpoint: Checkpoint, timeline: Timeline, running: Running): void => {
  const times = timesOf(timeline)
  const numbers = numbersOf(timeline)
  for (let k = 0; k < times.length; k++) checkpoint.times[k]?.set(times[k] ?? [])
  for (let k = 0; k < numbers.length; k++) checkpoint.numbers[k]?.set(numbers[k] ?? [])
  checkpoint.runs = timeline.runs
  copyRunning(running, checkpoint.running)
}

export const restore = (checkpoint: Checkpoint, timeline: Timeline, running: Running): void => {
  const times = timesOf(timeline)
  const numbers = numbersOf(timeline)
  for (let k = 0; k < times.length; k++) times[k]?.set(checkpoint.times[k] ?? [])
  for (let k = 0; k < numbers.length; k++) numbers[k]?.set(checkpoint.numbers[k] ?? [])
  timeline.runs = checkpoint.runs
  copyRunning(checkpoint.running, running)
}

const copyRunning = (from: Running, to: Running): void => {
  to.ends.set(from.ends)
  to.tardiness = from.tardiness
  to.setup = from.setup
  to.makespan = from.makespan
  to.moved = from.moved
}

/** Of each work order's operations, where they begin in a list and which they are. */
export const membersOf = (workOrder: Ints, orders: number): { from: Ints; list: Ints } => {
  const from = new Int32Array(orders + 1)
  for (const order of workOrder) from[order + 1] = at(from, order + 1) + 1
  for (let k = 0; k < orders; k++) from[k + 1] = at(from, k + 1) + at(from, k)
  const next = from.slice()
  const list = new Int32Array(workOrder.length)
  workOrder.forEach((order, i) => {
    list[at(next, order)] = i
    next[order] = at(next, order) + 1
  })
  return { from, list }
}
