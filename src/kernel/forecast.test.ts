import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { dayNumber, dayText } from './calendar.ts'
import { consumeForecast, expectedFor } from './forecast.ts'

const weeks = [10, 20, 30].map((quantity, week) => ({ from: week * 7, to: week * 7 + 7, quantity }))

describe('an order uses up forecast', () => {
  it('of its own week first, and what is over stands by itself', () => {
    expect(consumeForecast(weeks, [{ day: 8, quantity: 15 }], { back: 0, forward: 0 })).toEqual([10, 5, 30])
    expect(consumeForecast(weeks, [{ day: 8, quantity: 50 }], { back: 0, forward: 0 })).toEqual([10, 0, 30])
  })

  it('then of the days before, then of the days after, the nearest first', () => {
    expect(consumeForecast(weeks, [{ day: 8, quantity: 25 }], { back: 2, forward: 0 })).toEqual([5, 0, 30])
    expect(consumeForecast(weeks, [{ day: 8, quantity: 25 }], { back: 1, forward: 0 })).toEqual([10, 0, 30])
    expect(consumeForecast(weeks, [{ day: 8, quantity: 35 }], { back: 7, forward: 7 })).toEqual([0, 0, 25])
    expect(consumeForecast(weeks, [{ day: 8, quantity: 35 }], { back: 0, forward: 5 })).toEqual([10, 0, 30])
  })

  it('is the same in whatever order orders and forecasts are listed, and takes no more than was ordered', () => {
    const forecast = fc.record({ week: fc.integer({ min: 0, max: 9 }), quantity: fc.integer({ min: 0, max: 50 }) })
    const order = fc.record({ day: fc.integer({ min: 0, max: 70 }), quantity: fc.integer({ min: 1, max: 60 }) })
    const lists = fc.tuple(
      fc.uniqueArray(forecast, { selector: one => one.week, maxLength: 8 }),
      fc.array(order, { maxLength: 8 }),
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 0, max: 20 })
    )
    fc.assert(
      fc.property(lists, ([plain, orders, back, forward]) => {
        const expected = plain.map(({ week, quantity }) => ({ from: week * 7, to: week * 7 + 7, quantity }))
        const left = consumeForecast(expected, orders, { back, forward })
        const turned = consumeForecast(expected.toReversed(), orders.toReversed(), { back, forward }).toReversed()
        const sum = (list: readonly number[]) => list.reduce((all, one) => all + one, 0)
        const taken = sum(expected.map(one => one.quantity)) - sum(left)
        expect(turned).toEqual(left)
        expect(left.every(one => one >= 0)).toBe(true)
        expect(taken).toBeLessThanOrEqual(sum(orders.map(one => one.quantity)))
      })
    )
  })
})

it('a month is as long as it is', () => {
  const month = expectedFor(dayNumber('2028-02-01'), 'month')
  expect([dayText(month.to), month.to - month.from]).toEqual(['2028-03-01', 29])
  expect(expectedFor(100, 'week')).toEqual({ from: 100, to: 107 })
  expect(expectedFor(100, 'day')).toEqual({ from: 100, to: 101 })
})
