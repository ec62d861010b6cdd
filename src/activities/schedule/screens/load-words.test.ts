import { describe, expect, it } from 'vitest'
import type { Load } from '../capacity/load.ts'
import { hours, inOrder, loadSaid, onBar, peakOf } from './load-words.ts'

const bucket = (firm: number, planned: number, open: number) => ({ firm, planned, open })
const load = (resource: string, kind: Load['kind'], ...buckets: Load['buckets']): Load => ({
  resource,
  kind,
  name: resource,
  buckets
})
const week = (at: number) => `W${49 + at}`

describe('a load in words', () => {
  it('names each bucket with too much and by how much', () => {
    expect(loadSaid({ buckets: [bucket(300, 0, 480), bucket(400, 200, 480)] }, week)).toEqual({
      level: 'stop',
      word: 'Too much',
      text: 'W50: 10 of 8 h'
    })
    const many = [1, 2, 3, 4, 5].map(() => bucket(66, 0, 0))
    expect(loadSaid({ buckets: many }, week).text).toBe(
      'W49: 1.1 h while closed, W50: 1.1 h while closed, W51: 1.1 h while closed and 2 more'
    )
  })

  it('says where it is fullest when all fits, and warns from nine tenths', () => {
    expect(loadSaid({ buckets: [bucket(48, 0, 480), bucket(100, 140, 480)] }, week)).toEqual({
      level: 'normal',
      word: 'Fits',
      text: 'fullest in W50: 4 of 8 h, 50 %'
    })
    expect(loadSaid({ buckets: [bucket(432, 0, 480)] }, week).level).toBe('attention')
    expect(loadSaid({ buckets: [bucket(0, 0, 480)] }, week)).toEqual({
      level: 'off',
      word: 'Nothing to do',
      text: ''
    })
  })

  it('shows inspection first, then what has too much, and leaves the rest in the order of the plant', () => {
    const fits = bucket(10, 0, 480)
    const loads = [
      load('ST-1', 'station', fits),
      load('ST-2', 'station', bucket(500, 0, 480)),
      load('inspection', 'inspection', fits),
      load('T-1', 'tool', fits)
    ]
    expect(inOrder(loads).map(one => one.resource)).toEqual(['inspection', 'ST-2', 'ST-1', 'T-1'])
  })

  it('has a number for each bar that fits over it, exact where it matters', () => {
    expect([0, 2, 66, 594, 598, 2484].map(minutes => onBar(minutes, false))).toEqual([
      '',
      '<0.1',
      '1.1',
      '9.9',
      '10',
      '41'
    ])
    expect(onBar(2484, true)).toBe('41.4')
  })

  it('knows the time with the most too much, else the fullest', () => {
    expect(peakOf({ buckets: [bucket(70, 0, 60), bucket(500, 0, 480), bucket(10, 0, 480)] })).toBe(1)
    expect(peakOf({ buckets: [bucket(70, 0, 480), bucket(60, 0, 60)] })).toBe(1)
    expect(peakOf({ buckets: [bucket(0, 0, 480)] })).toBe(-1)
  })

  it('rounds to tenths of an hour', () => {
    expect(hours(391)).toBe('6.5 h')
  })
})
