import { describe, expect, it } from 'vitest'
import { exchange, type Fetch } from './exchange.ts'

const ours = { 'x-jobcard-protocol': '1', 'x-jobcard-nonce': 'n1' }
const json = (body: unknown, status = 200, headers: Record<string, string> = ours) =>
  Response.json(body, { status, headers })

const line = (answer: (address: string, init: RequestInit) => Response | Promise<Response>) => {
  const asked: { address: string; init: RequestInit }[] = []
  const signed: string[] = []
  let heard = 0
  const timeouts: (() => void)[] = []
  const fetch: Fetch = async (address, init) => {
    if (address.endsWith('/v1/nonce')) return json({}, 200, { ...ours, 'x-jobcard-nonce': 'n0' })
    asked.push({ address, init })
    return answer(address, init)
  }
  const office = exchange({
    fetch,
    base: '',
    onAnswer: () => {
      heard += 1
    },
    timers: {
      set: (_, then) => {
        timeouts.push(then)
        return () => undefined
      }
    },
    sign: async (_, nonce) => {
      signed.push(nonce)
      return { 'x-jobcard-device': 'd' }
    }
  })
  return { office, asked, signed, heard: () => heard, timeouts }
}
const get = { method: 'GET', path: '/v1/pull' } as const

describe('an exchange', () => {
  it('never follows a redirect and never asks a cache', async () => {
    const { office, asked } = line(() => json({}))
    await office.ask(get)
    expect(asked[0]?.init).toMatchObject({ redirect: 'error', cache: 'no-store' })
  })

  it.each([
    ['a portal that says 200', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['JSON that is not ours', () => Response.json({ fine: true })],
    [
      'our header over something that is not JSON',
      () => new Response('<html>', { headers: { ...ours, 'content-type': 'text/html' } })
    ],
    [
      'a body that was cut',
      () => new Response('{"verdicts":[', { headers: { ...ours, 'content-type': 'application/json' } })
    ],
    ['no connection', () => Promise.reject(new TypeError('no route'))]
  ])('takes %s for silence', async (_, answer) => {
    const { office, heard } = line(answer)
    expect(await office.ask(get)).toEqual({ answer: 'unreachable' })
    expect(heard()).toBe(0)
  })

  it('reads what the office said instead of an answer, and how long to wait', async () => {
    const { office } = line(() =>
      json({ error: { code: 'busy', message: 'Soon.', hint: 'Wait.' } }, 503, { ...ours, 'retry-after': '2' })
    )
    expect(await office.ask(get)).toEqual({
      answer: 'no',
      status: 503,
      code: 'busy',
      message: 'Soon.',
      hint: 'Wait.',
      after: 2000
    })
  })

  it('signs with the nonce of the last reply, and once more when that was stale', async () => {
    let stale = true
    const { office, signed } = line(() => {
      if (!stale) return json({ ok: 1 }, 200, { ...ours, 'x-jobcard-nonce': 'n3' })
      stale = false
      return json({ error: { code: 'stale-nonce', message: '' } }, 401, { ...ours, 'x-jobcard-nonce': 'n2' })
    })
    expect(await office.ask(get)).toMatchObject({ answer: 'ok', body: { ok: 1 } })
    await office.ask(get)
    expect(signed).toEqual(['n0', 'n2', 'n3'])
  })

  it('gives up at its deadline', async () => {
    const { office, timeouts } = line(
      (_, init) => new Promise((_done, fail) => init.signal?.addEventListener('abort', () => fail(new Error('cut'))))
    )
    const asked = office.ask(get)
    await new Promise(done => setTimeout(done, 5))
    for (const end of timeouts) end()
    expect(await asked).toEqual({ answer: 'unreachable' })
  })

  it('does not send what was given up while another asked for the nonce', async () => {
    let give = (): void => undefined
    const told = new Promise<void>(done => {
      give = done
    })
    const asked: string[] = []
    const timeouts: (() => void)[] = []
    const office = exchange({
      fetch: async address => {
        asked.push(address)
        if (address === '/v1/nonce') await told
        return json({}, 200, { ...ours })
      },
      base: '',
      timers: {
        set: (_, then) => {
          timeouts.push(then)
          return () => undefined
        }
      },
      sign: async () => ({})
    })
    const first = office.ask(get)
    const second = office.ask({ ...get, path: '/v1/blobs' })
    await new Promise(done => setTimeout(done, 5))
    timeouts[2]?.()
    give()
    expect(await first).toMatchObject({ answer: 'ok' })
    expect(await second).toEqual({ answer: 'unreachable' })
    expect(asked).toEqual(['/v1/nonce', '/v1/pull'])
  })

  it('gives a file as it is', async () => {
    const { office } = line(
      () => new Response(new Uint8Array([1, 2]), { headers: { ...ours, 'content-type': 'image/webp' } })
    )
    const answer = await office.ask({ ...get, want: 'raw' })
    expect(answer.answer === 'ok' && new Uint8Array(answer.bytes ?? new ArrayBuffer(0))).toEqual(new Uint8Array([1, 2]))
  })
})
