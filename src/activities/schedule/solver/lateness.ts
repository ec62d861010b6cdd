/**
 * Why a work order is late. From its last operation back to its first, every wait on the way is named with its minutes, so that
 * the waits and the work together are exactly the time from `now` to its end; the longest wait is the cause.
 */
import type { Model } from './model.ts'
import { at, atTime, type Ints, item } from './numbers.ts'
import { openBetween } from './opening.ts'
import type { Wait } from './problem.ts'
import type { Timeline } from './timeline.ts'

/** Who was on each station and had each tool, in the order of their end. */
export type Occupation = { readonly onStation: readonly Ints[]; readonly withTool: readonly Ints[] }

export const occupationOf = (timeline: Timeline): Occupation => {
  const { model, end } = timeline
  const onStation: number[][] = model.stations.map(() => [])
  const withTool: number[][] = model.tools.map(() => [])
  for (let i = 0; i < model.count; i++) {
    if (timeline.done[i] === 0) continue
    onStation[at(model.choiceStation, at(timeline.choice, i))]?.push(i)
    for (let t = at(model.toolFrom, i); t < at(model.toolFrom, i + 1); t++) withTool[at(model.tool, t)]?.push(i)
  }
  const sorted = (list: number[]): Ints =>
    Int32Array.from(list.sort((a, b) => atTime(end, a) - atTime(end, b) || a - b))
  return { onStation: onStation.map(sorted), withTool: withTool.map(sorted) }
}

/** All waits of the work order whose last operation this is, in the order of time. */
export const explainLateness = (timeline: Timeline, occupation: Occupation, last: number): readonly Wait[] => {
  const { model } = timeline
  const waits: Wait[] = []
  const seen = new Set<number>()
  let here: number | undefined = last
  let first = last
  while (here !== undefined && !seen.has(here)) {
    seen.add(here)
    first = here
    waits.push(...pauses(timeline, here))
    here = waitsBefore(timeline, occupation, here, waits)
  }
  waits.reverse()
  if (waits.length > 0) return waits
  const minutes = atTime(timeline.end, last) - model.problem.now
  return [{ cause: 'fence', how: 'work-content', minutes, operation: idOf(model, first) }]
}

export const longestOf = (waits: readonly Wait[]): Wait | undefined =>
  waits.reduce<Wait | undefined>((most, wait) => (most && most.minutes >= wait.minutes ? most : wait), undefined)

const idOf = (model: Model, operation: number): string => item(model.operations, operation).id

const stationOf = ({ model, choice }: Timeline, operation: number): number =>
  at(model.choiceStation, at(choice, operation))

/** Closed time while the operation is on its station. */
const pauses = (timeline: Timeline, operation: number): Wait[] => {
  const { model, start, end } = timeline
  const station = stationOf(timeline, operation)
  const from = Math.max(atTime(start, operation), model.problem.now)
  const to = Math.max(from, atTime(end, operation))
  const minutes = to - from - openBetween(model.opening[station], from, to)
  if (minutes <= 0) return []
  return [
    {
      cause: 'capacity',
      how: 'station-closed',
      minutes,
      operation: idOf(model, operation),
      station: item(model.stations, station)
    }
  ]
}

/**
 * The waits right before the operation, the latest first. Answers the operation of the same work order to go on with, if it
 * waited for one.
 */
