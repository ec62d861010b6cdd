/**
 * A shift without the network, on the sample plant: two tablets whose browsers were closed and opened again offline. Jobs open by
 * scan, steps are done beside their pages, checks are ticked and measured, a defect is recorded; then all of it is sent once.
 */
import { type Page, test } from '@playwright/test'
import { chip, expect, hasAllPages, press, primary, showsPage, waits } from './hands.ts'
import { newBrowser, type OwnBrowser } from './own-browser.ts'
import { enrolAt, kept, office, personOf, scan, signIn } from './tablet.ts'

const CARD = { text: 'B-1001', format: 'code128' } as const

/** Signed in once, all pages here; then the network goes, the browser is closed, and it is opened again without it. */
const goneDark = async (
  browser: OwnBrowser,
  door: 'I build' | 'I check',
  station: string,
  first: string
): Promise<Page> => {
  const { page } = await browser.open({ sees: CARD })
  await enrolAt(page, door, station)
  await signIn(page, await personOf(first))
  await kept(page)
  await expect(page.locator('[data-job]').first()).toBeVisible()
  await hasAllPages(page)
  await browser.close()
  const again = await browser.open({ sees: CARD, offline: true })
  await again.page.goto(office())
  await signIn(again.page, await personOf(first))
  await expect(chip(again.page)).toContainText('Offline since')
  return again.page
}

const backOnline = async (page: Page): Promise<void> => {
  await page.context().setOffline(false)
  await expect(chip(page)).toContainText('All sent', { timeout: 40_000 })
}

test.describe('a shift without the network', () => {
  let tablet: OwnBrowser
  test.beforeEach(async () => {
    tablet = await newBrowser({ width: 1280, height: 800 })
  })
  test.afterEach(() => tablet.remove())

  test('a builder scans a job, works a unit beside its pages and records a defect; then all is sent', async () => {
    const page = await goneDark(tablet, 'I build', 'ST-05', 'Ana')
    await scan(page, 'WO-0014-10')
    await expect(page.getByText('Scanned', { exact: true })).toBeVisible()
    await press(page)
    await expect(page.getByRole('heading', { name: 'Scan the enclosure lot' })).toBeVisible()
    await waits(page, 1)
    await showsPage(page, 'BD-0100 rev C, page 1')
    await scan(page, 'WRONG-LOT')
    await expect(page.getByRole('alertdialog')).toContainText('WRONG-LOT')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Scan again' }).click()
    await scan(page, 'E2231')
    await expect(page.getByText('✓ E2231')).toBeVisible()
    await press(page)
    await expect(page.getByRole('heading', { name: 'Fit the pressure vent' })).toBeVisible()
    await showsPage(page, 'BD-0100 rev C, page 2')
    await press(page)
    await expect(page.getByRole('heading', { name: 'Lay the seal' })).toBeVisible()
    await expect(primary(page)).toHaveText('Unit 1 done: count 1 good')
    await press(page)
    // Started, consumed, three steps, counted.
    await waits(page, 6)
    await page.getByRole('button', { name: 'Defect', exact: true }).click()
    await page.locator('[data-value="SEAL"]').click()
    await expect(primary(page)).toHaveText('Save defect')
    await press(page)
    await waits(page, 7)
    await backOnline(page)
  })

  test('an inspector scans a job, ticks, measures and looks at the drawing; then all is sent', async () => {
    const page = await goneDark(tablet, 'I check', 'ST-07', 'Ines')
    await scan(page, 'WO-0010-60')
    await expect(page).toHaveURL(/\/inspect\/WO-0010\/60$/)
    // Eight of twelve were looked at before.
    await page.getByRole('button', { name: /^Piece \d+ of 12/ }).click()
    await page.getByRole('dialog', { name: 'Which piece' }).getByRole('button', { name: /^9 / }).click()
    await page.locator('#check-1').getByRole('button', { name: 'Pass', exact: true }).click()
    await expect(page.locator('#check-1')).toHaveAttribute('data-state', 'pass')
    await waits(page, 1)
    await page
      .locator('#check-2')
      .getByRole('button', { name: /^Check 2, / })
      .click()
    await expect(page.getByRole('dialog', { name: 'Scan gauge T-DC-07' })).toBeVisible()
    await scan(page, 'T-DC-07')
    const pad = page.getByRole('group', { name: 'Height of C12' })
    for (const key of ['1', '2', 'point', '0', '5', 'done']) await pad.locator(`[data-key="${key}"]`).click()
    await expect(page.locator('#check-2')).toHaveAttribute('data-state', 'pass')
    await waits(page, 2)
    await page.getByRole('button', { name: 'Check 1: show it on the drawing' }).click()
    await showsPage(page, 'BD-1042 rev C, page 4')
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await backOnline(page)
  })
})
