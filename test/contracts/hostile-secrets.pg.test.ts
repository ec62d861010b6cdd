/** Guessing PINs and codes, using links twice, harmful files, floods, and what is written down about all of it. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeEnrolmentCode } from '#server/identity.ts'
import { BUDGETS } from '#server/limiter.ts'
import { CHUNK_BYTES } from '#sync/protocol.ts'
import { openRealPlant, PIN, personOf, type RealPlant, ROLES } from './real-plant.ts'
import { Stranger } from './stranger.ts'

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('secrets of a real plant', () => {
  let plant: RealPlant
  const guess = async (from: Stranger, person: string, pin = '000000') =>
    (await from.ask('/v1/sign-in', { body: { person, pin } })).code

  beforeAll(async () => {
    plant = await openRealPlant()
  })
  afterAll(() => plant.close())

  it('looks at five wrong PINs of one person on one tablet, and lets another person in there', async () => {
    const tablet = await plant.tablet()
    const found: string[] = []
    for (let i = 0; i < 8; i++) found.push(await guess(tablet, personOf('operator'), `00000${i}`))
    expect(found).toEqual([...Array(5).fill('wrong-pin'), 'locked', 'locked', 'locked'])
    expect(await guess(tablet, personOf('operator'), PIN)).toBe('locked')
    expect((await tablet.signIn(personOf('inspector'), PIN)).status).toBe(200)
  })

  it('stops a tablet that goes through the badges, also many at once', async () => {
    const tablet = await plant.tablet()
    const people = [...ROLES.map(personOf), ...Array.from({ length: 30 }, (_, i) => `P-${i}`)]
    await tablet.plain('/v1/nonce')
    const codes = await Promise.all(people.map(person => guess(tablet, person)))
    expect(codes.filter(code => code === 'wrong-pin')).toHaveLength(20)
    expect(codes.filter(code => code === 'locked')).toHaveLength(people.length - 20)
    expect(await guess(await plant.tablet(), personOf('planner'), PIN)).toBe('')
  })

  it('lets nobody lock a person out of the tablet they work at', async () => {
    const own = await plant.tablet()
    expect((await own.signIn(personOf('engineer'), PIN)).status).toBe(200)
    let looked = 0
    for (let i = 0; i < 6; i++) {
      const rogue = await plant.tablet()
      for (let k = 0; k < 6; k++) looked += (await guess(rogue, personOf('engineer'))) === 'wrong-pin' ? 1 : 0
    }
    expect(looked).toBeLessThanOrEqual(24)
    expect(await guess(await plant.tablet(), personOf('engineer'), PIN)).toBe('locked')
    expect((await own.signIn(personOf('engineer'), PIN)).status).toBe(200)
  })

  it('uses an enrolment code once, and spends none on a key that is none', async () => {
    const { code } = await makeEnrolmentCode(plant.office, 'desk', undefined)
    const spoiled = await new Stranger(plant.desk.app).plain('/v1/enroll', {
      body: { code, publicKey: { kty: 'EC' }, name: 'x' }
    })
    expect(spoiled.code).toBe('wrong-shape')
    const both = await Promise.all([new Stranger(plant.desk.app).enrol(code), new Stranger(plant.desk.app).enrol(code)])
    expect(both.map(said => said.status).sort()).toEqual([200, 403])
    expect((await new Stranger(plant.desk.app).enrol(code)).code).toBe('code-used')
  })

  it('sends a file back so that no browser runs it, whatever it calls itself', async () => {
    const tablet = await plant.tablet()
    const png = Buffer.alloc(64)
    Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1').copy(png)
    png.writeUInt32BE(100, 16)
    png.writeUInt32BE(80, 20)
    const huge = Buffer.from(png)
    huge.writeUInt32BE(60_000, 16)
    huge.writeUInt32BE(60_000, 20)
    const harmful: [string, Buffer, string][] = [
      ['image/png', png, 'image/png'],
      ['image/png', huge, 'application/octet-stream'],
      [
        'image/svg+xml',
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        'application/octet-stream'
      ],
      ['text/html', Buffer.from('<script>alert(1)</script>'), 'application/octet-stream'],
      ['image/png', Buffer.from('<!doctype html><script>alert(2)</script>'), 'application/octet-stream'],
      ['image/jpeg', Buffer.from('GIF89a/*<svg onload=alert(1)>*/=1;'), 'application/octet-stream'],
      ['image/webp', Buffer.from([0xff, 0xd8, 0xff]), 'application/octet-stream']
    ]
    for (const [type, bytes, shown] of harmful) {
      const path = `/v1/blobs/${sha(bytes)}`
      const kept = await tablet.ask(`${path}/0?size=${bytes.length}&type=${encodeURIComponent(type)}`, {
        method: 'PUT',
        raw: bytes,
        headers: { 'content-type': 'application/octet-stream' }
      })
      expect(kept.status).toBe(200)
      await tablet.ask(`${path}/done`, { method: 'POST' })
      const { headers } = await tablet.ask(path)
      expect([type, headers.get('content-type'), headers.get('x-content-type-options')]).toEqual([
        type,
        shown,
        'nosniff'
      ])
      expect(headers.get('content-security-policy')).toContain('sandbox')
      expect(headers.get('content-disposition')).toBe(shown === 'image/png' ? null : 'attachment')
    }
  })

  it('gives any part of a file of several chunks, byte for byte', async () => {
    const tablet = await plant.tablet()
    const bytes = Buffer.from(new Uint8Array(2 * CHUNK_BYTES + 1000).map((_, i) => 97 + ((i * 31) % 26)))
    const path = `/v1/blobs/${sha(bytes)}`
    for (let i = 0; i < 3; i++)
      await tablet.ask(`${path}/${i}?size=${bytes.length}&type=text/plain`, {
        method: 'PUT',
        raw: bytes.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES),
        headers: { 'content-type': 'application/octet-stream' }
      })
    expect((await tablet.ask(`${path}/done`, { method: 'POST' })).status).toBe(200)
    const part = async (range: string) => {
      const { status, text, headers } = await tablet.ask(path, { headers: { range } })
      return { status, text, range: headers.get('content-range') }
    }
    const text = bytes.toString('latin1')
    for (const [from, to] of [
      [0, 0],
      [CHUNK_BYTES - 3, CHUNK_BYTES + 3],
      [5, 2 * CHUNK_BYTES + 5],
      [2 * CHUNK_BYTES + 990, 2 * CHUNK_BYTES + 999]
    ] as const)
      expect(await part(`bytes=${from}-${to}`)).toEqual({
        status: 206,
        text: text.slice(from, to + 1),
        range: `bytes ${from}-${to}/${bytes.length}`
      })
    expect((await part(`bytes=${bytes.length}-`)).status).toBe(416)
    expect((await tablet.ask(path)).text).toBe(text)
  })

  it('takes no chunk that does not fit, and no file that is another', async () => {
    const tablet = await plant.tablet()
    const put = async (path: string, raw: Buffer) =>
      (await tablet.ask(path, { method: 'PUT', raw, headers: { 'content-type': 'application/octet-stream' } })).status
    const h = 'b'.repeat(64)
    expect(await put(`/v1/blobs/${h}/0?size=5&type=a`, Buffer.from('six...'))).toBe(400)
    expect(await put(`/v1/blobs/${h}/-1?size=5&type=a`, Buffer.from('five.'))).toBe(400)
    expect(await put(`/v1/blobs/${h}/1e9?size=5&type=a`, Buffer.from('five.'))).toBe(400)
    expect(await put(`/v1/blobs/${h}/0?size=1e400&type=a`, Buffer.from('five.'))).toBe(413)
    expect(await put(`/v1/blobs/${h}/0?size=5&type=a`, Buffer.alloc(CHUNK_BYTES + 1))).toBe(413)
    expect(await put(`/v1/blobs/${h}/0?size=5&type=a`, Buffer.from('five.'))).toBe(200)
    expect((await tablet.ask(`/v1/blobs/${h}/done`, { method: 'POST' })).code).toBe('wrong-hash')
    expect((await tablet.ask(`/v1/blobs/${h}`)).status).toBe(404)
  })

  it('slows one tablet that floods, tells it how long, and serves the others', async () => {
    const [rogue, good] = [await plant.tablet(), await plant.tablet()]
    await rogue.ask('/v1/actions')
    plant.clock.stoppedAt = Date.now()
    const nonce = rogue.nonce
    const signature = rogue.sign('GET', '/v1/actions', nonce, '')
    const said = await Promise.all(
      Array.from({ length: BUDGETS.device.burst + 200 }, () => rogue.ask('/v1/actions', { nonce, signature }))
    )
    const slowed = said.filter(one => one.status === 429)
    expect(slowed.length).toBeGreaterThanOrEqual(200)
    expect(slowed[0]?.code).toBe('too-many')
    expect(Number(slowed[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await good.ask('/v1/pull')).status).toBe(200)
    const claimed = await new Stranger(plant.desk.app).ask('/v1/pull', { headers: { 'x-jobcard-device': good.device } })
    expect(claimed.code).toBe('wrong-signature')
    plant.clock.stoppedAt = undefined
  })

  it('keeps six streams of hints of one tablet and ends the oldest', async () => {
    const tablet = await plant.tablet()
    await tablet.plain('/v1/nonce')
    const open = async () => {
      const headers = {
        'x-jobcard-device': tablet.device,
        'x-jobcard-nonce': tablet.nonce,
        'x-jobcard-signature': tablet.sign('GET', '/v1/live', tablet.nonce, '')
      }
      const response = await plant.desk.app.fetch(new Request('http://office/v1/live', { headers }))
      return response.body?.getReader()
    }
    const readers: Awaited<ReturnType<typeof open>>[] = []
    for (let i = 0; i < 8; i++) readers.push(await open())
    const ended = await Promise.all(
      readers.map(async reader => {
        await reader?.read()
        const next = await Promise.race([
          reader?.read(),
          new Promise<undefined>(done => setTimeout(() => done(undefined), 200))
        ])
        return next?.done === true
      })
    )
    expect(ended).toEqual([true, true, false, false, false, false, false, false])
    await Promise.all(readers.map(reader => reader?.cancel()))
  })

  it('has written down no PIN, code, key, session or payload', async () => {
    const sessions = [(await plant.signedIn('supervisor')).session]
    await plant.office.sql`ALTER TABLE view ADD CONSTRAINT fuse CHECK (body->>'name' <> 'canary-payload') NOT VALID`
    const admin = await plant.signedIn('administrator')
    expect((await admin.act('plant/set-line', { line: 'L-CANARY', name: 'canary-payload' })).status).toBe(500)
    await plant.office.sql`ALTER TABLE view DROP CONSTRAINT fuse`
    expect(plant.logged.length).toBeGreaterThan(0)
    for (const canary of [PIN, 'canary-payload', 'L-CANARY', admin.session, ...sessions])
      expect(plant.logged.join('\n')).not.toContain(canary)
  })
})

