import { describe, expect, it, vi } from 'vitest'

vi.stubGlobal('__BUILD__', 'test')
const { refOf } = await import('./crash.tsx')

describe('the reference of a crash', () => {
  it('is four signs, the same for the same problem and another for another one', () => {
    expect(refOf(new TypeError('x is undefined'))).toMatch(/^[0-9A-F]{4}$/)
    expect(refOf(new TypeError('x is undefined'))).toBe(refOf(new TypeError('x is undefined')))
    expect(refOf(new TypeError('y is undefined'))).not.toBe(refOf(new TypeError('x is undefined')))
    expect(refOf('a word')).toMatch(/^[0-9A-F]{4}$/)
  })
})
