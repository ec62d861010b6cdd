/** The end of the story: a browser that was never there, the database, and a replay of the log say the same. */
import type { Browser, Page } from '@playwright/test'
import { button, expect, newPage, picture, visit } from './hands.ts'
import type { OwnOffice } from './own-office.ts'
import { ITEM, WO } from './story-plant.ts'
import { personOf, signIn } from './tablet.ts'

/** Somebody at a browser that was enrolled only now. */
export const freshEyes = async (browser: Browser, office: OwnOffice): Promise<void> => {
  const page = await newPage(browser, 1280, 800)
  await page.goto(office.url)
  await page.locator('[data-door="I plan"]').click()
  await signIn(page, await personOf('Sam'))
  await visit(page, 'Work orders')
  await page.getByRole('row').filter({ hasText: WO }).getByText(ITEM.name).first().click()
  const cells = page.getByRole('row').filter({ hasText: 'Build mast clamp' }).getByRole('cell')
  // Op, name, station, state, good, scrap, rework.
  await expect(cells.nth(3)).toContainText('Done')
  await expect(cells.nth(4)).toHaveText('3')
  await expect(cells.nth(5)).toHaveText('1')
  await expect(cells.nth(6)).toHaveText('0')
  await picture(page, '14-fresh-eyes-1280x800')
}

/** Entries by kind of the whole story: each as often as it was done, and not once more. */
const RECORDED = {
  'orders/work-order-created.v1': 1,
  'orders/work-order-released.v1': 1,
  'orders/operation-started.v1': 1,
  'orders/material-consumed.v1': 3,
  'orders/step-completed.v1': 12,
  'orders/value-measured.v1': 3,
  'orders/photo-taken.v1': 3,
  'orders/quantity-reported.v1': 4,
  'orders/operation-paused.v1': 1,
  'orders/operation-resumed.v1': 1,
  'orders/operation-completed.v1': 1,
  'quality/check-recorded.v1': 4,
  'quality/defect-recorded.v1': 1,
  'quality/hold-placed.v1': 1,
  'quality/hold-released.v1': 1
}

/** Counts, one order without a hole, each tablet's chain, whole photos, and views that a replay makes again. */
export const inTheDatabase = async (office: OwnOffice, desk: Page): Promise<void> => {
  await office.sql(async sql => {
    const counts = await sql<
      { type: string; n: number }[]
    >`SELECT type, count(*)::int AS n FROM event WHERE subject = ${WO} GROUP BY type`
    expect(Object.fromEntries(counts.map(row => [row.type, row.n]))).toEqual(RECORDED)
    const [log] = await sql<{ first: number; last: number; n: number; head: number }[]>`
      SELECT min(seq)::int AS first, max(seq)::int AS last, count(*)::int AS n, (SELECT head::int FROM site_counter) AS head FROM event`
    expect(log).toEqual({ first: 1, last: log?.n, n: log?.n, head: log?.n })
    const chains = await sql<{ chain: string; first: number; last: number; n: number; disordered: number }[]>`
      SELECT chain, min(n)::int AS first, max(n)::int AS last, count(*)::int AS n,
        count(*) FILTER (WHERE n <> position)::int AS disordered
      FROM (SELECT chain, n, row_number() OVER (PARTITION BY chain ORDER BY seq) AS position FROM event WHERE device IN
        (SELECT key FROM view WHERE kind = 'plant/tablet' AND body->>'station' IN ('ST-02', 'ST-04'))) AS told
      GROUP BY chain`
    expect(chains).toHaveLength(2)
    for (const chain of chains) expect(chain).toMatchObject({ first: 1, last: chain.n, disordered: 0 })
    const [aside] = await sql`SELECT count(*)::int AS n FROM set_aside`
    expect(aside).toEqual({ n: 0 })
    // Every photo that an event names is whole in the office.
    const photos = await sql<{ complete: boolean | null }[]>`
      SELECT blob.complete FROM event LEFT JOIN blob ON blob.sha256 = event.body::jsonb #>> '{payload,photo,sha256}'
      WHERE event.subject = ${WO} AND event.body::jsonb #> '{payload,photo}' IS NOT NULL`
    expect(photos.map(row => row.complete)).toEqual([true, true, true, true])
  })
  await visit(desk, 'Plant')
  await desk.getByRole('tab', { name: /Keys/ }).or(button(desk, /Keys/)).first().click()
  await desk.getByLabel('What it is for').fill('The audit')
  await button(desk, 'Make a key').click()
  const key = await desk.getByText(/^jc_/).textContent()
  const audit = await fetch(`${office.url}/v1/audit`, { headers: { authorization: `Bearer ${key}` } })
  expect(await audit.json()).toMatchObject({ differing: [] })
}
