/**
 * EAN-13, UPC-A, EAN-8 and UPC-E from a blurred profile (ISO/IEC 15420). The guards say where the code lies, every digit is
 * compared with all digits as they look through the blur, and the cheapest digits that fulfil the check digit are taken. The
 * answer tells how much dearer the next best code would be.
 */
import { type EanFormat, type Solution, solve } from './ean-digits.ts'
import type { Guess } from './guess.ts'
import {
  closes,
  type Fit,
  fitted,
  likeness,
  opens,
  SAMPLES,
  Signal,
  signalOf,
  type Span,
  spanOf,
  type Template,
  template
} from './model.ts'
import { smoothest } from './path.ts'
import type { Profile } from './profile.ts'

/** Widths of space, bar, space, bar of the left odd digits. */
const WIDTHS = ['3211', '2221', '2122', '1411', '1132', '1231', '1114', '1312', '1213', '3112'] as const
type Kind = {
  readonly format: EanFormat
  readonly modules: number
  /** Modules of quiet zone that are asked for: the short ones could else be found inside a long one. */
  readonly quiet: number
  /** Modules from the start of each digit. */
  readonly digits: readonly number[]
  readonly middle: number | undefined
  readonly start: readonly number[]
  readonly end: readonly number[]
}

const sevens = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + 7 * i)

const kinds: readonly Kind[] = [
  {
    format: 'EAN13',
    modules: 95,
    quiet: 3,
    digits: [...sevens(3, 6), ...sevens(50, 6)],
    middle: 45,
    start: [0, 1, 2, 3],
    end: [0, 1, 2, 3]
  },
  {
    format: 'EAN8',
    modules: 67,
    quiet: 5.5,
    digits: [...sevens(3, 4), ...sevens(36, 4)],
    middle: 31,
    start: [0, 1, 2, 3],
    end: [0, 1, 2, 3]
  },
  {
    format: 'UPCE',
    modules: 51,
    quiet: 5.5,
    digits: sevens(3, 6),
    middle: undefined,
    start: [0, 1, 2, 3],
    end: [0, 1, 2, 3, 4, 5, 6]
  }
]

const SIGMAS = [0.3, 0.6, 0.85, 1.1] as const

/** Templates of 30 patterns: 0-9 left odd (L), 10-19 left even (G), 20-29 right (R). */
const digitTemplates = SIGMAS.map(sigma => Array.from({ length: 30 }, (_, i) => digitTemplate(i, sigma)))

function digitTemplate(pattern: number, sigma: number): Template {
  const widths = [...(WIDTHS[pattern % 10] as string)].map(Number)
  if (pattern >= 10 && pattern < 20) widths.reverse()
  const edges = [0]
  for (const width of widths) edges.push((edges.at(-1) as number) + width)
  // Left digits begin with a space, so there is a bar before them and a space after; right ones the other way round.
  return template([-1, ...edges, 8], pattern >= 20 ? 0 : 1, -0.5, 7.5, sigma)
}

type Guards = { readonly start: Template; readonly middle: Template; readonly end: Template }

const guardsOf = (kind: Kind): Guards => ({
  start: template(kind.start, 1, -4, 3.25, 0.55),
  middle: template([0, 1, 2, 3, 4, 5], 0, -0.5, 5.5, 0.55),
  end: template(kind.end, kind.format === 'UPCE' ? 0 : 1, -0.25, (kind.end.at(-1) as number) + 4, 0.55)
})

const guards = new Map(kinds.map(kind => [kind, guardsOf(kind)]))

const MOST = 2048
const signal = new Signal(MOST)
const scratch: Fit = { gain: 0, rest: 0 }

type Place = {
  readonly kind: Kind
  readonly start: number
  readonly middle: number
  readonly end: number
  readonly module: number
  readonly score: number
}

/** Places whose guards are less like guards than this together are not looked into. */
const ALIKE = 0.77

/**
 * Reads one profile, bars dark. `length`: about how many samples the code is long, or longer with an add-on beside it. Guesses
 * come best first; `upce` also looks for UPC-E. Nothing is promised about a guess: the caller compares several.
 */
export const readEan = (profile: Profile, length: number, upce: boolean): Guess[] => {
  const places = kinds
    .filter(kind => upce || kind.format !== 'UPCE')
    .flatMap(kind => placesOf(profile, kind, length))
    .sort((a, b) => b.score - a.score)
  return places
    .slice(0, 3)
    .flatMap(place => digitsAt(profile, place) ?? [])
    .sort((a, b) => b.margin / b.rest - a.margin / a.rest)
}

/** Widths of a module beside the one that the ends of a code say. */
const NEARLY = [1, 0.985, 1.015] as const

