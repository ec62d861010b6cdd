/**
 * Brightness along a linear code, averaged along its bars. The strip comes turned upright; bars that still lean are found out by
 * leaning the sum until its steps are steepest.
 */
import type { Plane } from './plane.ts'

export type Profile = Float32Array

/** Pixels that a row may be moved against the next one. */
const LEANS = [-0.2, -0.15, -0.11, -0.08, -0.05, -0.025, 0, 0.025, 0.05, 0.08, 0.11, 0.15, 0.2]

/** The lean of the bars, in pixels a row, that gives the sharpest sum. */
export const leanOf = (strip: Plane): number => {
  let best = 0
  let most = -1
  for (const lean of LEANS) {
    const profile = summed(strip, 0, strip.height, lean)
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

/** Mean of the rows from `top` up to `bottom`, each moved by the lean. */
export const summed = ({ width, height, data }: Plane, top: number, bottom: number, lean: number): Profile => {
  const profile = new Float32Array(width)
  for (let y = top; y < bottom; y += 1) {
    const shift = lean * (y - (height - 1) / 2)
    const whole = Math.floor(shift)
    const part = shift - whole
    const row = y * width
    for (let x = 0; x < width; x += 1) {
      const left = Math.min(width - 1, Math.max(0, x + whole))
      const right = Math.min(width - 1, left + 1)
      profile[x] =
        (profile[x] as number) + (1 - part) * (data[row + left] as number) + part * (data[row + right] as number)
    }
  }
  const rows = Math.max(1, bottom - top)
  for (let x = 0; x < width; x += 1) profile[x] = (profile[x] as number) / rows
  return profile
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
