import { describe, expect, it } from 'vitest'
import type { Load } from '../capacity/load.ts'
import { hours, inOrder, loadSaid } from './load-words.ts'

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
      text: 'W50 by 2 h'
    })
    const many = [1, 2, 3, 4, 5].map(() => bucket(66, 0, 0))
    expect(loadSaid({ buckets: many }, week).text).toBe('W49 by 1.1 h, W50 by 1.1 h, W51 by 1.1 h and 2 more')
  })

  it('says where it is fullest when all fits, and warns from nine tenths', () => {
    expect(loadSaid({ buckets: [bucket(48, 0, 480), bucket(100, 140, 480)] }, week)).toEqual({
      level: 'normal',
      word: 'Fits',
      text: 'fullest in W50, 50 %'
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

  it('rounds to tenths of an hour', () => {
    expect(hours(391)).toBe('6.5 h')
  })
})
