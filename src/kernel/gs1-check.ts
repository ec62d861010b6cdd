/**
 * What a component of a GS1 value must fulfil, by the names that the Syntax Dictionary gives its checks. Written from the GS1
 * General Specifications (clause in brackets); each answers what is wrong and at which character of the component.
 */
import { COUNTRIES, COUNTRY_LETTERS, CURRENCIES } from './gs1-codes.ts'

export type Gs1Fault =
  | 'unknown-ai'
  | 'too-short'
  | 'too-long'
  | 'wrong-character'
  | 'check-digit'
  | 'check-characters'
  | 'no-such-date'
  | 'no-such-time'
  | 'not-on-its-list'
  | 'out-of-range'
  | 'brackets'
  | 'repeated'
  | 'needs'
  | 'excludes'
  | 'link-order'
  | 'percent'

/** `at` counts characters of the component from 0. */
export type Fault = { readonly fault: Gs1Fault; readonly at: number }
type Check = (value: string) => Fault | undefined

const fault = (kind: Gs1Fault, at = 0): Fault => ({ fault: kind, at })
const unless = (fine: boolean, kind: Gs1Fault, at = 0): Fault | undefined => (fine ? undefined : fault(kind, at))

/** Standard check digit over all but the last digit (7.9.1): from the right, threes and ones. */
export const gs1CheckDigit = (digits: string): number => {
  let sum = 0
  for (let i = 0; i < digits.length; i += 1) sum += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 3 : 1)
  return (10 - (sum % 10)) % 10
}

export const hasCheckDigit = (digits: string): boolean =>
  /^\d{2,}$/.test(digits) && gs1CheckDigit(digits.slice(0, -1)) === Number(digits.at(-1))

/** A GTIN of 8, 12, 13 or 14 digits as the 14 of AI (01); undefined where the check digit is wrong. */
export const gtinOf = (text: string): string | undefined =>
  /^(\d{8}|\d{12,14})$/.test(text) && hasCheckDigit(text) ? text.padStart(14, '0') : undefined

const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83]
const SET_82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'
const SET_32 = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** The pair of check characters of a GMN (7.9.5). */
export const gs1CheckPair = (text: string): string => {
  let sum = 0
  for (let i = 0; i < text.length; i += 1) sum += SET_82.indexOf(text[text.length - 1 - i] ?? '') * (PRIMES[i] ?? 0)
  const rest = sum % 1021
  return `${SET_32[rest >> 5]}${SET_32[rest & 31]}`
}

const daysOf = (year: number, month: number): number =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31

/** The year of two digits nearest to this one, no more than 49 behind and 50 ahead (7.12). */
export const gs1Year = (twoDigits: number, thisYear: number): number => {
  const century = Math.floor(thisYear / 100) * 100
  const apart = twoDigits - (thisYear % 100)
  return century + twoDigits + (apart >= 51 ? -100 : apart <= -50 ? 100 : 0)
}

/** YYYY-MM-DD; a day 00 is the last of its month (7.12). `undefined` when there is no such date. */
export const gs1Date = (yymmdd: string, thisYear: number): string | undefined => {
  const year = gs1Year(Number(yymmdd.slice(0, 2)), thisYear)
  const month = Number(yymmdd.slice(2, 4))
  if (month < 1 || month > 12) return undefined
  const day = Number(yymmdd.slice(4, 6)) || daysOf(year, month)
  if (day > daysOf(year, month)) return undefined
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** 2000 was a leap year and its neighbours are told by the century rule: whether a date exists hardly depends on today. */
const SOME_YEAR = 2025

const shortDate =
  (open: boolean): Check =>
  value => {
    const month = Number(value.slice(2, 4))
    if (month < 1 || month > 12) return fault('no-such-date', 2)
    if (!open && value.slice(4, 6) === '00') return fault('no-such-date', 4)
    return unless(gs1Date(value, SOME_YEAR) !== undefined, 'no-such-date', 4)
  }

const longDate =
  (open: boolean): Check =>
  value => {
    const [year, month, day] = [Number(value.slice(0, 4)), Number(value.slice(4, 6)), Number(value.slice(6, 8))]
    if (month < 1 || month > 12) return fault('no-such-date', 4)
    return unless((open || day > 0) && day <= daysOf(year, month), 'no-such-date', 6)
  }

const below =
  (limit: number, at = 0): Check =>
  value =>
    unless(Number(value.slice(at, at + 2)) < limit, 'no-such-time', at)

const only =
  (pattern: RegExp, kind: Gs1Fault = 'not-on-its-list'): Check =>
  value =>
    unless(pattern.test(value), kind)

/** The GS1 Company Prefix is the start of a key and has four digits at least. */
const prefixFrom =
  (at: number): Check =>
  value => {
    const wrong = value.slice(at, at + 4).search(/\D/)
    return value.length < at + 4 ? fault('too-short', value.length) : unless(wrong < 0, 'wrong-character', at + wrong)
  }

const iban: Check = value => {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(value)) return fault('wrong-character', Math.max(0, value.search(/[^A-Z0-9]/)))
  if (!COUNTRY_LETTERS.has(value.slice(0, 2)) && !value.startsWith('XK')) return fault('not-on-its-list')
  let rest = 0
  for (const letter of value.slice(4) + value.slice(0, 4))
    for (const digit of String(Number.parseInt(letter, 36))) rest = (rest * 10 + Number(digit)) % 97
  return unless(rest === 1, 'check-digit', 2)
}

