import { describe, expect, it } from 'vitest'
import { CALM_PAUSE_MS, calmWatch } from './calm.ts'

const nothing = { found: [] }
const something = { found: [{ text: 'x', format: 'QRCode', way: 'quick', altered: false }] }
const picture = (level: number) => new Uint8Array(144).fill(level)

describe('a camera that nobody holds anything before', () => {
  it('slows down after twenty seconds and wakes with the first movement', () => {
    let level = 100
    const watch = calmWatch(() => picture(level))
    let at = 0
    for (; at < 19_900; at += 33) expect(watch.after(nothing, at)).toBe(0)
    at = 20_100
    expect(watch.after(nothing, at)).toBe(CALM_PAUSE_MS)
    level = 130
    expect(watch.after(nothing, at + 200)).toBe(0)
  })
  it('is kept awake by a code, and not by noise', () => {
    let turn = 0
    const watch = calmWatch(() => picture(100 + (turn++ % 2) * 10))
    for (let at = 0; at < 30_000; at += 100) expect(watch.after(at % 5000 === 0 ? something : nothing, at)).toBe(0)
    for (let at = 30_000; at < 49_000; at += 100) watch.after(nothing, at)
    expect(watch.after(nothing, 51_000)).toBe(CALM_PAUSE_MS)
  })
  it('takes small pictures seldom while it is awake', () => {
    let asked = 0
    const watch = calmWatch(() => {
      asked += 1
      return undefined
    })
    for (let at = 0; at < 4000; at += 33) watch.after(nothing, at)
    expect(asked).toBeLessThanOrEqual(11)
  })
})
