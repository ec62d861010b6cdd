/**
 * A schedule in the making: operations are put down one after the other, each as early as its predecessors, material, station,
 * tools and locks allow, and none before what already stands on its station. Every schedule of this folder, by a rule or by
 * search, is made by `findPlace` and `putDown`, so what holds here holds for all of them.
 */
import { type Model, setupMinutes } from './model.ts'
import { at, atTime, type Ints, item } from './numbers.ts'
import { endAfter, nextFit, nextOpen } from './opening.ts'

export type Timeline = {
  readonly model: Model
  readonly start: Float64Array
  readonly end: Float64Array
  readonly setup: Float64Array
  readonly choice: Ints
  /** The furnace run that an operation is in, or 0. */
  readonly run: Ints
  readonly done: Uint8Array
  /** Of each lane: free from, set up for, and the next lock that nothing has passed yet. */
  readonly free: Float64Array
  readonly family: Ints
  readonly lock: Ints
  /** The last run of each furnace. */
  readonly runKey: Ints
  readonly runNumber: Ints
  readonly runFamily: Ints
  readonly runStart: Float64Array
  readonly runEnd: Float64Array
  readonly runLoad: Float64Array
  readonly runMinutes: Float64Array
  runs: number
  // What `findPlace` found last.
  foundStart: number
  foundEnd: number
  foundSetup: number
  foundJoins: boolean
}

export const timelineOf = (model: Model): Timeline => {
  const stations = model.stations.length
  const timeline: Timeline = {
    model,
    start: new Float64Array(model.count),
    end: new Float64Array(model.count),
    setup: new Float64Array(model.count),
    choice: new Int32Array(model.count),
    run: new Int32Array(model.count),
    done: new Uint8Array(model.count),
    free: new Float64Array(model.lanes.count),
    family: new Int32Array(model.lanes.count),
    lock: new Int32Array(model.lanes.count),
    runKey: new Int32Array(stations),
    runNumber: new Int32Array(stations),
    runFamily: new Int32Array(stations),
    runStart: new Float64Array(stations),
    runEnd: new Float64Array(stations),
    runLoad: new Float64Array(stations),
    runMinutes: new Float64Array(stations),
    runs: 0,
    foundStart: 0,
    foundEnd: 0,
    foundSetup: 0,
    foundJoins: false
  }
  clear(timeline)
  return timeline
}

/** As before the first operation; the locked ones stand where they are. */
export const clear = (timeline: Timeline): void => {
  const { model } = timeline
  timeline.free.fill(Number.NEGATIVE_INFINITY)
  timeline.family.fill(0)
  timeline.family.set(model.firstFamily)
  timeline.lock.set(model.lanes.lockFrom.subarray(0, model.lanes.count))
  timeline.runKey.fill(0)
  timeline.run.fill(0)
  timeline.runs = 0
  timeline.setup.fill(0)
  for (let i = 0; i < model.count; i++) {
    timeline.done[i] = at0(model.locked, i)
    timeline.choice[i] = at(model.choiceFrom, i)
    if (timeline.done[i] === 0) continue
    timeline.start[i] = atTime(model.lockStart, i)
    timeline.end[i] = atTime(model.lockEnd, i)
  }
}

const at0 = (flags: Uint8Array, index: number): number => flags[index] as number

/** From when the predecessors and the material allow it. All predecessors must have been put down. */
export const readyAt = (timeline: Timeline, operation: number): number => {
  const { model, end } = timeline
  let ready = atTime(model.release, operation)
  for (let b = at(model.beforeFrom, operation); b < at(model.beforeFrom, operation + 1); b++) {
    const ended = atTime(end, at(model.before, b))
    if (ended > ready) ready = ended
  }
  return ready
}

/**
 * Where the operation would come with this choice of station, into the fields `found…`. Answers false when the calendar ends
 * before it would.
 */
export const findPlace = (timeline: Timeline, operation: number, choice: number, ready: number): boolean => {
  const { model, free, family, lock } = timeline
  const station = at(model.choiceStation, choice)
  const minutes = atTime(model.choiceMinutes, choice)
  if (at(model.batch, operation) > 0 && joins(timeline, operation, station, minutes, ready)) return true
  const opening = item(model.opening, station)
  const { lockFrom, lockStart, lockEnd, lockFamily } = model.lanes
  const lastLock = at(lockFrom, station + 1)
  const wanted = at(model.family, operation)
  const together = at0(model.fit, operation) === 1
  const toolsNeeded = at(model.toolFrom, operation + 1) > at(model.toolFrom, operation)
  let next = at(lock, station)
  let standing = at(family, station)
  let time = Math.max(ready, atTime(free, station))
  for (;;) {
    while (next < lastLock && atTime(lockEnd, next) <= time) standing = at(lockFamily, next++) || standing
    const setup = wanted === 0 ? 0 : setupMinutes(model, station, standing, wanted)
    const start = together ? nextFit(opening, time, setup + minutes) : nextOpen(opening, time)
    if (start === Number.POSITIVE_INFINITY) return false
    const end = endAfter(opening, start, setup + minutes)
    if (end === Number.POSITIVE_INFINITY) return false
    if (next < lastLock && atTime(lockStart, next) < end) {
      time = Math.max(time, atTime(lockEnd, next))
      continue
    }
    const later = toolsNeeded ? toolsFrom(timeline, operation, start, end) : start
    if (later > start) {
      time = later
      continue
    }
    timeline.foundStart = start
    timeline.foundEnd = end
    timeline.foundSetup = setup
    timeline.foundJoins = false
    return true
  }
}

