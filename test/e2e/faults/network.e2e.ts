/** F05, F06, F08, F09, F18, F19: what the network, the system and the clock do to a tablet. */
import type { BrowserContext, Page } from '@playwright/test'
import {
  ALL,
  allArrived,
  call,
  chip,
  drainTime,
  enter,
  expect,
  inTheLog,
  instead,
  onDisk,
  pause,
  record,
  tabletAt,
  test,
  waitsHere
} from './hands.ts'
import { openProfile } from './profile.ts'

test('F05 without background sync the page itself sends as soon as the network is back', async ({
  browser,
  office
}) => {
  const { context, page } = await tabletAt(browser, office, 'ST-01', () => {
    Reflect.deleteProperty(globalThis, 'SyncManager')
    Reflect.deleteProperty(ServiceWorkerRegistration.prototype, 'sync')
  })
  await context.setOffline(true)
  await record(page, 4)
  await waitsHere(page, 4)
  expect(await page.evaluate(() => 'SyncManager' in globalThis)).toBe(false)
  const took = await drainTime(page, () => context.setOffline(false))
  console.log(`F05: nothing waited ${took} ms after the network was back`)
  await allArrived(page, office, 4)
  await context.close()
})

for (const seconds of ALL ? [3, 60, 600] : [3])
  test(`F06 a browser that stands still for ${seconds} s goes on, sends, and hears of others again`, async ({
    browser,
    office
  }) => {
    test.setTimeout((seconds + 120) * 1000)
    const profile = await openProfile()
    const page = await profile.open(office)
    await profile.goOffline(true)
    await record(page, 2)
    await profile.goOffline(false)
    const push = await instead(page.context(), '**/v1/push', route => route.abort())
    await record(page, 2)
    await profile.stop()
    // Sockets die while nobody is there to see it.
    await office.kill()
    await office.startAgain()
    await new Promise(done => setTimeout(done, seconds * 1000))
    await profile.goOn()
    await push.end()
    await allArrived(page, office, 4)
    const other = await tabletAt(browser, office, 'ST-06')
    await call(other.page, 'quality')
    // One is open in the sample plant.
    await expect(page.locator('[data-help]')).toContainText('2 calls open', { timeout: 30_000 })
    // Closed again, or the next that stands still finds it open.
    await pause(other.page)
    await other.page.locator('[data-help]').click()
    const made = other.page.locator('[data-level]').filter({ hasText: 'ST-06' })
    await made.getByRole('button', { name: 'Close call' }).click()
    await other.page.getByRole('dialog').getByRole('group').getByRole('button').first().click()
    await expect(page.locator('[data-help]')).toContainText('1 call open')
    await other.context.close()
    await profile.remove()
  })

/** The page is opened anew, and signed in, under another clock. The office keeps its own. */
const moveClock = async (page: Page, ms: number): Promise<void> => {
  await page.evaluate(by => localStorage.setItem('clock', String(by)), ms)
  await page.reload()
  await enter(page)
}
const movableClock = (): void => {
  const real = Date.now.bind(Date)
  const moved = () => real() + Number(localStorage.getItem('clock') ?? 0)
  globalThis.Date = new Proxy(Date, {
    construct: (Real, asked: []) => (asked.length === 0 ? new Real(moved()) : new Real(...asked)),
    get: (Real, name) => (name === 'now' ? moved : Reflect.get(Real, name))
  })
}
const DAY = 24 * 3_600_000

test('F08 forty-five days without a network and everything is still there, and is sent', async ({
  browser,
  office
}) => {
  const { context, page } = await tabletAt(browser, office, 'ST-02', movableClock)
  await context.setOffline(true)
  await record(page, 4)
  for (const days of [15, 30, 45]) {
    await moveClock(page, days * DAY)
    await expect(chip(page)).toContainText('Offline since')
    await record(page, 2)
  }
  await waitsHere(page, 10)
  await context.setOffline(false)
  await allArrived(page, office, 10)
  await context.close()
})

test('F09 a clock that is ten years ahead or behind: order stays, everything is taken, the screen says so', async ({
  browser,
  office
}) => {
  const { context, page } = await tabletAt(browser, office, 'ST-03', movableClock)
  for (const years of [10, -10, 0]) {
    await moveClock(page, years * 365 * DAY)
    await record(page, 2)
    await expect.poll(async () => (await onDisk(page)).every(one => one.state === 'acked')).toBe(true)
    if (years === 0) continue
    await chip(page).click()
    const clock = page.locator('dl div').filter({ hasText: 'Clock of this tablet' })
    await expect(clock.locator('[data-level="attention"], [data-level="stop"]')).toBeVisible()
    await page.goBack()
  }
  const entries = await allArrived(page, office, 6)
  const ids = entries.map(one => one.id)
  expect(await inTheLog(office, ids)).toEqual(ids)
  const walls = await office.sql(
    sql => sql<{ wall: string; offset: number }[]>`
      SELECT body::json #>> '{at,wall}' AS wall, (body::json #>> '{at,offset}')::float8 AS offset
      FROM event WHERE id::text = ANY(${ids}) ORDER BY seq`
  )
  const year = new Date().getUTCFullYear()
  expect(walls.map(one => Math.round((new Date(one.wall).getUTCFullYear() - year) / 10))).toEqual([1, 1, -1, -1, 0, 0])
  await context.close()
})

const HEADERS = { 'x-jobcard-protocol': '1', 'content-type': 'application/json' }
const PORTALS: readonly (readonly [string, Parameters<BrowserContext['route']>[1]])[] = [
  ['200 and a page to sign in', route => route.fulfill({ contentType: 'text/html', body: '<h1>Welcome</h1>' })],
  ['302 to somewhere else', route => route.fulfill({ status: 302, headers: { location: '/portal' } })],
  ['200 and JSON that breaks off', route => route.fulfill({ headers: HEADERS, body: '{"batch":"019' })],
  ['200 and JSON of somebody else', route => route.fulfill({ headers: HEADERS, json: { ok: true } })],
  [
    'an old answer of our own',
    route =>
      route.fulfill({
        headers: HEADERS,
        json: { batch: 'another', epoch: 'e', head: 1, time: 1, root: '', verdicts: [] }
      })
  ]
]

test('F18 a captive portal answers for the office in five ways: nothing is taken for sent, nothing is dropped', async ({
  browser,
  office
}) => {
  const { context, page } = await tabletAt(browser, office, 'ST-08')
  let made = 0
  let end = async (): Promise<void> => undefined
  for (const [what, answer] of PORTALS) {
    const portal = await instead(context, '**/v1/**', answer)
    await end()
    end = portal.end
    await record(page, 2)
    made += 2
    await expect.poll(portal.asked, { message: what }).toBeGreaterThan(1)
    await waitsHere(page, made)
    expect(await chip(page).getAttribute('data-state'), what).not.toBe('sent')
  }
  await end()
  await allArrived(page, office, made)
  await context.close()
})

test('F19 the link is up and every packet is lost: said within seconds, and sent when it is over', async ({
  browser,
  office
}) => {
  const { context, page } = await tabletAt(browser, office, 'ST-05')
  const hole = await instead(context, '**/v1/**', () => undefined)
  await record(page, 4)
  expect(await page.evaluate(() => navigator.onLine)).toBe(true)
  await expect(chip(page)).toHaveAttribute('data-state', 'offline')
  await expect(chip(page)).toContainText('4 waiting')
  const took = await drainTime(page, hole.end)
  console.log(`F19: nothing waited ${took} ms after packets came through again`)
  await allArrived(page, office, 4)
  await context.close()
})
