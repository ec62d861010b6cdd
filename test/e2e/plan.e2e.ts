/** A planner's quarter of an hour: type into the master schedule, see what it does, publish; schedule, stop, publish. */
import { type Page, test } from '@playwright/test'
import { button, expect } from './hands.ts'
import { office, personOf, signIn } from './tablet.ts'

const openPlan = async (page: Page): Promise<void> => {
  await page.goto(office())
  await page.locator('[data-door="I plan"]').click()
  await signIn(page, await personOf('Pia'))
  await page.getByRole('link', { name: 'Plan', exact: true }).first().click()
  await expect(page.getByRole('grid', { name: 'Master schedule' })).toBeVisible()
}
const consequences = (page: Page) => page.getByRole('complementary', { name: 'Consequences' })

test('a planner types builds, sees what they do, takes one back and publishes the other with a reason, without the network till then', async ({
  page,
  context
}) => {
  await openPlan(page)
  const cells = page.locator('[role="grid"] [aria-readonly="false"]:not([data-shaded])')
  await expect(consequences(page)).toContainText('As planned')
  await expect(consequences(page)).toHaveAttribute('aria-busy', 'false')
  await context.setOffline(true)
  await cells.nth(3).click()
  await page.keyboard.type('5000')
  await page.keyboard.press('Enter')
  await expect(consequences(page)).toContainText('What this changes')
  await expect(consequences(page)).toContainText('short')
  await page.keyboard.press('Control+z')
  await expect(button(page, 'Publish 0 changes')).toBeVisible()
  await cells.nth(3).click()
  await page.keyboard.type('7')
  await page.keyboard.press('Enter')
  await button(page, 'Publish 1 change').click()
  const dialog = page.getByRole('dialog', { name: 'Publish Draft' })
  await dialog.getByLabel('Why the plan changes').fill('Seven more for the fair')
  await context.setOffline(false)
  await button(dialog, 'Publish 1 change').click()
  await expect(page.getByText('Draft is the plan now.')).toBeVisible()
  await expect(cells.nth(3)).toHaveText('7')
})

test('a planner stops a search, keeps the best so far, walks the chart with keys and gives it to the stations', async ({
  page
}) => {
  await openPlan(page)
  await page.getByRole('tab', { name: 'Schedule', exact: true }).click()
  const summary = page.locator('[data-schedule-summary]')
  await expect(summary).toContainText(/\d+ operations/)
  await page.getByLabel('How long to look').selectOption('120')
  await button(page, 'Look for a better one').click()
  await expect(button(page, 'Stop, keep the best so far')).toBeVisible()
  // It stands where the other one stood: pressed at once it would be taken for a bounce of the same press.
  await page.waitForTimeout(500)
  await button(page, 'Stop, keep the best so far').click()
  await expect(button(page, 'Look for a better one')).toBeVisible()
  await expect(summary).toContainText(/\d+ operations/)
  const bar = page.locator('[data-bar][aria-current]')
  await bar.focus()
  const first = await bar.getAttribute('data-bar')
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('[data-bar]:focus')).not.toHaveAttribute('data-bar', first ?? '')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: /operation \d+/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await button(page, 'Publish the schedule').click()
  const dialog = page.getByRole('dialog', { name: 'Publish the schedule' })
  await dialog.getByLabel('Why').fill('The week from Monday')
  await button(dialog, /^Publish \d+ operations/).click()
  await expect(page.getByText(/Schedule \d+ is what the stations follow now/)).toBeVisible()
  await page.getByRole('tab', { name: 'Dispatch lists' }).click()
  await expect(page.getByText(/The week from Monday/)).toBeVisible()
})
