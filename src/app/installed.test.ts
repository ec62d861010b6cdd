import { describe, expect, it } from 'vitest'
import { mustBeInstalled } from './installed.ts'

const mac =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15'
const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1'
const android = 'Mozilla/5.0 (Linux; Android 14; SM-T630) AppleWebKit/537.36 Chrome/130.0 Safari/537.36'

describe('where nothing is recorded in a tab', () => {
  it('is an iPad, which calls itself a Macintosh that is touched, and an iPhone', () => {
    expect(mustBeInstalled({ userAgent: mac, touchPoints: 5, standalone: false })).toBe(true)
    expect(mustBeInstalled({ userAgent: phone, touchPoints: 5, standalone: false })).toBe(true)
  })

  it('is neither of them once the app was opened from the Home Screen', () => {
    expect(mustBeInstalled({ userAgent: mac, touchPoints: 5, standalone: true })).toBe(false)
    expect(mustBeInstalled({ userAgent: phone, touchPoints: 5, standalone: true })).toBe(false)
  })

  it('is no Macintosh and no Android tablet', () => {
    expect(mustBeInstalled({ userAgent: mac, touchPoints: 0, standalone: false })).toBe(false)
    expect(mustBeInstalled({ userAgent: android, touchPoints: 10, standalone: false })).toBe(false)
  })
})
