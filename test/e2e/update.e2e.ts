/** A new build while somebody works: the old one goes on, the new one waits for a calm moment, nothing recorded is lost. */
import { expect, type Page, test } from '@playwright/test'
import { enrolAt, kept, office, personOf, signIn } from './tablet.ts'
import { build, type Deployed, deployBefore, removed } from './two-builds.ts'

const JOB = 'WO-0012-30'
let folders: readonly string[] = []
let front: Deployed

test.beforeAll(async () => {
  test.setTimeout(180_000)
  folders = [build('build-one'), build('build-two')]
  front = await deployBefore(office(), folders[0] ?? '')
})

test.afterAll(async () => {
  await front?.stop()
  await Promise.all(folders.map(removed))
})

const newBuildWaits = (page: Page): Promise<boolean> =>
  page.evaluate(async () => {
    const worker = await navigator.serviceWorker.ready
    await worker.update()
    for (let left = 200; left > 0 && !worker.waiting; left -= 1) await new Promise(done => setTimeout(done, 50))
    return worker.waiting !== null
  })

/** The page has not been opened anew since this was asked first. */
const stays = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const was = document.documentElement.dataset['stays']
    document.documentElement.dataset['stays'] = 'yes'
    return was === 'yes'
  })

const pause = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await page
    .getByRole('dialog')
    .locator('button', { hasNotText: /close|back|cancel/i })
    .first()
    .click()
  await expect(page.locator('[data-primary]')).toContainText('Resume')
}

const resume = async (page: Page): Promise<void> => {
  await page.locator('[data-primary]').click()
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
}

const keptAddresses = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const all = await Promise.all((await caches.keys()).map(async name => (await caches.open(name)).keys()))
    return all.flat().map(request => new URL(request.url).pathname)
  })

test('a new build waits while an operation runs, is used at a calm first page without the network, and loses nothing', async ({
  page,
  context
}) => {
  test.setTimeout(180_000)
  await enrolAt(page, 'I build', 'ST-02', front.url)
  const ana = await personOf('Ana')
  await signIn(page, ana)
  await kept(page)
  await page.locator(`[data-job="${JOB}"]`).click()
  await page.locator('[data-primary]', { hasText: /^(Start|Resume) operation/ }).click()
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
  await stays(page)

  front.deploy(folders[1] ?? '')
  expect(await newBuildWaits(page)).toBe(true)
  await pause(page)
  await resume(page)
  await page.goBack()
  await expect(page.locator('[data-job]').first()).toBeVisible()
  // Longer than a calm moment, but the operation runs.
  await page.waitForTimeout(22_000)
  expect(await stays(page)).toBe(true)
  await expect(page.getByRole('button', { name: 'Use it now' })).toBeVisible()

  await context.setOffline(true)
  await page.locator(`[data-job="${JOB}"]`).click()
  await pause(page)
  await resume(page)
  await pause(page)
  expect(await stays(page)).toBe(true)
  // Nothing runs here any more and nobody touches it: the new build is used, although the network is away.
  const anew = page.waitForEvent('load', { timeout: 45_000 })
  await page.goBack()
  await anew
  await signIn(page, ana)
  await page.locator('a[href="/sync"]').click()
  await expect(page.getByText('build-two')).toBeVisible()
  await expect(page.getByRole('heading', { name: '3 things on this tablet are not yet sent' })).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByRole('heading', { name: 'Everything on this tablet is sent' })).toBeVisible({
    timeout: 30_000
  })
  const held = await keptAddresses(page)
  expect(held.length).toBeGreaterThan(20)
  expect(held.filter(path => path.startsWith('/v1/'))).toEqual([])
})