/** Whether the operation can still go into the last run of a furnace: the same key, room, and no longer than the run. */
const joins = (timeline: Timeline, operation: number, station: number, minutes: number, ready: number): boolean => {
  const { model } = timeline
  if (at(timeline.runKey, station) !== at(model.batch, operation)) return false
  const start = atTime(timeline.runStart, station)
  const end = atTime(timeline.runEnd, station)
  if (ready > start || minutes > atTime(timeline.runMinutes, station)) return false
  const load = atTime(timeline.runLoad, station) + atTime(model.size, operation)
  if (load > atTime(model.capacity, station)) return false
  const wanted = at(model.family, operation)
  if (wanted !== 0 && wanted !== at(timeline.runFamily, station)) return false
  const broken = at0(model.fit, operation) === 1 && nextFit(item(model.opening, station), start, end - start) > start
  if (broken || toolsFrom(timeline, operation, start, end) > start) return false
  timeline.foundStart = start
  timeline.foundEnd = end
  timeline.foundSetup = 0
  timeline.foundJoins = true
  return true
}

/** The earliest time at or after `start` that could suit every tool of the operation; `start` itself when it does. */
const toolsFrom = (timeline: Timeline, operation: number, start: number, end: number): number => {
  const { model } = timeline
  let latest = start
  for (let t = at(model.toolFrom, operation); t < at(model.toolFrom, operation + 1); t++) {
    const kind = at(model.tool, t)
    let earliest = Number.POSITIVE_INFINITY
    for (let lane = at(model.pieceFrom, kind); lane < at(model.pieceFrom, kind + 1); lane++) {
      earliest = Math.min(earliest, pieceFrom(timeline, lane, start, end))
      if (earliest <= start) break
    }
    latest = Math.max(latest, earliest)
  }
  return latest
}

/** When one piece of a tool could be had at or after `start`, for as long as from `start` to `end`. */
const pieceFrom = (timeline: Timeline, lane: number, start: number, end: number): number => {
  const { lockFrom, lockStart, lockEnd } = timeline.model.lanes
  const last = at(lockFrom, lane + 1)
  const from = Math.max(start, atTime(timeline.free, lane))
  for (let k = at(timeline.lock, lane); k < last; k++) {
    if (atTime(lockEnd, k) <= from) continue
    if (atTime(lockStart, k) < Math.max(end, from)) return Math.max(from, atTime(lockEnd, k))
  }
  return from
}

/** Puts the operation where `findPlace` just found. */
export const putDown = (timeline: Timeline, operation: number, choice: number): void => {
  const { model, foundStart, foundEnd } = timeline
  const station = at(model.choiceStation, choice)
  timeline.start[operation] = foundStart
  timeline.end[operation] = foundEnd
  timeline.setup[operation] = timeline.foundSetup
  timeline.choice[operation] = choice
  timeline.done[operation] = 1
  takeTools(timeline, operation)
  if (timeline.foundJoins) {
    timeline.runLoad[station] = atTime(timeline.runLoad, station) + atTime(model.size, operation)
    timeline.run[operation] = at(timeline.runNumber, station)
    return
  }
  pass(timeline, station, foundStart)
  timeline.free[station] = foundEnd
  if (at(model.family, operation) !== 0) timeline.family[station] = at(model.family, operation)
  if (atTime(model.capacity, station) === 0) return
  timeline.runKey[station] = at(model.batch, operation)
  timeline.runNumber[station] = ++timeline.runs
  timeline.runFamily[station] = at(model.family, operation)
  timeline.run[operation] = at(model.batch, operation) > 0 ? timeline.runs : 0
  timeline.runStart[station] = foundStart
  timeline.runEnd[station] = foundEnd
  timeline.runLoad[station] = atTime(model.size, operation)
  timeline.runMinutes[station] = atTime(model.choiceMinutes, choice)
}

const takeTools = (timeline: Timeline, operation: number): void => {
  const { model, foundStart, foundEnd, free } = timeline
  for (let t = at(model.toolFrom, operation); t < at(model.toolFrom, operation + 1); t++) {
    const kind = at(model.tool, t)
    let taken = -1
    // Of the pieces that can be had, the one that came free last: the others stay for who needs them sooner.
    for (let lane = at(model.pieceFrom, kind); lane < at(model.pieceFrom, kind + 1); lane++) {
      if (pieceFrom(timeline, lane, foundStart, foundEnd) > foundStart) continue
      if (taken === -1 || atTime(free, lane) > atTime(free, taken)) taken = lane
    }
    pass(timeline, taken, foundStart)
    free[taken] = foundEnd
  }
}

/** Leaves the locks behind that ended before this time. */
const pass = (timeline: Timeline, lane: number, time: number): void => {
  const { lockFrom, lockEnd, lockFamily } = timeline.model.lanes
  let next = at(timeline.lock, lane)
  while (next < at(lockFrom, lane + 1) && atTime(lockEnd, next) <= time) {
    timeline.family[lane] = at(lockFamily, next) || at(timeline.family, lane)
    next++
  }
  timeline.lock[lane] = next
}
