import { describe, expect, it } from 'vitest'
import { conversion, isCounted } from './unit.ts'

describe('units', () => {
  it('convert as fractions, whichever way and however they are written', () => {
    const parts = (from: string, to: string) => {
      const found = conversion(from, to)
      return found && found.times / found.per
    }
    expect(parts('kg', 'g')).toBe(1000)
    expect(parts('g', 'kg')).toBe(0.001)
    expect(parts('Dozen', 'pcs')).toBe(12)
    expect(parts('in', 'mm')).toBe(25.4)
    expect(parts('Stk', 'each')).toBe(1)
    expect(parts('roll', 'roll')).toBe(1)
  })

  it('don’t convert across what they measure, nor what nobody knows', () => {
    expect(conversion('kg', 'm')).toBeUndefined()
    expect(conversion('roll', 'pcs')).toBeUndefined()
  })

  it('are counted or measured', () => {
    expect([isCounted('pcs'), isCounted('EA'), isCounted('m'), isCounted('roll')]).toEqual([true, true, false, false])
  })
})
