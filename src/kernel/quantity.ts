/** Quantities: plain numbers kept to a millionth, so that sums of decimals come out as a person writes them. */

const SCALE = 1_000_000

/** Rounded to the nearest millionth, halves away from zero. */
export const tidy = (value: number): number =>
  (Math.sign(value) * Math.round(Math.abs(value) * SCALE + 1e-4)) / SCALE || 0

export const add = (...values: readonly number[]): number => tidy(values.reduce((sum, value) => sum + value, 0))

export const times = (a: number, b: number): number => tidy(a * b)

/** As a person reads it: at most six decimals, no trailing zeros. */
export const show = (value: number, decimals?: number): string =>
  decimals === undefined ? String(tidy(value)) : value.toFixed(decimals)

/** Where a measured value lies against its limits; both limits are inside. */
export const against = (
  value: number,
  low: number | undefined,
  high: number | undefined
): 'below' | 'inside' | 'above' =>
  low !== undefined && value < low ? 'below' : high !== undefined && value > high ? 'above' : 'inside'
