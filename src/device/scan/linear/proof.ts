/**
 * Whether one frame is enough for a code that zxing-cpp read: our own reader, which works in another way, has to see the same in
 * three thin bands far apart, in each of them clearly. Noise differs from band to band as it does from frame to frame.
 */
import { readChainAt } from './chain.ts'
import { code128 } from './code128.ts'
import { readEanAt } from './ean.ts'
import type { Guess } from './guess.ts'
import { clarity, limitsOf, roomy, scaleOf } from './own.ts'
import { emptyPlane, type Plane, turned } from './plane.ts'
import { type Profile, summed } from './profile.ts'
import type { Region } from './regions.ts'

type Spot = { readonly x: number; readonly y: number }
export type Claim = { readonly text: string; readonly format: string; readonly corners: readonly Spot[] }

/** Corners are pixels of the picture; `region` holds them. */
export type Proof = (picture: Plane, region: Region, claim: Claim) => boolean

/** Where the bands lie, as a part of the height, and how many pixels each is high. */
const BANDS = [-0.3, 0, 0.3] as const
const HEIGHT = 6
/** Bars that are lower than this leave no room between the bands. */
const LOWEST = 3 * HEIGHT
/** Characters under which a Code 128 might be a part of something else. */
const SHORT = 7

/** A proof keeps its room between pictures. */
export const proof = (): Proof => {
  const band = emptyPlane()
  return (picture, region, { text, format, corners }) => {
    const looks = lookFor(text, format)
    if (!looks || region.across < LOWEST || corners.length !== 4) return false
    const window = { ...roomy(region), across: HEIGHT }
    const scale = scaleOf(window)
    const [c, s] = [Math.cos(region.angle), Math.sin(region.angle)]
    const middle = (Math.round(window.along * scale) - 1) / 2
    const ends = corners
      .map(({ x, y }) => ((x - region.x) * c + (y - region.y) * s) * scale + middle)
      .sort((a, b) => a - b) as [number, number, number, number]
    const [from, to] = [(ends[0] + ends[1]) / 2, (ends[2] + ends[3]) / 2]
    return BANDS.every(part => {
      const off = part * region.across
      turned(picture, { ...window, x: region.x - off * s, y: region.y + off * c }, scale, band)
      const guess = looks(summed(band, 0, band.height, 0), from, to)
      return guess !== undefined && guess.text === text && clarity(guess) >= limitsOf(guess).clear
    })
  }
}

type At = (profile: Profile, from: number, to: number) => Guess | undefined

/** Undefined for codes that are too short or too weak to be proved by one frame. */
const lookFor = (text: string, format: string): At | undefined => {
  if (/^(EAN13|UPCA)$/.test(format)) return (profile, from, to) => readEanAt(profile, from, to, 'EAN13')
  if (format !== 'Code128' || text.length < SHORT) return undefined
  // Two digits may share a character; changing the set takes one.
  const count = [Math.ceil(text.length / 2) + 1, text.length + 6] as const
  return (profile, from, to) => readChainAt(profile, [from, to], count, code128)
}
