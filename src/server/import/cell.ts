/** One cell of a table to one value: numbers with a point or a comma, days, yes and no, words with their synonyms. */

import { gtinOf } from '#kernel/gs1-check.ts'

/** `wrong` is the sentence for the person. */
export type Cell<T> = { readonly value: T } | { readonly wrong: string }

const UNITS = /^(pcs?|pieces?|st|stk|kg|g|m|mm|l|ml|min|days?|d|%)\.?$/i

/**
 * `1250`, `1 250,5`, `1,250.50`, `1.250,50`, `3 pcs`. A single separator followed by exactly three digits could be either; the
 * column's own style decides it where one is known (`decimal`), else it is not guessed.
 */
export const readNumber = (raw: string, decimal?: '.' | ','): Cell<number> => {
  const said = raw.replace(/[\s\u00a0\u202f']/g, '')
  const split = /^([+-]?[\d.,]+(?:e[+-]?\d+)?)(.*)$/i.exec(said)
  if (!split?.[1]) return { wrong: `"${raw}" is no number` }
  if (split[2] && !UNITS.test(split[2])) return { wrong: `"${raw}" is text, and a number is needed` }
  const plain = plainNumber(split[1], decimal)
  if (plain === undefined) return { wrong: `"${raw}" can be read as two numbers: write it without a thousands mark` }
  const value = Number(plain)
  return Number.isFinite(value) ? { value } : { wrong: `"${raw}" is no number` }
}

const plainNumber = (digits: string, decimal: '.' | ',' | undefined): string | undefined => {
  const comma = digits.lastIndexOf(',')
  const point = digits.lastIndexOf('.')
  if (comma < 0 && point < 0) return digits
  if (comma >= 0 && point >= 0) {
    const [thousands, mark] = comma > point ? ['.', ','] : [',', '.']
    return digits.replaceAll(thousands, '').replace(mark, '.')
  }
  const mark = comma >= 0 ? ',' : '.'
  if (digits.indexOf(mark) !== digits.lastIndexOf(mark)) return digits.replaceAll(mark, '')
  if (mark === '.' && decimal !== ',') return digits
  if (mark === ',' && decimal === '.') return digits.replace(mark, '')
  if (decimal === undefined && /^[+-]?[1-9]\d{0,2},\d{3}$/.test(digits)) return undefined
  if (mark === '.' && decimal === ',') return digits.replace(mark, '')
  return digits.replace(mark, '.')
}

/** GTIN-8, -12, -13 and -14, printed with or without gaps. */
export const readGtin = (raw: string): Cell<string> => {
  const value = gtinOf(raw.replace(/[\s-]/g, ''))
  return value ? { value } : { wrong: `"${raw}" is no GTIN: 8, 12, 13 or 14 digits, the last of them a check digit` }
}

const DAY = 86_400_000

/** ISO days, `24.12.2026`, `24/12/2026` when it can't be a month, and days from today: `+12d`, `-2 d`. */
export const readDay = (raw: string, today: string): Cell<string> => {
  const said = raw.trim()
  const relative = /^([+-]\d{1,4})\s*d$/i.exec(said)
  if (relative)
    return { value: new Date(Date.parse(`${today}T00:00:00Z`) + Number(relative[1]) * DAY).toISOString().slice(0, 10) }
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(said)
  if (iso) return dayOf(raw, Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(said)
  if (dotted) return dayOf(raw, Number(dotted[3]), Number(dotted[2]), Number(dotted[1]))
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(said)
  if (slashed) {
    const [first, second, year] = [Number(slashed[1]), Number(slashed[2]), Number(slashed[3])]
    if (first > 12) return dayOf(raw, year, second, first)
    if (second > 12) return dayOf(raw, year, first, second)
    return { wrong: `"${raw}" can be two days: write it as ${year}-MM-DD` }
  }
  return { wrong: `"${raw}" is no day: write it as YYYY-MM-DD` }
}

const dayOf = (raw: string, year: number, month: number, date: number): Cell<string> => {
  const at = new Date(Date.UTC(year, month - 1, date))
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === date
    ? { value: at.toISOString().slice(0, 10) }
    : { wrong: `"${raw}" is no day of the calendar` }
}

const YES = new Set(['yes', 'y', 'true', '1', 'x', 'ja', 'oui', 'si', 'sí', 'dnp', 'dnf'])
const NO = new Set(['no', 'n', 'false', '0', '', 'nein', 'non', '-'])

export const readYesNo = (raw: string): Cell<boolean> => {
  const said = raw.trim().toLowerCase()
  if (YES.has(said)) return { value: true }
  return NO.has(said) ? { value: false } : { wrong: `"${raw}" is neither yes nor no` }
}

export const readWord = (raw: string, words: Readonly<Record<string, readonly string[]>>): Cell<string> => {
  const said = raw.trim().toLowerCase()
  for (const [word, also] of Object.entries(words)) if (word === said || also.includes(said)) return { value: word }
  return { wrong: `"${raw}" is not one of ${Object.keys(words).join(', ')}` }
}

/** `R1, R2 R3;R4`: one by one, in the order given. */
export const readList = (raw: string): readonly string[] => raw.split(/[,;\s]+/).filter(part => part !== '')

const SCALE: Readonly<Record<string, string>> = {
  p: 'p',
  n: 'n',
  u: 'u',
  µ: 'u',
  μ: 'u',
  m: 'm',
  k: 'k',
  K: 'k',
  M: 'M',
  R: '',
  '': ''
}

/**
 * The value of a part in one spelling, by the letter of its places: `15p` and `15pF` on C6 are both `15pF`, `10K` on R4 is
 * `10k`, `470` on R2 is `470R`. What is not a value of that kind stays as it is.
 */
export const tidyValue = (raw: string, place: string): string => {
  const said = raw.trim()
  const found = /^(\d+(?:[.,]\d+)?)\s*([pnuµμmkKMR]?)\s*(F|H|R|Ω|ohms?)?$/u.exec(said)
  if (!found?.[1]) return said
  const letter = /^[A-Z]+/.exec(place.trim())?.[0]
  const unit = letter === 'C' ? 'F' : letter === 'L' ? 'H' : letter === 'R' ? 'R' : undefined
  if (unit === undefined) return said
  const scale = SCALE[found[2] ?? ''] ?? ''
  const amount = found[1].replace(',', '.')
  return unit === 'R' ? `${amount}${scale || 'R'}` : `${amount}${scale}${unit}`
}
