/**
 * Our own reader of linear codes, for what zxing-cpp can't see: defocused, narrow and faint ones. It turns a region upright, reads
 * its bars in three bands, and believes only what two of them say clearly while none says otherwise.
 */
import type { ReadSettings } from '../decoder.ts'
import { readChain } from './chain.ts'
import { code128 } from './code128.ts'
import { readEan } from './ean.ts'
import type { Guess } from './guess.ts'
import { emptyPlane, type Plane, turned, type Window } from './plane.ts'
import { barsOf, leanOf, type Profile, summed } from './profile.ts'
import type { Region } from './regions.ts'
import { code39s, itfs } from './two-widths.ts'

/** What to look for: one of them is one piece of work. */
export type Family = 'ean' | '128' | '39' | 'itf'

export type OwnRead = {
  readonly text: string
  readonly format: string
  readonly identifier: string
  /** In pixels of the picture. */
  readonly corners: readonly [Spot, Spot, Spot, Spot]
}
type Spot = { readonly x: number; readonly y: number }

/** In the order in which they are looked for: most labels of a plant are Code 128. */
export const familiesOf = ({ itfLengths }: ReadSettings): readonly Family[] =>
  itfLengths === 'any' || itfLengths.length > 0 ? ['128', 'ean', '39', 'itf'] : ['128', 'ean', '39']

/** A region with the quiet zones beside it, and without the ragged ends of its bars. */
export const roomy = (region: Region): Window => ({
  ...region,
  along: region.along * 1.16 + 32,
  across: Math.max(8, region.across * 0.8)
})

export const scaleOf = (window: Window): number => (window.along < 450 ? 2 : window.along < 900 ? 1.5 : 1)

/** Pixels of the picture that the narrowest module takes. */
const FINEST = 0.9

export type OwnReader = {
  /** Regions are told apart by identity: every frame has its own. */
  readonly read: (picture: Plane, region: Region, family: Family) => OwnRead | undefined
  /** What the whole region says most clearly, however unsure. */
  readonly glance: (picture: Plane, region: Region, family: Family) => Guess | undefined
}

export const ownReader = (settings: ReadSettings): OwnReader => {
  const strip = emptyPlane()
  const guesses = (profile: Profile, region: Region, scale: number, family: Family): Guess[] => {
    const length = region.along * scale
    if (family === 'ean') return readEan(profile, length, settings.upce)
    const chains = family === '128' ? [code128] : family === '39' ? code39s : itfs
    return chains.flatMap(chain => readChain(profile, length, FINEST * scale, chain))
  }
  const clearest = (profile: Profile, region: Region, scale: number, family: Family): Guess | undefined =>
    guesses(profile, region, scale, family)
      .filter(guess => guess.to - guess.from > region.along * scale * 0.58)
      .sort((a, b) => clarity(b) - clarity(a))[0]
  // Several families are looked for in a region, one after the other.
  let last:
    | { readonly region: Region; readonly window: Window; readonly scale: number; readonly lean: number }
    | undefined
  const upright = (picture: Plane, region: Region) => {
    if (last?.region === region) return last
    const window = roomy(region)
    const scale = scaleOf(window)
    turned(picture, window, scale, strip)
    last = { region, window, scale, lean: leanOf(strip) }
    return last
  }
  return {
    glance: (picture, region, family) => {
      const { scale, lean } = upright(picture, region)
      const [top, bottom] = barsOf(strip, lean)
      return clearest(summed(strip, top, bottom, lean), region, scale, family)
    },
    read: (picture, region, family) => {
      const { window, scale, lean } = upright(picture, region)
      const [top, bottom] = barsOf(strip, lean)
      const band = ([from, to]: readonly [number, number]) =>
        clearest(summed(strip, part(top, bottom, from), part(top, bottom, to), lean), region, scale, family) ?? []
      const guesses = PROBES.flatMap(band)
      if (!guesses.some(guess => clarity(guess) >= WORTH)) return undefined
      const best = agreed(unanimous(guesses) ? guesses : [...guesses, ...OTHERS.flatMap(band)])
      return best && { ...readingOf(best), corners: cornersOf(best, window, scale, strip) }
    }
  }
}

/** Parts of the bars' height that are read by themselves: bars that bend are straight in a part. First those that tell most. */
const PROBES = [
  [0.25, 0.5],
  [0.5, 0.75],
  [0, 1]
] as const
const OTHERS = [
  [0, 0.25],
  [0.75, 1]
] as const

const part = (top: number, bottom: number, share: number): number => top + Math.round((bottom - top) * share)

/** How many times more the next best text leaves unexplained than this one does on a character. */
export const clarity = (guess: Guess): number => (guess.rest > 0.05 ? 0 : guess.margin / Math.max(guess.rest, 0.002))

/** Under this the bands are not asked. */
const WORTH = 0.6
type Limits = {
  /** What the clearest must reach, and another that says the same. */
  readonly clear: number
  readonly second: number
  /** What one that says otherwise must not reach. */
  readonly other: number
}

/**
 * Short codes are found in blurred long ones, so they have to be much clearer. Set by some thousand generated pictures, so that
 * none of them was read wrong (own.test.ts draws such).
 */
export const limitsOf = ({ format, text }: Guess): Limits => {
  if (format === 'UPCE') return { clear: 3.5, second: 1.5, other: 0.8 }
  if (format === 'EAN8') return { clear: 3, second: 1.5, other: 0.8 }
  if (format === 'Code128')
    return text.length <= 6 ? { clear: 5, second: 2.5, other: 0.8 } : { clear: 2, second: 0.8, other: 1 }
  if (format === 'Code39')
    return text.length <= 4 ? { clear: 4, second: 2, other: 0.8 } : { clear: 1.5, second: 0.9, other: 0.9 }
  if (format === 'ITF') return { clear: text.length < 8 ? 4 : 2, second: 1.2, other: 0.8 }
  return { clear: 2, second: 0.8, other: 1 }
}

/** All that were asked first say the same so clearly that nobody else is needed. */
const unanimous = (guesses: readonly Guess[]): boolean =>
  guesses.length === PROBES.length &&
  guesses.every(guess => guess.text === guesses[0]?.text && clarity(guess) >= limitsOf(guess).clear)

const agreed = (guesses: readonly Guess[]): Guess | undefined => {
  const sorted = [...guesses].sort((a, b) => clarity(b) - clarity(a))
  const [best] = sorted
  const limits = best && limitsOf(best)
  if (!limits || clarity(best) < limits.clear) return undefined
  const same = sorted.filter(guess => guess.text === best.text && clarity(guess) >= limits.second)
  const contrary = sorted.some(guess => guess.text !== best.text && clarity(guess) >= limits.other)
  return same.length >= 2 && !contrary ? best : undefined
}

const readingOf = ({ text, format, identifier }: Guess) => ({ text, format, identifier })

const cornersOf = ({ from, to }: Guess, window: Window, scale: number, strip: Plane): OwnRead['corners'] => {
  const [c, s] = [Math.cos(window.angle), Math.sin(window.angle)]
  const place = (x: number, v: number): Spot => {
    const u = (x - (strip.width - 1) / 2) / scale
    return { x: window.x + u * c - v * s, y: window.y + u * s + v * c }
  }
  const half = window.across / 2
  return [place(from, -half), place(to, -half), place(to, half), place(from, half)]
}
