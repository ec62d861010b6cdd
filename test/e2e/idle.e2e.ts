/** A tablet that nobody touches locks itself, says so before, and closes nothing. */
import { expect, test } from '@playwright/test'
import { enrolAt, personOf, signIn } from './tablet.ts'

test('a tablet that nobody touches warns, locks after five minutes and keeps its screen', async ({ page }) => {
  await page.clock.install()
  await enrolAt(page, 'I build', 'ST-02')
  const ana = await personOf('Ana')
  await signIn(page, ana)
  await page.locator('a[href="/sync"]').click()
  await expect(page.getByText('Documents on this tablet')).toBeVisible()
  await page.clock.fastForward('04:35')
  await expect(page.getByText(/This tablet locks in \d+ s/)).toBeVisible()
  await page.mouse.click(5, 400)
  await page.clock.runFor(1100)
  await expect(page.getByText(/This tablet locks in/)).toBeHidden()
  await page.clock.fastForward('05:01')
  const lock = page.getByRole('dialog', { name: 'Sign in' })
  await expect(lock).toBeVisible()
  await signIn(page, ana)
  await expect(lock).toBeHidden()
  expect(new URL(page.url()).pathname).toBe('/sync')
  await expect(page.getByText('Documents on this tablet')).toBeVisible()
})
