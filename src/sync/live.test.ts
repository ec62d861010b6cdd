import { describe, expect, it } from 'vitest'
import type { Exchange } from './exchange.ts'
import { listen, sseParser } from './live.ts'

describe('server-sent events', () => {
  const read = (...parts: string[]) => {
    const heard: [string, string][] = []
    const parse = sseParser((event, data) => void heard.push([event, data]))
    for (const part of parts) parse(part)
    return heard
  }
  it('are read whole, however they are cut', () => {
    const text = 'event: head\ndata: {"seq":4}\n\n: beat\n\nevent: head\r\ndata: a\r\ndata: b\r\n\r\n'
    const whole = [
      ['head', '{"seq":4}'],
      ['head', 'a\nb']
    ]
    expect(read(text)).toEqual(whole)
    for (let cut = 1; cut < text.length; cut += 1) expect(read(text.slice(0, cut), text.slice(cut))).toEqual(whole)
    expect(read(...text)).toEqual(whole)
  })
  it('without data tell nothing', () => {
    expect(read('event: head\n\n')).toEqual([])
  })
})

describe('listening', () => {
  const world = (streams: (string | undefined)[]) => {
    const heads: number[] = []
    const timers: { ms: number; then: () => void; off: boolean }[] = []
    let opened = 0
    const office: Exchange = {
      ask: async () => ({ answer: 'unreachable' }),
      open: async (_, signal) => {
        const text = streams[opened]
        opened += 1
        if (text === undefined) return undefined
        return new Response(
          new ReadableStream({
            start: controller => {
              controller.enqueue(new TextEncoder().encode(text))
              if (text !== '') return controller.close()
              signal.addEventListener('abort', () => controller.error(new Error('cut')))
            }
          })
        )
      }
    }
    const stop = listen({
      office,
      random: () => 0,
      presence: false,
      timers: {
        set: (ms, then) => {
          const timer = { ms, then, off: false }
          timers.push(timer)
          return () => {
            timer.off = true
          }
        }
      },
      onHead: seq => void heads.push(seq),
      onPresence: () => undefined
    })
    const quiet = () => new Promise(done => setTimeout(done, 5))
    const fire = async (ms: number) => {
      const timer = timers.findLast(one => !one.off && one.ms === ms)
      if (timer) timer.off = true
      timer?.then()
      await quiet()
    }
    return { heads, opened: () => opened, stop, fire, quiet }
  }

  it('hears of a new head and drops what it can not read', async () => {
    const one = world(['event: head\ndata: nonsense\n\nevent: head\ndata: {"epoch":"e","seq":7}\n\n'])
    await one.quiet()
    expect(one.heads).toEqual([7])
    one.stop()
  })
  it('opens another stream after one that ended or never began', async () => {
    const one = world([undefined, 'event: head\ndata: {"epoch":"e","seq":7}\n\n'])
    await one.quiet()
    await one.fire(1000)
    expect([one.opened(), one.heads]).toEqual([2, [7]])
    one.stop()
  })
  it('takes 40 s of silence for a dead stream', async () => {
    const one = world([''])
    await one.quiet()
    await one.fire(40_000)
    await one.fire(1000)
    expect(one.opened()).toBe(2)
    one.stop()
  })
  it('stops for good', async () => {
    const one = world([undefined, undefined])
    await one.quiet()
    one.stop()
    await one.fire(1000)
    expect(one.opened()).toBe(1)
  })
})
