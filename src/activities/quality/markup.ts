/** Strokes over a photo, in thousandths of its width and height, so that they fit whatever size it is shown at. */
import type { Stroke } from './projection.ts'

export type Point = readonly [x: number, y: number]
/** The size at which the photo was drawn upon, in pixels: a circle is round there. */
export type Size = { readonly width: number; readonly height: number }

const CIRCLE_POINTS = 32
/** Points closer than this, in thousandths, add nothing to a line. */
const NEAR = 4
const MOST_POINTS = 400

const within = (part: number): number => Math.min(1000, Math.max(0, Math.round(part)))

/** Pixels to thousandths. */
export const toMarkup = ([x, y]: Point, { width, height }: Size): Point => [
  within((x / Math.max(1, width)) * 1000),
  within((y / Math.max(1, height)) * 1000)
]

/** From where the finger began to where it points, with a head at the end. */
export const arrow = (from: Point, to: Point, size: Size): Stroke => {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const length = Math.hypot(dx, dy)
  const head = Math.min(48, length * 0.4)
  const angle = Math.atan2(dy, dx)
  const barb = (turn: number): Point => [to[0] - head * Math.cos(angle + turn), to[1] - head * Math.sin(angle + turn)]
  return [from, to, barb(0.5), to, barb(-0.5)].map(point => toMarkup(point, size))
}

/** Round what the finger began on; the edge is where it is now. */
export const circle = (centre: Point, edge: Point, size: Size): Stroke => {
  const radius = Math.hypot(edge[0] - centre[0], edge[1] - centre[1])
  return Array.from({ length: CIRCLE_POINTS + 1 }, (_, i) => {
    const angle = (i / CIRCLE_POINTS) * 2 * Math.PI
    return toMarkup([centre[0] + radius * Math.cos(angle), centre[1] + radius * Math.sin(angle)], size)
  })
}

/** A free line, without the points that lie on one another. */
export const pen = (points: readonly Point[], size: Size): Stroke => {
  const kept: Point[] = []
  for (const point of points.map(one => toMarkup(one, size))) {
    const last = kept.at(-1)
    if (!last || Math.hypot(point[0] - last[0], point[1] - last[1]) >= NEAR) kept.push(point)
  }
  return kept.slice(0, MOST_POINTS)
}

/** For the `points` of an SVG polyline. */
export const pointsOf = (stroke: Stroke): string => stroke.map(([x, y]) => `${x},${y}`).join(' ')
