/**
 * GS1 codes: element strings with FNC1, text with brackets and Digital Links in, named values out, or the AI at fault and where.
 * All AIs of the Syntax Dictionary (`gs1-table.ts`); rules of the GS1 General Specifications 25, chapters 3 and 7.
 */
import { checkNamed, checkSet, type Gs1Fault, gs1Date, gtinOf } from './gs1-check.ts'
import { type AiEntry, entries } from './gs1-entries.ts'
import { linkParts } from './gs1-link.ts'

export const GS = '\u001d'

/** `at` is where the AI begins in the text that was read, in characters from 0. */
export type Gs1Element = {
  readonly ai: string
  readonly title: string
  readonly value: string
  readonly at: number
  /** YYYY-MM-DD of a date; a day 00 is the last of its month. */
  readonly date?: string
  /** A measure or an amount with its decimals, as in the AI's last digit: '17.50'. */
  readonly decimal?: string
  /** ISO 4217 number of an amount. */
  readonly currency?: string
}
export type Gs1Problem = {
  readonly ai: string
  readonly fault: Gs1Fault
  /** The character at fault in the text that was read, from 0. */
  readonly at: number
  /** The AIs that are missing or in the way. */
  readonly others?: readonly string[]
}
/** `pairs`: AIs that miss or bear another one. Another label of the same thing may make up for a missing one. */
export type Gs1Reading =
  | { readonly elements: readonly Gs1Element[]; readonly pairs: readonly Gs1Problem[] }
  | { readonly problem: Gs1Problem }

type Raw = { readonly ai: string; readonly value: string; readonly at: number; readonly valueAt: number }
type Asked = {
  /** The year that the century rule counts from. */
  readonly year: number
  /** AIM identifier (`]C1`) or the reader's name of the symbology (`EAN13`), where the text does not carry it. */
  readonly symbology?: string | undefined
}

/**
 * `undefined` when the text is no GS1 code. A text without identifier, brackets or separator counts as one only when it is
 * without fault from its first AI, a key with a check digit, to its end: somebody else's number must not become a GTIN.
 */
export const readGs1 = (text: string, asked: Asked): Gs1Reading | undefined => {
  const [identifier, start] = identifierOf(text, asked.symbology)
  const body = text.slice(start)
  const retail = retailCode(identifier, asked.symbology, body)
  if (retail) return finish([{ ai: '01', value: retail, at: start, valueAt: start }], asked.year, [])
  if (/^https?:\/\//i.test(body)) return link(body, start, asked.year)
  if (/^\]?(C1|e0|d2|Q3|J1)$/.test(identifier))
    return body.startsWith(GS) ? strings(body.slice(1), start + 1, asked.year) : strings(body, start, asked.year)
  if (body.startsWith(GS)) return strings(body.slice(1), start + 1, asked.year)
  if (/^\(\d{2,4}\)/.test(body)) return brackets(body, start, asked.year)
  if (!/^(0[0-3]|8006)\d{14}/.test(body)) return undefined
  const guess = strings(body, start, asked.year)
  return 'problem' in guess || !/^(00|01|02|03|8006)$/.test(guess.elements[0]?.ai ?? '') ? undefined : guess
}

const identifierOf = (text: string, symbology = ''): readonly [string, number] =>
  /^\][A-Za-z][0-9a-z]/.test(text) ? [text.slice(1, 3), 3] : [symbology.replace(/^\]/, ''), 0]

/** EAN/UPC and ITF-14 are GTINs of 8, 12, 13 or 14 digits (3.3.2); a wrong check digit is no GTIN. */
const retailCode = (identifier: string, symbology: string | undefined, body: string): string | undefined => {
  const retail = /^E[04]$/.test(identifier) || /^(EAN-?13|EAN-?8|UPC-?A|UPC-?E)$/i.test(symbology ?? '')
  const itf = body.length === 14 && (/^I1$/.test(identifier) || /^ITF/i.test(symbology ?? ''))
  if (!(retail && /^\d{8}$|^\d{12,13}$/.test(body)) && !itf) return undefined
  return gtinOf(body)
}

const strings = (body: string, offset: number, year: number): Gs1Reading => {
  const parts: Raw[] = []
  let at = 0
  while (at < body.length) {
    const entry = entryAt(body, at)
    if (!entry) return broken(body.slice(at, at + 4).split(GS)[0] ?? '', 'unknown-ai', offset + at)
    const valueAt = at + entry.ai.length
    const separator = body.indexOf(GS, valueAt)
    const end = separator < 0 ? body.length : separator
    // What has a length of its own ends there; what has none, at the separator.
    const stop = entry.fixed ? Math.min(end, valueAt + lengthOf(entry)) : end
    parts.push({ ai: entry.ai, value: body.slice(valueAt, stop), at: offset + at, valueAt: offset + valueAt })
    at = body[stop] === GS ? stop + 1 : stop
  }
  return parts.length === 0 ? broken('', 'too-short', offset) : finish(parts, year)
}

const brackets = (body: string, offset: number, year: number): Gs1Reading => {
  const parts: Raw[] = []
  let at = 0
  while (at < body.length) {
    const ai = /^\((\d{2,4})\)/.exec(body.slice(at))?.[1]
    if (!ai) return broken(parts.at(-1)?.ai ?? '', 'brackets', offset + at)
    const valueAt = at + ai.length + 2
    const entry = entries.get(ai)
    if (!entry) return broken(ai, 'unknown-ai', offset + at)
    // A bracket may be part of a value: the next AI is one that exists and is known.
    const rest = body.slice(valueAt)
    const next = [...rest.matchAll(/\((\d{2,4})\)/g)].find(one => entries.has(one[1] ?? ''))
    const stop = next ? valueAt + next.index : body.length
    parts.push({ ai, value: body.slice(valueAt, stop), at: offset + at, valueAt: offset + valueAt })
    at = stop
  }
  return finish(parts, year)
}

