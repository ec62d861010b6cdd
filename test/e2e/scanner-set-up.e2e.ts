/** The page that tells what is wrong with a scanner, and the tablet that allows for it afterwards. */
import { expect, type Page, test } from '@playwright/test'
import { enrolAt, office, personOf, scan, signIn } from './tablet.ts'

const atSetUp = async (page: Page): Promise<void> => {
  await enrolAt(page, 'I build', 'ST-02')
  await signIn(page, await personOf('Ana'))
  // Opened anew nobody is signed in, and the page shows all the same.
  await page.goto(`${office()}/scanner`)
  await expect(page.locator('[data-drawn]')).toHaveCount(6)
}

const finding = (page: Page, name: string) => page.locator(`[data-finding="${name}"]`)

test('each wrong setting is named, and nothing that is scanned there opens anything', async ({ page }) => {
  await atSetUp(page)
  await scan(page, 'WO-0000-10')
  await expect(finding(page, 'fine')).toBeVisible()
  await expect(page.getByText('11 keys in')).toBeVisible()
  await scan(page, '010950110153000310AB-12321777')
  await expect(finding(page, 'separator-lost')).toContainText('The separator is lost')
  await scan(page, '010950110153000310AB-123\u001d21777')
  await expect(finding(page, 'fine')).toBeVisible()
  await scan(page, 'aZyQwM-AzYqWm')
  await expect(finding(page, 'caps-lock')).toBeVisible()
  await scan(page, (await personOf('Ben')).badge)
  await expect(finding(page, 'not-a-test-code')).toBeVisible()
  await expect(page.getByRole('alertdialog')).toBeHidden()
  await expect(page).toHaveURL(/\/scanner$/)
})

test('what a scanner puts around its codes is remembered and cut off on every screen', async ({ page }) => {
  await atSetUp(page)
  await scan(page, '#WO-0000-10$')
  await expect(finding(page, 'prefix')).toContainText('# before the code')
  await expect(finding(page, 'suffix')).toContainText('$ after the code')
  await page.getByRole('button', { name: 'Let this tablet allow for it' }).click()
  await expect(page.getByText('This tablet allows for it.')).toBeVisible()
  await page.goto(office())
  await signIn(page, await personOf('Ana'))
  await expect(page.locator('[data-job]').first()).toBeVisible()
  await scan(page, '#WO-0099-10$')
  await expect(page.getByRole('alertdialog')).toContainText('WO-0099 is not known on this tablet.')
})

test('every target can be met with a glove, and nothing is cut, at both ways to hold a tablet', async ({ page }) => {
  await atSetUp(page)
  await scan(page, '#WO-0000-10$')
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 820, height: 1180 }
  ]) {
    await page.setViewportSize(viewport)
    for (const button of await page.locator('main button, footer button').all()) {
      const box = await button.boundingBox()
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(72)
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  }
})
