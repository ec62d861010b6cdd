import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draft } from '#kernel/event.ts'
import { reaction } from '#kernel/reaction.ts'
import { decideOnce } from '#server/decide.ts'
import { readRange } from '#server/feed.ts'
import { takeIn } from '#server/intake.ts'
import { type Office, openOffice, rebuild } from '#server/office.ts'
import { LIMITS } from '#sync/protocol.ts'
import { freshDatabase, type TestDatabase } from './postgres.ts'
import { boxView, counted, latched, ToyTablet, toy } from './toy-plant.ts'

const FOUND = { site: 'main', name: 'Toy', sample: false }
const SYSTEM = { person: 'office', session: '', method: 'system' } as const
const flagged = { ...counted, type: 'toy/flagged.v1' }

describe('the office’s intake, log and feed on PostgreSQL', () => {
  let database: TestDatabase
  let office: Office
  const open = async (): Promise<Office> => {
    const made = await openOffice({ dataDir: '', databaseUrl: database.url, found: FOUND, activities: [toy] })
    return { ...made, intake: { ...made.intake, flag: flagged } }
  }
  const push = (tablet: ToyTablet, events: Parameters<ToyTablet['push']>[0], to = office) =>
    takeIn(to.log, to.intake, tablet.push(events))
  const total = async (box: string) => (await office.known()).get(boxView, box)?.total

  beforeAll(async () => {
    database = await freshDatabase()
    office = await open()
  })
  afterAll(async () => {
    await office.close()
    await database.close()
  })

  it('applies what is new and answers a repeated push with the same numbers', async () => {
    const tablet = new ToyTablet()
    const events = [tablet.seal(counted, { box: 'a', by: 3 }), tablet.seal(counted, { box: 'a', by: 4 })]
    const first = await push(tablet, events)
    const again = await push(tablet, events)
    expect(first.verdicts.map(v => v.verdict)).toEqual(['applied', 'applied'])
    expect(again.verdicts.map(v => v.verdict)).toEqual(['duplicate', 'duplicate'])
    expect(again.verdicts.map(v => 'seq' in v && v.seq)).toEqual(first.verdicts.map(v => 'seq' in v && v.seq))
    expect(await total('a')).toBe(7)
  })

  it('takes a push that overlaps an earlier one', async () => {
    const tablet = new ToyTablet()
    const one = tablet.seal(counted, { box: 'overlap', by: 1 })
    const two = tablet.seal(counted, { box: 'overlap', by: 1 })
    await push(tablet, [one])
    expect((await push(tablet, [one, two])).verdicts.map(v => v.verdict)).toEqual(['duplicate', 'applied'])
    expect(await total('overlap')).toBe(2)
  })

  it('asks for the missing number and stores nothing behind a hole', async () => {
    const tablet = new ToyTablet()
    tablet.seal(counted, { box: 'gap', by: 1 })
    const second = tablet.seal(counted, { box: 'gap', by: 1 })
    const third = tablet.seal(counted, { box: 'gap', by: 1 })
    expect((await push(tablet, [second, third])).verdicts).toEqual([
      { id: second.id, verdict: 'gap', expect: 1 },
      { id: third.id, verdict: 'gap', expect: 1 }
    ])
    expect(await total('gap')).toBeUndefined()
  })

  it('sees a copied install by its number with another hash', async () => {
    const tablet = new ToyTablet()
    await push(tablet, [tablet.seal(counted, { box: 'fork', by: 1 })])
    tablet.n = 0
    tablet.prev = ''
    const other = tablet.seal(counted, { box: 'fork', by: 50 })
    expect((await push(tablet, [other])).verdicts).toEqual([{ id: other.id, verdict: 'fork', n: 1 }])
    expect(await total('fork')).toBe(1)
  })

  it('sets one poisoned event aside, byte for byte, and applies its neighbours', async () => {
    const tablet = new ToyTablet()
    const good = tablet.seal(counted, { box: 'poison', by: 1 })
    const unknown = tablet.seal({ type: 'toy/from-the-future.v9' }, { box: 'poison' })
    const wrong = tablet.seal(counted, { box: 'poison', by: 'many' })
    const last = tablet.seal(counted, { box: 'poison', by: 1 })
    const { verdicts } = await push(tablet, [good, unknown, wrong, last])
    expect(verdicts.map(v => ('code' in v ? v.code : v.verdict))).toEqual([
      'applied',
      'unknown-type',
      'wrong-payload',
      'applied'
    ])
    const rows = await office.sql<
      { body: string }[]
    >`SELECT convert_from(body, 'UTF8') AS body FROM set_aside WHERE id = ${unknown.id}`
    expect(rows[0]?.body).toBe(unknown.body)
    expect(await total('poison')).toBe(2)
  })

  it('does not take bytes whose hash is another', async () => {
    const tablet = new ToyTablet()
    const event = tablet.seal(counted, { box: 'hash', by: 1 })
    const { verdicts } = await push(tablet, [{ ...event, body: event.body.replace('"by":1', '"by":9') }])
    expect(verdicts[0]).toMatchObject({ verdict: 'quarantined', code: 'wrong-hash' })
    expect(await total('hash')).toBeUndefined()
  })

  it('refuses a decision that a tablet took by itself', async () => {
    const tablet = new ToyTablet()
    const event = tablet.seal(latched, { box: 'own', shut: true })
    expect((await push(tablet, [event])).verdicts[0]).toMatchObject({ verdict: 'refused' })
    expect((await office.known()).get(boxView, 'own')).toBeUndefined()
  })

  it('keeps late work, applies it and flags it', async () => {
    await office.append([draft(latched, { box: 'late', shut: true })], SYSTEM)
    const tablet = new ToyTablet()
    const flags: unknown[] = []
    const stop = office.log.onCommitted(({ events }) => flags.push(...events.filter(e => e.type === flagged.type)))
    const event = tablet.seal(counted, { box: 'late', by: 2 })
    expect((await push(tablet, [event])).verdicts[0]).toMatchObject({ verdict: 'flagged', codes: ['box-shut'] })
    stop()
    expect(await total('late')).toBe(2)
    expect(flags).toMatchObject([{ payload: { event: event.id, codes: ['box-shut'], sentence: 'Box late is shut.' } }])
  })

  it('decides once and says why not', async () => {
    const done = await office.decide('toy/latch', { box: 'b', shut: true }, SYSTEM)
    expect(done).toHaveProperty('events')
    expect(await office.decide('toy/latch', { box: 'b', shut: true }, SYSTEM)).toEqual({ refused: 'latched-already' })
    const latch = office.actionNamed('toy/latch')
    if (!latch) throw new Error('The toy room lost its latch.')
    const stranger = await office.log.write(work =>
      office.act(work, latch, { box: 'c', shut: true }, SYSTEM, ['operator'])
    )
    expect(stranger).toMatchObject({ refused: 'role-missing' })
  })

  it('gives the first answer to a decision again, refused or done, whatever is true by then', async () => {
    const latch = office.actionNamed('toy/latch')
    if (!latch) throw new Error('The toy room lost its latch.')
    const ask = (id: string, shut: boolean, person = 'P-002') =>
      decideOnce(
        office.log,
        { id, person },
        work => office.act(work, latch, { box: 'twice', shut }, { ...SYSTEM, person }, ['supervisor']),
        office.say
      )
    const [early, later] = [randomUUID(), randomUUID()]
    await office.append([draft(latched, { box: 'twice', shut: true })], SYSTEM)
    const refused = await ask(early, true)
    expect(refused).toMatchObject({ refused: 'latched-already', sentence: 'It is so already.' })
    const done = await ask(later, false)
    expect(done).toMatchObject({ done: true })
    // The box is open by now: asked anew it would be shut.
    expect(await ask(early, true)).toEqual(refused)
    expect(await ask(later, false)).toEqual(done)
    expect((await office.known()).get(boxView, 'twice')?.shut).toBe(false)
    await expect(ask(later, false, 'P-003')).rejects.toThrow('someone else')
    // Two at once, as when a proxy sends one twice.
    const both = randomUUID()
    const [one, two] = await Promise.all([ask(both, true), ask(both, true)])
    expect(two).toEqual(one)
  })

  it('numbers events without a hole while two server processes write, and loses none', async () => {
    const other = await open()
    const tablets = Array.from({ length: 6 }, () => new ToyTablet())
    const work = tablets.map(async (tablet, i) => {
      for (let batch = 0; batch < 10; batch++)
        await push(
          tablet,
          [tablet.seal(counted, { box: 'race', by: 1 }), tablet.seal(counted, { box: `race-${i}`, by: 1 })],
          i % 2 ? office : other
        )
    })
    await Promise.all(work)
    await other.close()
    expect(await total('race')).toBe(60)
    const [row] = await office.sql<{ n: number; low: number; high: number; head: number }[]>`
      SELECT count(*)::int AS n, min(seq)::int AS low, max(seq)::int AS high, (SELECT head::int FROM site_counter) AS head FROM event`
    expect(row).toEqual({ n: row?.head, low: 1, high: row?.head, head: row?.head })
  })

  it('hands out every view of a scope in pages that cover the whole range', async () => {
    const seen = new Map<string, unknown>()
    let after = 0
    for (let page = 0; page < 1000; page++) {
      const range = await readRange(office.sql, 'main', ['floor'], after, 3)
      for (const row of JSON.parse(`[${range.rows}]`)) seen.set(row.key, row.view)
      expect(range.to).toBeGreaterThanOrEqual(after)
      after = range.to
      if (!range.more) break
    }
    const known = (await office.known()).list(boxView).filter(([, box]) => !box.shut)
    expect([...seen].filter(([, view]) => view !== null).sort()).toEqual(known.map(([key, box]) => [key, box]))
  })

  it('tells whoever follows a scope that a view has left it', async () => {
    await office.append([draft(counted, { box: 'leaver', by: 1 })], SYSTEM)
    const before = await readRange(office.sql, 'main', ['floor'], 0, LIMITS.pullRows)
    await office.append([draft(latched, { box: 'leaver', shut: true })], SYSTEM)
    const after = await readRange(office.sql, 'main', ['floor'], before.to)
    expect(JSON.parse(`[${after.rows}]`)).toMatchObject([{ key: 'leaver', view: null }])
  })

  it('tells who begins from nothing only what left after it began, and so all that it was shown', async () => {
    const boxes = ['gone', 'going', 'staying']
    for (const box of boxes) await office.append([draft(counted, { box, by: 1 })], SYSTEM)
    await office.append([draft(latched, { box: 'gone', shut: true })], SYSTEM)
    const shown = new Map<string, unknown>()
    const take = (range: { readonly rows: string }): void => {
      for (const row of JSON.parse(`[${range.rows}]`)) shown.set(row.key, row.view)
    }
    const first = await readRange(office.sql, 'main', ['floor'], 0, 1)
    take(first)
    // While it fetches page after page, one more leaves.
    await office.append([draft(latched, { box: 'going', shut: true })], SYSTEM)
    for (let page = first; page.more; take(page))
      page = await readRange(office.sql, 'main', ['floor'], page.to, 1, first.head)
    expect(shown.has('gone')).toBe(false)
    const left = [...shown].filter(([, view]) => view !== null).map(([key]) => key)
    const known = (await office.known()).list(boxView).filter(([, box]) => !box.shut)
    expect(left.sort()).toEqual(known.map(([key]) => key).sort())
    expect(left).not.toContain('going')
  })

  it('records what a fact calls for once, after the whole push, and never again when it is folded anew', async () => {
    const shutAtTen = reaction(counted, (known, { box }) => {
      const now = known.get(boxView, box)
      return now && now.total >= 10 && !now.shut ? [draft(latched, { box, shut: true })] : []
    })
    const reacting = { ...office, intake: { ...office.intake, reactions: [shutAtTen] } }
    const [one, two] = [new ToyTablet(), new ToyTablet()]
    const latches: unknown[] = []
    const stop = office.log.onCommitted(({ events }) => latches.push(...events.filter(e => e.type === latched.type)))
    await push(one, [one.seal(counted, { box: 'ten', by: 6 })], reacting)
    expect(latches).toEqual([])
    const events = [two.seal(counted, { box: 'ten', by: 6 }), two.seal(counted, { box: 'ten', by: 1 })]
    expect((await push(two, events, reacting)).verdicts.map(v => v.verdict)).toEqual(['applied', 'applied'])
    await push(two, events, reacting)
    await push(one, [one.seal(counted, { box: 'ten', by: 1 })], reacting)
    stop()
    expect(latches).toMatchObject([{ payload: { box: 'ten', shut: true } }])
    expect((await office.known()).get(boxView, 'ten')).toMatchObject({ total: 14, shut: true })
    const rows = await office.sql<{ person: string; device: string }[]>`
      SELECT person, device FROM event WHERE type = ${latched.type} AND body LIKE '%"box":"ten"%'`
    expect(rows).toEqual([{ person: 'office', device: 'office' }])
    const made = await rebuild(office, toy.views)
    expect(made.get(boxView.name)?.get('ten')).toEqual((await office.known()).get(boxView, 'ten'))
  })

  it('takes a fact whose reaction trips', async () => {
    const tripping = reaction(counted, () => {
      throw new Error('a mistake in a room')
    })
    const reacting = { ...office, intake: { ...office.intake, reactions: [tripping] } }
    const tablet = new ToyTablet()
    const { verdicts } = await push(tablet, [tablet.seal(counted, { box: 'trip', by: 1 })], reacting)
    expect(verdicts.map(v => v.verdict)).toEqual(['applied'])
    expect(await total('trip')).toBe(1)
  })

  it('folds to the same views from the first event', async () => {
    const made = await rebuild(office, toy.views)
    const kept = (await office.known()).list(boxView)
    expect([...(made.get(boxView.name) ?? [])].sort()).toEqual(kept.map(([key, box]) => [key, box]))
  })

  it('refuses to change, delete or empty the log', async () => {
    await expect(office.sql`UPDATE event SET person = 'x'`).rejects.toThrow('never changed')
    await expect(office.sql`DELETE FROM event`).rejects.toThrow('never changed')
    await expect(office.sql`TRUNCATE event`).rejects.toThrow('never changed')
  })
})
