import { describe, expect, it } from 'vitest'
import { capability, xbarChart } from './control-chart.ts'
import { averageRange, variance } from './gauge-study.ts'
import { processOf } from './signals.ts'
import { nelson, westernElectric } from './run-rules.ts'
import { afterLot, begin } from './switching.ts'

const steady = [5.01, 4.99, 5.02, 4.98, 5.0, 5.01, 4.99, 5.02, 4.98, 5.0, 5.01, 4.99]

describe('what measured values say', () => {
  it('says nothing of fewer than ten', () => {
    expect(processOf(steady.slice(0, 9), { low: 4.9, high: 5.1 })).toBeUndefined()
  })

  it('finds no signal in a steady process, and how it fits its limits', () => {
    const found = processOf(steady, { low: 4.9, high: 5.1 })
    expect(found?.signals).toEqual([])
    // The mean moving range 0.0236 over 1.128 is 0.0209; the nearer limit is 0.1 away.
    expect(found?.cpk).toBeCloseTo(1.591, 3)
  })

  it('names the value that left', () => {
    const found = processOf([...steady, 5.4], { low: 4.9, high: 5.1 })
    expect(found?.signals[0]).toEqual({ says: 'one point beyond 3 sigma', at: [12] })
  })

  it('names a drift while every value is within its limits', () => {
    const found = processOf([...steady, 5.01, 5.015, 5.02, 5.025, 5.03, 5.035], {})
    expect(found?.signals.map(({ says }) => says)).toContain('6 in a row rising or falling')
    expect(found?.cpk).toBeUndefined()
  })

  it('has no fit for values that never vary', () => {
    expect(processOf(Array(12).fill(5), { low: 4, high: 6 })).toMatchObject({ signals: [] })
    expect(processOf(Array(12).fill(5), { low: 4, high: 6 })?.cpk).toBeUndefined()
  })
})

describe('how a process fits', () => {
  it('gives the published Cp and Cpk', () => {
    // NIST handbook 6.1.6.
    const found = capability(16, 2, { low: 8, high: 20 })
    expect(found?.cp).toBeCloseTo(1, 12)
    expect(found?.cpk).toBeCloseTo(2 / 3, 12)
  })

  it('asks for subgroups that have a chart', () => {
    expect(() => xbarChart([[1], [2]])).toThrow(RangeError)
  })
})

describe('a gauge study', () => {
  const study = (values: readonly number[]) =>
    values.map((value, i) => ({ part: String(i >> 2), operator: String((i >> 1) & 1), value }))

  it('by hand, two parts, two operators, two trials', () => {
    const found = variance(study([10, 12, 12, 14, 20, 22, 22, 24]), 0.05)
    // Parts 200, operators 8, no interaction, error 8: pooled 8 / 5.
    if (!found) throw new Error('the study is not balanced')
    expect(found.sources.map(({ ss }) => ss)).toEqual([200, 8, 8, 216])
    expect(found.repeatability.deviation ** 2).toBeCloseTo(1.6, 12)
    expect(found.reproducibility.deviation ** 2).toBeCloseTo((8 - 1.6) / 4, 12)
    expect(found.parts.deviation ** 2).toBeCloseTo((200 - 1.6) / 4, 12)
  })

  it('keeps an interaction apart that is one', () => {
    const found = variance(study([10, 10.1, 20, 20.1, 20, 20.1, 10, 10.1]), 0.05)
    expect(found?.pooled).toBe(false)
    expect(found?.reproducibility.deviation).toBeGreaterThan(1)
  })

  it('is refused when a reading is missing', () => {
    expect(variance(study([10, 12, 12, 14, 20, 22, 22]))).toBeUndefined()
    expect(averageRange(study([10, 12, 12, 14, 20, 22, 22]))).toBeUndefined()
  })
})

