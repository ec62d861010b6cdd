/**
 * Wedge scanners type like a person, only faster: 7 to 16 ms between keys, ended by Enter or Tab. Pure: keys with their times in,
 * a code out. Whatever a person types is not one.
 */

/** `key` is a character, or `Enter` or `Tab`; '' lengthens a burst without adding to it (Shift). `at` in ms of one clock. */
export type Key = { readonly key: string; readonly at: number }

/**
 * `text` came without a pause, from `first` to `last`. `lead` came before it with no more than a short stall between any two
 * keys; its end `joined` surely belongs to the same code. `quick` counts the gaps of all of it that no fingers make.
 */
export type Burst = {
  readonly text: string
  readonly lead: string
  readonly joined: number
  readonly quick: number
  readonly first: number
  readonly last: number
}
/** `typed`: how many characters before the end belonged to the scan, prefix and suffix included. `sure`: nobody types this. */
export type Heard = {
  readonly burst: Burst
  readonly scan?: { readonly text: string; readonly typed: number; readonly sure: boolean }
}

export const SILENT: Burst = { text: '', lead: '', joined: 0, quick: 0, first: 0, last: Number.NEGATIVE_INFINITY }

/** No finger follows another so soon for long. */
const GAP_MS = 50
/** The mean over a whole code, its end included. */
const MEAN_MS = 35
/** So soon after a single character comes no scan that somebody else has started. */
const JOIN_MS = 150
/** A scanner that wakes up, or a page that was busy, may stop for so long in the middle of a code. */
const STALL_MS = 500
const SHORTEST = 4
/** Longer than any code that a shop prints; more is a stuck key or a hostile label, and is not kept. */
export const LONGEST = 8_000

export type Marks = { readonly prefix?: string | undefined; readonly suffix?: string | undefined }

/** One key later. */
export const hear = (was: Burst, { key, at }: Key, marks: Marks = {}): Heard => {
  const quick = at - was.last < GAP_MS
  if (key === 'Enter' || key === 'Tab') return quick ? { burst: SILENT, ...ended(was, at, marks) } : { burst: SILENT }
  if (key === '') return { burst: quick ? { ...was, last: at } : was }
  if ([...key].length !== 1) return { burst: SILENT }
  return { burst: quick ? longer(was, key, at) : afresh(was, key, at) }
}

/** The pause after the last key ends it, for scanners that send no end. */
export const endedByPause = (was: Burst, marks: Marks): Heard => ({ burst: SILENT, ...ended(was, was.last, marks) })

export const isQuick = (was: Burst, at: number): boolean => was.text !== '' && at - was.last < GAP_MS

const longer = (was: Burst, key: string, at: number): Burst => ({
  ...was,
  text: (was.text + key).slice(-LONGEST),
  quick: was.quick + 1,
  last: at
})

const afresh = (was: Burst, key: string, at: number): Burst => {
  const gap = at - was.last
  if (gap >= STALL_MS) return { ...SILENT, text: key, first: at, last: at }
  // A burst that goes on is one code; a single character belongs to it only when it came just before.
  const joins = was.text.length > 1 || gap < JOIN_MS
  const lead = (was.lead + was.text).slice(-LONGEST)
  const joined = joins ? Math.min(lead.length, was.joined + was.text.length) : 0
  return { text: key, lead, joined, quick: was.quick, first: at, last: at }
}

const ended = (was: Burst, at: number, marks: Marks): Pick<Heard, 'scan'> => {
  const { text, lead, joined } = was
  const stalled = lead !== '' && (was.quick + 1) * 2 >= lead.length + text.length
  const whole = lead + text
  if (stalled && !isSure(text, marks)) {
    // What was cut by stalls is one code when that makes it one of ours, or when its parts were bursts themselves.
    const from = ownStart(whole, marks)
    if (from !== undefined && from < lead.length) return scanOf(whole.slice(from), marks, true)
    if (joined > 0) return scanOf(whole.slice(lead.length - joined), marks, false)
  }
  const fast = (at - was.first) / text.length <= MEAN_MS
  return isSure(text, marks) || fast ? scanOf(text, marks, isSure(text, marks)) : {}
}

const scanOf = (typed: string, marks: Marks, sure: boolean): Pick<Heard, 'scan'> => {
  const text = bare(typed, marks)
  return text.length >= SHORTEST ? { scan: { text, typed: typed.length, sure } } : {}
}

const bare = (text: string, { prefix, suffix }: Marks): string => {
  const begun = prefix && text.startsWith(prefix) ? text.slice(prefix.length) : text
  return suffix && begun.endsWith(suffix) ? begun.slice(0, -suffix.length) : begun
}

/** Where one of our own labels begins in what was typed. */
const ownStart = (text: string, marks: Marks): number | undefined => {
  for (let i = 0; i < Math.min(text.length, 64); i += 1) if (isSure(text.slice(i), marks)) return i
  return undefined
}

/** Ours by its prefix: then it is a scan wherever the cursor stands. */
export const isOurs = (text: string): boolean => /^(WO-|B-|T-|LOC-)[A-Z0-9]/i.test(text)

/** Ours, or announced by the prefix of this tablet's scanner or by an AIM identifier. */
const isSure = (text: string, { prefix }: Marks): boolean =>
  isOurs(bare(text, { prefix })) ||
  /^\][A-Za-z][0-9a-z]/.test(text) ||
  (prefix !== undefined && prefix !== '' && text.startsWith(prefix))
