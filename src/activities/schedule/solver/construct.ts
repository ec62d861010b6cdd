/**
 * One schedule by a priority rule, station by station in the order of time: non-delay (Baker 1974), or active after Giffler and
 * Thompson (1960). Waiting operations stand in the queue of every station where they may be done; where there is a choice, an
 * operation that was picked goes to the station where it ends first.
 */
import { type Model, setupMinutes } from './model.ts'
import { at, atTime, type Ints, item } from './numbers.ts'
import type { Generation, RuleName } from './problem.ts'
import { type Candidate, type Lookahead, type Outlook, priority } from './rules.ts'
import { clear, findPlace, putDown, readyAt, type Timeline } from './timeline.ts'

export type Way = { readonly rule: RuleName; readonly generation: Generation; readonly ahead?: Lookahead }

type Yard = {
  readonly timeline: Timeline
  readonly outlook: Outlook
  readonly way: Way
  /** Waiting choices of each station, in no order. */
  readonly queues: number[][]
  readonly operationOf: Ints
  readonly place: Ints
  readonly start: Float64Array
  readonly end: Float64Array
  readonly setup: Float64Array
  readonly ready: Float64Array
  /** Of each station's queue: the earliest start (non-delay) or end (active). */
  readonly first: Float64Array
  readonly stale: Uint8Array
  /** 1 for a station that is always open, has no locks and takes one at a time. */
  readonly plain: Uint8Array
  readonly candidate: Candidate
  /** The operations in the order in which they were put down. */
  readonly order: Ints
  size: number
}

const AHEAD: Lookahead = { minutes: 2, setup: 0.5 }

/**
 * Fills the timeline by the rule. Answers the operations in the order they were put down, locked ones and those for which the
 * calendar ends too soon not among them.
 */
export const construct = (timeline: Timeline, outlook: Outlook, way: Way): Ints => {
  clear(timeline)
  const yard = yardOf(timeline, outlook, way)
  const { model } = timeline
  const waiting = new Int32Array(model.count)
  for (let i = 0; i < model.count; i++) {
    for (let b = at(model.beforeFrom, i); b < at(model.beforeFrom, i + 1); b++) {
      if (timeline.done[at(model.before, b)] === 0) waiting[i] = at(waiting, i) + 1
    }
  }
  for (let i = 0; i < model.count; i++) if (timeline.done[i] === 0 && waiting[i] === 0) enter(yard, i)
  for (;;) {
    const station = earliest(yard)
    if (station === -1) break
    const operation = pick(yard, station)
    if (operation === -1) continue
    dispatch(yard, operation)
    for (let a = at(model.afterFrom, operation); a < at(model.afterFrom, operation + 1); a++) {
      const next = at(model.after, a)
      waiting[next] = at(waiting, next) - 1
      if (waiting[next] === 0 && timeline.done[next] === 0) enter(yard, next)
    }
  }
  return yard.order.subarray(0, yard.size)
}

const yardOf = (timeline: Timeline, outlook: Outlook, way: Way): Yard => {
  const { model } = timeline
  const choices = model.choiceStation.length
  const operationOf = new Int32Array(choices)
  for (let i = 0; i < model.count; i++) operationOf.fill(i, at(model.choiceFrom, i), at(model.choiceFrom, i + 1))
  return {
    timeline,
    outlook,
    way,
    queues: model.stations.map(() => []),
    operationOf,
    place: new Int32Array(choices).fill(-1),
    start: new Float64Array(choices),
    end: new Float64Array(choices),
    setup: new Float64Array(choices),
    ready: new Float64Array(model.count),
    first: new Float64Array(model.stations.length).fill(Number.POSITIVE_INFINITY),
    stale: new Uint8Array(model.stations.length),
    plain: Uint8Array.from(model.stations, (_, station) => (isPlain(model, station) ? 1 : 0)),
    candidate: { operation: 0, minutes: 0, setup: 0, ready: 0, time: 0 },
    order: new Int32Array(model.count),
    size: 0
  }
}

const isPlain = (model: Model, station: number): boolean =>
  item(model.opening, station) === undefined &&
  at(model.lanes.lockFrom, station) === at(model.lanes.lockFrom, station + 1) &&
  atTime(model.capacity, station) === 0

/** The operation's predecessors are done: it waits at all its stations. */
const enter = (yard: Yard, operation: number): void => {
  const { model } = yard.timeline
  yard.ready[operation] = readyAt(yard.timeline, operation)
  for (let c = at(model.choiceFrom, operation); c < at(model.choiceFrom, operation + 1); c++) {
    const station = at(model.choiceStation, c)
    const queue = item(yard.queues, station)
    yard.place[c] = queue.length
    queue.push(c)
    if (look(yard, c)) yard.first[station] = Math.min(atTime(yard.first, station), mark(yard, c))
  }
}

