import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ambiguous, type Key, keyOf, MOST_DIGITS, press, readNumber } from './number-entry.ts'

const typed = (keys: readonly Key[]): string => keys.reduce(press, '')
const all: readonly Key[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'point', 'sign', 'back', 'clear']

describe('the number pad', () => {
  it('types a value as a person would', () => {
    expect(typed(['1', '2', 'point', '3', '1'])).toBe('12.31')
  })

  it('begins a fraction with its zero', () => {
    expect(typed(['point', '5'])).toBe('0.5')
    expect(typed(['sign', 'point', '5'])).toBe('-0.5')
  })

  it('takes one point and no leading zeros', () => {
    expect(typed(['1', 'point', '2', 'point', '3'])).toBe('1.23')
    expect(typed(['0', '0', '7'])).toBe('7')
    expect(typed(['sign', '0', '7'])).toBe('-7')
  })

  it('turns the sign and back', () => {
    expect(typed(['5', 'sign'])).toBe('-5')
    expect(typed(['5', 'sign', 'sign'])).toBe('5')
  })

  it('takes back key by key', () => {
    expect(typed(['1', '2', 'back'])).toBe('1')
    expect(typed(['1', 'back', 'back'])).toBe('')
    expect(typed(['5', 'sign', 'back'])).toBe('-')
    expect(typed(['5', 'sign', 'back', 'back'])).toBe('')
  })

  it('stops at twelve digits', () => {
    expect(typed(Array.from({ length: 20 }, () => '9' as const))).toHaveLength(MOST_DIGITS)
  })

  it('only ever holds a number or its beginning', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...all), { maxLength: 30 }), keys => {
        const text = typed(keys)
        expect(text).toMatch(/^-?(\d+\.?\d*)?$/)
        if (/\d/.test(text)) expect(readNumber(text)).toBe(Number(text))
      })
    )
  })
})

describe('a keyboard beside it', () => {
  it('may have a comma or a point', () => {
    expect([',', '.', 'Decimal'].map(keyOf)).toEqual(['point', 'point', 'point'])
  })

  it('ends with Enter and is not disturbed by letters', () => {
    expect(['Enter', 'a', 'Shift', '7', '-'].map(keyOf)).toEqual(['done', undefined, undefined, '7', 'sign'])
  })
})

describe('reading what was typed', () => {
  it('knows comma, point and both kinds of minus', () => {
    expect(['12,31', '12.31', '−5', '-5', '.5', '5.', ' 7 '].map(readNumber)).toEqual([12.31, 12.31, -5, -5, 0.5, 5, 7])
  })

  it('does not guess', () => {
    expect(['', '-', '.', '1,2,3', '1e5', '12 mm', 'Infinity'].map(readNumber)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined
    ])
  })

  it('tells a thousand and a one with three decimals from what is plain', () => {
    expect(['1,000', '-25,125', '1,000,000', '0,125', '1.000', '1,5', '1000'].map(ambiguous)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
      false
    ])
  })
})
