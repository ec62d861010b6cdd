/**
 * When a reading of the camera counts. A wrong reading books the wrong part, so: what the tablet knows counts at once; codes with
 * strong checks count at once; Code 128 and Code 93 count at once as one of our own labels; what one frame proves by itself
 * (linear/proof.ts) counts at once where nothing else was read; all else needs two frames of the last five that agree and no other
 * reading of the same kind that is as good. A reading from a sharpened or smoothed picture never counts alone. A code that stays in
 * view is given once.
 */
import { readLabel } from '#kernel/label.ts'
import type { Look, Reading, ReadSettings, Sight } from './decoder.ts'
import { usualReads } from './decoder.ts'

/** What counts, with what else in the picture would count: the nearest to the middle is given, the others are offered. */
export type Counted = Reading & { readonly others: readonly Reading[] }

export type Judge = (look: Look, at: number) => Counted | undefined

type Rules = {
  /** A look-up in what this tablet knows. */
  readonly known?: ((text: string) => boolean) | undefined
  readonly settings?: ReadSettings | undefined
}

const strong = /^(QRCode|MicroQRCode|RMQRCode|DataMatrix|DataBar|Aztec|PDF417)/

/** Frames that are looked back on, and milliseconds a code must be out of view before it counts again. */
const MEMORY = 5
const REPEAT = 1200

type Seen = { readonly frame: number; readonly sight: Sight }

export const judge = ({ known = () => false, settings = usualReads }: Rules = {}): Judge => {
  let frame = 0
  let recent: Seen[] = []
  const given = new Map<string, number>()
  return (look, at) => {
    frame += 1
    const found = look.found.filter(sight => wanted(sight, settings))
    recent = recent.filter(seen => seen.frame > frame - MEMORY).concat(found.map(sight => ({ frame, sight })))
    const counting = once(found).filter(sight => counts(sight, recent, known))
    for (const [text, seen] of given) if (at - seen >= REPEAT) given.delete(text)
    for (const { text } of found) if (given.has(text)) given.set(text, at)
    const [first, ...others] = counting.sort((a, b) => fromMiddle(a) - fromMiddle(b)).map(plain)
    if (!first || given.has(first.text)) return undefined
    given.set(first.text, at)
    return { ...first, others }
  }
}

/** Whether the site uses such a code. */
export const wanted = ({ format, text }: Reading, settings: ReadSettings): boolean => {
  if (format === 'UPCE') return settings.upce
  if (format === 'Codabar') return settings.codabar
  if (!/^ITF/.test(format)) return true
  const lengths = settings.itfLengths
  return lengths === 'any' ? text.length >= 4 && text.length % 2 === 0 : lengths.includes(text.length)
}

const once = (found: readonly Sight[]): Sight[] => [...new Map(found.map(sight => [sight.text, sight])).values()]

const counts = (sight: Sight, recent: readonly Seen[], known: (text: string) => boolean): boolean => {
  if (strong.test(sight.format) || known(sight.text)) return true
  const same = recent.filter(seen => seen.sight.text === sight.text)
  if (!same.some(seen => !seen.sight.altered) && new Set(same.map(seen => seen.sight.way)).size < 2) return false
  if (/^(Code128|Code93)$/.test(sight.format) && readLabel(sight.text).label !== 'other') return true
  const against = rivals(sight, recent)
  if (against === 0 && same.some(seen => seen.sight.sure)) return true
  const frames = framesOf(same)
  return frames >= 2 && frames > 2 * against
}

const framesOf = (seen: readonly Seen[]): number => new Set(seen.map(({ frame }) => frame)).size

/** Frames in which something else was read at the same place: one of the two readings is wrong. */
const rivals = (sight: Sight, recent: readonly Seen[]): number =>
  framesOf(recent.filter(seen => seen.sight.text !== sight.text && overlaps(seen.sight, sight)))

const box = ({ corners }: Reading) => {
  const xs = (corners ?? []).map(([x]) => x)
  const ys = (corners ?? []).map(([, y]) => y)
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }
}

const overlaps = (a: Reading, b: Reading): boolean => {
  if (!a.corners || !b.corners) return a.format === b.format
  const [one, other] = [box(a), box(b)]
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
}

const fromMiddle = (reading: Reading): number => {
  if (!reading.corners) return 1
  const { left, right, top, bottom } = box(reading)
  return Math.hypot((left + right) / 2 - 0.5, (top + bottom) / 2 - 0.5)
}

const plain = ({ way: _way, altered: _altered, sure: _sure, ...reading }: Sight): Reading => reading
