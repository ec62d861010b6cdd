/** GS1 Digital Link URIs (standard 1.4, "URI syntax"), uncompressed: the key and its qualifiers in the path, the rest in the query. */
import type { AiEntry } from './gs1-entries.ts'
import type { Gs1Fault } from './gs1-check.ts'

type Part = { readonly ai: string; readonly value: string; readonly at: number; readonly valueAt: number }
type Broken = { readonly ai: string; readonly fault: Gs1Fault; readonly at: number }
type Piece = { readonly text: string; readonly at: number }

/** `undefined` for an address without a GS1 key: a link like any other. Positions count from the start of the address. */
export const linkParts = (url: string, entries: ReadonlyMap<string, AiEntry>): readonly Part[] | Broken | undefined => {
  const whole = url.split('#')[0] ?? ''
  const [before = '', query] = cut(whole, '?')
  const segments = pieces(before, '/', before.indexOf('/', before.indexOf('//') + 2) + 1)
  if (before.indexOf('/', before.indexOf('//') + 2) < 0) return undefined
  const first = keyPlace(segments, entries)
  if (first === undefined) return undefined
  const path = pairsOf(segments.slice(first))
  const key = path[0]
  const wrong = orderFault(path, entries.get(key?.name.text ?? '')?.key ?? [])
  if (wrong) return wrong
  const asked = query === undefined ? [] : pieces(whole, /[&;]/, before.length + 1).flatMap(attributeOf)
  const parts: Part[] = []
  for (const { name, value } of [...path, ...asked]) {
    const entry = entries.get(name.text)
    if (!entry || (asked.some(one => one.name === name) && !entry.attribute))
      return { ai: name.text, fault: 'unknown-ai', at: name.at }
    const text = decoded(value.text)
    if (text === undefined) return { ai: name.text, fault: 'percent', at: value.at + value.text.search(/%/) }
    // Shorter GTINs may stand as they are printed.
    const full = name.text === '01' && /^(\d{8}|\d{12,13})$/.test(text) ? text.padStart(14, '0') : text
    parts.push({ ai: name.text, value: full, at: name.at, valueAt: value.at })
  }
  return parts
}

type Pair = { readonly name: Piece; readonly value: Piece }

/** The rightmost key whose pairs go up to the end: what stands before it belongs to the address. */
const keyPlace = (segments: readonly Piece[], entries: ReadonlyMap<string, AiEntry>): number | undefined => {
  for (let i = segments.length - 2; i >= 0; i -= 2) {
    if (!/^\d{2,4}$/.test(segments[i]?.text ?? '')) return undefined
    if (entries.get(segments[i]?.text ?? '')?.key) return i
  }
  return undefined
}

const pairsOf = (segments: readonly Piece[]): readonly Pair[] =>
  segments.flatMap((name, i) => {
    const value = segments[i + 1]
    return i % 2 === 0 && value ? [{ name, value }] : []
  })

/** Qualifiers are those of the key, in the order that one of its sequences gives. */
const orderFault = (path: readonly Pair[], sequences: readonly (readonly string[])[]): Broken | undefined => {
  const qualifiers = path.slice(1)
  const follows = (sequence: readonly string[]): number => {
    let from = 0
    for (const [i, { name }] of qualifiers.entries()) {
      const place = sequence.indexOf(name.text, from)
      if (place < 0) return i
      from = place + 1
    }
    return qualifiers.length
  }
  const best = Math.max(0, ...sequences.map(follows))
  const wrong = qualifiers[best]
  return wrong && { ai: wrong.name.text, fault: 'link-order', at: wrong.name.at }
}

/** What is not all digits is somebody else's (`linkType`, `utm_source`). */
const attributeOf = ({ text, at }: Piece): readonly Pair[] => {
  const [name = '', value] = cut(text, '=')
  if (!/^\d+$/.test(name) || value === undefined) return []
  return [{ name: { text: name, at }, value: { text: value, at: at + name.length + 1 } }]
}

const pieces = (text: string, separator: string | RegExp, from: number): readonly Piece[] => {
  let at = from
  return text
    .slice(from)
    .split(separator)
    .map(one => {
      const piece = { text: one, at }
      at += one.length + 1
      return piece
    })
}

const cut = (text: string, mark: string): readonly [string, string | undefined] => {
  const at = text.indexOf(mark)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