/** The same for a code of which it is known where it begins and ends in the profile, give or take a module or two. */
export const readEanAt = (profile: Profile, from: number, to: number, format: EanFormat): Guess | undefined => {
  const kind = kinds.find(one => one.format === format) as Kind
  let best: Place | undefined
  for (const nearly of NEARLY) {
    const place = placeAt(profile, kind, (nearly * (to - from)) / kind.modules)
    if (place && place.score > (best?.score ?? ALIKE)) best = place
  }
  return best && digitsAt(profile, best)
}

/** The best places of the guards: over module widths about the expected one, then closely about the best of them. */
const placesOf = (profile: Profile, kind: Kind, length: number): Place[] => {
  const expected = length / kind.modules
  let best: Place | undefined
  const look = (module: number) => {
    const place = placeAt(profile, kind, module)
    if (place && place.score > (best?.score ?? ALIKE)) best = place
  }
  for (let module = expected * 0.58; module < expected * 1.12; module *= 1.03) look(module)
  if (!best) return []
  const coarse = best.module
  for (const finer of [0.98, 0.99, 1.01, 1.02]) look(coarse * finer)
  return [best]
}

/** Where the guards lie best, for modules of that many samples of the profile. */
const placeAt = (profile: Profile, kind: Kind, module: number): Place | undefined => {
  const { start, middle, end } = guards.get(kind) as Guards
  const tail = (kind.end.at(-1) as number) * SAMPLES
  const count = Math.floor((profile.length * SAMPLES) / module)
  const body = kind.modules * SAMPLES
  if (count > MOST || count < body || module < 0.9) return undefined
  signalOf(profile, 0, module / SAMPLES, count, signal)
  const span = spanOf(signal)
  const ends = likenesses(end, body - tail - REACH, count, tail, span, kind.quiet)
  let best: Place | undefined
  for (let at = 0; at + body <= count + REACH; at += 1) {
    if (!opens(signal, at, span, kind.quiet)) continue
    const first = likeness(signal, start, at)
    if (first < 0.6) continue
    const [last, atLast] = highest(ends, at + body - tail)
    if (last < 0.6) continue
    const [mid, atMiddle] =
      kind.middle === undefined
        ? [(first + last) / 2, 0]
        : near(middle, at + ((atLast + tail - at) * kind.middle) / kind.modules)
    if (mid < 0.4) continue
    const score = (first + last + mid) / 3
    if (!best || score > best.score) best = { kind, start: at, middle: atMiddle, end: atLast + tail, module, score }
  }
  return best
}

/** Samples that an end guard may lie off. */
const REACH = 6

const all = new Float32Array(MOST)
const likenesses = (
  piece: Template,
  from: number,
  count: number,
  tail: number,
  span: Span,
  quiet: number
): Float32Array => {
  for (let at = 0; at < count; at += 1)
    all[at] = at >= from && closes(signal, at + tail, span, quiet) ? likeness(signal, piece, at) : -1
  return all.subarray(0, count)
}

const highest = (values: Float32Array, about: number): [value: number, at: number] => {
  let best = -1
  let where = about
  for (let at = Math.max(0, about - REACH); at <= Math.min(values.length - 1, about + REACH); at += 1)
    if ((values[at] as number) > best) {
      best = values[at] as number
      where = at
    }
  return [best, where]
}

const near = (piece: Template, about: number): [value: number, at: number] => {
  let best = -1
  let where = Math.round(about)
  for (let at = where - 6, stop = where + 6; at <= stop; at += 1) {
    const value = likeness(signal, piece, at)
    if (value > best) {
      best = value
      where = at
    }
  }
  return [best, where]
}

const OFFSETS = 11

type Attempt = {
  readonly turned: boolean
  readonly templates: readonly Template[]
  readonly rest: number
  readonly contrast: number
}

