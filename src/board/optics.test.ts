import { describe, expect, it } from 'vitest'
import { sizesFor } from './optics.ts'

const hd = { width: 1920, height: 1080 }

describe('the size of letters on a wall', () => {
  it.each([
    [55, 5, 66, 98],
    [43, 5, 84, 126],
    [55, 8, 105, 157]
  ])('%i inches at %i m', (diagonal, distance, text, number) => {
    expect(sizesFor({ diagonal, distance, ...hd })).toMatchObject({ text, number })
  })

  it('is the same on the wall when the same screen has twice the pixels', () => {
    const fine = sizesFor({ diagonal: 55, distance: 5, width: 3840, height: 2160 })
    expect(fine.text).toBe(131)
    expect(fine).toMatchObject({ columns: 4, rows: 2 })
  })

  it('leaves room for eight stations at 55 inches and five metres', () => {
    expect(sizesFor({ diagonal: 55, distance: 5, ...hd })).toMatchObject({ columns: 4, rows: 2 })
  })

  it('leaves room for eight on a 16:10 window too', () => {
    expect(sizesFor({ diagonal: 55, distance: 5, width: 1440, height: 900 })).toMatchObject({ columns: 4, rows: 2 })
  })

  it('leaves room for fewer the farther away they are read, and at last for none', () => {
    const room = (distance: number) => {
      const { columns, rows } = sizesFor({ diagonal: 43, distance, ...hd })
      return columns * rows
    }
    expect(room(3)).toBeGreaterThan(room(5))
    expect(room(5)).toBeGreaterThan(room(8))
    expect(room(30)).toBe(0)
  })
})
