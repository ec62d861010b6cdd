import { describe, expect, it } from 'vitest'
import { troubleOf } from './camera.ts'

describe('why there is no picture', () => {
  it('tells a refusal from a missing and from a busy camera', () => {
    expect(troubleOf(new DOMException('', 'NotAllowedError'))).toBe('blocked')
    expect(troubleOf(new DOMException('', 'NotFoundError'))).toBe('none')
    expect(troubleOf(new DOMException('', 'NotReadableError'))).toBe('taken')
    expect(troubleOf(new TypeError('x'))).toBe('unknown')
    expect(troubleOf(undefined)).toBe('unknown')
  })
})
