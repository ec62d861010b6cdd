import { describe, expect, it } from 'vitest'
import { type Burst, hear, isOurs } from './wedge.ts'

const type = (text: readonly string[], gap: number): string | undefined => {
  let burst: Burst | undefined
  let at = 1000
  for (const key of text) {
    const heard = hear(burst, { key, at })
    if (heard.read !== undefined) return heard.read
    burst = heard.burst
    at += gap
  }
  return undefined
}

describe('a scanner that types', () => {
  it('is heard when the keys come fast and end with Enter', () => {
    expect(type([...'WO-0012-30', 'Enter'], 8)).toBe('WO-0012-30')
  })

  it('may end with Tab and be as slow as 49 ms a key', () => {
    expect(type([...'B-1004', 'Tab'], 49)).toBe('B-1004')
  })

  it('is not a person who types', () => {
    expect(type([...'WO-0012-30', 'Enter'], 90)).toBeUndefined()
  })

  it('is not a short burst, such as a hand on the keys', () => {
    expect(type([...'asd', 'Enter'], 8)).toBeUndefined()
  })

  it('starts anew after a pause, so that a lone key before it does no harm', () => {
    const first = hear(undefined, { key: 'x', at: 0 })
    let burst = hear(first.burst, { key: 'W', at: 500 }).burst
    let at = 508
    for (const key of 'O-7-1') burst = hear(burst, { key, at: (at += 8) }).burst
    expect(hear(burst, { key: 'Enter', at: at + 8 }).read).toBe('WO-7-1')
  })

  it('keeps the group separator of a GS1 code', () => {
    expect(type([...'10A1', '\u001d', ...'21X', 'Enter'], 8)).toBe('10A1\u001d21X')
  })

  it('ignores keys without a character in between', () => {
    expect(type(['W', 'Dead', 'O', '-', '9', 'Enter'], 8)).toBe('WO-9')
  })

  it('knows which codes never belong into a text field', () => {
    expect(isOurs('WO-0012-30')).toBe(true)
    expect(isOurs('LOT 22-118')).toBe(false)
  })
})
