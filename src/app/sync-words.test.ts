import { describe, expect, it } from 'vitest'
import { clockWords, codeWords, eventName, needsPerson, sizeWords, subjectOf } from './sync-words.ts'

describe('the words of the Sync centre', () => {
  it('reads an event as a person would', () => {
    expect(eventName('orders/step-completed.v1')).toBe('Step completed')
    expect(eventName('plant/andon-called.v12')).toBe('Andon called')
  })

  it('says what an event was about, and nothing where it can not', () => {
    expect(subjectOf({ workOrder: 'WO-0012', op: 30, step: 4 })).toBe('WO-0012 · 30')
    expect(subjectOf({ station: 'ST-01', kind: 'parts' })).toBe('ST-01')
    expect(subjectOf(null)).toBe('')
    expect(subjectOf('text')).toBe('')
  })

  it('finds a clock that is a minute off', () => {
    expect(clockWords(undefined)[0]).toBe('off')
    expect(clockWords(300)).toEqual(['normal', 'Same as the office'])
    expect(clockWords(-20_000)).toEqual(['normal', '20 s ahead of the office'])
    expect(clockWords(61_000)).toEqual(['attention', '61 s behind the office'])
    expect(clockWords(7_200_000)).toEqual(['attention', '120 min behind the office'])
  })

  it('calls a person only for what will not go by itself', () => {
    expect(
      ['unsent', 'acked', 'flagged', 'quarantined', 'refused', 'held'].filter(state => needsPerson(state as 'held'))
    ).toEqual(['quarantined', 'refused', 'held'])
  })

  it('writes sizes short', () => {
    expect([sizeWords(0), sizeWords(2048), sizeWords(5 * 1024 ** 2), sizeWords(250 * 1024 ** 2)]).toEqual([
      '0 bytes',
      '2.0 KB',
      '5.0 MB',
      '250 MB'
    ])
  })

  it('says why in words, also for what intake knows and for the rules of rooms', () => {
    expect(['not-applicable', 'known-already', 'wrong-hash'].map(codeWords)).toEqual([
      'the office could not work it in',
      'the office has it already',
      'it was damaged after it was recorded'
    ])
    expect(codeWords('order-on-hold')).toBe('order on hold')
  })
})
