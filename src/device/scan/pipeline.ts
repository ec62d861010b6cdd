/**
 * What is done with each frame. Every frame: a quick pass of zxing-cpp, and the regions that look like linear codes turned upright
 * for zxing-cpp. What is still unread there is looked at by our own reader, a piece of work a frame. Every second frame: one
 * deeper step more of a ladder, in the order in which they read most of what the quick pass had missed (README.md). A picture
 * that stays is so given the whole ladder within fifteen frames.
 */
import type { Corners, Look, ReadSettings, Sight } from './decoder.ts'
import { ladder, type Step } from './ladder.ts'
import { type Family, familiesOf, type OwnReader, ownReader, roomy, scaleOf } from './linear/own.ts'
import { emptyPlane, negative, type Plane, sharpened, turned, type Window } from './linear/plane.ts'
import { type Proof, proof } from './linear/proof.ts'
import { type Region, regionFinder } from './linear/regions.ts'
import type { Effort, Found, Zxing } from './zxing.ts'
import { linearFormats, matrixFormats } from './zxing.ts'

export type Pipeline = (frame: Plane) => Look

/** Regions that are looked at in each frame, and in one that shows a code: its neighbours are offered beside it. */
const REGIONS = 4
const NEIGHBOURS = 12
/** Pieces of work for our own reader in a frame with and without a deeper step. */
const PIECES = [2, 1] as const
/** Frames in which regions that jump about are no news, so that every family and step has its turn. */
const SETTLES = 8

export const pipeline = (zxing: Zxing, settings: ReadSettings): Pipeline => {
  const linear = linearFormats(settings)
  const quick: Effort = { formats: [...matrixFormats.slice(0, 4), ...linear] }
  const upright: Effort = { formats: linear, inverted: true, harder: true, most: 1 }
  const squares: Effort = { formats: ['DataMatrix'], harder: true }
  const steps = ladder(linear)
  const findRegions = regionFinder(NEIGHBOURS)
  const own = ownReader(settings)
  const proved = proofOf(proof())
  const pieces = rounds(familiesOf(settings))
  const strip = emptyPlane()
  const preparedStrip = emptyPlane()
  let turn = 0
  let again: Step[] = []
  let before: Region | undefined
  let settled = 0
  return frame => {
    turn += 1
    const first = zxing(frame, quick)
    // A page of them: the quick look for Data Matrix goes along the middle only.
    if (first.filter(one => one.format === 'DataMatrix').length > 1) first.push(...zxing(frame, squares))
    const sights = sightsOf(first, 'quick', frame)
    const regions = findRegions(frame).slice(0, sights.length > 0 ? NEIGHBOURS : REGIONS)
    const manner = manners[turn % manners.length] as Manner
    for (const region of regions) {
      if (sights.some(sight => holds(region, sight, frame))) continue
      const window = roomy(region)
      const scale = scaleOf(window)
      const picture = manner.prepare(turned(frame, window, scale, strip), scale, preparedStrip)
      const back = (spot: Spot) => unturned(spot, strip, window, scale)
      sights.push(...sightsOf(zxing(picture, upright), manner.way, frame, back, manner.altered))
    }
    for (const [i, sight] of sights.entries()) if (proved(sight, frame, regions)) sights[i] = { ...sight, sure: true }
    const unread = sights.every(sight => sight.altered)
    // A code that has just come into sight is our own reader's first.
    const fresh = turn >= settled && elsewhere(before, regions[0])
    if (fresh) settled = turn + SETTLES
    before = regions[0]
    const deep = turn % 2 === 0 && unread && !fresh
    if (unread) {
      const pending = pieces(regions, PIECES[deep ? 1 : 0], fresh)
      for (const { region, family, done } of pending) {
        const read = own.read(frame, region, family)
        if (read) sights.push(...sightsOf([read], 'own', frame))
        done(read !== undefined)
        if (read) break
      }
    }
    const due = again.length > 0 ? again : deep ? steps.next(frame) : []
    again = []
    for (const step of due) {
      const { picture, back } = step.prepare(frame)
      const found = sightsOf(zxing(picture, step.effort), step.name, frame, back, step.altered)
      if (found.length > 0 && !step.altered) again.push(step)
      sights.push(...found)
    }
    const doubts = sights.filter(sight => doubted(sight, own, frame, regions))
    const found = sights.filter(sight => !doubts.includes(sight))
    for (const region of regions) {
      const read = doubts.some(sight => holds(region, sight, frame)) && own.read(frame, region, 'ean')
      if (read) found.push(...sightsOf([read], 'own', frame))
    }
    found.push(...found.flatMap(sight => witness(sight, own, frame, regions)))
    return { found, brightness: brightness(frame) }
  }
}

/** How the regions are looked at, from frame to frame. zxing-cpp reads light bars on dark ground only in a negative. */
type Manner = {
  readonly way: string
  readonly altered: boolean
  readonly prepare: (strip: Plane, scale: number, into: Plane) => Plane
}
const asItIs: Manner = { way: 'region', altered: false, prepare: strip => strip }
const sharp: Manner = {
  way: 'region sharp',
  altered: true,
  prepare: (strip, scale, into) => sharpened(strip, Math.round(3 * scale), 2.5, into)
}
const inverse: Manner = { way: 'negative', altered: false, prepare: (strip, _, into) => negative(strip, into) }
/** The first frame takes the second of them. */
const manners: readonly Manner[] = [sharp, asItIs, asItIs, inverse]

