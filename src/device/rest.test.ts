import { describe, expect, it } from 'vitest'
import { virtualTime } from '#test/simulation/virtual-time.ts'
import { handsRest, REST } from './rest.ts'

const hand = (visible = true) => {
  const time = virtualTime()
  const begun = time.now()
  const sent: number[] = []
  const rest = handsRest({
    timers: time.timers,
    now: time.now,
    visible: () => visible,
    send: () => void sent.push(time.now() - begun)
  })
  return { time, sent, rest }
}

describe('sending', () => {
  it('waits until the hand rests, once for several taps', async () => {
    const { time, sent, rest } = hand()
    for (let tap = 0; tap < 3; tap += 1) {
      rest.touched()
      await time.pass(200)
    }
    await time.pass(5_000)
    expect(sent).toEqual([400 + REST.last])
  })

  it('does not wait longer for a hand that never rests', async () => {
    const { time, sent, rest } = hand()
    for (let tap = 0; tap < 10; tap += 1) {
      rest.touched()
      await time.pass(200)
    }
    await time.pass(5_000)
    expect(sent).toEqual([REST.first, 2 * REST.first, 1_800 + REST.last])
  })

  it('does not wait on a page that is out of sight, nor goes on after it was closed', async () => {
    const hidden = hand(false)
    hidden.rest.touched()
    expect(hidden.sent).toEqual([0])
    const closed = hand()
    closed.rest.touched()
    closed.rest.stop()
    await closed.time.pass(5_000)
    expect(closed.sent).toEqual([])
  })
})
