/** A server restored from an older backup, and twenty tablets that know more than it. F13 of the design's research. */
import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTablet, type Tablet } from '#device/tablet.ts'
import type { By } from '#device/record.ts'
import { lineSet, stationSet } from '#plant/events.ts'
import { andonView, stationView } from '#plant/projection.ts'
import { callAndon } from '#plant/rules.ts'
import { canonical, type Json } from '#kernel/canonical.ts'
import { type Draft, draft } from '#kernel/event.ts'
import { loadArchive, writeArchive } from '#server/archive.ts'
import { type Desk, openDesk } from '#server/desk.ts'
import { type HighWater, type HighWaterOptions, openHighWater } from '#server/high-water.ts'
import { type Office, openOffice } from '#server/office.ts'
import { tabletPorts } from '#test/tablet-ports.ts'
import { until } from '../scenarios/story.ts'
import { freshDatabase, openFolder, type TestDatabase } from './postgres.ts'

const SYSTEM = { person: 'P-000', session: '', method: 'system' } as const
const by: By = { person: 'P-001', roles: ['operator'], session: 's', method: 'badge-pin' }
const TABLETS = 20
const stations = Array.from({ length: TABLETS }, (_, i) => `ST-${String(i + 1).padStart(2, '0')}`)
const KINDS = ['parts', 'quality', 'machine', 'help'] as const

/** An office on a database, behind its front desk. */
type Running = { readonly office: Office; readonly desk: Desk; readonly highWater: HighWater; stop(): Promise<void> }

/** The order of members says nothing. */
const shown = (views: unknown): string => canonical(views as Json)

const quiet = { info: () => undefined, error: () => undefined }

const run = async (
  database: TestDatabase,
  dataDir: string,
  newEpoch: HighWaterOptions['newEpoch'] = 'no'
): Promise<Running> => {
  const office = await openOffice({
    dataDir: '',
    databaseUrl: database.url,
    found: { site: 'main', name: 'Restored', sample: true }
  })
  try {
    const highWater = await openHighWater(office, { dataDir, newEpoch, log: () => undefined })
    const desk = await openDesk(office, { log: quiet, url: () => 'http://office', highWater })
    const stop = async () => {
      await desk.close()
      await highWater.stop()
      await office.close()
    }
    return { office, desk, highWater, stop }
  } catch (reason) {
    await office.close()
    throw reason
  }
}

