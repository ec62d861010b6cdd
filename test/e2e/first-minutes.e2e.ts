/** From an unknown browser to a tablet that works without the network. */
import { expect, test } from '@playwright/test'
import { enrolAt, enterPin, kept, office, personOf, scan, signIn } from './tablet.ts'

test('a browser becomes a station by two taps, and a person signs in with badge and PIN', async ({ page }) => {
  await enrolAt(page, 'I build', 'ST-02')
  const ana = await personOf('Ana')
  await expect(page.locator('[data-job]').first()).toBeVisible()
  await scan(page, ana.badge)
  await expect(page.getByRole('heading', { name: ana.name })).toBeVisible()
  await enterPin(page, ana.pin === '111111' ? '222222' : '111111')
  await expect(page.getByText('That is not the PIN')).toBeVisible()
  await enterPin(page, ana.pin)
  await expect(page.getByRole('banner').getByText(ana.name)).toBeVisible()
})

test('a wrong scan gets a whole screen that says what it was and what is needed, and does not go by itself', async ({
  page
}) => {
  await enrolAt(page, 'I build', 'ST-02')
  await signIn(page, await personOf('Ana'))
  await scan(page, 'LOC-A12')
  const card = page.getByRole('alertdialog')
  await expect(card).toContainText('This is a shelf label (LOC-A12).')
  await expect(card).toContainText('Scan the job card, it starts with WO.')
  await page.waitForTimeout(1500)
  await expect(card).toBeVisible()
  await card.getByRole('button', { name: 'Scan again' }).click()
  await expect(card).toBeHidden()
})

test('a badge hands the tablet to somebody else and keeps the screen; the second time it needs no PIN', async ({
  page
}) => {
  await enrolAt(page, 'I build', 'ST-02')
  const [ana, ben] = [await personOf('Ana'), await personOf('Ben')]
  await signIn(page, ana)
  await page.locator('a[href="/sync"]').click()
  await expect(page.getByText('Documents on this tablet')).toBeVisible()
  await scan(page, ben.badge)
  await enterPin(page, ben.pin)
  await expect(page.getByRole('banner').getByText(ben.name)).toBeVisible()
  await scan(page, ana.badge)
  await expect(page.getByRole('banner').getByText(ana.name)).toBeVisible()
  expect(new URL(page.url()).pathname).toBe('/sync')
})

test('opened again without the network it knows its jobs, lets a person in, and says since when', async ({
  page,
  context
}) => {
  await enrolAt(page, 'I build', 'ST-02')
  const ana = await personOf('Ana')
  await signIn(page, ana)
  await expect(page.locator('[data-job]').first()).toBeVisible()
  const jobs = await page.locator('[data-job]').count()
  await kept(page)
  await page.waitForTimeout(2000)
  await context.setOffline(true)
  await page.goto(office())
  await signIn(page, ana)
  await expect(page.locator('[data-job]')).toHaveCount(jobs)
  await expect(page.locator('[data-state="offline"]').first()).toContainText('Offline since')
  await context.setOffline(false)
  await expect(page.locator('[data-state="sent"]').first()).toBeVisible({ timeout: 20_000 })
})

test('the service worker keeps the app and the camera, and nothing of the office', async ({ page }) => {
  await enrolAt(page, 'I build', 'ST-02')
  await kept(page)
  const held = () =>
    page.evaluate(async () => {
      const all = await Promise.all((await caches.keys()).map(async name => (await caches.open(name)).keys()))
      return all.flat().map(request => new URL(request.url).pathname)
    })
  await expect.poll(async () => (await held()).some(path => path.endsWith('.wasm'))).toBe(true)
  const paths = await held()
  expect(paths).toContain('/index.html')
  expect(paths.some(path => /operation-screen.*\.js$/.test(path))).toBe(true)
  expect(paths.filter(path => path.startsWith('/v1/'))).toEqual([])
})

test('an address that leads nowhere says so and offers the way back', async ({ page }) => {
  await enrolAt(page, 'I build', 'ST-02')
  await page.goto(`${office()}/no/such/page`)
  await expect(page.getByRole('heading', { name: 'There is no page at this address.' })).toBeVisible()
})
