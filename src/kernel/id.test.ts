import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idMaker, isUuid } from './id.ts'

const dice = (seed: number) => () => Uint8Array.from({ length: 16 }, (_, i) => (seed * 31 + i * 97) & 0xff)

describe('ids', () => {
  it('are UUIDs of version 7 and variant 10, and begin with the millisecond', () => {
    const id = idMaker(() => 0x0192_3456_789a, dice(7))()
    expect(id).toMatch(/^01923456-789a-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(isUuid(id)).toBe(true)
  })

  it('grow within one maker while the clock stands, goes on or steps back a little', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 2, maxLength: 300 }), steps => {
        let now = 1_800_000_000_000
        let highest = now
        const next = idMaker(() => now, dice(3))
        const ids = steps.map(step => {
          // A step back of more than ten seconds from the highest time starts anew; that is tried below.
          now = Math.max(highest - 9000, now + step)
          highest = Math.max(highest, now)
          return next()
        })
        expect(ids).toEqual([...ids].sort())
        expect(new Set(ids).size).toBe(ids.length)
      })
    )
  })

  it('go on growing past 4,096 in one millisecond', () => {
    const next = idMaker(() => 1_800_000_000_000, dice(1))
    const ids = Array.from({ length: 10_000 }, next)
    expect(ids).toEqual([...ids].sort())
    expect(new Set(ids).size).toBe(10_000)
  })

  it('follow a clock that was set back for good', () => {
    let now = 1_800_000_000_000
    const next = idMaker(() => now, dice(1))
    next()
    now -= 3_600_000
    expect(Number.parseInt(next().replaceAll('-', '').slice(0, 12), 16)).toBe(now)
  })
})
