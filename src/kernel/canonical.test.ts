import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical, type Json } from './canonical.ts'

const json = fc.jsonValue({ noUnicodeString: false }) as fc.Arbitrary<Json>

describe('canonical JSON', () => {
  it('writes the example of RFC 8785, section 3.2.3', () => {
    const value = {
      '€': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\u0080': 'Control',
      ö: 'o',
      '😀': 'Emoji'
    }
    expect(Object.keys(JSON.parse(canonical(value)))).toEqual(['1', '\r', '\u0080', 'ö', '€', '😀', '\ufb33'])
  })

  it('writes numbers as ECMAScript does: RFC 8785, appendix B', () => {
    // Read as text, for the first of them is no number that a double holds.
    expect(canonical(JSON.parse('[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001, -0]'))).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]'
    )
  })

  it('gives one text for one value, however its keys were put in', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), fc.infiniteStream(fc.nat()), (value, dice) => {
        const shuffled = Object.entries(value)
          .map(entry => [dice.next().value, entry] as const)
          .sort(([a], [b]) => a - b)
          .map(([, entry]) => entry)
        expect(canonical(Object.fromEntries(shuffled))).toBe(canonical(value))
      })
    )
  })

  it('can be read back to the same value', () => {
    fc.assert(
      fc.property(json, value => {
        fc.pre(JSON.stringify(value).isWellFormed() && !/\\ud[89a-f]/i.test(JSON.stringify(value)))
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)))
      })
    )
  })

  it('leaves out what is undefined and refuses what JSON can’t carry', () => {
    expect(canonical({ b: undefined, a: 1 })).toBe('{"a":1}')
    expect(() => canonical(Number.NaN)).toThrow(TypeError)
    expect(() => canonical([Number.POSITIVE_INFINITY])).toThrow(TypeError)
    expect(() => canonical('\ud800')).toThrow(TypeError)
  })
})
