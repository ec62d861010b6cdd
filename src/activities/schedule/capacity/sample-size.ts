/**
 * How many pieces of a run a control plan has inspected, as far as the load needs it: by the code letters of ISO 2859-1,
 * table 1, single sampling, normal. The arrows of table 2-A, which lead to a neighbouring size, are left out here; what is
 * inspected in the end is the quality room's matter.
 */
import type { Inspecting } from '../projection.ts'

/** Up to this many pieces the letter at the same place holds; the last one is without an end. */
const LOTS = [8, 15, 25, 50, 90, 150, 280, 500, 1_200, 3_200, 10_000, 35_000, 150_000, 500_000]
const LETTERS: Readonly<Record<string, string>> = {
  'S-1': 'AAAABBBBCCCCDDD',
  'S-2': 'AAABBBCCCDDDEEE',
  'S-3': 'AABBCCDDEEFFGGH',
  'S-4': 'AABCCDEEFGGHJJK',
  I: 'AABCCDEFGHJKLMN',
  II: 'ABCDEFGHJKLMNPQ',
  III: 'BCDEFGHJKLMNPQR'
}
const SIZES: Readonly<Record<string, number>> = {
  A: 2,
  B: 3,
  C: 5,
  D: 8,
  E: 13,
  F: 20,
  G: 32,
  H: 50,
  J: 80,
  K: 125,
  L: 200,
  M: 315,
  N: 500,
  P: 800,
  Q: 1_250,
  R: 2_000
}

/** Pieces to inspect of a run of `quantity`; never more than there are. */
export const sampleSize = (sample: Inspecting['sample'], quantity: number): number => {
  if (sample === 'each') return quantity
  if (typeof sample === 'number') return Math.min(sample, quantity)
  const found = LOTS.findIndex(most => quantity <= most)
  const letter = LETTERS[sample.level]?.[found < 0 ? LOTS.length : found] ?? 'A'
  return Math.min(SIZES[letter] ?? 2, quantity)
}
