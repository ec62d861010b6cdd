/**
 * Codes whose characters are all equally wide and begin with a bar (Code 128, Code 39, Code 93, Interleaved 2 of 5), read from a
 * blurred profile: start and stop say where the code lies and how wide a module is, then every character is compared with all
 * characters as they look through the blur, along a path that may stretch a little from one to the next.
 */
import { type Bank, bankOf, fitBank } from './bank.ts'
import type { Guess } from './guess.ts'
import {
  closes,
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

/** Positions in modules where bars and spaces begin; the first is a bar at 0, the last is where the pattern ends. */
type Edges = readonly number[]

export type Chain = {
  readonly format: string
  /** Modules from one character to the next. */
  readonly pitch: number
  readonly characters: readonly Edges[]
  /** One of these begins the code; the index is given to `text`. */
  readonly starts: readonly Edges[]
  /** Modules that a start takes. */
  readonly startPitch: number
  readonly stop: Edges
  readonly least: number
  readonly most: number
  /** The cheapest text that the rules of the code allow, and what the next one would cost. */
  readonly solve: (slots: readonly Slot[], start: number) => Solution | undefined
}

/** The likeliest characters of a place, cheapest first. */
export type Slot = readonly { readonly value: number; readonly cost: number }[]
export type Solution = {
  readonly text: string
  readonly identifier: string
  readonly total: number
  readonly next: number
}

/** Edges from the widths of bars and spaces. */
export const edgesOf = (widths: readonly number[]): number[] => {
  const edges = [0]
  for (const width of widths) edges.push((edges.at(-1) as number) + width)
  return edges
}

const SIGMAS = [0.3, 0.6, 0.9] as const
/** Blur for the search of start and stop. */
const USUAL = 0.5

type Made = {
  readonly starts: readonly Template[]
  readonly stop: Template
  readonly characters: readonly Bank[]
}

const made = new Map<Chain, Made>()

const madeOf = (chain: Chain): Made => {
  const there = made.get(chain)
  if (there) return there
  const tail = chain.stop.at(-1) as number
  const fresh: Made = {
    starts: chain.starts.map(edges =>
      template(
        [...withoutEnd(edges, chain.startPitch), chain.startPitch, chain.startPitch + 1],
        1,
        -5,
        chain.startPitch + 0.4,
        USUAL
      )
    ),
    stop: template([-1, ...chain.stop], 0, -0.4, tail + 5, USUAL),
    characters: SIGMAS.map(sigma =>
      bankOf(
        chain.characters.map(edges => withoutEnd(edges, chain.pitch).slice(1)),
        chain.pitch,
        sigma
      )
    )
  }
  made.set(chain, fresh)
  return fresh
}

/** An edge at the very end of the pitch is the next character's bar, which is added there. */
const withoutEnd = (edges: Edges, pitch: number): Edges => (edges.at(-1) === pitch ? edges.slice(0, -1) : edges)

const MOST = 4096
const signal = new Signal(MOST)

type Place = {
  readonly turned: boolean
  readonly module: number
  readonly start: number
  readonly kind: number
  readonly end: number
  readonly characters: number
  readonly score: number
}

const ALIKE = 0.74

/** `length`: samples of the profile that the code takes, more or less. `finest`: samples of the narrowest module to look for. */
export const readChain = (profile: Profile, length: number, finest: number, chain: Chain): Guess[] =>
  placesOf(profile, length, finest, chain)
    .flatMap(place => readAt(profile, chain, place) ?? [])
    .sort((a, b) => b.margin / b.rest - a.margin / a.rest)

/**
 * The same for a code of which it is known where it begins and ends in the profile, give or take a module, and between which
 * limits the number of its characters lies.
 */
export const readChainAt = (
  profile: Profile,
  [from, to]: readonly [number, number],
  [least, most]: readonly [number, number],
  chain: Chain
): Guess | undefined => {
  const { starts, stop } = madeOf(chain)
  let best: Place | undefined
  for (let characters = least; characters <= most; characters += 1) {
    const module = (to - from) / modulesOf(chain, characters)
    if ((profile.length * SAMPLES) / module > MOST) continue
    const count = load(profile, module, false)
    for (const turned of [false, true]) {
      if (turned) turn(count)
      const about = turned ? count - (to * SAMPLES) / module : (from * SAMPLES) / module
      const last = likeliest(stop, about + (chain.startPitch + characters * chain.pitch) * SAMPLES)
      for (const [kind, start] of starts.entries()) {
        const first = likeliest(start, about)
        const score = (first.like + last.like) / 2
        if (score > (best?.score ?? ALIKE))
          best = { turned, module, start: first.at, kind, end: last.at, characters, score }
      }
    }
  }
  return best && readAt(profile, chain, best)
}

const load = (profile: Profile, module: number, turned: boolean): number => {
  const count = Math.floor((profile.length * SAMPLES) / module)
  signalOf(profile, 0, module / SAMPLES, count, signal)
  if (turned) turn(count)
  return count
}

const turn = (count: number): void => {
  signal.samples.subarray(0, count).reverse()
  signal.close(count)
}

const modulesOf = (chain: Chain, characters: number): number =>
  chain.startPitch + characters * chain.pitch + (chain.stop.at(-1) as number)

/** Coarse places that are looked at closely, and close ones that are read. */
const COARSE = 5
const READ = 3

const placesOf = (profile: Profile, length: number, finest: number, chain: Chain): Place[] => {
  const widest = (1.15 * length) / modulesOf(chain, chain.least)
  const narrowest = Math.max(finest, (0.7 * length) / modulesOf(chain, chain.most))
  const coarse: Place[] = []
  for (let module = narrowest; module <= widest; module *= 1.035) {
    if ((profile.length * SAMPLES) / module > MOST) continue
    const count = load(profile, module, false)
    const span = spanOf(signal)
    for (const turned of [false, true]) {
      if (turned) turn(count)
      const place = placeAt(length, chain, module, turned, span)
      if (place && place.score > ALIKE) coarse.push(place)
    }
  }
  coarse.sort((a, b) => b.score - a.score)
  const close = coarse.slice(0, COARSE).flatMap(place => closely(profile, chain, place))
  close.sort((a, b) => b.score - a.score)
  // Neighbouring widths find the same place; the best of them is enough.
  const apart: Place[] = []
  for (const place of close)
    if (!apart.some(one => one.turned === place.turned && one.characters === place.characters)) apart.push(place)
  return apart.slice(0, READ)
}

/** The place with modules that make a whole number of characters of it: the nearest numbers, each as like as it then is. */
const closely = (profile: Profile, chain: Chain, place: Place): Place[] => {
  const { starts, stop } = madeOf(chain)
  const exact = (place.end - place.start - chain.startPitch * SAMPLES) / (chain.pitch * SAMPLES)
  const all: Place[] = []
  for (const characters of [Math.floor(exact), Math.ceil(exact)]) {
    if (characters < chain.least || characters > chain.most) continue
    const modules = chain.startPitch + characters * chain.pitch
    const module = (place.module * (place.end - place.start)) / (modules * SAMPLES)
    if (Math.abs(module / place.module - 1) > 0.06) continue
    load(profile, module, place.turned)
    const first = likeliest(starts[place.kind] as Template, (place.start * place.module) / module)
    const last = likeliest(stop, (place.end * place.module) / module)
    all.push({ ...place, characters, module, start: first.at, end: last.at, score: (first.like + last.like) / 2 })
  }
  return all
}

/** Samples that a piece may lie off its place. */
const NEAR = 2

const likeliest = (piece: Template, about: number): { at: number; like: number } => {
  let best = { at: Math.round(about), like: -1 }
  for (let at = Math.round(about) - NEAR, stop = at + 2 * NEAR; at <= stop; at += 1) {
    const like = likeness(signal, piece, at)
    if (like > best.like) best = { at, like }
  }
  return best
}

/** Modules of quiet zone that are asked for; the standards say ten, labels often have less. */
const QUIET = 4

/** How far from its expected end a code may begin or end, as a part of its length. */
const SLACK = 0.22

/** In the signal as it is loaded. */
const placeAt = (length: number, chain: Chain, module: number, turned: boolean, span: Span): Place | undefined => {
  const { starts, stop } = madeOf(chain)
  const { count } = signal
  const tail = (chain.stop.at(-1) as number) * SAMPLES
  const margin = (count - (length * SAMPLES) / module) / 2
  const reach = SLACK * (length / module) * SAMPLES
  let first: { at: number; kind: number; like: number } | undefined
  for (let at = 4 * SAMPLES; at < Math.min(count, margin + reach); at += 1) {
    if (!opens(signal, at, span, QUIET)) continue
    for (const [kind, start] of starts.entries()) {
      const like = likeness(signal, start, at)
      if (like > (first?.like ?? 0.6)) first = { at, kind, like }
    }
  }
  if (!first) return undefined
  let last: { at: number; like: number } | undefined
  for (let at = Math.max(0, Math.floor(count - margin - reach - tail)); at + tail + 4 * SAMPLES < count; at += 1) {
    if (!closes(signal, at + tail, span, QUIET)) continue
    const like = likeness(signal, stop, at)
    if (like > (last?.like ?? 0.6)) last = { at, like }
  }
  if (!last) return undefined
  const characters = (last.at - first.at - chain.startPitch * SAMPLES) / (chain.pitch * SAMPLES)
  if (characters < chain.least - 0.5 || characters > chain.most + 0.5) return undefined
  return {
    turned,
    module,
    start: first.at,
    kind: first.kind,
    end: last.at,
    characters,
    score: (first.like + last.like) / 2
  }
}

const readAt = (profile: Profile, chain: Chain, place: Place): Guess | undefined => {
  const { characters: banks } = madeOf(chain)
  const count = load(profile, place.module, place.turned)
  const first = place.start + chain.startPitch * SAMPLES
  const even = (place.end - first) / place.characters
  const begins = Array.from({ length: place.characters }, (_, i) => Math.round(first + i * even))
  const sets = banks.map(set => ({ set, ...contrastOf(set, begins) })).sort((a, b) => a.rest - b.rest)
  const { set, contrast } = sets[0] as (typeof sets)[number]
  if (contrast < FAINT) return undefined
  const solution = chain.solve(slotsAt(set, begins, contrast), place.kind)
  if (!solution) return undefined
  const end = place.end + (chain.stop.at(-1) as number) * SAMPLES
  const step = place.module / SAMPLES
  const [from, to] = place.turned ? [count - end, count - place.start] : [place.start, end]
  return {
    text: solution.text,
    identifier: solution.identifier,
    format: chain.format,
    rest: solution.total / place.characters,
    margin: solution.next - solution.total,
    from: from * step,
    to: to * step
  }
}

/** How many of the likeliest characters are kept for each place. */
const KEPT = 6

type Contrast = { readonly contrast: number; readonly rest: number }

/** Steps of brightness between black and white under which nothing is read. */
const FAINT = 4

/** A step aside costs a little, so that a path does not wander without a reason. */
const ASIDE = 0.001

/** Samples that a character may lie off its even place, to both sides. */
const REACH = 4
const OFFSETS = 2 * REACH + 1

const slotsAt = (bank: Bank, begins: readonly number[], contrast: number): Slot[] => {
  const unit = contrast * contrast
  const tables = begins.map((begin, i) => {
    const table = roomFor(i, bank.patterns * OFFSETS)
    fitBank(signal, bank, begin - REACH, OFFSETS, 0.6 * contrast, 1.6 * contrast, table)
    for (let k = 0; k < table.length; k += 1) table[k] = (table[k] as number) / unit
    return table
  })
  const path = smoothest(tables, OFFSETS, ASIDE)
  return tables.map((table, i) => likeliestOf(table, bank.patterns, path[i] as number))
}

const rooms: Float64Array[] = []
const roomFor = (i: number, size: number): Float64Array => {
  if ((rooms[i]?.length ?? 0) < size) rooms[i] = new Float64Array(size)
  return (rooms[i] as Float64Array).subarray(0, size)
}

/** The cheapest characters near an offset, cheapest first. */
const likeliestOf = (table: Float64Array, patterns: number, at: number): Slot => {
  const kept: { value: number; cost: number }[] = []
  for (let value = 0; value < patterns; value += 1) {
    let cost = Number.POSITIVE_INFINITY
    for (let offset = Math.max(0, at - 1); offset <= Math.min(OFFSETS - 1, at + 1); offset += 1)
      cost = Math.min(cost, table[value * OFFSETS + offset] as number)
    if (kept.length >= KEPT && cost >= (kept.at(-1)?.cost as number)) continue
    let place = kept.length
    while (place > 0 && (kept[place - 1]?.cost as number) > cost) place -= 1
    kept.splice(place, 0, { value, cost })
    if (kept.length > KEPT) kept.pop()
  }
  return kept
}

/** No code has more contrast than this many times what the whole profile spans. */
const CONTRAST = 1.2

const rests = new Float64Array(103 * 3)
const gains = new Float64Array(103 * 3)

/** Characters that say how blurred the code is. */
const ASKED = 5

/** The usual step between black and white: the middle of what the best free fits say, and what they leave. */
const contrastOf = (bank: Bank, begins: readonly number[]): Contrast => {
  const middles: number[] = []
  const most = CONTRAST * spanOf(signal).steps
  let sum = 0
  const each = Math.max(1, Math.floor(begins.length / ASKED))
  for (let i = 0; i < begins.length; i += each) {
    fitBank(signal, bank, (begins[i] as number) - 1, 3, 0, most, rests, gains)
    let best = 0
    for (let k = 1; k < bank.patterns * 3; k += 1) if ((rests[k] as number) < (rests[best] as number)) best = k
    middles.push(gains[best] as number)
    sum += rests[best] as number
  }
  const contrast = middles.sort((a, b) => a - b)[middles.length >> 1] as number
  return { contrast, rest: sum / middles.length / Math.max(1, contrast * contrast) }
}
