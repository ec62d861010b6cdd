import { describe, expect, it } from 'vitest'
import { IDLE, idleAt } from './idle.ts'

describe('a tablet that nobody touches', () => {
  it('stays awake until half a minute before the end', () => {
    expect(idleAt(0, IDLE.lock - IDLE.warn - 1)).toEqual({ state: 'awake' })
  })

  it('warns with the seconds that are left', () => {
    expect(idleAt(0, IDLE.lock - IDLE.warn)).toEqual({ state: 'warning', left: 30 })
    expect(idleAt(0, IDLE.lock - 400)).toEqual({ state: 'warning', left: 1 })
  })

  it('locks after five minutes', () => {
    expect(idleAt(1000, 1000 + 5 * 60_000)).toEqual({ state: 'locked' })
  })

  it('is awake when the clock was set back', () => {
    expect(idleAt(1_000_000, 5)).toEqual({ state: 'awake' })
  })
})
