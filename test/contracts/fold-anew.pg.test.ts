/** A build that folds otherwise than the one before: its views are made from the log, and tablets are sent what differs. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Activity, lines } from '#kernel/activity.ts'
import { draft } from '#kernel/event.ts'
import { type ViewKind, viewKind, when } from '#kernel/view.ts'
import { readRange } from '#server/feed.ts'
import { foldAnew } from '#server/fold-anew.ts'
import { takeIn } from '#server/intake.ts'
import { type Office, type OpenOptions, openOffice, rebuild } from '#server/office.ts'
import { freshDatabase, type TestDatabase } from './postgres.ts'
import { boxView, counted, latched, ToyTablet, toy } from './toy-plant.ts'

const FOUND = { site: 'main', name: 'Toy', sample: false }
const SYSTEM = { person: 'office', session: '', method: 'system' } as const
const SCOPES = ['site', 'floor']

type Counts = { readonly times: number }
/** What a later build might add: how often each box was counted. */
const countsView = viewKind<Counts>('toy/counts', 'floor', [
  when(
    counted,
    p => p.box,
    (was = { times: 0 }) => ({ times: was.times + 1 })
  )
])
/** The box as a later build folds it: twice as much, and no box whose name ends in 7. */
const otherBoxView = viewKind<{ total: number }>(
  'toy/box',
  'floor',
  [
    when(
      counted,
      p => p.box,
      (was = { total: 0 }, p) => (p.box.endsWith('7') ? undefined : { total: was.total + 2 * p.by })
    ),
    when(
      latched,
      p => p.box,
      was => was
    )
  ],
  undefined,
  2
)

