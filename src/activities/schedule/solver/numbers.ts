/** Typed arrays without a doubt at every index, and chance from a seed. */

export type Ints = Int32Array<ArrayBuffer>

/**
 * The number at an index that the caller knows to be inside. Reading outside would answer undefined and slow down every reader
 * of the arrays, so nobody does: what has no neighbour points at one more element at the end.
 */
export const at = (numbers: Ints, index: number): number => numbers[index] as number

/** The same for times and lengths, which may have fractions and go beyond 31 bits. */
export const atTime = (numbers: Float64Array, index: number): number => numbers[index] as number

/** The same for lists of anything. */
export const item = <T>(list: readonly T[], index: number): T => list[index] as T

export type Chance = {
  /** At least 0, below 1. */
  readonly part: () => number
  /** A whole number at least 0, below `count`. */
  readonly below: (count: number) => number
}

/** Mulberry32 (Tommy Ettinger, 2017, public domain): 32 bits of state, the same numbers for the same seed everywhere. */
export const chanceOf = (seed: number): Chance => {
  let state = Math.imul(Math.trunc(seed) ^ 0x9e3779b9, 0x85ebca6b) | 0
  const part = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return { part, below: count => Math.floor(part() * count) }
}
