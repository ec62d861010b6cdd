/** Says in words where a value lies. Colour alone never does. Pure. */
import { against, show, tidy } from '#kernel/quantity.ts'

export type Limits = {
  readonly low?: number | undefined
  readonly high?: number | undefined
  readonly nominal?: number | undefined
}
export type Verdict = { readonly side: 'none' | 'below' | 'inside' | 'near' | 'above'; readonly words: string }

/** Within this part of the tolerance from a limit is near it. */
const NEAR = 0.1

/** Decimals needed to write all of them alike, as a drawing does: 12.2 beside 12.31 is 12.20. */
export const decimalsOf = (...values: readonly (number | undefined)[]): number =>
  values.reduce<number>((most, value) => {
    const point = value === undefined ? -1 : show(value).indexOf('.')
    return point < 0 || value === undefined ? most : Math.max(most, show(value).length - point - 1)
  }, 0)

export const limitWords = (value: number | undefined, { low, high, nominal }: Limits): Verdict => {
  if (value === undefined) return { side: 'none', words: rangeWords({ low, high, nominal }) }
  const decimals = decimalsOf(value, low, high, nominal)
  const side = against(value, low, high)
  if (side === 'above' && high !== undefined)
    return { side, words: `${show(tidy(value - high), decimals)} above limit (${show(high, decimals)})` }
  if (side === 'below' && low !== undefined)
    return { side, words: `${show(tidy(low - value), decimals)} below limit (${show(low, decimals)})` }
  if (low === undefined && high === undefined) return { side: 'none', words: 'no limits' }
  const near = nearWords(value, low, high, decimals)
  return near ? { side: 'near', words: near } : { side: 'inside', words: 'in limits' }
}

const nearWords = (
  value: number,
  low: number | undefined,
  high: number | undefined,
  decimals: number
): string | undefined => {
  if (low === undefined || high === undefined) return undefined
  const edge = (high - low) * NEAR
  if (value - low < edge) return `in limits, close to ${show(low, decimals)}`
  if (high - value < edge) return `in limits, close to ${show(high, decimals)}`
  return undefined
}

/** '11.80 to 12.20', 'at least 4.9', 'at most 5.1', ''. */
export const rangeWords = ({ low, high, nominal }: Limits, unit = ''): string => {
  const decimals = decimalsOf(low, high, nominal)
  const tail = unit ? ` ${unit}` : ''
  if (low !== undefined && high !== undefined) return `${show(low, decimals)} to ${show(high, decimals)}${tail}`
  if (low !== undefined) return `at least ${show(low, decimals)}${tail}`
  if (high !== undefined) return `at most ${show(high, decimals)}${tail}`
  return ''
}

/** Where things stand on the bar, in percent; the limits at 20 and 80, so that what is outside shows as outside. */
export const barAt = (value: number, { low, high, nominal }: Limits): number => {
  const at = place(value, low, high, nominal)
  return Math.min(98, Math.max(2, Math.round(at * 10) / 10))
}

const place = (
  value: number,
  low: number | undefined,
  high: number | undefined,
  nominal: number | undefined
): number => {
  if (low !== undefined && high !== undefined)
    return high === low ? 50 + Math.sign(value - low) * 40 : 20 + (60 * (value - low)) / (high - low)
  const limit = low ?? high
  if (limit === undefined) return 50
  // With one limit the other side is open: the nominal, or else the limit's own size, gives the scale.
  const span = Math.abs(nominal !== undefined && nominal !== limit ? (nominal - limit) * 2 : limit || 1)
  return low !== undefined ? 20 + (60 * (value - limit)) / span : 80 + (60 * (value - limit)) / span
}
