import { describe, expect, it } from 'vitest'
import { freePeriod, periodStart } from './period.ts'

describe('the period of a forecast', () => {
  it('begins on the day, on its Monday, on the first', () => {
    expect((['day', 'week', 'month'] as const).map(bucket => periodStart(bucket, '2026-11-26'))).toEqual([
      '2026-11-26',
      '2026-11-23',
      '2026-11-01'
    ])
    expect(periodStart('week', '2026-11-23')).toBe('2026-11-23')
    expect(periodStart('week', '2026-11-29')).toBe('2026-11-23')
    expect(periodStart('month', '')).toBe('')
  })

  it('is the first for which nothing of the item is expected yet', () => {
    const week = (item: string, from: string) => ({ item, bucket: 'week' as const, from, quantity: 5 })
    const known = [week('A', '2026-11-23'), week('A', '2026-11-30'), week('B', '2026-12-07')]
    expect(freePeriod(known, { item: 'A', bucket: 'week' }, '2026-11-25')).toBe('2026-12-07')
    expect(freePeriod(known, { item: 'C', bucket: 'week' }, '2026-11-25')).toBe('2026-11-23')
    const months = [{ item: 'A', bucket: 'month' as const, from: '2026-12-01', quantity: 1 }]
    expect(freePeriod(months, { item: 'A', bucket: 'month' }, '2026-12-31')).toBe('2027-01-01')
  })
})
