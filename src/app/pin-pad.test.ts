import { describe, expect, it } from 'vitest'
import { typePin } from './pin-pad.tsx'

describe('a PIN as it is typed', () => {
  it('keeps a leading zero', () => {
    expect(['0', '0', '7'].reduce((digits, key) => typePin(digits, key) ?? digits, '')).toBe('007')
  })

  it('ends at six digits', () => {
    expect(typePin('123456', '7')).toBe('123456')
  })

  it('takes back one digit or all of them, and ignores other keys', () => {
    expect(typePin('123', 'Backspace')).toBe('12')
    expect(typePin('123', 'Delete')).toBe('')
    expect(typePin('123', 'Enter')).toBeUndefined()
    expect(typePin('123', 'B')).toBeUndefined()
  })
})
