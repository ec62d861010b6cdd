/** Two server processes' worth of office on one database, and a database that goes away and comes back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draft } from '#kernel/event.ts'
import { andonCalled } from '#plant/events.ts'
import { type Desk, openDesk } from '#server/desk.ts'
import { type Office, openOffice } from '#server/office.ts'
import { openRealPlant, type RealPlant, SYSTEM } from './real-plant.ts'
import type { Stranger } from './stranger.ts'

const quiet = { info: () => {}, error: () => {} }

describe('two servers on one database', () => {
  let plant: RealPlant
  let other: { office: Office; desk: Desk }
  let calls = 0

  const call = async (office: Office): Promise<number> => {
    calls += 1
    const payload = {
      call: `01890000-0000-7000-8000-0000000000${String(calls).padStart(2, '0')}`,
      station: 'ST-01',
      kind: 'help' as const
    }
    return (await office.append([draft(andonCalled, payload)], SYSTEM)).seq
  }

  /** The heads that a stream hears, as they come. */
  const listen = async (desk: Desk, tablet: Stranger) => {
    await tablet.plain('/v1/nonce')
    const { nonce } = tablet
    const headers = {
      'x-jobcard-device': tablet.device,
      'x-jobcard-nonce': nonce,
      'x-jobcard-signature': tablet.sign('GET', '/v1/live', nonce, '')
    }
    const response = await desk.app.fetch(new Request('http://office/v1/live', { headers }))
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    const heard: number[] = []
    const read = async (): Promise<void> => {
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
        for (const [, seq] of part.value.matchAll(/event: head\ndata: .*"seq":(\d+)/g)) heard.push(Number(seq))
    }
    void read()
    return { heard, stop: () => reader?.cancel() }
  }

  beforeAll(async () => {
    plant = await openRealPlant()
    const office = await openOffice({
      dataDir: '',
      databaseUrl: plant.database.url,
      found: { site: 'main', name: 'Real', sample: false }
    })
    other = { office, desk: await openDesk(office, { log: quiet, url: () => 'http://other' }) }
  })
  afterAll(async () => {
    await other.desk.close()
    await other.office.close()
    await plant.close()
  })

  it('tell each other’s tablets of a change at once, and hand it to them', async () => {
    const tablet = await plant.tablet()
    const there = tablet.via(other.desk.app)
    const stream = await listen(other.desk, tablet)
    const seq = await call(plant.office)
    await expect.poll(() => stream.heard.at(-1)).toBe(seq)
    const { rows } = (await there.ask(`/v1/pull?after=${seq - 1}`)).json as { rows: { kind: string }[] }
    expect(rows.map(row => row.kind)).toContain('plant/andon')
    await stream.stop()
  })

  it('know each other’s tablets, nonces and people', async () => {
    const person = await plant.signedIn('supervisor')
    const there = person.via(other.desk.app)
    expect((await there.ask('/v1/enrolment-codes', { body: { use: 'desk' } })).status).toBe(200)
  })

  it('say busy while the database is away, and come back by themselves, hints too', async () => {
    const tablet = await plant.tablet()
    const stream = await listen(other.desk, tablet)
    const cut = async () => plant.database.sql`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'jobcard'`
    const answers = new Set<string>()
    for (let i = 0; i < 30; i++) {
      if (i === 5 || i === 15) await cut()
      const { status, code, headers } = await tablet.ask('/v1/pull')
      answers.add(`${status} ${code} ${headers.get('retry-after') ?? ''}`.trim())
    }
    expect([...answers].every(answer => answer === '200' || answer === '503 busy 2')).toBe(true)
    await expect.poll(async () => (await tablet.ask('/v1/pull')).status).toBe(200)
    const seq = await call(plant.office)
    await expect.poll(() => stream.heard.at(-1), { timeout: 10_000 }).toBe(seq)
    await stream.stop()
  })

  it('lose no work that was cut off in the middle: it is done, or refused and done again', async () => {
    const before = (await plant.office.sql<{ n: number }[]>`SELECT count(*)::int AS n FROM event`)[0]?.n ?? 0
    const done = await Promise.allSettled(
      Array.from({ length: 20 }, async (_, i) => {
        if (i === 7)
          await plant.database.sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%site_counter%'`
        return call(i % 2 ? plant.office : other.office)
      })
    )
    const acknowledged = done.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []))
    await expect.poll(() => call(plant.office).catch(() => 0)).toBeGreaterThan(0)
    const kept = new Set((await plant.office.sql<{ seq: number }[]>`SELECT seq FROM event`).map(row => row.seq))
    expect(acknowledged.filter(seq => !kept.has(seq))).toEqual([])
    expect(kept.size).toBeGreaterThanOrEqual(before + acknowledged.length)
    const [row] = await plant.office.sql<
      { n: number; head: number }[]
    >`SELECT count(*)::int AS n, (SELECT head FROM site_counter) AS head FROM event`
    expect(row?.n).toBe(row?.head)
  })
})
