/**
 * Acceptance sampling by attributes, single sampling: ISO 2859-1, Table 1 (code letters), Tables 2-A (normal), 2-B (tightened)
 * and 2-C (reduced), and MIL-STD-105E, Tables I and II, which differ in reduced inspection only. AQL up to 10 is in percent
 * nonconforming pieces, beyond that in nonconformities per hundred.
 *
 * The master tables are diagonal: one row down is one AQL to the left. So a plan depends on the sum of its row and its
 * column, and a cell that holds an arrow sends to the next row below or above with that row's own sample size.
 */
import type * as z from 'zod/mini'
import { AQLS, type inspectionLevel, type sampling } from './events.ts'

export type Sampling = z.infer<typeof sampling>
export type Level = z.infer<typeof inspectionLevel>
type Severity = 'normal' | 'tightened' | 'reduced'

const LETTERS = 'ABCDEFGHJKLMNPQRS'
const SIZES = [2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150]
const REDUCED_SIZES = [2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800]
/** The columns of the master tables; those up to 10 are the ones a control plan may ask for. */
export const COLUMNS: readonly string[] = [...AQLS, '15', '25', '40', '65', '100', '150', '250', '400', '650', '1000']
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

type Cell = readonly [accept: number, reject: number]
const cell = (text: string): Cell => {
  const [accept, reject] = text.split('/')
  return [Number(accept), reject === undefined ? Number(accept) + 1 : Number(reject)]
}
/** A diagonal: its plans by row plus column, beginning at `first`; `.` where arrows stand. */
const diagonal = (first: number, text: string): ReadonlyMap<number, Cell> =>
  new Map(text.split(' ').flatMap((one, i) => (one === '.' ? [] : [[first + i, cell(one)] as const])))

const NORMAL = diagonal(14, '0 . . 1 2 3 5 7 10 14 21 30 44')
const TIGHTENED = diagonal(15, '0 . . 1 2 3 5 8 12 18 27 41')
const REDUCED = diagonal(14, '0 . . . 1 2 3 5 6 8 10')
const MILITARY_REDUCED = diagonal(14, '0 . . 0/2 1/3 1/4 2/5 3/6 5/8 7/10 10/13 14/17 21/24')
/** Where the military table leaves its diagonal: rows A to C, which all look at two pieces, from AQL 2.5 on. */
const MILITARY_SHORT = [
  diagonal(12, '0 0 0 0/2 0/2 1 2 3 5 7 10 14 21 30'),
  diagonal(12, '0 0 0 0/2 0/2 1/3 2/4 3/5 5 7 10 14 21 30'),
  diagonal(12, '0 0 . 0/2 1/3 1/4 2/5 3/6 5/8 7/10 10/13 14/17 21/24 30')
]

/** The last diagonal of the rows from F on, and of the short rows A to E; what lies beyond points up. */
const last = (row: number): number => (row < 5 ? 26 : 24)
/** The supplementary row below R, for tightened inspection at AQL 0.025 alone. */
const ROW_S = 16

export type SamplePlan = {
  readonly letter: string
  /** Pieces to inspect; never more than the lot. */
  readonly pieces: number
  /** The lot is accepted with so many nonconforming pieces or fewer, and not accepted with `reject` or more. */
  readonly accept: number
  /** One more than `accept`, but in the military standard's reduced tables, where a lot between them is accepted and the next inspected normally. */
  readonly reject: number
}

export type Asked = {
  readonly level: Level
  readonly aql: string
  readonly severity?: Severity | undefined
  /** ISO 2859-1 unless said otherwise. */
  readonly standard?: 'iso' | 'military'
}

type Table = (row: number, column: number) => Cell | undefined

/** The plan of a lot. `lot` in pieces, at least 1; a lot not larger than the sample is inspected whole. */
export const samplePlan = (lot: number, { level, aql, severity = 'normal', standard = 'iso' }: Asked): SamplePlan => {
  const line = LOTS.findIndex(largest => lot <= largest)
  const row = LETTERS.indexOf(LEVELS[level].at(line) ?? 'A')
  const column = COLUMNS.indexOf(aql)
  const table = tableOf(severity, standard)
  const at = follow(row, column, table, severity)
  const [accept, reject] = table(at, column) ?? [0, 1]
  const pieces = (severity === 'reduced' ? REDUCED_SIZES : SIZES)[at] ?? lot
  return { letter: LETTERS[at] ?? '', pieces: Math.min(lot, pieces), accept, reject }
}

const tableOf = (severity: Severity, standard: 'iso' | 'military'): Table => {
  const own = severity === 'normal' ? NORMAL : severity === 'tightened' ? TIGHTENED : REDUCED
  const table: Table = (row, column) => (row === ROW_S || row + column > last(row) ? undefined : own.get(row + column))
  if (severity === 'tightened')
    return (row, column) => {
      if (row === ROW_S) return COLUMNS[column] === '0.025' ? [1, 2] : undefined
      // Two pieces can't show that a lot is better than 10 % at the tightened zero.
      return row === 0 && row + column === 15 ? undefined : table(row, column)
    }
  if (severity === 'normal' || standard === 'iso') return table
  return (row, column) => {
    const short = MILITARY_SHORT[row]
    if (short) return short.get(column)
    return row === ROW_S || row + column > last(row) ? undefined : MILITARY_REDUCED.get(row + column)
  }
}

/** The row whose plan counts, when arrows are followed. */
const follow = (row: number, column: number, table: Table, severity: Severity): number => {
  const own = (at: number) => table(at, column) !== undefined
  if (own(row)) return row
  const up = () => descending(row).find(own)
  const down = () => ascending(row).find(own)
  const sum = row + column
  // Just behind the diagonal of zero lies an arrow up, but not in tightened inspection; at the ends there is but one way.
  const first = sum > last(row) || (severity !== 'tightened' && sum === 15) ? up : down
  return first() ?? up() ?? down() ?? row
}

const ascending = (row: number): number[] => Array.from({ length: ROW_S - row }, (_, i) => row + i + 1)
const descending = (row: number): number[] => Array.from({ length: row }, (_, i) => row - i - 1)

/** How many are inspected, as the desk and the inspector read it. */
export const samplingWords = (sample: Sampling): string =>
  sample === 'each'
    ? 'every piece'
    : typeof sample === 'number'
      ? `${sample} of the run`
      : `AQL ${sample.aql}, level ${sample.level}${sample.severity && sample.severity !== 'normal' ? `, ${sample.severity}` : ''}`
