/** When a station is open, as merged intervals, and what that makes of a start and a length. */
import { atTime } from './numbers.ts'
import type { OpenInterval } from './problem.ts'

/** `before[k]` is how many open minutes lie before interval k; without intervals the station is always open. */
export type Opening = {
  readonly from: Float64Array
  readonly to: Float64Array
  readonly before: Float64Array
}

/** Sorts, drops the empty ones and merges those that touch. */
export const openingOf = (intervals: readonly OpenInterval[]): Opening => {
  const sorted = intervals.filter(([from, to]) => to > from).sort((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const [from, to] of sorted) {
    const last = merged.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  const before = new Float64Array(merged.length)
  merged.forEach(([from, to], k) => {
    if (k + 1 < merged.length) before[k + 1] = atTime(before, k) + to - from
  })
  return {
    from: Float64Array.from(merged, ([from]) => from),
    to: Float64Array.from(merged, ([, to]) => to),
    before
  }
}

/** The last interval that begins at or before the time, or -1. */
const within = (opening: Opening, time: number): number => {
  let low = 0
  let high = opening.from.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (atTime(opening.from, middle) <= time) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The first open minute at or after the time; infinity when there is none. */
export const nextOpen = (opening: Opening | undefined, time: number): number => {
  if (!opening) return time
  const k = within(opening, time)
  if (k >= 0 && time < atTime(opening.to, k)) return time
  return k + 1 < opening.from.length ? atTime(opening.from, k + 1) : Number.POSITIVE_INFINITY
}

/** When so many open minutes have passed since an open minute; infinity when the calendar ends before. */
export const endAfter = (opening: Opening | undefined, start: number, length: number): number => {
  if (!opening) return start + length
  let k = within(opening, start)
  if (k < 0) return Number.POSITIVE_INFINITY
  if (start + length <= atTime(opening.to, k)) return start + length
  const target = atTime(opening.before, k) + start - atTime(opening.from, k) + length
  let low = k + 1
  let high = opening.from.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (atTime(opening.before, middle) < target) low = middle + 1
    else high = middle
  }
  k = low - 1
  const end = atTime(opening.from, k) + target - atTime(opening.before, k)
  return end <= atTime(opening.to, k) ? end : Number.POSITIVE_INFINITY
}

/** The first start at or after the time from which so many minutes are open without a break; infinity when there is none. */
export const nextFit = (opening: Opening | undefined, time: number, length: number): number => {
  if (!opening) return time
  for (let k = Math.max(0, within(opening, time)); k < opening.from.length; k++) {
    const start = Math.max(time, atTime(opening.from, k))
    if (start < atTime(opening.to, k) && start + length <= atTime(opening.to, k)) return start
  }
  return Number.POSITIVE_INFINITY
}

/** Open minutes between two times. */
export const openBetween = (opening: Opening | undefined, from: number, to: number): number =>
  opening ? openUntil(opening, to) - openUntil(opening, from) : to - from

const openUntil = (opening: Opening, time: number): number => {
  const k = within(opening, time)
  if (k < 0) return 0
  return atTime(opening.before, k) + Math.min(time, atTime(opening.to, k)) - atTime(opening.from, k)
}
