import { describe, expect, it } from 'vitest'
import { dayNumber } from '#kernel/calendar.ts'
import { plotOf, weekly } from './item-rows.ts'

/** A Wednesday. */
const DAY = dayNumber('2026-11-25')
const row = (day: number, gross: number, receipts: number, projected: number) => ({
  day,
  gross,
  receipts,
  planned: 0,
  released: 0,
  projected
})

describe('rows by weeks', () => {
  it('stand on the Monday, add what happens, and leave what the last day leaves', () => {
    const rows = [row(DAY, 5, 0, 5), row(DAY + 2, 10, 20, 15), row(DAY + 5, 1, 0, 14)]
    expect(weekly(rows)).toEqual([row(DAY - 2, 15, 20, 15), row(DAY + 5, 1, 0, 14)])
  })
})

describe('the plot', () => {
  it('is a line of steps from what is there, between the least and the most', () => {
    const plot = plotOf([row(DAY + 2, 15, 0, -5), row(DAY + 9, 0, 20, 15)], 10, 4, DAY)
    expect([plot.high, plot.low, plot.from, plot.to]).toEqual([15, -5, DAY, DAY + 10])
    expect(plot.line).toEqual([
      [0, 0.25],
      [0.2, 0.25],
      [0.2, 1],
      [0.9, 1],
      [0.9, 0],
      [1, 0]
    ])
    expect(plot.zero).toBe(0.75)
    expect(plot.safety).toBeCloseTo(0.55)
  })

  it('has a height when nothing is there and nothing happens', () => {
    const plot = plotOf([], 0, 0, DAY)
    expect(plot.line.flat().every(Number.isFinite)).toBe(true)
  })
})
