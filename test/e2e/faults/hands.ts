/** What the fault tests do and look at: record things fast, break the browser under them, compare its disk with the office. */
import { type Browser, type BrowserContext, expect as expectSoon, type Page, test as plain } from '@playwright/test'
import { type OwnOffice, openOwnOffice } from '../own-office.ts'
import { enrolAt, kept, personOf, signIn } from '../tablet.ts'

export const expect = expectSoon.configure({ timeout: 20_000 })
/** One office for all faults, which can be killed and asked what it holds. */
export const test = plain.extend<object, { office: OwnOffice }>({
  office: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs: nothing.
    async ({}, use) => {
      const office = await openOwnOffice()
      await use(office)
      await office.remove()
    },
    { scope: 'worker', timeout: 180_000 }
  ]
})

/** The long ones run only when they are asked for: FAULTS=all. */
export const ALL = process.env['FAULTS'] === 'all'

export type Entry = { readonly id: string; readonly chain: string; readonly n: number; readonly state: string }

/** A signed-in tablet whose app is kept for the time without a network. `prepare` runs before the app in every page. */
export const tabletAt = async (browser: Browser, office: OwnOffice, station: string, prepare?: () => void) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(20_000)
  if (prepare) await context.addInitScript(prepare)
  const page = await context.newPage()
  await enrolAt(page, 'I build', station, office.url)
  await enter(page)
  await kept(page)
  return { context, page }
}

export const enter = async (page: Page): Promise<void> => signIn(page, await personOf('Ana'))

export const KINDS = ['parts', 'quality', 'machine', 'help'] as const
type Kind = (typeof KINDS)[number]

/** A second press of one button within 400 ms is a glove's bounce and is not heard. */
export const pause = (page: Page): Promise<void> => page.waitForTimeout(450)

/** One thing recorded. Answers when the screen says that it is done. */
export const call = async (page: Page, kind: Kind = 'parts'): Promise<void> => {
  await pause(page)
  await page.locator('[data-help]').click()
  await page.locator(`[data-kind="${kind}"]`).click()
  await expect(page.getByRole('dialog', { name: 'Call for help' })).toBeHidden()
}

export const takeBack = async (page: Page): Promise<void> => {
  await pause(page)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(page.getByText('The call is taken back.')).toBeVisible()
}

/** An even number of things, and the station is as it was: called and taken back. */
export const record = async (page: Page, many: number, kind: Kind = 'parts'): Promise<void> => {
  for (let made = 0; made < many; made += 2) {
    await call(page, kind)
    await takeBack(page)
  }
}

/** The outbox as it lies on the disk, in order of recording. */
export const onDisk = (page: Page): Promise<readonly Entry[]> =>
  page.evaluate(async () => {
    // The test opens nothing that is not there, and looks with the browser's own means.
    const asked = indexedDB.open('jobcard-outbox')
    const database = await new Promise<IDBDatabase>((done, not) => {
      asked.onsuccess = () => done(asked.result)
      asked.onerror = () => not(asked.error)
    })
    const all = database.transaction('events').objectStore('events').getAll()
    const entries = await new Promise<Entry[]>((done, not) => {
      all.onsuccess = () => done(all.result as Entry[])
      all.onerror = () => not(all.error)
    })
    database.close()
    return entries.map(({ id, chain, n, state }) => ({ id, chain, n, state }))
  })

export const chip = (page: Page) => page.locator('a[href="/sync"]').first()
export const waitsHere = async (page: Page, many: number): Promise<void> =>
  expect.poll(async () => (await onDisk(page)).filter(one => one.state === 'unsent').length).toBe(many)

/** Nothing waits any more; everything on this disk is in the office's log once, and each chain there has no hole. */
export const allArrived = async (page: Page, office: OwnOffice, many: number): Promise<readonly Entry[]> => {
  await expect(chip(page)).toHaveAttribute('data-state', 'sent', { timeout: 40_000 })
  // The chip may still say so of what was there before the last record.
  await expect.poll(async () => (await onDisk(page)).filter(one => one.state !== 'acked')).toEqual([])
  const entries = await onDisk(page)
  expect(entries).toHaveLength(many)
  await inTheLog(
    office,
    entries.map(one => one.id)
  )
  return entries
}

/** All of these are there once, their chains are numbered 1, 2, 3, … Answers the order in which the office has them. */
export const inTheLog = async (office: OwnOffice, ids: readonly string[]): Promise<readonly string[]> => {
  const found = await office.sql(
    sql => sql<{ id: string }[]>`SELECT id::text AS id FROM event WHERE id::text = ANY(${[...ids]}) ORDER BY seq`
  )
  expect(found.map(one => one.id).toSorted()).toEqual([...ids].toSorted())
  const holes = await office.sql(
    sql => sql`SELECT chain FROM event GROUP BY chain HAVING max(n) <> count(*) OR min(n) <> 1`
  )
  expect(holes).toHaveLength(0)
  return found.map(one => one.id)
}

/** How often something was asked of the office by this context, and what to answer instead. */
export const instead = async (
  context: BrowserContext,
  path: string,
  answer: Parameters<BrowserContext['route']>[1]
): Promise<{ readonly asked: () => number; end(): Promise<void> }> => {
  let asked = 0
  const handler: typeof answer = async (route, request) => {
    asked += 1
    await answer(route, request)
  }
  await context.route(path, handler)
  return { asked: () => asked, end: () => context.unroute(path, handler) }
}

/** Milliseconds from `begin` until nothing waits. */
export const drainTime = async (page: Page, begin: () => Promise<void>): Promise<number> => {
  await begin()
  const from = Date.now()
  await expect(chip(page)).toHaveAttribute('data-state', 'sent', { timeout: 40_000 })
  return Date.now() - from
}
