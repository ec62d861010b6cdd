import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jobCardLabel, readLabel } from './label.ts'
import { numberAfter } from './number.ts'
import { add, against, show, tidy, times } from './quantity.ts'
import { age, clock } from './time.ts'

describe('numbers in a row', () => {
  const known = ['PO-0099', 'PO-0207', 'PO-12X', 'X-0300', 'PO-'].map(key => [key, {}] as const)
  it('go on after the highest of their form', () => {
    expect(numberAfter('PO-', known)).toBe('PO-0208')
    expect(numberAfter('PO-', [['PO-9999', {}]])).toBe('PO-10000')
    expect(numberAfter('WO-', known)).toBe('WO-0001')
    expect(numberAfter('A/firm-', [['A/firm-9', {}]], 1)).toBe('A/firm-10')
  })
})

describe('labels', () => {
  it('read a job card back to its work order and operation', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), fc.integer({ min: 1, max: 9999 }), (number, op) => {
        const workOrder = `WO-${String(number).padStart(4, '0')}`
        expect(readLabel(jobCardLabel(workOrder, op))).toEqual({ label: 'job-card', workOrder, op })
      })
    )
  })

  it('tell what a code is by how it begins', () => {
    expect(readLabel('WO-0012')).toEqual({ label: 'work-order', workOrder: 'WO-0012' })
    expect(readLabel(' b-1001\r')).toEqual({ label: 'badge', badge: 'B-1001' })
    expect(readLabel('T-DC-07')).toEqual({ label: 'tool', tool: 'T-DC-07' })
    expect(readLabel('LOC-A12')).toEqual({ label: 'location', location: 'LOC-A12' })
    expect(readLabel('00340123450000000017')).toEqual({ label: 'sscc', handlingUnit: '340123450000000017' })
  })

  it('leave every other code as it is, hostile ones too', () => {
    for (const raw of [
      '<img src=x onerror=alert(1)>',
      'https://example.org/WO-0012-30',
      'WO-',
      'WO-0012-99999',
      '22-118',
      ''
    ])
      expect(readLabel(raw).label).not.toBe('job-card')
    expect(readLabel('Lot 22-118')).toEqual({ label: 'other', text: 'Lot 22-118' })
  })
})

describe('quantities', () => {
  it('add up as a person writes them', () => {
    expect(add(0.1, 0.2)).toBe(0.3)
    expect(times(0.1, 3)).toBe(0.3)
    expect(show(0.1 + 0.2)).toBe('0.3')
    expect(show(5, 2)).toBe('5.00')
    expect(tidy(-0.0000001)).toBe(0)
    expect(Object.is(tidy(-0), 0)).toBe(true)
  })

  it('count both limits as inside', () => {
    expect([12.19, 12.2, 12.21].map(value => against(value, 11.8, 12.2))).toEqual(['inside', 'inside', 'above'])
    expect(against(11.8, 11.8, undefined)).toBe('inside')
    expect(against(11.79, 11.8, undefined)).toBe('below')
    expect(against(99, undefined, undefined)).toBe('inside')
  })
})

describe('times', () => {
  it('are said as the floor says them', () => {
    expect([0, 14_000, 12 * 60_000, 185 * 60_000, 50 * 3_600_000].map(age)).toEqual([
      '0 s',
      '14 s',
      '12 min',
      '3 h 05',
      '2 d'
    ])
    expect(age(-5)).toBe('0 s')
    expect(clock(250_000)).toBe('04:10')
  })
})
