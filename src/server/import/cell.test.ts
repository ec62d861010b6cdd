import { describe, expect, it } from 'vitest'
import { readDay, readNumber, readYesNo, tidyValue } from './cell.ts'

const wrong = (cell: object): string => ('wrong' in cell ? String(cell.wrong) : 'was read')

describe('readNumber', () => {
  it.each([
    ['1250', 1250],
    ['1,5', 1.5],
    ['1.5', 1.5],
    ['1 250,5', 1250.5],
    ['1,250.50', 1250.5],
    ['1.250,50', 1250.5],
    ['-3', -3],
    ['1e3', 1000],
    ['12 pcs', 12],
    ['0,125', 0.125],
    ['1.234.567', 1234567],
    ["1'250.5", 1250.5]
  ])('reads %s as %d', (said, value) => expect(readNumber(said)).toEqual({ value }))

  it('does not guess whether 1,250 is a thousand or one and a quarter', () => {
    expect(wrong(readNumber('1,250'))).toContain('two numbers')
    expect(readNumber('1,250', ',')).toEqual({ value: 1.25 })
    expect(readNumber('1,250', '.')).toEqual({ value: 1250 })
    expect(readNumber('1.250', ',')).toEqual({ value: 1250 })
  })

  it.each(['about 3', '2 or 3', 'as needed', '3 boxes', 'NaN', 'Infinity', '--'])('says that %s is no number', said => {
    expect(readNumber(said)).toHaveProperty('wrong')
  })
})

describe('readDay', () => {
  const today = '2026-11-22'
  it.each([
    ['2026-12-24', '2026-12-24'],
    ['24.12.2026', '2026-12-24'],
    ['24/12/2026', '2026-12-24'],
    ['12/24/2026', '2026-12-24'],
    ['+12d', '2026-12-04'],
    ['-2 d', '2026-11-20'],
    ['+0d', '2026-11-22']
  ])('reads %s', (said, day) => expect(readDay(said, today)).toEqual({ value: day }))
  it('asks when a day can be two', () => expect(wrong(readDay('03/04/2026', today))).toContain('two days'))
  it('knows the calendar', () => expect(wrong(readDay('2026-02-30', today))).toContain('no day of the calendar'))
})

describe('tidyValue', () => {
  it.each([
    ['15p', 'C6', '15pF'],
    ['15pF', 'C1', '15pF'],
    ['15 pF', 'C1', '15pF'],
    ['100n', 'C3', '100nF'],
    ['4,7uF', 'C8', '4.7uF'],
    ['4.7µF', 'C8', '4.7uF'],
    ['470', 'R2', '470R'],
    ['10K', 'R4', '10k'],
    ['220R', 'R14', '220R'],
    ['220uH', 'L1', '220uH'],
    ['8MHz', 'Y1', '8MHz'],
    ['MAX3078E', 'U6', 'MAX3078E']
  ])('writes %s at %s as %s', (said, place, tidy) => expect(tidyValue(said, place)).toBe(tidy))
})

it('readYesNo takes the words of several systems and nothing else', () => {
  expect(readYesNo('DNP')).toEqual({ value: true })
  expect(readYesNo('')).toEqual({ value: false })
  expect(readYesNo('maybe')).toHaveProperty('wrong')
})
