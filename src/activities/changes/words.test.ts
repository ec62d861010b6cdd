import { describe, expect, it } from 'vitest'
import { recordText } from './words.ts'

describe('a record in words', () => {
  it('names every field that says something, and not the order, which stands above it', () => {
    expect(
      recordText({
        workOrder: 'WO-0012',
        op: 30,
        good: 3,
        reasonCode: 'R-2',
        note: '',
        first: true,
        report: '0190a000-0000-7000-8000-000000000001'
      })
    ).toBe('op 30 · good 3 · reason code R-2 · first')
    expect(recordText({ value: { n: 5.02, unit: 'V' }, photos: ['a', 'b'], lots: [], passed: false })).toBe(
      'value: n 5.02 · unit V · photos 2 · not passed'
    )
  })

  it('bears what is no record, and keeps it short', () => {
    for (const none of [undefined, null, 3, 'x', [], {}]) expect(recordText(none)).toBe('')
    expect(recordText({ note: 'x'.repeat(9000) })).toHaveLength(600)
  })
})
