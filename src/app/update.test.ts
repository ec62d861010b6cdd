import { describe, expect, it, vi } from 'vitest'

vi.stubGlobal('__BUILD__', 'test')
const { mayReload } = await import('./update.ts')

describe('the guard against a loop of reloads', () => {
  it('allows the first three within a minute and stops the fourth', () => {
    expect(mayReload([], 100_000).may).toBe(true)
    expect(mayReload([70_000, 80_000], 100_000).may).toBe(true)
    expect(mayReload([70_000, 80_000, 90_000], 100_000).may).toBe(false)
  })

  it('forgets a reload after a minute', () => {
    expect(mayReload([30_000, 80_000, 90_000], 100_000)).toEqual({ may: true, kept: [80_000, 90_000] })
  })

  it('does not count times from the future, after a clock was set back', () => {
    expect(mayReload([900_000, 900_001, 900_002], 100_000)).toEqual({ may: true, kept: [] })
  })
})
