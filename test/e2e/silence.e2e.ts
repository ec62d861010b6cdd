/** What the chip and the wall say when the network is cut: never fresher than they are. */
import { expect, test } from '@playwright/test'
import { enrolAt, office, personOf, signIn } from './tablet.ts'

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

test('a station whose tablet has gone is NO DATA on the wall within 13 s', async ({ browser }) => {
  const wall = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage()
  await wall.goto(office())
  await wall.locator('[data-door="I watch the line"]').click()
  const tablet = await browser.newContext()
  await enrolAt(await tablet.newPage(), 'I build', 'ST-06')
  const cell = wall.locator('section[aria-label^="ST-06"]')
  await expect(cell).not.toContainText('NO DATA')
  await tablet.close()
  await expect(cell).toContainText('NO DATA', { timeout: 13_000 })
  await wall.context().close()
})
