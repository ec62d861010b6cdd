/** Requests that no sound client would send, and who may ask what. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draft } from '#kernel/event.ts'
import { tabletRevoked } from '#plant/events.ts'
import { makeApiKey, makeEnrolmentCode } from '#server/identity.ts'
import { LIMITS } from '#sync/protocol.ts'
import { openRealPlant, PIN, personOf, type RealPlant, ROLES, SYSTEM } from './real-plant.ts'
import type { Stranger } from './stranger.ts'
import { counted, ToyTablet } from './toy-plant.ts'

const CLOSED = [
  'healthz',
  'metrics',
  'openapi.json',
  'v1/site',
  'v1/nonce',
  'v1/enroll',
  'v1/sample/enroll',
  'v1/setup'
].map(path => `/${path}`)

describe('the office against hostile requests', () => {
  let plant: RealPlant
  let tablet: Stranger
  type Operation = { readonly path: string; readonly method: string }
  let operations: Operation[]
  const pushOf = (from: Stranger, events = 0) => {
    const toy = new ToyTablet()
    return {
      ...toy.push(
        Array.from({ length: events }, () => toy.seal(counted, { box: 'a', by: 1 }, { device: from.device }))
      ),
      device: from.device
    }
  }

  beforeAll(async () => {
    plant = await openRealPlant()
    tablet = await plant.tablet()
    const { paths } = (await tablet.plain('/openapi.json')).json as { paths: Record<string, Record<string, object>> }
    const filled = (path: string) =>
      path.replaceAll(/\{(\w+)\}/g, (_, name) => (name === 'sha256' ? 'a'.repeat(64) : '0'))
    operations = Object.entries(paths).flatMap(([path, of]) =>
      Object.keys(of).map(method => ({ path: filled(path), method: method.toUpperCase() }))
    )
  })
  afterAll(() => plant.close())

  it('lets nobody in without a name, a signature, or with a wrong one, on any route', async () => {
    const guarded = operations.filter(one => !CLOSED.includes(one.path))
    expect(guarded.length).toBeGreaterThan(20)
    const other = await plant.tablet()
    for (const { path, method } of guarded) {
      const with_ = method === 'GET' ? { method } : { method, body: {} }
      const nobody = await tablet.plain(path, with_)
      const unsigned = await tablet.plain(path, { ...with_, headers: { 'x-jobcard-device': tablet.device } })
      const forged = await other.ask(path, { ...with_, headers: { 'x-jobcard-device': tablet.device } })
      const unknown = await tablet.ask(path, { ...with_, headers: { 'x-jobcard-device': randomUUID() } })
      const key = await tablet.plain(path, { ...with_, headers: { authorization: 'Bearer jc_nothing' } })
      const stale = await tablet.ask(path, { ...with_, nonce: 'l0.x.y' })
      const said = [nobody, unsigned, forged, unknown, key, stale].map(one => `${one.status} ${one.code}`)
      expect([path, ...said]).toEqual([
        path,
        '401 unknown-device',
        '401 unsigned',
        '401 wrong-signature',
        '401 unknown-device',
        '401 signed-out',
        '401 stale-nonce'
      ])
    }
  })

  it('asks for the role that each route names, of people and of keys', async () => {
    const operator = await plant.signedIn('operator')
    const key = await makeApiKey(plant.office, 'weak', ['operator'])
    for (const path of [
      '/v1/enrolment-codes',
      '/v1/api-keys',
      `/v1/people/${personOf('planner')}/pin`,
      '/v1/import/dry-run',
      '/v1/import/apply'
    ]) {
      const body = { use: 'desk', name: 'mine', pin: '111111', files: [], dryRun: 'x' }
      expect((await tablet.ask(path, { body })).code).toBe('signed-out')
      expect((await operator.ask(path, { body })).code).toBe('role-missing')
      expect((await operator.plain(path, { body, headers: { authorization: `Bearer ${key}` } })).code).toBe(
        'role-missing'
      )
    }
  })

  it('lets no role do an action that is not its own', async () => {
    let tried = 0
    for (const role of ROLES) {
      const person = await plant.signedIn(role)
      for (const action of plant.office.activities.flatMap(room => room.actions)) {
        if (action.roles.length === 0 || action.roles.includes(role)) continue
        tried += 1
        const said = await person.act(action.name, {})
        expect([role, action.name, said.json['refused']]).toEqual([role, action.name, 'role-missing'])
      }
    }
    expect(tried).toBeGreaterThan(50)
  })

  it('hears a request that makes keys only once', async () => {
    const admin = await plant.signedIn('administrator')
    await admin.plain('/v1/nonce')
    const { nonce } = admin
    const body = { use: 'desk' }
    const signature = admin.sign('POST', '/v1/enrolment-codes', nonce, JSON.stringify(body))
    expect((await admin.ask('/v1/enrolment-codes', { body, nonce, signature })).status).toBe(200)
    expect((await admin.ask('/v1/enrolment-codes', { body, nonce, signature })).code).toBe('stale-nonce')
    const again = admin.sign('POST', '/v1/enrolment-codes', nonce, JSON.stringify(body))
    expect((await admin.ask('/v1/enrolment-codes', { body, nonce, signature: again })).code).toBe('stale-nonce')
  })

  it('takes JSON of this origin and nothing else', async () => {
    const body = { code: 'ABC', publicKey: {}, name: 'x' }
    const said = async (bent: Parameters<Stranger['plain']>[1]) => {
      const { status, code } = await tablet.plain('/v1/enroll', { body, ...bent })
      return `${status} ${code}`
    }
    expect(await said({ headers: { origin: 'http://evil.example' } })).toBe('403 foreign-origin')
    expect(await said({ headers: { origin: 'null' } })).toBe('403 foreign-origin')
    expect(await said({ headers: { 'content-type': 'text/plain' } })).toBe('415 not-json')
    expect(await said({ headers: { 'content-type': 'application/x-www-form-urlencoded' } })).toBe('415 not-json')
    expect(await said({ headers: { 'content-encoding': 'gzip' } })).toBe('415 wrong-shape')
    expect(await said({ raw: '{"code":' })).toBe('400 not-json')
    expect(await said({ raw: '\ud83d' })).toBe('400 not-json')
    expect(await said({ raw: '[]' })).toBe('400 wrong-shape')
    expect(await said({ raw: 'null' })).toBe('400 wrong-shape')
    expect(await said({ raw: '{"code":1e400,"publicKey":{},"name":"x"}' })).toBe('400 wrong-shape')
    expect(await said({ raw: '{"code":"A","publicKey":{},"name":"x\\u0000y"}' })).toBe('400 wrong-shape')
    expect(await said({ raw: '{"code":"A","publicKey":{},"name":"\\ud800"}' })).toBe('400 wrong-shape')
    expect(await said({ raw: '['.repeat(LIMITS.depth + 1) + ']'.repeat(LIMITS.depth + 1) })).toBe('400 too-deep')
    expect(await said({ raw: `"${'x'.repeat(LIMITS.bodyBytes)}"` })).toBe('413 too-large')
    expect(await said({ raw: '{"__proto__":{"code":"A","publicKey":{},"name":"x"}}' })).toBe('400 wrong-shape')
  })

  it('never answers 500, whatever an address or a header holds', async () => {
    const admin = await plant.signedIn('administrator')
    const odd = [
      '%00',
      '%ff',
      '..%2f..%2fetc%2fpasswd',
      '%ud800',
      'x'.repeat(3000),
      '%0d%0aset-cookie:a=b',
      '__proto__',
      "'; DROP TABLE event; --"
    ]
    const statuses: number[] = []
    for (const text of odd)
      for (const path of [
        `/${text}`,
        `/v1/${text}`,
        `/v1/blobs/${text}`,
        `/v1/history?work-order=${text}`,
        `/v1/dossier?work-order=${text}`,
        `/v1/where-used?lot=${text}`,
        `/v1/pull?after=${text}`,
        `/v1/pull?after=0&epoch=${text}`,
        `/v1/pull?limit=${text}`,
        `/v1/jobs/rendering?document=${text}`,
        `/v1/import/marked?dryRun=${text}`
      ]) {
        const said = await admin.ask(path)
        statuses.push(said.status)
        expect([path, said.status < 500 || said.text.includes('not built')]).toEqual([path, true])
      }
    for (const text of odd)
      expect((await admin.ask(`/v1/people/${text}/pin`, { body: { pin: '123456' } })).status).toBeLessThan(500)
    for (const header of [
      'x-jobcard-session',
      'x-jobcard-nonce',
      'x-jobcard-device',
      'x-jobcard-signature',
      'authorization',
      'origin',
      'range'
    ])
      for (const text of ['é.é.é', 'é', '', 'a.b.c', 'Bearer é', '%00', 'bytes=9-1', 'bytes=99999999999999999999-'])
        expect((await admin.ask('/v1/pull', { method: 'GET', headers: { [header]: text } })).status).toBeLessThan(500)
    expect(statuses).not.toContain(500)
    expect(plant.logged.filter(line => line.includes('could not be answered'))).toEqual([])
  })

  it('limits what one push may hold, and who it may speak for', async () => {
    const said = async (body: object) => {
      const { status, code } = await tablet.ask('/v1/push', { body })
      return `${status} ${code}`
    }
    const push = pushOf(tablet)
    const many = Array.from({ length: LIMITS.pushMost + 1 }, () => ({
      id: randomUUID(),
      h: '0'.repeat(64),
      body: ''
    }))
    expect(await said({ ...push, events: many })).toBe('413 too-large')
    expect(await said({ ...push, device: randomUUID() })).toBe('403 wrong-signature')
    expect(await said({ ...push, chain: 'a\0b' })).toBe('400 wrong-shape')
    expect(await said({ ...push, events: {} })).toBe('400 wrong-shape')
    expect(await said({ ...push, nMax: -5 })).toBe('200 ')
    expect(await said({ ...push, nMax: 2 ** 50 })).toBe('200 ')
    const key = await makeApiKey(plant.office, 'pusher', ['operator'])
    const asKey = await tablet.plain('/v1/push', { body: push, headers: { authorization: `Bearer ${key}` } })
    expect(asKey.code).toBe('wrong-signature')
  })

  it('keeps what a revoked tablet still sends, and shows it nothing', async () => {
    const lost = await plant.tablet()
    await plant.office.append([draft(tabletRevoked, { device: lost.device, reason: 'lost' })], SYSTEM)
    for (const { path, method } of operations.filter(one => !CLOSED.includes(one.path) && one.path !== '/v1/push'))
      expect([path, (await lost.ask(path, method === 'GET' ? {} : { method, body: {} })).code]).toEqual([
        path,
        'revoked-device'
      ])
    const said = await lost.ask('/v1/push?from=sleep', { body: pushOf(lost, 2) })
    expect(said.json['verdicts']).toMatchObject([
      { verdict: 'quarantined', code: 'revoked-device' },
      { verdict: 'quarantined', code: 'revoked-device' }
    ])
  })

  it('answers a push event by event, whatever one of them holds', async () => {
    const toy = new ToyTablet()
    const sealed = Array.from({ length: 4 }, () => toy.seal(counted, { box: 'a', by: 1 }, { device: tablet.device }))
    const odd = [{ h: 'x' }, { h: '' }, { n: 1e300, body: '{' }, { id: 'é'.repeat(9000) }]
    const events = sealed.map(({ id, h, body }, i) => ({ id, h, body, ...odd[i] }))
    const { status, json } = await tablet.ask('/v1/push', { body: { ...toy.push([]), device: tablet.device, events } })
    expect([status, (json['verdicts'] as { code: string }[]).map(({ code }) => code)]).toEqual([
      200,
      ['wrong-hash', 'wrong-hash', 'wrong-hash', 'wrong-id']
    ])
  })

  it('makes no noise about a request that was cut off, and answers it like any other bad one', async () => {
    const before = plant.logged.length
    for (const length of [{ 'content-length': '1000' }, {}]) {
      let pulled = 0
      const body = new ReadableStream({
        pull: controller => {
          pulled += 1
          if (pulled === 1) controller.enqueue(new TextEncoder().encode('{"protocol":'))
          else controller.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
        }
      })
      const headers = { 'content-type': 'application/json', ...length }
      const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
      expect((await plant.desk.app.fetch(new Request('http://office/v1/push', init))).status).toBe(400)
    }
    expect(plant.logged.slice(before)).toEqual([])
  })

  it('says that its disk is full, and takes in what waited when there is room', async () => {
    const { sql } = plant.database
    await sql.unsafe(`CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$`)
    await sql`CREATE TRIGGER no_room BEFORE INSERT ON event FOR EACH STATEMENT EXECUTE FUNCTION no_room()`
    const health = async () => (await tablet.plain('/healthz')).json['ok']
    const toy = new ToyTablet()
    const actor = { person: personOf('operator'), session: '', method: 'badge-pin' } as const
    const said = { call: randomUUID(), station: 'ST-01', kind: 'help' }
    const event = toy.seal({ type: 'plant/andon-called.v1' }, said, { device: tablet.device, actor })
    const push = { body: { ...toy.push([event]), device: tablet.device } }
    const full = await tablet.ask('/v1/push', push)
    expect([full.status, full.code, full.text, await health()]).toEqual([
      503,
      'busy',
      expect.stringContaining('disk is full'),
      false
    ])
    await sql`DROP TRIGGER no_room ON event`
    const { json } = await tablet.ask('/v1/push', push)
    expect([json['verdicts'], await health()]).toEqual([[expect.objectContaining({ verdict: 'applied' })], true])
  })

  it('sends each kind of tablet its own scopes, whatever it asks for', async () => {
    const wall = await plant.tablet('wall')
    expect((await wall.ask('/v1/pull?scopes=desk&scope=archive')).json['scopes']).toEqual(['site', 'floor'])
    expect((await wall.ask('/v1/roster')).json['people']).toEqual([])
    expect(((await tablet.ask('/v1/roster')).json['people'] as object[]).length).toBe(ROLES.length)
  })

  it('opens nothing of the sample in a real plant', async () => {
    const said = await tablet.plain('/v1/sample/enroll', {
      body: { use: 'desk', publicKey: tablet.publicKey, name: 'x' }
    })
    expect(said.status).toBe(404)
    expect(Object.keys((await tablet.plain('/v1/site')).json).sort()).toEqual(['name', 'ready', 'sample', 'seal'])
  })

  it('keeps keys and codes as hashes only', async () => {
    const key = await makeApiKey(plant.office, 'kept', ['planner'])
    const { code } = await makeEnrolmentCode(plant.office, 'desk', undefined)
    const rows = await plant.office
      .sql`SELECT key_hash AS h FROM api_key UNION ALL SELECT code_hash FROM enrolment_code UNION ALL SELECT key FROM person_pin`
    const all = JSON.stringify(rows)
    expect(all).not.toContain(key)
    expect(all).not.toContain(code)
    expect(all).not.toContain(PIN)
  })

  it('does not tell whose action an id was, and does an action once', async () => {
    const [a, b] = [await plant.signedIn('administrator'), await plant.signedIn('administrator')]
    const planner = await plant.signedIn('planner')
    const id = randomUUID()
    const input = { line: 'L9', name: 'Line 9' }
    const first = await a.act('plant/set-line', input, id)
    expect((await b.act('plant/set-line', input, id)).json).toEqual(first.json)
    expect((await planner.act('plant/set-line', input, id)).status).not.toBe(200)
    expect((await a.act('plant/set-line', input, 'not-a-uuid')).code).toBe('wrong-shape')
  })

  it('puts the same guard on every answer, also of what is not there', async () => {
    const picked = [
      '/',
      '/nowhere.js',
      '/board',
      '/healthz',
      '/metrics',
      '/openapi.json',
      '/v1/nowhere',
      '/v1/pull',
      '/%',
      '/v1/blobs/x'
    ]
    for (const path of picked) {
      const { headers } = await tablet.plain(path)
      expect([
        path,
        headers.get('x-content-type-options'),
        headers.get('referrer-policy'),
        headers.get('x-powered-by')
      ]).toEqual([path, 'nosniff', 'no-referrer', null])
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
      expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe-inline/)
      if (path.startsWith('/v1')) expect(headers.get('cache-control')).toBe('no-store')
    }
    const posted = await tablet.plain('/board', { body: {} })
    expect([posted.status, posted.code, posted.headers.get('x-content-type-options')]).toEqual([
      404,
      'unknown-address',
      'nosniff'
    ])
  })
})