const mark = (yard: Yard, choice: number): number =>
  atTime(yard.way.generation === 'active' ? yard.end : yard.start, choice)

/** Where the choice would come now; infinity when the calendar ends before. */
const look = (yard: Yard, choice: number): boolean => {
  const { timeline } = yard
  const { model } = timeline
  const operation = at(yard.operationOf, choice)
  const station = at(model.choiceStation, choice)
  if (yard.plain[station] === 1 && at(model.toolFrom, operation) === at(model.toolFrom, operation + 1)) {
    // What `findPlace` would find where nothing is ever closed, locked or shared.
    const wanted = at(model.family, operation)
    const setup = wanted === 0 ? 0 : setupMinutes(model, station, at(timeline.family, station), wanted)
    const start = Math.max(atTime(yard.ready, operation), atTime(timeline.free, station))
    yard.start[choice] = start
    yard.end[choice] = start + setup + atTime(model.choiceMinutes, choice)
    yard.setup[choice] = setup
    return true
  }
  const found = findPlace(timeline, operation, choice, atTime(yard.ready, operation))
  yard.start[choice] = found ? timeline.foundStart : Number.POSITIVE_INFINITY
  yard.end[choice] = found ? timeline.foundEnd : Number.POSITIVE_INFINITY
  yard.setup[choice] = timeline.foundSetup
  return found
}

/** The station whose queue has the earliest start, or end; -1 when nothing that can be done is waiting. */
const earliest = (yard: Yard): number => {
  let best = -1
  let least = Number.POSITIVE_INFINITY
  for (let station = 0; station < yard.queues.length; station++) {
    if (yard.stale[station] === 1) {
      yard.stale[station] = 0
      let first = Number.POSITIVE_INFINITY
      const queue = item(yard.queues, station)
      for (let k = 0; k < queue.length; k++) {
        const choice = item(queue, k)
        look(yard, choice)
        first = Math.min(first, mark(yard, choice))
      }
      yard.first[station] = first
    }
    if (atTime(yard.first, station) < least) {
      least = atTime(yard.first, station)
      best = station
    }
  }
  return best
}

/** The best by the rule of those at the station that could begin at its earliest start (active: before its earliest end). */
const pick = (yard: Yard, station: number): number => {
  const { outlook, way, candidate, timeline } = yard
  const { model } = timeline
  const active = way.generation === 'active'
  const limit = atTime(yard.first, station)
  const time = active ? Math.min(limit, Math.max(atTime(timeline.free, station), 0)) : limit
  const queue = item(yard.queues, station)
  let best = -1
  let most = Number.NEGATIVE_INFINITY
  for (let k = 0; k < queue.length; k++) {
    const choice = item(queue, k)
    const begins = atTime(yard.start, choice)
    if (active ? begins >= limit && atTime(yard.end, choice) > limit : begins > limit) continue
    const operation = at(yard.operationOf, choice)
    candidate.operation = operation
    candidate.minutes = atTime(model.choiceMinutes, choice)
    candidate.setup = atTime(yard.setup, choice)
    candidate.ready = atTime(yard.ready, operation)
    candidate.time = active ? begins : time
    const value = priority(outlook, way.rule, way.ahead ?? AHEAD, candidate)
    if (value > most || (value === most && operation < best) || best === -1) {
      most = value
      best = operation
    }
  }
  return best
}

/** Puts the operation at the station where it ends first and takes it out of all queues. */
const dispatch = (yard: Yard, operation: number): void => {
  const { timeline, place, queues } = yard
  const { model } = timeline
  let chosen = at(model.choiceFrom, operation)
  for (let c = chosen; c < at(model.choiceFrom, operation + 1); c++) {
    if (yard.stale[at(model.choiceStation, c)] === 1) look(yard, c)
    if (atTime(yard.end, c) < atTime(yard.end, chosen)) chosen = c
  }
  findPlace(timeline, operation, chosen, atTime(yard.ready, operation))
  putDown(timeline, operation, chosen)
  yard.order[yard.size++] = operation
  for (let c = at(model.choiceFrom, operation); c < at(model.choiceFrom, operation + 1); c++) {
    const station = at(model.choiceStation, c)
    const queue = item(queues, station)
    const last = queue.pop() ?? c
    if (last !== c) {
      queue[at(place, c)] = last
      place[last] = at(place, c)
    }
    yard.stale[station] = 1
  }
  // A tool that is taken here may be missed anywhere.
  if (at(model.toolFrom, operation + 1) > at(model.toolFrom, operation)) yard.stale.fill(1)
}
