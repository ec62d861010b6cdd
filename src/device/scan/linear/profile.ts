/**
 * Brightness along a linear code, averaged along its bars. The strip comes turned upright; bars that still lean are found out by
 * leaning the sum until its steps are steepest.
 */
import type { Plane } from './plane.ts'

export type Profile = Float32Array

/** Pixels that a row may be moved against the next one. */
const LEANS = [-0.2, -0.15, -0.11, -0.08, -0.05, -0.025, 0, 0.025, 0.05, 0.08, 0.11, 0.15, 0.2]

/** Rows that tell how bars lean. */
const ENOUGH = 48

/** The lean of the bars, in pixels a row, that gives the sharpest sum. */
export const leanOf = (strip: Plane): number => {
  let best = 0
  let most = -1
  const every = Math.max(1, Math.floor(strip.height / ENOUGH))
  for (const lean of LEANS) {
    const profile = summed(strip, 0, strip.height, lean, every)
    let steps = 0
    for (let i = 2; i < profile.length; i += 1) {
      const step = (profile[i] as number) - (profile[i - 2] as number)
      steps += step * step
    }
    if (steps > most) {
      most = steps
      best = lean
    }
  }
  return best
}

/** Parts of a pixel by which rows are moved. */
const PARTS = 16

let together = new Int32Array(0)
let total = new Int32Array(0)

/** Mean of the rows from `top` up to `bottom`, or of some of them, each moved by the lean, to a sixteenth of a pixel. */
export const summed = (
  { width, height, data }: Plane,
  top: number,
  bottom: number,
  lean: number,
  every = 1
): Profile => {
  if (total.length < width) {
    total = new Int32Array(width)
    together = new Int32Array(width)
  }
  total.fill(0, 0, width)
  const shiftOf = (y: number): number => Math.round(lean * (y - (height - 1) / 2) * PARTS)
  let y = top
  let rows = 0
  while (y < bottom) {
    // Neighbouring rows that are moved by as much are added up first.
    const shift = shiftOf(y)
    together.fill(0, 0, width)
    do {
      const row = y * width
      for (let x = 0; x < width; x += 1) together[x] = (together[x] as number) + (data[row + x] as number)
      y += every
      rows += 1
    } while (y < bottom && shiftOf(y) === shift)
    addMoved(width, shift)
  }
  const profile = new Float32Array(width)
  const each = 1 / (PARTS * Math.max(1, rows))
  for (let x = 0; x < width; x += 1) profile[x] = (total[x] as number) * each
  return profile
}

/** Adds `together`, moved by sixteenths of a pixel, to `total`; what lies outside is as bright as the edge. */
const addMoved = (width: number, shift: number): void => {
  const whole = Math.floor(shift / PARTS)
  const right = shift - whole * PARTS
  const left = PARTS - right
  const last = width - 1
  const from = Math.min(width, Math.max(0, -whole))
  const to = Math.max(from, Math.min(width, last - whole))
  const begin = (together[0] as number) * PARTS
  const end = (together[last] as number) * PARTS
  for (let x = 0; x < from; x += 1) total[x] = (total[x] as number) + begin
  for (let x = from; x < to; x += 1)
    total[x] =
      (total[x] as number) + left * (together[x + whole] as number) + right * (together[x + whole + 1] as number)
  for (let x = to; x < width; x += 1) total[x] = (total[x] as number) + end
}

/** Rows that are looked at together when the bars are told from what is printed beside them. */
const GROUP = 4
const ALIKE = 0.75

/**
 * The longest stretch of rows that look like their neighbours, as bars do and text does not; all rows where there is none of at
 * least three groups.
 */
export const barsOf = (strip: Plane, lean: number): readonly [top: number, bottom: number] => {
  const groups = Math.floor(strip.height / GROUP)
  let best: readonly [number, number] = [0, 0]
  let from = 0
  let before: Profile | undefined
  for (let group = 0; group <= groups; group += 1) {
    const profile = group < groups ? summed(strip, group * GROUP, (group + 1) * GROUP, lean) : undefined
    if (!profile || (before && correlation(before, profile) < ALIKE)) {
      if (group - from > best[1] - best[0]) best = [from, group]
      from = group
    }
    before = profile
  }
  return best[1] - best[0] >= 3 ? [best[0] * GROUP, best[1] * GROUP] : [0, strip.height]
}

/** Of the steps from sample to sample: slow shadows say nothing about bars. */
const correlation = (a: Profile, b: Profile): number => {
  let aa = 0
  let bb = 0
  let ab = 0
  for (let i = 2; i < a.length; i += 1) {
    const x = (a[i] as number) - (a[i - 2] as number)
    const y = (b[i] as number) - (b[i - 2] as number)
    aa += x * x
    bb += y * y
    ab += x * y
  }
  return ab / Math.sqrt(Math.max(1, aa * bb))
}