const waitsBefore = (
  timeline: Timeline,
  occupation: Occupation,
  operation: number,
  waits: Wait[]
): number | undefined => {
  const { model, start, end } = timeline
  const { now, fence = now } = model.problem
  const id = idOf(model, operation)
  const own = latest(timeline, operation, true)
  const other = latest(timeline, operation, false)
  const ownEnd = own === undefined ? now : Math.max(now, atTime(end, own))
  const otherEnd = other === undefined ? now : atTime(end, other)
  const material = item(model.operations, operation).release ?? now
  const locked = model.locked[operation] === 1
  const begun = atTime(start, operation)
  let ready = Math.max(ownEnd, otherEnd, material, locked ? now : fence)
  if (locked) {
    ready = Math.min(ready, Math.max(now, begun))
    if (begun > ready) waits.push({ cause: 'fence', how: 'locked', minutes: begun - ready, operation: id })
  } else if (begun > ready) waits.push(...busy(timeline, occupation, operation, ready))
  const steps: readonly (readonly [number, Pick<Wait, 'cause' | 'how' | 'blocking'>])[] = [
    [material, { cause: 'material', how: 'material-date' }],
    [
      otherEnd,
      {
        cause: 'predecessor',
        how: 'other-work-order',
        ...(other === undefined ? {} : { blocking: idOf(model, other) })
      }
    ],
    [locked ? now : fence, { cause: 'fence', how: 'fence' }]
  ]
  // What bound last is named for the time by which it came after the next one.
  let until = ready
  for (const [time, wait] of [...steps].sort((a, b) => b[0] - a[0])) {
    if (time > ready || until <= ownEnd) continue
    const rest = Math.max(ownEnd, ...steps.map(([other]) => other).filter(other => other < time))
    const minutes = Math.min(until, time) - rest
    if (minutes > 0) waits.push({ ...wait, minutes, operation: id })
    until = Math.min(until, rest)
  }
  return own !== undefined && ownEnd > now ? own : undefined
}

/** The predecessor that ended last, of the same work order or of another one. */
const latest = ({ model, end }: Timeline, operation: number, own: boolean): number | undefined => {
  let found: number | undefined
  for (let b = at(model.beforeFrom, operation); b < at(model.beforeFrom, operation + 1); b++) {
    const before = at(model.before, b)
    if ((at(model.workOrder, before) === at(model.workOrder, operation)) !== own) continue
    if (found === undefined || atTime(end, before) > atTime(end, found)) found = before
  }
  return found
}

/** From ready to begun: a busy station or tool up to the end of who had it, then a closed station. */
const busy = (timeline: Timeline, occupation: Occupation, operation: number, ready: number): Wait[] => {
  const { model, start, end } = timeline
  const begun = atTime(start, operation)
  const station = stationOf(timeline, operation)
  const id = idOf(model, operation)
  const where = item(model.stations, station)
  const onStation = blocker(timeline, item(occupation.onStation, station), operation)
  const mate = mateOf(timeline, item(occupation.onStation, station), operation)
  let [who, tool] = [onStation, -1]
  for (let t = at(model.toolFrom, operation); t < at(model.toolFrom, operation + 1); t++) {
    const kind = at(model.tool, t)
    const holder = blocker(timeline, item(occupation.withTool, kind), operation)
    if (holder === -1 || (who !== -1 && atTime(end, holder) <= atTime(end, who))) continue
    who = holder
    tool = kind
  }
  const waits: Wait[] = []
  const until = who === -1 ? ready : Math.max(ready, atTime(end, who))
  if (begun > until) {
    waits.push(
      mate === -1
        ? { cause: 'capacity', how: 'station-closed', minutes: begun - until, operation: id, station: where }
        : {
            cause: 'capacity',
            how: 'station-busy',
            minutes: begun - until,
            operation: id,
            blocking: idOf(model, mate),
            station: where
          }
    )
  }
  if (until > ready) {
    const blocking = idOf(model, who)
    const minutes = until - ready
    waits.push(
      tool === -1
        ? { cause: 'capacity', how: 'station-busy', minutes, operation: id, blocking, station: where }
        : { cause: 'capacity', how: 'tool-busy', minutes, operation: id, blocking, tool: item(model.tools, tool) }
    )
  }
  return waits
}

/** Of those who were there, the one that ended last before the operation began; -1 when nobody was. */
const blocker = ({ start, end }: Timeline, there: Ints, operation: number): number => {
  let low = 0
  let high = there.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (atTime(end, at(there, middle)) <= atTime(start, operation)) low = middle + 1
    else high = middle
  }
  for (let k = low - 1; k >= 0; k--) if (at(there, k) !== operation) return at(there, k)
  return -1
}

/** In the same furnace run, the one that was ready last. */
const mateOf = (timeline: Timeline, there: Ints, operation: number): number => {
  const run = at(timeline.run, operation)
  if (run === 0) return -1
  return there.reduce((found, other) => {
    if (other === operation || at(timeline.run, other) !== run) return found
    const ready = (one: number): number => atTime(timeline.model.release, one)
    return found === -1 || ready(other) > ready(found) ? other : found
  }, -1)
}
