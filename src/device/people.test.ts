import { createHash, pbkdf2Sync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Answer } from '#sync/exchange.ts'
import { GRACE_MS, people } from './people.ts'

const verifier = (person: string, pin: string) => {
  const salt = createHash('sha256').update(person).digest('hex').slice(0, 32)
  return {
    person,
    salt,
    iterations: 1000,
    key: pbkdf2Sync(pin, Buffer.from(salt, 'hex'), 1000, 32, 'sha256').toString('hex')
  }
}
const ok = (body: unknown): Answer => ({ answer: 'ok', body, response: new Response() })
const no = (code: string): Answer => ({
  answer: 'no',
  status: 403,
  code,
  message: '',
  hint: undefined,
  after: undefined
})

const tablet = async (over: { signIn?: Answer } = {}) => {
  const kept = new Map<string, unknown>()
  const writes: string[] = []
  const world = { now: 1_000_000, heard: 1_000_000, signIn: over.signIn ?? ({ answer: 'unreachable' } as Answer) }
  const ports = {
    get: async <T>(name: string) => kept.get(name) as T | undefined,
    set: async (name: string, value: unknown) => {
      writes.push(name)
      kept.set(name, value)
    },
    subtle: crypto.subtle,
    newId: () => 'session-1',
    now: () => world.now,
    heard: () => world.heard,
    ask: async ({ path }: { path: string }) =>
      path === '/v1/roster' ? ok({ people: [verifier('P-001', '123456'), verifier('P-002', '654321')] }) : world.signIn
  }
  const desk = people(ports)
  await desk.refresh()
  return { desk, kept, world, ports, writes }
}

describe('signing in', () => {
  it('asks the office first and takes its session', async () => {
    const { desk } = await tablet({ signIn: ok({ session: 'signed', person: 'P-001', until: 9, ask: 'session-1' }) })
    expect(await desk.signIn('P-001', '123456')).toEqual({
      signedIn: { person: 'P-001', session: 'signed', method: 'online' }
    })
  })

  it('takes no answer that was given to somebody else, or to another try', async () => {
    for (const other of [
      { person: 'P-002', ask: 'session-1' },
      { person: 'P-001', ask: 'an earlier one' },
      { person: 'P-001' }
    ]) {
      const { desk } = await tablet({ signIn: ok({ session: 'signed', until: 9, ...other }) })
      expect(await desk.signIn('P-001', '999999')).toEqual({ refused: 'wrong-pin', left: 4 })
    }
  })

  it('checks the PIN here when the office is silent', async () => {
    const { desk } = await tablet()
    expect(await desk.signIn('P-001', '123456')).toEqual({
      signedIn: { person: 'P-001', session: 'session-1', method: 'badge-pin' }
    })
    expect(await desk.signIn('P-001', '654321')).toEqual({ refused: 'wrong-pin', left: 4 })
    expect(await desk.signIn('P-009', '123456')).toEqual({ refused: 'not-on-this-tablet' })
  })

  it('never keeps the verifier that the office sent', async () => {
    const { kept } = await tablet()
    const roster = kept.get('roster') as { key: CryptoKey; people: { sealed: ArrayBuffer }[] }
    expect(roster.key.extractable).toBe(false)
    const sent = verifier('P-001', '123456').key
    expect(roster.people.map(one => Buffer.from(one.sealed).toString('hex'))).not.toContain(sent)
    expect(JSON.stringify(roster)).not.toContain(sent)
  })

  it('locks one person after five wrong tries, and no other', async () => {
    const { desk } = await tablet()
    for (let i = 0; i < 4; i += 1)
      expect(await desk.signIn('P-001', '000000')).toEqual({ refused: 'wrong-pin', left: 4 - i })
    expect(await desk.signIn('P-001', '000000')).toEqual({ refused: 'locked' })
    expect(await desk.signIn('P-001', '123456')).toEqual({ refused: 'locked' })
    expect(await desk.signIn('P-002', '654321')).toMatchObject({ signedIn: { person: 'P-002' } })
    await desk.unlock('P-001')
    expect(await desk.signIn('P-001', '123456')).toMatchObject({ signedIn: { person: 'P-001' } })
  })

  it('counts a try before it is checked, so that a kill in between gives no free guess', async () => {
    const { ports } = await tablet()
    let checks = 0
    const subtle = new Proxy(crypto.subtle, {
      get: (target, name) =>
        name === 'verify'
          ? () => {
              checks += 1
              return Promise.reject(new Error('killed'))
            }
          : Reflect.get(target, name).bind(target)
    })
    for (let i = 0; i < 50; i += 1)
      await people({ ...ports, subtle })
        .signIn('P-001', '123456')
        .catch(() => undefined)
    expect(checks).toBe(5)
    expect(await people(ports).signIn('P-001', '123456')).toEqual({ refused: 'locked' })
  })

  it('goes on as unverified after three days of silence', async () => {
    const { desk, world } = await tablet()
    world.now += GRACE_MS + 1
    expect(await desk.signIn('P-001', '123456')).toMatchObject({ signedIn: { method: 'unverified' } })
    world.heard = world.now
    expect(await desk.signIn('P-001', '123456')).toMatchObject({ signedIn: { method: 'badge-pin' } })
  })

  it('says what the office said, and counts its wrong tries too', async () => {
    const { desk, world } = await tablet({ signIn: no('wrong-pin') })
    expect(await desk.signIn('P-001', '1')).toEqual({ refused: 'wrong-pin', left: 4 })
    world.signIn = no('locked')
    expect(await desk.signIn('P-001', '1')).toEqual({ refused: 'locked' })
  })
})
