/** An engineer changes how an item is made: rows typed, moved, refused and taken back, then saved; the load follows, open orders keep theirs. */
import { type Locator, type Page, test } from '@playwright/test'
import { button, expect, newPage, picture, visit } from './hands.ts'
import { office, personOf, signIn } from './tablet.ts'

const atDesk = async (page: Page, first: string): Promise<void> => {
  await page.goto(office())
  await page.locator('[data-door="I plan"]').click()
  await signIn(page, await personOf(first))
}
const open = async (page: Page, item: string): Promise<void> => {
  await visit(page, 'Routings')
  await page.getByLabel('Find an item').fill(item)
  await page.locator('tbody tr', { hasText: item }).click()
}
const cell = (page: Page, name: string, op: number | string): Locator =>
  page.getByLabel(`${name} of operation ${op}`, { exact: true })
/** What stands in the chart of the station that pots the probes: the hours to do over every bar. */
const enclosureLoad = async (page: Page): Promise<string> => {
  await visit(page, 'Plan')
  await page.getByRole('tab', { name: 'Load' }).click()
  return (await page.locator('[data-resource="ST-05"]').textContent()) ?? ''
}
const names = (page: Page): Promise<string[]> =>
  page
    .locator('[data-cell="name"]')
    .evaluateAll(all => all.map(one => (one instanceof HTMLInputElement ? one.value : '')))
const fits = async (page: Page): Promise<void> => {
  const over = await page.evaluate(() =>
    [...document.querySelectorAll('main, main section, main button, main p, main td')]
      .filter(one => one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > innerWidth + 1)
      .map(one => one.outerHTML.slice(0, 120))
  )
  expect(over).toEqual([])
}

test('operations are typed, added, moved, refused in words, taken back and saved, and the office’s routing is put back', async ({
  browser
}) => {
  const page = await newPage(browser, 1280, 800)
  await atDesk(page, 'Eli')
  await open(page, 'SA-230')
  await expect(cell(page, 'Name', 10)).toHaveValue('Pot soil probe')
  const save = page.locator('[data-action="save-routing"]')
  await expect(save).toHaveAttribute('aria-disabled', 'true')

  const before = await enclosureLoad(page)
  await open(page, 'SA-230')

  await cell(page, 'Run, min', 10).fill('abc')
  await expect(page.locator('main tbody')).toContainText('Run: “abc” is no number of minutes.')
  await page.keyboard.press('Control+z')
  await expect(cell(page, 'Run, min', 10)).toHaveValue('6')
  await cell(page, 'Run, min', 10).fill('66')

  await page.keyboard.press('Control+Enter')
  await expect(cell(page, 'Name', 20)).toBeFocused()
  await expect(page.locator('main tbody')).toContainText('Name: Say what is done.')
  await cell(page, 'Name', 20).fill('Cure')
  await cell(page, 'Run, min', 20).fill('100001')
  await expect(page.locator('main tbody')).toContainText('Run: “100001” is more than 100,000 minutes.')
  await picture(page, 'routing-wrong')
  await cell(page, 'Run, min', 20).fill('60')
  await cell(page, 'Load', 20).fill('cure-60')
  await cell(page, 'Stations', 20).click()
  await page.getByRole('checkbox', { name: /^ST-06/ }).check()
  await button(page.getByRole('dialog'), 'Done: ST-05, ST-06').click()
  await expect(page.locator('[data-notes]')).toContainText('no size given at ST-05, no size given at ST-06')
  await expect(page.locator('[data-notes]')).toContainText('The plan counts with it at once')

  await cell(page, 'Name', 20).press('Alt+ArrowUp')
  expect(await names(page)).toEqual(['Cure', 'Pot soil probe'])
  await expect(cell(page, 'Name', 10)).toBeFocused()
  await page.keyboard.press('Control+z')
  expect(await names(page)).toEqual(['Pot soil probe', 'Cure'])
  for (const [width, height] of [
    [820, 1180],
    [1920, 1080],
    [1280, 800]
  ] as const) {
    await page.setViewportSize({ width, height })
    await fits(page)
    await picture(page, `routing-${width}`)
  }

  // Another page does not lose what is typed.
  await visit(page, 'Materials')
  await visit(page, 'Routings')
  await expect(page.locator('tbody tr', { hasText: 'SA-230' })).toContainText('Not saved')
  await open(page, 'SA-230')
  await save.click()
  await expect(save).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByText(/^Set by Eli/)).toBeVisible()
  expect(await names(page)).toEqual(['Pot soil probe', 'Cure'])
  await visit(page, 'Plan')
  await page.getByRole('tab', { name: 'Set-ups' }).click()
  await expect(page.locator('tbody tr', { hasText: 'goes in with cure-60' })).toContainText('60 min')

  await expect.poll(() => enclosureLoad(page)).not.toBe(before)

  await open(page, 'SA-230')
  await cell(page, 'Run, min', 10).fill('6')
  await cell(page, 'Name', 20).press('Alt+Delete')
  await save.click()
  await expect(save).toHaveAttribute('aria-disabled', 'true')
  expect(await names(page)).toEqual(['Pot soil probe'])
  // Who may not decide it reads it, and is told why.
  await page.getByRole('button', { name: 'Switch user' }).click()
  await signIn(page, await personOf('Sam'))
  await expect(page.locator('main p', { hasText: 'Read only' })).toContainText('engineer, administrator, planner')
  await expect(cell(page, 'Name', 10)).toHaveAttribute('readonly', '')
  await expect(page.getByRole('toolbar')).toHaveCount(0)
  await page.context().close()
})