describe('the link that sets a plant up', () => {
  let plant: RealPlant
  const ask = async (code: string, bent: object = {}) => {
    const stranger = new Stranger(plant.desk.app)
    const body = {
      code,
      site: 'Ours',
      timeZone: 'Europe/Berlin',
      person: 'Ana',
      pin: '445566',
      publicKey: stranger.publicKey,
      name: 'Desk',
      ...bent
    }
    const { status, code: said } = await stranger.plain('/v1/setup', { body })
    return `${status} ${said}`
  }
  beforeAll(async () => {
    plant = await openRealPlant(true)
  })
  afterAll(() => plant.close())

  it('opens once, costs nothing when something was wrong, and never again', async () => {
    const first = await makeEnrolmentCode(plant.office, 'set-up', undefined)
    const second = await makeEnrolmentCode(plant.office, 'set-up', undefined)
    expect(await ask('GUESS')).toBe('403 unknown-code')
    expect(await ask(first.code, { pin: '12' })).toBe('400 wrong-pin')
    expect(await ask(first.code, { timeZone: 'Mars/Olympus' })).toBe('400 wrong-shape')
    expect(await ask(first.code, { publicKey: { kty: 'EC' } })).toBe('400 wrong-shape')
    expect(await new Stranger(plant.desk.app).enrol(first.code)).toMatchObject({ status: 403 })
    expect((await Promise.all([ask(first.code), ask(second.code)])).sort()).toEqual(['200 ', '403 code-used'])
    expect(await ask(first.code)).toBe('403 code-used')
    expect(await ask(second.code)).toBe('403 code-used')
    const [count] = await plant.office.sql<
      { n: number }[]
    >`SELECT count(*)::int AS n FROM event WHERE type LIKE 'plant/site-set-up%'`
    expect(count?.n).toBe(1)
  })
})
