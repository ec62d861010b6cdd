import { describe, expect, it } from 'vitest'
import { arrow, circle, pen, pointsOf, toMarkup } from './markup.ts'

const size = { width: 800, height: 400 }

describe('markup', () => {
  it('keeps points as thousandths of the photo, and inside it', () => {
    expect(toMarkup([400, 100], size)).toEqual([500, 250])
    expect(toMarkup([-20, 900], size)).toEqual([0, 1000])
  })

  it('draws an arrow that ends where the finger points', () => {
    const [from, to, ...head] = arrow([0, 200], [400, 200], size)
    expect([from, to]).toEqual([
      [0, 500],
      [500, 500]
    ])
    expect(head[1]).toEqual([500, 500])
    expect(head[0]?.[0]).toBeLessThan(500)
    expect((head[0]?.[1] ?? 0) + (head[2]?.[1] ?? 0)).toBe(1000)
  })

  it('draws a circle that is round on the screen, not in thousandths', () => {
    const round = circle([400, 200], [500, 200], size)
    const xs = round.map(([x]) => x)
    const ys = round.map(([, y]) => y)
    expect(Math.max(...xs) - Math.min(...xs)).toBe(250)
    expect(Math.max(...ys) - Math.min(...ys)).toBe(500)
    expect(round.at(0)).toEqual(round.at(-1))
  })

  it('leaves out points of a line that lie on one another', () => {
    expect(
      pointsOf(
        pen(
          [
            [0, 0],
            [1, 0],
            [2, 0],
            [80, 40]
          ],
          size
        )
      )
    ).toBe('0,0 100,100')
  })
})
