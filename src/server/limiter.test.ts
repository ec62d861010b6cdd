import { describe, expect, it } from 'vitest'
import { openLimiter } from './limiter.ts'

const budget = { burst: 3, perSecond: 2 }

describe('the limiter', () => {
  it('lets a burst pass, then as much as flows in, and says how long to wait', () => {
    let time = 0
    const limiter = openLimiter(() => time)
    expect([1, 2, 3, 4].map(() => limiter.take('a', budget))).toEqual([0, 0, 0, 1])
    time = 500
    expect([1, 2].map(() => limiter.take('a', budget))).toEqual([0, 1])
    time = 60_000
    expect([1, 2, 3, 4].map(() => limiter.take('a', budget))).toEqual([0, 0, 0, 1])
  })

  it('keeps each name’s budget apart, and takes nothing from who is only asked about', () => {
    const limiter = openLimiter(() => 0)
    for (let i = 0; i < 10; i++) limiter.take('rogue', budget)
    for (let i = 0; i < 10; i++) expect(limiter.ask('good', budget)).toBe(0)
    expect(limiter.take('good', budget)).toBe(0)
    expect(limiter.ask('rogue', budget)).toBeGreaterThan(0)
  })

  it('knows what was used, until it no longer counts', () => {
    let time = 0
    const limiter = openLimiter(() => time)
    expect([limiter.once('x', 100), limiter.once('x', 100), limiter.once('y', 100)]).toEqual([true, false, true])
    time = 101
    expect(limiter.once('x', 100)).toBe(true)
  })

  it('holds a bounded number of names', () => {
    const limiter = openLimiter(() => 0)
    for (let i = 0; i < 50_000; i++) limiter.take(`name ${i}`, budget)
    expect(limiter.size()).toBeLessThanOrEqual(40_000)
  })
})
