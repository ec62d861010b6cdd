import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barAt, decimalsOf, limitWords, rangeWords } from './limit-words.ts'

describe('the words beside a value', () => {
  it('say how far it is outside, with the decimals of the drawing', () => {
    expect(limitWords(12.31, { low: 11.8, high: 12.2 })).toEqual({ side: 'above', words: '0.11 above limit (12.20)' })
    expect(limitWords(11.5, { low: 11.8, high: 12.2 })).toEqual({ side: 'below', words: '0.3 below limit (11.8)' })
  })

  it('count the limits themselves as inside', () => {
    expect(limitWords(12.2, { low: 0, high: 12.2 }).side).toBe('near')
    expect(limitWords(5.1, { high: 5.1 })).toEqual({ side: 'inside', words: 'in limits' })
  })

  it('say that a value is close to a limit and to which', () => {
    expect(limitWords(0.645, { low: 0.55, high: 0.65 })).toEqual({ side: 'near', words: 'in limits, close to 0.650' })
    expect(limitWords(0.6, { low: 0.55, high: 0.65 }).words).toBe('in limits')
  })

  it('give the limits while there is no value, and say when there are none', () => {
    expect(limitWords(undefined, { low: 4.9, high: 5.1 }).words).toBe('4.9 to 5.1')
    expect(limitWords(3, {}).words).toBe('no limits')
  })

  it('write one limit as at least or at most', () => {
    expect(rangeWords({ low: 4.9 }, 'V')).toBe('at least 4.9 V')
    expect(rangeWords({ high: 0.5, nominal: 0.25 }, 'A')).toBe('at most 0.50 A')
    expect(rangeWords({})).toBe('')
  })

  it('do not show the dust of binary fractions', () => {
    expect(limitWords(0.3, { high: 0.1 }).words).toBe('0.2 above limit (0.1)')
    expect(decimalsOf(0.1 + 0.2, 12)).toBe(1)
  })
})

describe('the bar', () => {
  const limits = { low: 11.8, high: 12.2 }

  it('has the limits at a fifth and four fifths', () => {
    expect(barAt(11.8, limits)).toBe(20)
    expect(barAt(12.2, limits)).toBe(80)
    expect(barAt(12, limits)).toBe(50)
  })

  it('keeps what is far outside on the bar', () => {
    expect(barAt(1000, limits)).toBe(98)
    expect(barAt(-1000, limits)).toBe(2)
  })

  it('never shows an outside value inside, nor the other way round', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(number, number, number, (a, b, value) => {
        const [low, high] = a < b ? [a, b] : [b, a]
        fc.pre(high - low > 1e-3)
        const at = barAt(value, { low, high })
        if (value < low) expect(at).toBeLessThanOrEqual(20)
        else if (value > high) expect(at).toBeGreaterThanOrEqual(80)
        else expect(at >= 20 && at <= 80).toBe(true)
      })
    )
  })

  it('knows one-sided limits', () => {
    expect(barAt(5, { low: 4 })).toBeGreaterThan(20)
    expect(barAt(3, { low: 4 })).toBeLessThan(20)
    expect(barAt(5, { high: 4 })).toBeGreaterThan(80)
    expect(barAt(5, {})).toBe(50)
  })
})