const piece: Check = value => {
  const [one, all] = [Number(value.slice(0, 2)), Number(value.slice(2, 4))]
  return one === 0 ? fault('out-of-range') : unless(one <= all, 'out-of-range', 2)
}

const place: Check = value => {
  const found = /^([1-9])\/([1-9])$/.exec(value)
  return found ? unless(Number(found[1]) <= Number(found[2]), 'out-of-range', 2) : fault('wrong-character')
}

const percents: Check = value => {
  const wrong = value.search(/%(?![0-9A-Fa-f]{2})/)
  return unless(wrong < 0, 'percent', Math.max(0, wrong))
}

const pair: Check = value => {
  if (value.length < 3) return fault('too-short', value.length)
  return unless(gs1CheckPair(value.slice(0, -2)) === value.slice(-2), 'check-characters', value.length - 2)
}

/**
 * `couponcode` and `couponposoffer` are checked for their characters and their length only; so is `packagetype`, whose list
 * is the trade's and grows.
 */
const checks: Readonly<Record<string, Check>> = {
  csum: value => unless(hasCheckDigit(value), 'check-digit', value.length - 1),
  csumalpha: pair,
  key: prefixFrom(0),
  keyoff1: prefixFrom(1),
  yymmd0: shortDate(true),
  yymmdd: shortDate(false),
  yyyymmd0: longDate(true),
  yyyymmdd: longDate(false),
  hhmi: value => below(24)(value) ?? below(60, 2)(value),
  hh: below(24),
  mi: below(60),
  ss: below(60),
  iso3166: value => unless(COUNTRIES.has(value), 'not-on-its-list'),
  iso3166999: value => unless(value === '999' || COUNTRIES.has(value), 'not-on-its-list'),
  iso3166alpha2: value => unless(COUNTRY_LETTERS.has(value), 'not-on-its-list'),
  iso4217: value => unless(CURRENCIES.has(value), 'not-on-its-list'),
  iso5218: only(/^[0129]$/),
  yesno: only(/^[01]$/),
  zero: only(/^0+$/),
  nonzero: only(/[1-9]/, 'out-of-range'),
  nozeroprefix: only(/^[1-9]|^0$/, 'wrong-character'),
  winding: only(/^[019]$/),
  hyphen: only(/^-+$/, 'wrong-character'),
  importeridx: only(/^[-_0-9A-Za-z]$/, 'wrong-character'),
  mediatype: only(/^(0[1-9]|10|[89]\d)$/),
  hasnondigit: only(/\D/, 'wrong-character'),
  pcenc: percents,
  latitude: value => unless(Number(value) <= 1_800_000_000, 'out-of-range'),
  longitude: value => unless(Number(value) <= 3_600_000_000, 'out-of-range'),
  pieceoftotal: piece,
  posinseqslash: place,
  iban,
  couponcode: only(/^\d+$/, 'wrong-character'),
  couponposoffer: only(/^\d+$/, 'wrong-character')
}

export const checkNamed = (name: string): Check => checks[name] ?? (() => undefined)

const sets: Readonly<Record<string, RegExp>> = {
  N: /[^0-9]/,
  X: /[^!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]/,
  Y: /[^#\-/0-9A-Z]/,
  Z: /[^-_0-9A-Za-z=]/
}

/** The first character that the set does not have. */
export const checkSet = (set: string, value: string): Fault | undefined => {
  const wrong = value.search(sets[set] ?? /(?!)/)
  return unless(wrong < 0, 'wrong-character', Math.max(0, wrong))
}
