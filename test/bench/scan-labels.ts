/** Codes drawn on paper for tests: turned, blurred, faint and noisy, the same for the same seed. */
import bwip from 'bwip-js/node'
import { emptyPlane, type Plane, sized } from '#device/scan/linear/plane.ts'

export type Look = {
  /** Pixels of the narrowest bar. */
  readonly module: number
  readonly degrees?: number
  /** Deviation of the blur in modules. */
  readonly blur?: number
  /** 0 to 1. */
  readonly contrast?: number
  /** Deviation in steps of brightness. */
  readonly noise?: number
  readonly light?: boolean
}

/** Numbers from 0 to 1, Lehmer's generator. */
export const chance = (seed: number): (() => number) => {
  let state = (seed * 7919) % 2147483647 || 1
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

/** bwip-js gives lines as widths, squares as a grid; its types leave both open. */
type Lines = { readonly sbs: readonly number[] }
type Squares = { readonly pixs: readonly number[]; readonly pixx: number }

const drawn = (kind: string, text: string): Lines | Squares =>
  bwip.raw({ bcid: kind, text } as Parameters<typeof bwip.raw>[0])[0] as unknown as Lines | Squares

export const paper = (width: number, height: number, grey = 235): Plane => {
  const plane = sized(emptyPlane(), width, height)
  plane.data.fill(grey)
  return plane
}

/** Lays a code with its middle on a place of the paper. Bars are as high as a fifth of the code is long, at least 40 modules. */
export const lay = (plane: Plane, kind: string, text: string, x: number, y: number, look: Look): void => {
  const code = drawn(kind, text)
  const cells =
    'sbs' in code ? [...code.sbs].flatMap((width, i) => Array<number>(width).fill(i % 2 ? 0 : 1)) : code.pixs
  const columns = 'sbs' in code ? cells.length : code.pixx
  const rows = 'sbs' in code ? 1 : cells.length / columns
  const tall = 'sbs' in code ? Math.max(40, columns / 5) : rows
  const ink = (u: number, v: number): number => {
    const column = Math.floor(u / look.module + columns / 2)
    const row = Math.floor(v / look.module + tall / 2)
    if (column < 0 || column >= columns || row < 0 || row >= tall) return 0
    return cells[('sbs' in code ? 0 : row) * columns + column] ?? 0
  }
  const turn = ((look.degrees ?? 0) * Math.PI) / 180
  const [c, s] = [Math.cos(turn), Math.sin(turn)]
  const reach = Math.ceil((Math.hypot(columns, tall) * look.module) / 2) + 8
  const [paperGrey, inkGrey] = look.light ? [30, 225] : [235, 235 - 215 * (look.contrast ?? 1)]
  const quiet = 6 * look.module
  for (let py = Math.max(0, Math.round(y) - reach); py < Math.min(plane.height, y + reach); py += 1)
    for (let px = Math.max(0, Math.round(x) - reach); px < Math.min(plane.width, x + reach); px += 1) {
      const [dx, dy] = [px - x, py - y]
      const [u, v] = [dx * c + dy * s, dy * c - dx * s]
      const half = [(columns * look.module) / 2 + quiet, (tall * look.module) / 2 + quiet] as const
      if (Math.abs(u) > half[0] || Math.abs(v) > half[1]) continue
      // Four looks a pixel, so that turned bars have even edges.
      const part = ink(u - 0.25, v - 0.25) + ink(u + 0.25, v - 0.25) + ink(u - 0.25, v + 0.25) + ink(u + 0.25, v + 0.25)
      plane.data[py * plane.width + px] = paperGrey + ((inkGrey - paperGrey) * part) / 4
    }
}

/** What a camera does to it: a Gaussian blur of `sigma` pixels and noise. */
export const seen = (plane: Plane, sigma: number, noise: number, random: () => number): Plane => {
  const { width, height } = plane
  const reach = Math.ceil(sigma * 2.5)
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    sigma > 0 ? Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)) : 1
  )
  const sum = weights.reduce((a, b) => a + b, 0)
  const pass = (from: ArrayLike<number>, step: number, at: (i: number) => [number, number]): Float32Array =>
    Float32Array.from({ length: width * height }, (_, i) => {
      const [place, size] = at(i)
      let value = 0
      for (let k = -reach; k <= reach; k += 1) {
        const there = Math.min(size - 1, Math.max(0, place + k))
        value += (weights[k + reach] as number) * (from[i + (there - place) * step] as number)
      }
      return value / sum
    })
  const across = pass(plane.data.subarray(0, width * height), 1, i => [i % width, width])
  const both = pass(across, width, i => [Math.floor(i / width), height])
  for (let i = 0; i < width * height; i += 1) {
    const bell = (random() + random() + random() + random() - 2) * 1.73 * noise
    plane.data[i] = Math.min(255, Math.max(0, (both[i] as number) + bell))
  }
  return plane
}
