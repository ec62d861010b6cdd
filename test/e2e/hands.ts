/** What hands do at a tablet or a desk, and what eyes look for, in the long stories. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, expect as expectSoon, type Locator, type Page } from '@playwright/test'

/** Several browsers, a server and its database share the machine. */
export const expect = expectSoon.configure({ timeout: 20_000 })
const PICTURES = fileURLToPath(new URL('../../test-results/story', import.meta.url))

export const newPage = async (browser: Browser, width: number, height: number): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height } })
  context.setDefaultTimeout(20_000)
  return context.newPage()
}

export const picture = (page: Page, name: string) => page.screenshot({ path: join(PICTURES, `${name}.png`) })
export const primary = (page: Page): Locator => page.locator('[data-primary]')
/** At a person's pace: a second press of the same button within 400 ms is a glove's bounce, and is not heard. */
export const press = async (page: Page): Promise<void> => {
  await page.waitForTimeout(450)
  await primary(page).click()
}
export const button = (page: Page | Locator, name: string | RegExp): Locator =>
  page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
export const chip = (page: Page): Locator => page.getByRole('banner').locator('a[href="/sync"]')

/** What the chip must say: since when it is cut off and how much waits, to the entry. */
export const waits = (page: Page, many: number) =>
  expect(chip(page)).toHaveText(new RegExp(`Offline since \\d\\d:\\d\\d · ${many} waiting`))
export const allSent = (page: Page) => expect(chip(page)).toContainText('All sent', { timeout: 30_000 })

/** The page of a build document is not only there: its picture was decoded and has a size on the screen. */
export const showsPage = async (page: Page, name: string): Promise<void> => {
  const image = page.getByRole('img', { name, exact: true })
  await expect(image).toBeVisible()
  await expect
    .poll(() => image.evaluate(one => (one instanceof HTMLImageElement && one.complete ? one.naturalWidth : 0)))
    .toBeGreaterThan(400)
  expect((await image.boundingBox())?.width).toBeGreaterThan(200)
}

/** Its pages are on the tablet, or a shift without the network would stand before an empty frame. */
export const hasAllPages = async (page: Page): Promise<void> => {
  await chip(page).click()
  await expect(page.locator('dl').getByText(/^All \d+ pages$/)).toBeVisible({ timeout: 40_000 })
}

/** Keys of our own pad. */
export const typeOnPad = async (page: Page, text: string, done: string): Promise<void> => {
  const pad = page
    .getByRole('dialog')
    .locator('[role="group"]')
    .filter({ has: page.locator('[data-key="done"]') })
  for (const sign of text) await pad.locator(`[data-key="${sign === '.' ? 'point' : sign}"]`).click()
  await button(pad, done).click()
}

export const takePhoto = async (page: Page, open: Locator): Promise<void> => {
  await open.click()
  await button(page.getByRole('dialog', { name: 'Take a photo' }), 'Take photo').click()
}

/** At a desk, as a person goes there: a reload would sign them out. */
export const visit = (desk: Page, name: string) =>
  desk.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click()

export const holdDown = async (page: Page, what: Locator): Promise<void> => {
  await what.scrollIntoViewIfNeeded()
  await what.hover()
  await page.mouse.down()
  // A little longer than a person has to; on a busy machine until the bar is full.
  await page.waitForTimeout(1000)
  await expect(page.locator('[data-holding]')).toHaveCount(0)
  await page.mouse.up()
}
