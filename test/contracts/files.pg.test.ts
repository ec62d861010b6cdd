/** Files over a radio that is cut every 300 KB, and over one that damages what passes. F16 of the design's research. */
import { createHash, randomBytes } from 'node:crypto'
import { serve } from '@hono/node-server'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { memoryCache } from '#device/cache.ts'
import { openTablet, type Tablet } from '#device/tablet.ts'
import { draft } from '#kernel/event.ts'
import { lineSet, stationSet } from '#plant/events.ts'
import { type Desk, openDesk } from '#server/desk.ts'
import { type Office, openOffice } from '#server/office.ts'
import { dice } from '#test/simulation/virtual-time.ts'
import { tabletPorts } from '#test/tablet-ports.ts'
import { FAIR, openProxy, type ProxyLine, type Weather } from '../chaos/proxy.ts'
import { until } from '../scenarios/story.ts'
import { freshDatabase, type TestDatabase } from './postgres.ts'

const SIZE = 4 * 1024 * 1024 + 12_345
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const fileOf = (size: number): ArrayBuffer => new Uint8Array(randomBytes(size)).buffer

describe('a file over a bad radio', { timeout: 60_000 }, () => {
  let database: TestDatabase
  let office: Office
  let desk: Desk
  let http: ReturnType<typeof serve>
  let port: number
  const opened: { tablet: Tablet; proxy: ProxyLine }[] = []

  /** A tablet behind its own proxy, and the bytes that have passed since it was enrolled. */
  const tabletOn = async (weather: Partial<Weather>) => {
    const proxy = await openProxy({ target: () => port, random: dice(7) })
    const cache = memoryCache()
    const tablet = await openTablet({ ...tabletPorts(`http://127.0.0.1:${proxy.port}`), cache })
    const answer = await tablet.enrol({
      path: '/v1/sample/enroll',
      body: { use: 'station', station: 'ST-01', name: 'T' }
    })
    if (!('enrolled' in answer)) throw new Error(answer.message)
    opened.push({ tablet, proxy })
    proxy.set({ ...FAIR, ...weather })
    const before = { ...proxy.counts }
    const passed = () => ({
      up: proxy.counts.up - before.up,
      down: proxy.counts.down - before.down,
      cuts: proxy.counts.resets - before.resets
    })
    return { tablet, proxy, cache, passed }
  }
  const isThere = async (name: string) =>
    (await office.sql`SELECT 1 FROM blob WHERE sha256 = ${name} AND complete`).length === 1

  beforeAll(async () => {
    database = await freshDatabase()
    office = await openOffice({
      dataDir: '',
      databaseUrl: database.url,
      found: { site: 'main', name: 'Files', sample: true }
    })
    desk = await openDesk(office, { log: { info: () => undefined, error: () => undefined }, url: () => '' })
    await office.append(
      [
        draft(lineSet, { line: 'L1', name: 'Line 1' }),
        draft(stationSet, { station: 'ST-01', name: 'One', line: 'L1', kind: 'build', order: 1 })
      ] as never,
      { person: 'P-000', session: '', method: 'system' }
    )
    http = serve({ fetch: desk.app.fetch, port: 0, hostname: '127.0.0.1', overrideGlobalObjects: false })
    await new Promise<void>(done => http.once('listening', done))
    const address = http.address()
    port = typeof address === 'object' ? (address?.port ?? 0) : 0
  })
  afterEach(async () => {
    for (const { tablet, proxy } of opened.splice(0)) {
      tablet.close()
      await proxy.close()
    }
  })
  afterAll(async () => {
    http.close()
    await desk.close()
    await office.close()
    await database.close()
  })

  it('arrives whole through cuts every 300 KB, and at most 1.15 times its size is sent', async () => {
    const { tablet, passed } = await tabletOn({ cutAfter: 300_000 })
    const ref = await tablet.keepBlob(fileOf(SIZE), 'image/webp')
    await until('the office has it', () => isThere(ref.sha256), 30_000)
    expect(passed().cuts).toBeGreaterThanOrEqual(Math.floor(SIZE / 300_000))
    expect(passed().up / SIZE).toBeLessThanOrEqual(1.15)
  })

  it('comes down whole through cuts every 300 KB, and at most 1.15 times its size is sent', async () => {
    const bytes = fileOf(SIZE)
    const { sha256: name } = await office.keepBlob(new Uint8Array(bytes), 'image/webp')
    const { tablet, passed } = await tabletOn({ cutAfter: 300_000 })
    const got = await tablet.blob(name)
    expect(got && sha256(new Uint8Array(got))).toBe(name)
    expect(passed().cuts).toBeGreaterThanOrEqual(Math.floor(SIZE / 300_000))
    expect(passed().down / SIZE).toBeLessThanOrEqual(1.15)
  })

  it('is never shown while it is damaged on the way, and shown when it came in good order', async () => {
    const { sha256: name } = await office.keepBlob(new Uint8Array(fileOf(900_000)), 'image/webp')
    const { tablet, proxy, cache } = await tabletOn({ damage: 1 })
    expect(await tablet.blob(name)).toBeUndefined()
    expect(await cache.hasFiles()).not.toContain(name)
    proxy.set(FAIR)
    const got = await tablet.blob(name)
    expect(got && sha256(new Uint8Array(got))).toBe(name)
  })

  it('is not shown from a damaged cache: it is fetched again', async () => {
    const { sha256: name } = await office.keepBlob(new Uint8Array(fileOf(50_000)), 'image/webp')
    const { tablet, cache } = await tabletOn({})
    await cache.keepFile(name, fileOf(50_000), false, 10 ** 9)
    const got = await tablet.blob(name)
    expect(got && sha256(new Uint8Array(got))).toBe(name)
  })
})