describe('a build that folds otherwise', { timeout: 120_000 }, () => {
  let database: TestDatabase
  const open: Office[] = []
  const openWith = async (views: readonly ViewKind[], more: Partial<OpenOptions> = {}): Promise<Office> => {
    const activities: Activity[] = [{ ...toy, views }]
    const office = await openOffice({ dataDir: '', databaseUrl: database.url, found: FOUND, activities, ...more })
    open.push(office)
    return office
  }
  const headOf = async ({ sql }: Office): Promise<number> => {
    const [row] = await sql<{ head: number }[]>`SELECT head FROM site_counter`
    return row?.head ?? 0
  }
  const rowsAfter = async (office: Office, after: number) => {
    const { rows } = await readRange(office.sql, 'main', SCOPES, after, 100_000)
    return JSON.parse(`[${rows}]`) as { kind: string; key: string; seq: number; view: unknown }[]
  }
  const inLog = async ({ sql }: Office): Promise<{ kinds: string[]; views: number }[]> => {
    const rows = await sql<{ body: string }[]>`
      SELECT body FROM event WHERE type = 'office/views-folded.v1' ORDER BY seq`
    return rows.map(row => (JSON.parse(row.body) as { payload: { kinds: string[]; views: number } }).payload)
  }
  /** What is kept is what the log makes. */
  const expectWhole = async (office: Office, views: readonly ViewKind[]): Promise<void> => {
    const made = await rebuild(office, views)
    const kept = await office.sql<{ kind: string; key: string; body: unknown }[]>`
      SELECT kind, key, body FROM view WHERE body IS NOT NULL`
    for (const { kind, key, body } of kept) expect(made.get(kind)?.get(key)).toEqual(body)
    expect(kept).toHaveLength([...made.values()].reduce((sum, map) => sum + map.size, 0))
    const [log] = await office.sql`SELECT count(*) AS n, max(seq) AS last FROM event`
    expect(log?.['n']).toBe(log?.['last'])
  }
  const fill = async (office: Office, boxes: number): Promise<void> => {
    const drafts = Array.from({ length: boxes }, (_, i) => draft(counted, { box: `b${i}`, by: 1 + (i % 3) }))
    await office.append([...drafts, ...drafts.slice(0, 5)], SYSTEM)
  }

  beforeEach(async () => {
    database = await freshDatabase()
  })
  afterEach(async () => {
    for (const office of open.splice(0)) await office.close()
    await database.close()
  })

  it('fills a kind that is new from the log, leaves the others alone, and sends tablets exactly what is new', async () => {
    const before = await openWith(lines(boxView))
    await fill(before, 40)
    const seen = await headOf(before)
    await before.close()
    const after = await openWith(lines(boxView, countsView))
    const rows = await rowsAfter(after, seen)
    expect(new Set(rows.map(row => row.kind))).toEqual(new Set(['toy/counts']))
    expect(rows).toHaveLength(40)
    expect(rows.find(row => row.key === 'b0')?.view).toEqual({ times: 2 })
    expect(await inLog(after)).toEqual([{ kinds: ['toy/counts'], views: 40 }])
    await expectWhole(after, lines(boxView, countsView))
    await fill(after, 1)
    expect((await after.known()).get(countsView, 'b0')).toEqual({ times: 4 })
  })

  it('writes only the views that a changed fold changes, and takes back what it makes no more', async () => {
    const before = await openWith(lines(boxView, countsView))
    await fill(before, 20)
    const seen = await headOf(before)
    await before.close()
    const after = await openWith(lines(otherBoxView, countsView))
    const rows = await rowsAfter(after, seen)
    expect(new Set(rows.map(row => row.kind))).toEqual(new Set(['toy/box']))
    expect(rows.filter(row => (row.view ?? null) === null).map(row => row.key)).toEqual(
      expect.arrayContaining(['b7', 'b17'])
    )
    expect(rows.find(row => row.key === 'b1')?.view).toEqual({ total: 8 })
    await expectWhole(after, lines(otherBoxView, countsView))
    const head = await headOf(after)
    await (await openWith(lines(otherBoxView, countsView))).close()
    expect(await headOf(after)).toBe(head)
  })

  it('makes a kind again that was gone for a while, and empties one that is no more', async () => {
    const views = lines<ViewKind>(boxView, countsView)
    await fill(await openWith(views), 10)
    const without = await openWith(lines(boxView))
    expect(await without.sql`SELECT 1 FROM view WHERE kind = 'toy/counts' AND body IS NOT NULL`).toHaveLength(0)
    await fill(without, 10)
    const again = await openWith(views)
    expect((await again.known()).get(countsView, 'b9')).toEqual({ times: 2 })
    await expectWhole(again, views)
  })

  it('is done once by two servers that start at once, in rounds that each fill less than two pages', async () => {
    await fill(await openWith(lines(boxView)), 1200)
    const [one, two] = await Promise.all([openWith(lines(boxView, countsView)), openWith(lines(boxView, countsView))])
    const rounds = await inLog(one)
    expect(rounds.reduce((sum, round) => sum + round.views, 0)).toBe(1200)
    expect(rounds.every(round => round.views <= 500)).toBe(true)
    await fill(one, 1)
    await fill(two, 1)
    expect((await one.known()).get(countsView, 'b0')).toEqual({ times: 6 })
    await expectWhole(two, lines(boxView, countsView))
  })

  it('lets nobody write meanwhile, nor an older build afterwards, and everybody read', async () => {
    const older = await openWith(lines(boxView))
    await fill(older, 5)
    const office = await openWith(lines(boxView, countsView), { foldsLater: true })
    const tablet = new ToyTablet()
    const push = () => takeIn(office.log, office.intake, tablet.push(events))
    const events = [tablet.seal(counted, { box: 'b0', by: 1 })]
    await expect(push()).rejects.toMatchObject({ status: 503, code: 'busy' })
    expect(await rowsAfter(office, 0)).toHaveLength(5)
    expect(await office.foldAnew()).toBe(5)
    expect((await push()).verdicts[0]?.verdict).toBe('applied')
    await expect(fill(older, 1)).rejects.toMatchObject({ status: 503, code: 'busy' })
    expect((await office.known()).get(countsView, 'b0')).toEqual({ times: 3 })
  })

  it('goes on after it was ended in the middle, and writes nothing twice', async () => {
    await fill(await openWith(lines(boxView)), 1200)
    const office = await openWith(lines(boxView, countsView), { foldsLater: true })
    const { sql, newId, now } = office
    let rounds = 0
    const progress = (part: number): void => {
      if (part > 0.8 && ++rounds === 2) throw new Error('the power went')
    }
    const kinds = office.activities.flatMap(room => room.views)
    const cut = foldAnew({ sql, site: 'main', kinds, newId, now, log: () => undefined, progress })
    await expect(cut).rejects.toThrow('the power went')
    expect((await inLog(office)).reduce((sum, round) => sum + round.views, 0)).toBe(1000)
    await expect(fill(office, 1)).rejects.toMatchObject({ code: 'busy' })
    await openWith(lines(boxView, countsView))
    expect((await inLog(office)).reduce((sum, round) => sum + round.views, 0)).toBe(1200)
    await expectWhole(office, lines(boxView, countsView))
  })

  it('is not held up by an old event that a new fold trips over', async () => {
    const fragile = viewKind<Counts>('toy/fragile', 'floor', [
      when(
        counted,
        p => p.box,
        (was = { times: 0 }, p) => {
          if (p.box === 'b3') throw new TypeError('not thought of')
          return { times: was.times + 1 }
        }
      )
    ])
    await fill(await openWith(lines(boxView)), 6)
    const said: string[] = []
    const office = await openWith(lines(boxView, fragile), { log: line => said.push(line) })
    const known = await office.known()
    expect(known.list(fragile).map(([key]) => key)).toEqual(['b0', 'b1', 'b2', 'b4', 'b5'])
    expect(said.at(-1)).toBe('Views are made anew: 5 of 5 differed; 2 events could not be folded and changed nothing')
  })
})