describe('a restored office', { timeout: 60_000 }, () => {
  let folder: string
  let first: TestDatabase
  let second: TestDatabase
  let running: Running
  let cut = false
  const tablets: Tablet[] = []
  const recorded: string[] = []
  const asked: string[] = []

  const tabletAt = async (station: string): Promise<Tablet> => {
    const ports = tabletPorts('http://office')
    const tablet = await openTablet({
      ...ports,
      fetch: async (address, init) => {
        if (cut) throw new TypeError('no route')
        asked.push(`${init.method} ${address}`)
        // Node's Request does not know these two of the browser's.
        return running.desk.app.fetch(
          new Request(address, { ...init, cache: 'default', redirect: 'follow' } as RequestInit)
        )
      },
      // What waits for seconds waits for a moment.
      timers: { set: (ms, then) => ports.timers.set(Math.min(ms, 20), then) }
    })
    const answer = await tablet.enrol({ path: '/v1/sample/enroll', body: { use: 'station', station, name: station } })
    if (!('enrolled' in answer)) throw new Error(answer.message)
    return tablet
  }
  const call = async (tablet: Tablet, station: string, kind: (typeof KINDS)[number]) => {
    await until('the stations are known', () => tablet.peek.get(stationView, station) !== undefined)
    const answer = await tablet.act(callAndon, { kind, station }, by)
    if ('refused' in answer) throw new Error(answer.refused)
    recorded.push(...answer.events)
  }
  const everyoneCalls = async (kind: (typeof KINDS)[number]) => {
    for (const [i, tablet] of tablets.entries()) await call(tablet, stations[i] ?? '', kind)
  }
  const sent = () => until('everything is sent', () => tablets.every(one => one.unsent.peek() === 0), 30_000)
  const logged = async () =>
    (
      await running.office.sql<{ id: string }[]>`SELECT id::text AS id FROM event WHERE type = 'plant/andon-called.v1'`
    ).map(row => row.id)
  const lastKnown = async () => {
    const known = (await running.office.known()).list(andonView)
    await until(
      'every tablet shows what the office has',
      () => tablets.every(one => shown(one.peek.list(andonView)) === shown(known)),
      30_000
    )
    return known.length
  }

  beforeAll(async () => {
    folder = await openFolder('jobcard-restore-')
  })
  beforeEach(async () => {
    first = await freshDatabase()
    second = await freshDatabase()
    running = await run(first, folder)
    const plant = [
      draft(lineSet, { line: 'L1', name: 'Line 1' }),
      ...stations.map((station, order) =>
        draft(stationSet, { station, name: station, line: 'L1', kind: 'build' as const, order })
      )
    ]
    await running.office.append(plant as readonly Draft[], SYSTEM)
    for (const station of stations) tablets.push(await tabletAt(station))
  })
  afterEach(async () => {
    for (const tablet of tablets.splice(0)) tablet.close()
    recorded.length = 0
    cut = false
    await running.stop()
    await first.close()
    await second.close()
    await rm(join(folder, 'high-water.json'), { force: true })
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('hears from twenty tablets what it forgot: nothing is missing, nothing is there twice', async () => {
    await everyoneCalls('parts')
    await sent()
    const file = join(folder, 'backup.jobcard')
    await writeArchive(first.sql, file, new Date())
    await everyoneCalls('quality')
    await sent()
    // Half of them go on through the outage.
    cut = true
    await everyoneCalls('machine')
    await running.stop()
    await loadArchive(second.sql, file, 'restored')
    running = await run(second, folder)
    const before = (await logged()).length
    cut = false
    await until('all that was recorded is in the log', async () => (await logged()).length >= recorded.length, 30_000)
    await sent()
    expect(before).toBe(TABLETS)
    expect((await logged()).toSorted()).toEqual(recorded.toSorted())
    expect(await running.office.sql`SELECT 1 FROM set_aside`).toHaveLength(0)
    expect(await lastKnown()).toBe(3 * TABLETS)
    expect(tablets.flatMap(one => one.attention.peek())).toEqual([])
  })

  it('hears again the photos that came after its backup, and asks for no other', async () => {
    const photo = (i: number, round: number) => new Uint8Array(20_000 + i).fill(round)
    const everyonePhotographs = (round: number) =>
      Promise.all(tablets.map((tablet, i) => tablet.keepBlob(photo(i, round).buffer, 'image/webp')))
    const whole = async () =>
      (await running.office.sql<{ sha256: string }[]>`SELECT sha256 FROM blob WHERE complete ORDER BY 1`).map(
        row => row.sha256
      )
    const all = (refs: readonly { readonly sha256: string }[]) => refs.map(ref => ref.sha256).toSorted()
    await until('the stations are known', () => tablets.every(one => one.peek.list(stationView).length > 0))
    const before = await everyonePhotographs(1)
    await until('the photos are there', async () => (await whole()).length === TABLETS, 30_000)
    const file = join(folder, 'backup.jobcard')
    await writeArchive(first.sql, file, new Date())
    const after = await everyonePhotographs(2)
    await until('those behind them too', async () => (await whole()).length === 2 * TABLETS, 30_000)
    for (const tablet of tablets) await until('nothing waits', async () => (await tablet.photosWaiting()) === 0)
    cut = true
    const late = await everyonePhotographs(3)
    await running.stop()
    await loadArchive(second.sql, file, 'restored')
    running = await run(second, folder)
    expect(await whole()).toEqual(all(before))
    asked.length = 0
    cut = false
    await until('every photo is there again', async () => (await whole()).length === 3 * TABLETS, 30_000)
    expect(await whole()).toEqual(all([...before, ...after, ...late]))
    for (const { sha256 } of after) {
      const bytes = await running.office.readBlob(sha256)
      expect(
        createHash('sha256')
          .update(bytes ?? '')
          .digest('hex')
      ).toBe(sha256)
    }
    // One question for each tablet, and no byte of what was in the backup.
    await until('all of them have asked', () => asked.filter(one => one.includes('/blobs/have')).length >= TABLETS)
    expect(asked.filter(one => one.includes('/blobs/have'))).toHaveLength(TABLETS)
    for (const { sha256 } of before) expect(asked.filter(one => one.includes(sha256))).toEqual([])
  })

  it('takes what a tablet recorded that was enrolled after the backup, once it is enrolled again', async () => {
    const file = join(folder, 'backup.jobcard')
    await writeArchive(first.sql, file, new Date())
    const late = await tabletAt('ST-01')
    tablets.push(late)
    await call(late, 'ST-01', 'parts')
    await sent()
    cut = true
    await call(late, 'ST-01', 'help')
    await running.stop()
    await loadArchive(second.sql, file, 'restored')
    running = await run(second, folder)
    cut = false
    await until('it is told that it is not known', () => late.status.peek().denied)
    await late.enrol({ path: '/v1/sample/enroll', body: { use: 'station', station: 'ST-01', name: 'again' } })
    await sent()
    expect((await logged()).toSorted()).toEqual(recorded.toSorted())
    expect(await running.office.sql`SELECT 1 FROM set_aside`).toHaveLength(0)
    expect(await lastKnown()).toBe(2)
  })

  it('does not start on a database that went backwards, unless a new epoch is ordered; then the tablets heal it', async () => {
    const old = join(folder, 'old.jobcard')
    await everyoneCalls('parts')
    await sent()
    const [{ epoch } = { epoch: '' }] = await first.sql<
      { epoch: string }[]
    >`SELECT epoch::text AS epoch FROM site_epoch`
    await writeArchive(first.sql, old, new Date())
    await everyoneCalls('quality')
    await sent()
    cut = true
    await running.stop()
    // As a snapshot put back by other means: the older database, and no word of it.
    await loadArchive(second.sql, old, 'put back')
    await second.sql`DELETE FROM site_epoch WHERE epoch::text <> ${epoch}`
    await expect(run(second, folder)).rejects.toThrow(
      /holds \d+ events, and \d+ were there before.* npm start -- --new-epoch/
    )
    running = await run(second, folder, 'when-needed')
    cut = false
    await until('all that was recorded is in the log', async () => (await logged()).length >= recorded.length, 30_000)
    await sent()
    expect((await logged()).toSorted()).toEqual(recorded.toSorted())
    expect(await lastKnown()).toBe(2 * TABLETS)
    // The order is not needed a second time.
    await running.stop()
    running = await run(second, folder)
    expect(running.highWater.trouble()).toBeUndefined()
  })

  it('learns from a tablet that it went backwards when its own mark was lost too', async () => {
    const old = join(folder, 'old.jobcard')
    const [{ epoch } = { epoch: '' }] = await first.sql<
      { epoch: string }[]
    >`SELECT epoch::text AS epoch FROM site_epoch`
    await writeArchive(first.sql, old, new Date())
    await everyoneCalls('parts')
    await sent()
    cut = true
    await running.stop()
    await rm(join(folder, 'high-water.json'))
    await loadArchive(second.sql, old, 'put back')
    await second.sql`DELETE FROM site_epoch WHERE epoch::text <> ${epoch}`
    running = await run(second, folder)
    cut = false
    await call(tablets[0] as Tablet, stations[0] ?? '', 'help')
    await until('the trouble is known', () => running.highWater.trouble() !== undefined)
    expect(running.highWater.trouble()).toMatch(/has seen \d+ events and this database holds \d+/)
    const health = (await (await running.desk.app.request('/healthz')).json()) as { ok: boolean }
    expect(health.ok).toBe(false)
    cut = true
    await running.stop()
    await expect(run(second, folder)).rejects.toThrow(/as tablet .* has seen/)
    running = await run(second, folder, 'now')
    cut = false
    await until('all that was recorded is in the log', async () => (await logged()).length >= recorded.length, 30_000)
    expect((await logged()).toSorted()).toEqual(recorded.toSorted())
  })
})