/** The best region is not the one of the frame before, as a hand moves it. */
const elsewhere = (before: Region | undefined, now: Region | undefined): boolean =>
  now !== undefined &&
  (before === undefined ||
    Math.hypot(now.x - before.x, now.y - before.y) > now.along / 2 ||
    Math.abs(Math.log(now.along / before.along)) > 0.4)

type Piece = { readonly region: Region; readonly family: Family; readonly done: (read: boolean) => void }

/** Deals out the work on the regions: the likeliest family for the best region first. What was read is looked at again. */
const rounds = (families: readonly Family[]) => {
  let at = 0
  return (regions: readonly Region[], count: number, fresh: boolean): Piece[] => {
    if (fresh) at = 0
    const order = regions
      .flatMap((region, i) => families.map((family, j) => ({ region, family, rank: i + j + (i > 1 ? 1 : 0) })))
      .sort((a, b) => a.rank - b.rank)
    return Array.from({ length: Math.min(count, order.length) }, (_, i) => {
      const here = (at + i) % order.length
      const piece = order[here] as (typeof order)[number]
      const last = i === Math.min(count, order.length) - 1
      return {
        ...piece,
        done: read => {
          if (read) at = here
          else if (last) at = here + 1
        }
      }
    })
  }
}

/** One frame is proof enough of what was read in it. */
const proofOf =
  (prove: Proof) =>
  (sight: Sight, frame: Plane, regions: readonly Region[]): boolean => {
    const region = sight.altered ? undefined : regions.find(one => holds(one, sight, frame))
    const corners = sight.corners?.map(([x, y]) => ({ x: x * frame.width, y: y * frame.height }))
    return region !== undefined && corners !== undefined && prove(frame, region, { ...sight, corners })
  }

const weakEan = /^(EAN|UPC)/

/** zxing-cpp read a code of weak checks where our own reader sees another one: neither is believed. */
const doubted = (sight: Sight, own: OwnReader, frame: Plane, regions: readonly Region[]): boolean => {
  if (sight.sure || sight.way === 'own' || !weakEan.test(sight.format)) return false
  const region = regions.find(one => holds(one, sight, frame))
  const guess = region && own.glance(frame, region, 'ean')
  return guess !== undefined && guess.margin > guess.rest && guess.text !== sight.text
}

const families: readonly (readonly [Family, RegExp])[] = [
  ['ean', weakEan],
  ['128', /^Code128$/],
  ['39', /^Code39$/],
  ['itf', /^ITF/]
]

/** What was read from an altered picture and our own reader sees in the unaltered one, however faintly. */
const witness = (sight: Sight, own: OwnReader, frame: Plane, regions: readonly Region[]): Sight[] => {
  if (!sight.altered) return []
  const family = families.find(([, formats]) => formats.test(sight.format))?.[0]
  const region = family && regions.find(one => holds(one, sight, frame))
  const guess = region && own.glance(frame, region, family)
  return guess?.text === sight.text ? [{ ...sight, way: 'own', altered: false }] : []
}

const holds = (region: Region, { corners }: Sight, { width, height }: Plane): boolean => {
  if (!corners) return false
  const x = corners.reduce((sum, corner) => sum + corner[0], 0) / 4
  const y = corners.reduce((sum, corner) => sum + corner[1], 0) / 4
  const [dx, dy] = [x * width - region.x, y * height - region.y]
  const [c, s] = [Math.cos(region.angle), Math.sin(region.angle)]
  return Math.abs(dx * c + dy * s) < region.along / 2 && Math.abs(dy * c - dx * s) < region.across / 2
}

type Spot = { readonly x: number; readonly y: number }

const unturned = (spot: Spot, picture: Plane, window: Window, scale: number): Spot => {
  const u = (spot.x - (picture.width - 1) / 2) / scale
  const v = (spot.y - (picture.height - 1) / 2) / scale
  const [c, s] = [Math.cos(window.angle), Math.sin(window.angle)]
  return { x: window.x + u * c - v * s, y: window.y + u * s + v * c }
}

const sightsOf = (
  found: readonly Found[],
  way: string,
  { width, height }: Plane,
  back: (spot: Spot) => Spot = spot => spot,
  altered = false
): Sight[] =>
  found.map(({ corners, ...reading }) => {
    const place = (spot: Spot) => {
      const { x, y } = back(spot)
      return [x / width, y / height] as const
    }
    const [a, b, c, d] = corners
    const where: Corners = [place(a), place(b), place(c), place(d)]
    return { ...reading, corners: where, way, altered }
  })

/** Mean of one pixel in 997: enough to know day from night. */
const brightness = ({ width, height, data }: Plane): number => {
  let sum = 0
  let count = 0
  for (let i = 0; i < width * height; i += 997) {
    sum += data[i] as number
    count += 1
  }
  return count ? sum / count : 0
}