const link = (body: string, offset: number, year: number): Gs1Reading | undefined => {
  const parts = linkParts(body, entries)
  if (!parts) return undefined
  if ('fault' in parts) return broken(parts.ai, parts.fault, offset + parts.at)
  return finish(
    parts.map(part => ({ ...part, at: part.at + offset, valueAt: part.valueAt + offset })),
    year
  )
}

const broken = (ai: string, fault: Gs1Fault, at: number): Gs1Reading => ({ problem: { ai, fault, at } })

const finish = (parts: readonly Raw[], year: number, pairs?: readonly Gs1Problem[]): Gs1Reading => {
  const elements: Gs1Element[] = []
  for (const part of parts) {
    const entry = entries.get(part.ai)
    const problem = entry ? faultIn(entry, part) : { ai: part.ai, fault: 'unknown-ai' as const, at: part.at }
    if (problem) return { problem }
    const twin = elements.find(one => one.ai === part.ai)
    if (twin && twin.value !== part.value) return broken(part.ai, 'repeated', part.at)
    if (entry && !twin) elements.push(elementOf(entry, part, year))
  }
  return { elements, pairs: pairs ?? pairing(elements) }
}

const faultIn = (entry: AiEntry, { ai, value, valueAt }: Raw): Gs1Problem | undefined => {
  let at = 0
  for (const component of entry.components) {
    const piece = value.slice(at, at + component.max)
    if (piece === '' && component.optional) break
    const wrong = checkSet(component.set, piece)
    if (wrong) return { ai, fault: wrong.fault, at: valueAt + at + wrong.at }
    if (piece.length < component.min) return { ai, fault: 'too-short', at: valueAt + value.length }
    for (const name of component.checks) {
      const found = checkNamed(name)(piece)
      if (found) return { ai, fault: found.fault, at: valueAt + at + found.at }
    }
    at += piece.length
  }
  return at < value.length ? { ai, fault: 'too-long', at: valueAt + at } : undefined
}

/** AIs whose last digit counts decimals: measures 31nn to 36nn, amounts, prices, percent (3.6.1, 3.6.6 to 3.6.11). */
const DECIMAL = /^(3[1-6]\d\d|39[0-5]\d)$/

const elementOf = (entry: AiEntry, { ai, value, at }: Raw, year: number): Gs1Element => {
  const { title } = entry
  const first = entry.components[0]?.checks[0]
  const date = first === 'yymmd0' || first === 'yymmdd' ? gs1Date(value.slice(0, 6), year) : undefined
  const currency = first === 'iso4217' ? value.slice(0, 3) : undefined
  const decimal = DECIMAL.test(ai) ? pointed(currency ? value.slice(3) : value, Number(ai[3])) : undefined
  return { ai, title, value, at, ...(date && { date }), ...(currency && { currency }), ...(decimal && { decimal }) }
}

const pointed = (digits: string, decimals: number): string => {
  const padded = digits.padStart(decimals + 1, '0')
  const whole = padded.slice(0, padded.length - decimals).replace(/^0+(?=\d)/, '')
  return decimals === 0 ? whole : `${whole}.${padded.slice(-decimals)}`
}

/** Attributes `req` and `ex` over what one code says. */
const pairing = (elements: readonly Gs1Element[]): readonly Gs1Problem[] => {
  const has = (pattern: string, self?: string): string | undefined =>
    elements.find(one => one.ai !== self && matches(pattern, one.ai))?.ai
  return elements.flatMap(({ ai, at }) => {
    const entry = entries.get(ai)
    const missing = (entry?.needs ?? []).filter(
      groups => !groups.some(group => group.split('+').every(one => has(one)))
    )
    const borne = (entry?.excludes ?? []).flatMap(pattern => has(pattern, ai) ?? [])
    return [
      ...missing.map(others => ({ ai, at, fault: 'needs' as const, others })),
      ...borne.map(other => ({ ai, at, fault: 'excludes' as const, others: [other] }))
    ]
  })
}

/** `31nn` stands for any digits in place of the n. */
const matches = (pattern: string, ai: string): boolean =>
  pattern.length === ai.length && [...pattern].every((one, i) => one === 'n' || one === ai[i])

const lengthOf = (entry: AiEntry): number => entry.components.reduce((sum, one) => sum + one.max, 0)

const entryAt = (body: string, at: number): AiEntry | undefined => {
  for (const length of [2, 3, 4]) {
    const entry = entries.get(body.slice(at, at + length))
    if (entry) return entry
  }
  return undefined
}

/** Every AI, for tests and for lists to choose from. */
export const gs1Entries = (): readonly AiEntry[] => [...entries.values()]

/** The shape that people read and type: `(01)09501101530003(10)AB-123`. */
export const gs1Brackets = (elements: readonly Pick<Gs1Element, 'ai' | 'value'>[]): string =>
  elements.map(({ ai, value }) => `(${ai})${value}`).join('')

/** The element string without its symbology identifier, with a separator wherever one is needed (7.8.6). */
export const gs1String = (elements: readonly Pick<Gs1Element, 'ai' | 'value'>[]): string =>
  elements
    .map(({ ai, value }, i) => ai + value + (entries.get(ai)?.fixed || i === elements.length - 1 ? '' : GS))
    .join('')
