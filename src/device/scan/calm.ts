/** Whether anything happens before the camera: without, five pictures a second are enough, and the tablet stays cool. */
import type { Look } from './decoder.ts'

/** Milliseconds without movement or a code before it slows down, and between two pictures then. */
const CALM_MS = 20_000
export const CALM_PAUSE_MS = 200
/** Milliseconds between two small pictures that are compared. */
const LOOK_MS = 400
/** Steps of 256 that a patch of the picture has to change by; noise of a dark shop stays below. */
const CHANGED = 14

const WIDTH = 16
const HEIGHT = 9

export type Calm = {
  /** After a frame. Answers the milliseconds to wait before the next one. */
  readonly after: (look: Look, at: number) => number
}

/** `small` gives the picture in 16 by 9 patches of grey; it is asked seldom. */
export const calmWatch = (small: () => Uint8Array | undefined): Calm => {
  let before: Uint8Array | undefined
  let looked = Number.NEGATIVE_INFINITY
  let moved: number | undefined
  return {
    after: (look, at) => {
      moved ??= at
      if (look.found.length > 0) moved = at
      else if (at - looked >= LOOK_MS || at - moved >= CALM_MS) {
        looked = at
        const now = small()
        if (now && before && differs(now, before)) moved = at
        before = now ?? before
      }
      return at - moved >= CALM_MS ? CALM_PAUSE_MS : 0
    }
  }
}

const differs = (a: Uint8Array, b: Uint8Array): boolean => a.some((one, i) => Math.abs(one - (b[i] ?? one)) >= CHANGED)

/** Small pictures of a video, for `calmWatch`. */
export const smallPictures = (video: HTMLVideoElement): (() => Uint8Array | undefined) => {
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false })
  return () => {
    if (!context || video.readyState < 2) return undefined
    context.drawImage(video, 0, 0, WIDTH, HEIGHT)
    const { data } = context.getImageData(0, 0, WIDTH, HEIGHT)
    return Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => data[i * 4 + 1] ?? 0)
  }
}
