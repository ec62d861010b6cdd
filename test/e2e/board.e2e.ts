/** The wall, while the plant has its eight stations: with more it turns pages, and `desk.e2e.ts` adds one. */
import { expect, test } from '@playwright/test'
import { enrolAt, office } from './tablet.ts'

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
