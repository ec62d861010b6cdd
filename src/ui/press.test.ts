import { describe, expect, it } from 'vitest'
import { BOUNCE, counts, KEY_BOUNCE } from './press.ts'
import { fitted } from './photo-size.ts'
import { sortRows } from './table.tsx'
import { messageBoard } from './messages.tsx'

describe('a press', () => {
  it('is not heard twice within 400 ms', () => {
    expect(counts(1000, undefined)).toBe(true)
    expect(counts(1399, 1000)).toBe(false)
    expect(counts(1400, 1000)).toBe(true)
    expect(BOUNCE).toBe(400)
  })

  it('of a key may repeat, but not bounce', () => {
    expect(counts(1000 + KEY_BOUNCE - 1, 1000, KEY_BOUNCE)).toBe(false)
    expect(counts(1000 + KEY_BOUNCE, 1000, KEY_BOUNCE)).toBe(true)
  })

  it('counts when the clock began anew', () => {
    expect(counts(5, 9000)).toBe(true)
  })
})

describe('a photo', () => {
  it('is made to fit 1600 px and never larger than it is', () => {
    expect(fitted(4000, 3000)).toEqual({ width: 1600, height: 1200 })
    expect(fitted(3000, 4000)).toEqual({ width: 1200, height: 1600 })
    expect(fitted(640, 480)).toEqual({ width: 640, height: 480 })
    expect(fitted(10000, 1)).toEqual({ width: 1600, height: 1 })
  })
})

describe('a table', () => {
  it('sorts numbers as numbers, and numbers inside words too', () => {
    expect(sortRows([10, 9, 100], row => row, false)).toEqual([9, 10, 100])
    expect(sortRows(['WO-10', 'WO-9'], row => row, false)).toEqual(['WO-9', 'WO-10'])
    expect(sortRows([1, 2], row => row, true)).toEqual([2, 1])
  })
})

describe('the message board', () => {
  it('shows the last three, and the same words once', () => {
    const board = messageBoard()
    for (const text of ['a', 'b', 'b', 'c', 'd']) board.tell({ text, tone: 'ok' })
    expect(board.shown.value.map(one => one.text)).toEqual(['b', 'c', 'd'])
  })

  it('keeps two lines with the same words when each has its own Undo', () => {
    const board = messageBoard()
    const undo = () => undefined
    board.tell({ text: 'Saved on this tablet', tone: 'ok', undo })
    board.tell({ text: 'Saved on this tablet', tone: 'ok', undo })
    expect(board.shown.value).toHaveLength(2)
    board.drop(1)
    expect(board.shown.value.map(one => one.key)).toEqual([2])
  })
})
