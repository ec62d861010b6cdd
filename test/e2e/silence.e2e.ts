/** What the chip says when the network is cut: never fresher than they are. */
import { expect, test } from '@playwright/test'
import { enrolAt, personOf, signIn } from './tablet.ts'

const CHIP = 'a[href="/sync"]'

test('a cut network shows within 10 s, at once when something waits, and goes as soon as all is sent', async ({
  page,
  context
}) => {
  await enrolAt(page, 'I build', 'ST-01')
  await signIn(page, await personOf('Ana'))
  await expect(page.locator(CHIP)).toHaveAttribute('data-state', 'sent')
  await context.setOffline(true)
  await expect(page.locator(CHIP)).toHaveAttribute('data-state', 'offline', { timeout: 11_000 })
  await context.setOffline(false)
  await expect(page.locator(CHIP)).toHaveAttribute('data-state', 'sent', { timeout: 12_000 })
  await context.setOffline(true)
  await page.locator('[data-help]').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Parts' }).click()
  await expect(page.locator(CHIP)).toContainText('1 waiting', { timeout: 2000 })
  await context.setOffline(false)
  await expect(page.locator(CHIP)).toHaveAttribute('data-state', 'sent', { timeout: 12_000 })
})
