import { describe, expect, it } from 'vitest'
import { chipFace } from './sync-chip.ts'

const now = new Date(2026, 10, 22, 10, 42, 10).getTime()
const minutes = (count: number) => now - count * 60_000

describe('the sync chip', () => {
  it('says when all was sent', () => {
    expect(chipFace({ state: 'sent', at: minutes(1) }, now)).toEqual({
      level: 'plain',
      sign: '✓',
      text: 'All sent 10:41'
    })
    expect(chipFace({ state: 'sent', at: undefined }, now).text).toBe('All sent')
  })

  it('counts what is on its way', () => {
    expect(chipFace({ state: 'sending', sent: 2, of: 12 }, now).text).toBe('Sending 3 of 12')
    expect(chipFace({ state: 'sending', sent: 12, of: 12 }, now).text).toBe('Sending 12 of 12')
  })

  it('says since when it is offline and what waits', () => {
    expect(chipFace({ state: 'offline', since: minutes(5), waiting: 3 }, now)).toEqual({
      level: 'off',
      sign: '▲',
      text: 'Offline since 10:37 · 3 waiting'
    })
    expect(chipFace({ state: 'offline', since: minutes(5), waiting: 0 }, now).text).toBe('Offline since 10:37')
  })

  it('asks for attention after half an hour or fifty items', () => {
    expect(chipFace({ state: 'offline', since: minutes(29.9), waiting: 49 }, now).level).toBe('off')
    expect(chipFace({ state: 'offline', since: minutes(30), waiting: 0 }, now).level).toBe('attention')
    expect(chipFace({ state: 'offline', since: minutes(1), waiting: 50 }, now).level).toBe('attention')
  })

  it('stops for a decision', () => {
    expect(chipFace({ state: 'needs-you', count: 1 }, now)).toEqual({
      level: 'stop',
      sign: '■',
      text: '1 needs a decision'
    })
    expect(chipFace({ state: 'needs-you', count: 2 }, now).text).toBe('2 need a decision')
  })
})
