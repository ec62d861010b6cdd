/**
 * Acceptance sampling by attributes, single sampling: ISO 2859-1, Table 1 (code letters), Table 2-A (normal) and Table 2-B
 * (tightened), for percent nonconforming pieces, which is AQL 0.010 to 10. Reduced inspection is left out.
 *
 * Both master tables are diagonal: one row down is one AQL to the left. So a plan depends only on the sum of its row and
 * its column, and a cell that holds an arrow sends to the next row below or above with that row's own sample size.
 */
import type * as z from 'zod/mini'
import { AQLS, type inspectionLevel, type sampling } from './events.ts'

export type Sampling = z.infer<typeof sampling>
export type Level = z.infer<typeof inspectionLevel>

const LETTERS = 'ABCDEFGHJKLMNPQRS'
const SIZES = [2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150]
/** The largest lot of each line of Table 1; the last has no end. */
const LOTS = [8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000]
const LEVELS: Readonly<Record<Level, string>> = {
  'S-1': 'AAAABBBBCCCCDDD',
  'S-2': 'AAABBBCCCDDDEEE',
  'S-3': 'AABBCCDDEEFFGGH',
  'S-4': 'AABCCDEEFGGHJJK',
  I: 'AABCCDEFGHJKLMN',
  II: 'ABCDEFGHJKLMNPQ',
  III: 'BCDEFGHJKLMNPQR'
}

/** Acceptance numbers by row plus column. */
const OWN: Readonly<Record<Severity, Readonly<Record<number, number>>>> = {
  normal: { 14: 0, 17: 1, 18: 2, 19: 3, 20: 5, 21: 7, 22: 10, 23: 14, 24: 21 },
  tightened: { 15: 0, 18: 1, 19: 2, 20: 3, 21: 5, 22: 8, 23: 12, 24: 18 }
}
type Severity = 'normal' | 'tightened'

/** The last diagonal with a plan; what lies beyond points up. */
const LAST = 24
/** The supplementary row below R, for tightened inspection at AQL 0.025 alone. */
const ROW_S = 16

export type SamplePlan = {
  readonly letter: string
  /** Pieces to inspect; never more than the lot. */
  readonly pieces: number
  /** The lot is accepted with so many nonconforming pieces or fewer, and not accepted with `reject` or more. */
  readonly accept: number
  readonly reject: number
}

/** The plan of a lot. `lot` in pieces, at least 1; a lot not larger than the sample is inspected whole. */
export const samplePlan = (
  lot: number,
  { level, aql, severity = 'normal' }: Exclude<Sampling, number | 'each'>
): SamplePlan => {
  const line = LOTS.findIndex(largest => lot <= largest)
  const row = LETTERS.indexOf(LEVELS[level].at(line) ?? 'A')
  const column = AQLS.indexOf(aql)
  const at = follow(row, column, severity)
  const accept = at === ROW_S ? 1 : (OWN[severity][at + column] ?? 0)
  return { letter: LETTERS[at] ?? '', pieces: Math.min(lot, SIZES[at] ?? lot), accept, reject: accept + 1 }
}

/** The row whose plan counts, when arrows are followed. */
const follow = (row: number, column: number, severity: Severity): number => {
  const own = (at: number) => isOwn(at, column, severity)
  if (own(row)) return row
  const up = () => descending(row).find(own)
  const down = () => ascending(row).find(own)
  const sum = row + column
  const zero = severity === 'normal' ? 14 : 15
  // Just behind the diagonal of zero lies an arrow up in normal inspection only; at the ends there is but one way.
  const first = sum > LAST || (severity === 'normal' && sum === zero + 1) ? up : down
  return first() ?? up() ?? down() ?? row
}

const isOwn = (row: number, column: number, severity: Severity): boolean => {
  if (row === ROW_S) return severity === 'tightened' && AQLS[column] === '0.025'
  // Two pieces can't show that a lot is better than 10 % at the tightened zero.
  if (row === 0 && severity === 'tightened' && row + column === 15) return false
  return OWN[severity][row + column] !== undefined
}

const ascending = (row: number): number[] => Array.from({ length: ROW_S - row }, (_, i) => row + i + 1)
const descending = (row: number): number[] => Array.from({ length: row }, (_, i) => row - i - 1)

/** How many are inspected, as the desk and the inspector read it. */
export const samplingWords = (sample: Sampling): string =>
  sample === 'each'
    ? 'every piece'
    : typeof sample === 'number'
      ? `${sample} of the run`
      : `AQL ${sample.aql}, level ${sample.level}${sample.severity === 'tightened' ? ', tightened' : ''}`