/** The digits at a place, read both ways round through the blur that explains them best. */
const digitsAt = (profile: Profile, place: Place): Guess | undefined => {
  const { kind } = place
  const step = place.module / SAMPLES
  const count = Math.floor((profile.length * SAMPLES) / place.module)
  const begins = (turned: boolean): number[] =>
    turned
      ? slots(kind, count - place.end, count - place.middle - 5 * SAMPLES, count - place.start)
      : slots(kind, place.start, place.middle, place.end)
  const load = (turned: boolean): void => {
    signalOf(profile, 0, step, count, signal)
    if (!turned) return
    signal.samples.subarray(0, count).reverse()
    signal.close(count)
  }
  const attempts: Attempt[] = []
  for (const turned of [false, true]) {
    load(turned)
    for (const templates of digitTemplates)
      attempts.push({ turned, templates, ...contrastOf(kind, templates, begins(turned)) })
  }
  attempts.sort((a, b) => a.rest - b.rest)
  let best: Solution | undefined
  for (const { turned, templates, contrast } of attempts.slice(0, 3)) {
    if (contrast < FAINT) continue
    load(turned)
    const reading = solve(kind.format, costsOf(kind, templates, begins(turned), contrast))
    if (reading && (!best || reading.total < best.total)) best = reading
  }
  if (!best) return undefined
  const digits = kind.digits.length
  return {
    text: best.text,
    identifier: kind.format === 'EAN8' ? ']E4' : ']E0',
    format: kind.format,
    rest: best.total / digits,
    margin: best.next - best.total,
    from: place.start * step,
    to: place.end * step
  }
}

/** Steps of brightness between black and white under which nothing is read. */
const FAINT = 4

/** Where each digit begins, when the guards lie so. */
const slots = (kind: Kind, from: number, middle: number, to: number): number[] => {
  if (kind.middle === undefined) {
    const stretch = (to - from) / (kind.modules * SAMPLES)
    return kind.digits.map(digit => from + digit * SAMPLES * stretch)
  }
  const left = (middle - from) / (kind.middle * SAMPLES)
  const right = (to - middle) / ((kind.modules - kind.middle) * SAMPLES)
  return kind.digits.map(digit =>
    digit < (kind.middle as number)
      ? from + digit * SAMPLES * left
      : middle + (digit - (kind.middle as number)) * SAMPLES * right
  )
}

/** Patterns that the digit in a slot may have: from one, up to but not another. */
const groupOf = (kind: Kind, slot: number): readonly [number, number] =>
  kind.format === 'UPCE' || slot < kind.digits.length / 2 ? [0, kind.format === 'EAN8' ? 10 : 20] : [20, 30]

/** No code has more contrast than this many times what the whole profile spans. */
const CONTRAST = 1.2

/** With a free gain and no check: what is left unexplained at best, as a part of the contrast squared, and the contrast. */
const contrastOf = (
  kind: Kind,
  templates: readonly Template[],
  begins: readonly number[]
): { rest: number; contrast: number } => {
  const gains: number[] = []
  const most = CONTRAST * spanOf(signal).steps
  let sum = 0
  for (const [slot, begin] of begins.entries()) {
    let rest = Number.POSITIVE_INFINITY
    let gain = 0
    const [low, high] = groupOf(kind, slot)
    for (let pattern = low; pattern < high; pattern += 1) {
      fitted(signal, templates[pattern] as Template, Math.round(begin), 0, most, scratch)
      if (scratch.rest >= rest) continue
      rest = scratch.rest
      gain = scratch.gain
    }
    gains.push(gain)
    sum += rest
  }
  const contrast = gains.sort((a, b) => a - b)[gains.length >> 1] as number
  return { rest: sum / begins.length / Math.max(1, contrast * contrast), contrast }
}

/** What each pattern leaves unexplained at each digit, at the best common alignment. */
const costsOf = (
  kind: Kind,
  templates: readonly Template[],
  begins: readonly number[],
  contrast: number
): Float64Array[] => {
  const tables = begins.map((begin, slot) => aligned(templates, groupOf(kind, slot), Math.round(begin), contrast))
  const path = smoothest(tables, OFFSETS, 0.002)
  return tables.map((table, slot) => {
    const at = path[slot] as number
    const [low, high] = groupOf(kind, slot)
    const least = new Float64Array(30).fill(Number.POSITIVE_INFINITY)
    for (let pattern = low; pattern < high; pattern += 1)
      for (let offset = Math.max(0, at - 1); offset <= Math.min(OFFSETS - 1, at + 1); offset += 1)
        least[pattern] = Math.min(least[pattern] as number, table[pattern * OFFSETS + offset] as number)
    return least
  })
}

/** Costs of patterns by offset, as parts of the contrast squared. */
const aligned = (
  templates: readonly Template[],
  [low, high]: readonly [number, number],
  begin: number,
  contrast: number
): Float64Array => {
  const table = new Float64Array(30 * OFFSETS).fill(Number.POSITIVE_INFINITY)
  for (let pattern = low; pattern < high; pattern += 1)
    for (let offset = 0; offset < OFFSETS; offset += 1) {
      fitted(
        signal,
        templates[pattern] as Template,
        begin + offset - (OFFSETS >> 1),
        0.6 * contrast,
        1.6 * contrast,
        scratch
      )
      table[pattern * OFFSETS + offset] = scratch.rest / (contrast * contrast)
    }
  return table
}
