/**
 * The deeper steps, best first. Each says how the picture is prepared, how hard zxing-cpp then looks, and how its pixels lead back
 * to the frame. Work is counted in pixels that are looked at, not in time, so that equal frames are treated equally: small
 * pictures are given several steps at once.
 */
import type { ReadInputBarcodeFormat } from 'zxing-wasm/reader'
import { emptyPlane, halved, type Plane, sharpened, turned } from './linear/plane.ts'
import { type Effort, matrixFormats } from './zxing.ts'

type Spot = { readonly x: number; readonly y: number }
type Prepared = { readonly picture: Plane; readonly back: (spot: Spot) => Spot }

export type Step = {
  readonly name: string
  /** The picture was sharpened or smoothed: such a reading never counts alone. */
  readonly altered: boolean
  readonly effort: Effort
  readonly prepare: (frame: Plane) => Prepared
  /** Measured on noise of 1280x720, as a part of what zxing-cpp's own defaults take on it. */
  readonly weight: number
}

export type Ladder = { readonly next: (frame: Plane) => Step[] }

/** Work of one frame's deeper steps, where 1 is what zxing-cpp's own defaults take on 1280x720. */
const BUDGET = 0.22
const PIXELS = 1280 * 720

export const ladder = (linear: readonly ReadInputBarcodeFormat[]): Ladder => {
  const steps = stepsFor(linear)
  let at = 0
  return {
    next: frame => {
      const pixels = frame.width * frame.height
      const due: Step[] = []
      let work = 0
      while (due.length < steps.length) {
        const step = steps[at % steps.length] as Step
        work += (step.weight * Math.min(pixels, MOST)) / PIXELS
        if (due.length > 0 && work > BUDGET) break
        due.push(step)
        at += 1
      }
      return due
    }
  }
}

/** Pixels that a prepared picture may have. */
const MOST = 1_000_000

const stepsFor = (linear: readonly ReadInputBarcodeFormat[]): Step[] => {
  const squares: readonly ReadInputBarcodeFormat[] = ['QRCode', 'DataMatrix']
  const plain: Effort = { formats: [...matrixFormats.slice(0, 4), ...linear], turns: true }
  const lines: Effort = { formats: linear, harder: true, inverted: true, smaller: true }
  const contrasted: Effort = { formats: linear, harder: true }
  const square: Effort = { formats: squares, harder: true, inverted: true, smaller: true }
  const stacked: Effort = { formats: matrixFormats.slice(2), turns: true, inverted: true }
  const step = (name: string, weight: number, effort: Effort, prepare: Step['prepare'], altered = false): Step => ({
    name,
    weight,
    effort,
    prepare,
    altered
  })
  return [
    step('lines', 0.19, lines, asIs),
    step('squares', 0.15, square, asIs),
    step('double sharp', 0.2, contrasted, doubled(2.5, 6, MOST / 2), true),
    step('45', 0.14, plain, rotated(45)),
    step('double', 0.2, plain, doubled(0)),
    step('lines upright', 0.14, lines, rotated(90)),
    step('far sharp', 0.22, contrasted, sharper(6, 2), true),
    step('22', 0.14, plain, rotated(22.5)),
    step('denoised', 0.1, { formats: squares, denoise: true }, asIs, true),
    step('-22', 0.14, plain, rotated(-22.5)),
    step('double soft', 0.17, plain, doubled(-0.7), true),
    step('stacked', 0.14, stacked, asIs),
    step('67', 0.14, plain, rotated(67.5)),
    step('near sharp', 0.14, plain, sharper(1, 1), true),
    step('double near sharp', 0.17, plain, doubled(1), true),
    step('half', 0.06, plain, half)
  ]
}

const asIs: Step['prepare'] = frame => ({ picture: frame, back: spot => spot })

const half: Step['prepare'] = frame => ({
  picture: halved(frame, spare),
  back: ({ x, y }) => ({ x: 2 * x + 0.5, y: 2 * y + 0.5 })
})

// One picture is prepared at a time, so all steps share the room.
const spare = emptyPlane()
const spareToo = emptyPlane()

const sharper =
  (radius: number, amount: number): Step['prepare'] =>
  frame => ({ picture: sharpened(frame, radius, amount, spare), back: spot => spot })

/** Twice as large, as much of the middle as there is room for. */
const doubled =
  (amount: number, radius = 1, most = MOST): Step['prepare'] =>
  frame => {
    const share = Math.min(1, Math.sqrt(most / 4 / (frame.width * frame.height)))
    // Full width as long as possible: a long code must not be cut.
    const along = Math.round(frame.width * Math.min(1, share * 1.25))
    const across = Math.round(frame.height * Math.min(1, (share * share * frame.width) / along))
    const window = { x: (frame.width - 1) / 2, y: (frame.height - 1) / 2, angle: 0, along, across }
    const large = turned(frame, window, 2, amount === 0 ? spare : spareToo)
    const picture = amount === 0 ? large : sharpened(large, radius, amount, spare)
    const back = ({ x, y }: Spot) => ({
      x: window.x + (x - (picture.width - 1) / 2) / 2,
      y: window.y + (y - (picture.height - 1) / 2) / 2
    })
    return { picture, back }
  }

const rotated =
  (degrees: number): Step['prepare'] =>
  frame => {
    const angle = (degrees * Math.PI) / 180
    const [c, s] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))]
    const along = frame.width * c + frame.height * s
    const across = frame.width * s + frame.height * c
    const scale = Math.min(1, Math.sqrt(MOST / (along * across)))
    const window = { x: (frame.width - 1) / 2, y: (frame.height - 1) / 2, angle, along, across }
    const picture = turned(frame, window, scale, spare)
    const back = (spot: Spot) => {
      const u = (spot.x - (picture.width - 1) / 2) / scale
      const v = (spot.y - (picture.height - 1) / 2) / scale
      return {
        x: window.x + u * Math.cos(angle) - v * Math.sin(angle),
        y: window.y + u * Math.sin(angle) + v * Math.cos(angle)
      }
    }
    return { picture, back }
  }