describe('the four tests of Western Electric', () => {
  const fired = (z: readonly number[]) =>
    westernElectric.filter(({ fires }) => fires(z).length > 0).map(({ name }) => name)

  it('fire at the eighth on one side, where Nelson waits for the ninth', () => {
    const eight = [0.1, 0.2, 0.1, 0.3, 0.1, 0.2, 0.1, 0.2]
    expect(fired(eight)).toEqual(['WE4'])
    expect(fired(eight.slice(1))).toEqual([])
    expect(nelson.some(({ fires }) => fires(eight).length > 0)).toBe(false)
  })

  it('fire at two of three beyond two sigma, four of five beyond one, and one beyond three', () => {
    expect(fired([2.1, 0, 2.1])).toEqual(['WE2'])
    expect(fired([1.1, 1.1, 0, 1.1, 1.1])).toEqual(['WE3'])
    expect(fired([0, -3.01])).toEqual(['WE1'])
    expect(fired([2.1, 0, -2.1])).toEqual([])
  })
})

describe('switching', () => {
  const consent = { steady: true, agreed: true }
  const told = (lots: string, first = begin()) =>
    [...lots].reduce((was, lot) => afterLot(was, { accepted: lot === 'A', accept: 0 }, consent), first)

  it('tightens after two of five, and not when they lie further apart', () => {
    expect(told('AARAR').severity).toBe('tightened')
    expect(told('RAAAAR').severity).toBe('normal')
  })

  it('goes back to normal after five in a row, and stops at the fifth refusal', () => {
    const tight = begin('tightened')
    expect(told('AAAAA', tight).severity).toBe('normal')
    expect(told('RARARARAR', tight)).toMatchObject({ severity: 'tightened', stopped: true })
  })

  it('reduces by Z1.4 after ten lots in a row within the limit number, and goes back between the two numbers', () => {
    const accepted = { accepted: true, accept: 1 }
    const z14 = (count: number, told = consent) =>
      Array.from({ length: count }, () => accepted).reduce((was, lot) => afterLot(was, lot, told, 'z14'), begin())
    expect(z14(9).severity).toBe('normal')
    expect(z14(10).severity).toBe('reduced')
    expect(z14(15, { ...consent, steady: false }).severity).toBe('normal')
    const many = Array.from({ length: 10 }, () => accepted).reduce(
      (was, lot) => afterLot(was, lot, { ...consent, withinLimit: false }, 'z14'),
      begin()
    )
    expect(many.severity).toBe('normal')
    const between = { ...accepted, between: true }
    expect(afterLot(begin('reduced'), between, consent, 'z14').severity).toBe('normal')
    // ISO 2859-1 knows no such gap since 1999.
    expect(afterLot(begin('reduced'), between, consent).severity).toBe('reduced')
    expect(afterLot(begin('reduced'), accepted, consent, 'z14').severity).toBe('reduced')
  })

  it('stops by Z1.4 at the fifth refusal and by 105E at the tenth lot of tightened inspection', () => {
    const by = (lots: string, standard: 'z14' | '105e') =>
      [...lots].reduce(
        (was, lot) => afterLot(was, { accepted: lot === 'A', accept: 0 }, consent, standard),
        begin('tightened')
      )
    expect(by('RARARARA', 'z14').stopped).toBe(false)
    expect(by('RARARARAR', 'z14').stopped).toBe(true)
    expect(by('RARARARAR', '105e').stopped).toBe(false)
    expect(by('RARARARARA', '105e').stopped).toBe(true)
    // The tenth is also the fifth accepted in a row: then it is over.
    expect(by('RRRRRAAAAA', '105e')).toMatchObject({ severity: 'normal', stopped: false })
  })

  it('reduces at thirty points only with consent, and leaves at the first refusal', () => {
    expect(told('A'.repeat(15)).severity).toBe('reduced')
    const asked = [...'A'.repeat(20)].reduce(
      was => afterLot(was, { accepted: true, accept: 0 }, { ...consent, agreed: false }),
      begin()
    )
    expect(asked).toMatchObject({ severity: 'normal', score: 40 })
    expect(told('R', begin('reduced')).severity).toBe('normal')
  })
})
