import { createHash, createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Answer, Question } from '#sync/exchange.ts'
import { identity } from './identity.ts'

const reply = {
  device: 'tablet-1',
  site: 'FL',
  siteName: 'Fennel',
  epoch: 'e',
  use: 'station',
  station: 'ST-01',
  sample: false
}

const fresh = () => {
  const kept = new Map<string, unknown>()
  const asked: Question[] = []
  const ports = {
    get: async <T>(name: string) => kept.get(name) as T | undefined,
    set: async (name: string, value: unknown) => void kept.set(name, value),
    subtle: crypto.subtle
  }
  const ask = (answer: Answer) => async (question: Question) => {
    asked.push(question)
    return answer
  }
  return { kept, asked, ports, ask, self: identity(ports) }
}
const ok: Answer = { answer: 'ok', body: reply, response: new Response() }
const how = { path: '/v1/enroll', body: { code: 'ABC', name: 'Tablet' } } as const

describe('a tablet’s identity', () => {
  it('signs method, path, nonce and body so that the office can check it with the key it was given', async () => {
    const { self, ask, asked } = fresh()
    expect(await self.enrol(ask(ok), how)).toEqual({ enrolled: reply })
    const sent = JSON.parse(String(asked[0]?.body)) as { code: string; publicKey: JsonWebKey }
    expect(sent.code).toBe('ABC')
    const key = createPublicKey({ key: sent.publicKey, format: 'jwk' })
    for (const body of [undefined, '{"a":"ü"}', new Uint8Array([1, 2, 3]).buffer]) {
      const path = '/v1/pull?after=3&limit=10'
      const headers = await self.sign({ method: 'POST', path, ...(body === undefined ? {} : { body }) }, 'nonce-1')
      const bytes =
        body === undefined ? Buffer.alloc(0) : typeof body === 'string' ? Buffer.from(body) : Buffer.from(body)
      const text = `POST\n${path}\nnonce-1\n${createHash('sha256').update(bytes).digest('hex')}`
      const signature = Buffer.from(headers['x-jobcard-signature'] ?? '', 'base64url')
      expect(verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true)
      expect(headers['x-jobcard-device']).toBe('tablet-1')
    }
  })

  it('keeps a key that can not be taken out', async () => {
    const { self, ask, kept } = fresh()
    await self.enrol(ask(ok), how)
    const { keys } = kept.get('identity') as { keys: CryptoKeyPair }
    expect(keys.privateKey.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('jwk', keys.privateKey)).rejects.toThrow()
  })

  it('is the same after the app was opened again', async () => {
    const { self, ask, ports } = fresh()
    await self.enrol(ask(ok), how)
    const again = identity(ports)
    expect(await again.load()).toEqual(reply)
    expect((await again.sign({ method: 'GET', path: '/' }, 'n'))['x-jobcard-device']).toBe('tablet-1')
  })

  it('says why it was not enrolled and stays nobody', async () => {
    const { self, ask } = fresh()
    const no: Answer = {
      answer: 'no',
      status: 403,
      code: 'code-used',
      message: 'This code was used already.',
      hint: undefined,
      after: undefined
    }
    expect(await self.enrol(ask(no), how)).toEqual({ refused: 'code-used', message: 'This code was used already.' })
    expect(await self.enrol(ask({ answer: 'unreachable' }), how)).toMatchObject({ refused: 'no-network' })
    expect(self.enrolled()).toBeUndefined()
    expect(await self.sign({ method: 'GET', path: '/' }, 'n')).toEqual({})
  })
})
