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
/** In the page: whether the service worker keeps a file whose name has this in it. */
const isKept = async (name: string): Promise<boolean> => {
  const stores = await Promise.all((await caches.keys()).map(async one => (await caches.open(one)).keys()))
  return stores.flat().some(({ url }) => url.includes(name))
}
const consequences = (page: Page) => page.getByRole('complementary', { name: 'Consequences' })

test('a planner types builds, sees what they do, takes one back and publishes the other with a reason, without the network till then', async ({
  page,
  context
}) => {
  await page.goto(office())
  await page.locator('[data-door="I plan"]').click()
  await signIn(page, await personOf('Pia'))
  // Nobody has been on this page from here: it and the planner's own program are fetched while nobody waits for them.
  for (const file of ['plan-desk', 'planner-worker'])
    await expect.poll(() => page.evaluate(isKept, file), { timeout: 30_000 }).toBe(true)
  await context.setOffline(true)
  await page.getByRole('link', { name: 'Plan', exact: true }).first().click()
  const cells = page.locator('[role="grid"] [aria-readonly="false"]:not([data-shaded])')
  await expect(consequences(page)).toContainText('As planned')
  await expect(consequences(page)).toHaveAttribute('aria-busy', 'false')
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

test('while a scenario is open, demand is added to it and the plan as it is stays untouched until it is published', async ({
  page
}) => {
  await openPlan(page)
  await button(page, 'Copy').click()
  await button(page, 'Add demand to Scenario').click()
  const form = page.getByRole('dialog', { name: 'Add demand to Scenario' })
  const number = form.getByLabel('Number')
  const free = await number.inputValue()
  await form.getByLabel('Pieces').fill('41')
  await number.fill('D-001')
  await expect(button(form, /^Try it/)).toContainText('D-001 is there already')
  await number.fill(free)
  await button(form, 'Try it').click()
  await expect(page.getByText(`${free} is in Scenario.`)).toBeVisible()
  await page.getByRole('tab', { name: /^What if/ }).click()
  const change = page.locator('tbody tr', { hasText: free })
  await expect(change).toContainText('nothing')
  await expect(change).toContainText('41 by')
  await page.getByRole('tab', { name: /^Approvals/ }).click()
  await expect(page.getByText('Scenario is open. What is changed on this page changes the plan as it is')).toBeVisible()
  await page.getByRole('tab', { name: /^What if/ }).click()
  // The plan as it is does not know it: its next number is still free there.
  await page.getByLabel('Which plan').selectOption({ label: 'Plan as it is' })
  await button(page, 'Add demand').click()
  const live = page.getByRole('dialog', { name: 'Add demand' })
  await expect(live.getByLabel('Number')).toHaveValue(free)
  await page.keyboard.press('Escape')
  await page.getByLabel('Which plan').selectOption({ label: 'Scenario, 1 change' })
  await button(page, 'Throw away').click()
  await button(page.getByRole('dialog'), 'Throw away 1 change').click()
  await expect(page.getByLabel('Which plan')).toHaveValue('')
})

test('however far the sheet is scrolled, each number stands beside the name of its row', async ({ page }) => {
  await openPlan(page)
  const sheet = page.getByRole('grid', { name: 'Master schedule' })
  const cells = sheet.locator('tr', { hasText: 'Planned' }).first().locator('[aria-readonly="false"]')
  await cells.nth(1).click()
  for (let step = 0; step < 9; step++) await page.keyboard.press('ArrowRight')
  const name = sheet.locator('th[scope="row"]', { hasText: 'Planned' }).first()
  const [box, row, here] = [
    await sheet.locator('..').boundingBox(),
    await name.boundingBox(),
    await sheet.locator('[data-here]').boundingBox()
  ]
  if (!box || !row || !here) throw new Error('the sheet is not drawn')
  expect(row.x).toBeGreaterThan(box.x)
  expect(here.x).toBeGreaterThanOrEqual(row.x + row.width - 1)
  expect(here.x + here.width).toBeLessThanOrEqual(box.x + box.width + 1)
  // Back again nothing is typed into a cell that lies under the names.
  for (let step = 0; step < 6; step++) await page.keyboard.press('ArrowLeft')
  const back = await sheet.locator('[data-here]').boundingBox()
  expect(back?.x).toBeGreaterThanOrEqual(row.x + row.width - 1)
})

test('a block from a spreadsheet lands whole, a line for each item, is filled and emptied, and is taken back by one key each', async ({
  page
}) => {
  await openPlan(page)
  const sheet = page.getByRole('grid', { name: 'Master schedule' })
  const planned = (item: number) =>
    sheet.locator('tr', { hasText: 'Planned' }).nth(item).locator('[aria-readonly="false"]')
  const numbers = async () => {
    const rows = await Promise.all([0, 1].map(item => planned(item).allTextContents()))
    return rows.map(row => row.slice(6, 9))
  }
  const before = await numbers()
  const paste = (text: string) =>
    sheet.evaluate((element, given) => {
      const data = new DataTransfer()
      data.setData('text/plain', given)
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    }, text)
  await planned(0).nth(6).click()
  await paste('10\t20\t1 000\n5\t6\tten\n')
  await expect.poll(numbers).toEqual([
    ['10', '20', '1000'],
    ['5', '6', before[1]?.[2] ?? '']
  ])
  await expect(page.getByText('“ten” is no whole number of pieces.')).toBeVisible()
  await expect(button(page, 'Publish 5 changes')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect.poll(numbers).toEqual(before)
  await page.keyboard.press('Control+y')
  await planned(0).nth(6).click()
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Control+r')
  await expect.poll(async () => (await numbers())[0]).toEqual(['10', '10', '10'])
  await page.keyboard.press('Delete')
  await expect.poll(async () => (await numbers())[0]).toEqual(['', '', ''])
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect.poll(numbers).toEqual(before)
  // Two of them so near to their day that each needs a signature.
  await planned(0).first().click()
  await paste('9\n8\n')
  const asked = page.getByRole('dialog', { name: /is frozen$/ })
  await expect(asked).toContainText('Ask for 9 by')
  await expect(asked).toContainText('One more of what you put in is frozen and comes next.')
  await button(asked, 'Close').click()
  await expect(asked).toContainText('Ask for 8 by')
  await page.waitForTimeout(450)
  await button(asked, 'Close').click()
  await expect(asked).toHaveCount(0)
  await button(page, 'Throw away').click()
  await button(page.getByRole('dialog'), /^Throw away \d+ change/).click()
})

test('after a stopped search what a planner pins is searched for again, and stands where it was put', async ({
  page
}) => {
  await openPlan(page)
  await page.getByRole('tab', { name: 'Schedule', exact: true }).click()
  await expect(page.locator('[data-schedule-summary]')).toContainText(/\d+ operations/)
  await page.getByLabel('How long to look').selectOption('5')
  await button(page, 'Look for a better one').click()
  await page.waitForTimeout(500)
  await button(page, 'Stop, keep the best so far').click()
  const id = await page.locator('[data-bar^="WO-0016"]').first().getAttribute('data-bar')
  const bar = page.locator(`[data-bar="${id}"]`)
  const begins = async () => /, (\S+ \d+ \S+ \d\d:\d\d) to /.exec((await bar.getAttribute('aria-label')) ?? '')?.[1]
  const first = await begins()
  expect(first).toBeDefined()
  await bar.click()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: /^WO-0016, operation/ })
  // Far enough away that nothing would put it there by itself.
  await dialog.getByLabel('Time').fill('10:00')
  const day = new Date(Date.now() + 21 * 86_400_000)
  await dialog.getByLabel('Day').fill(day.toISOString().slice(0, 10))
  // By keys: the mouse rests where the bar was.
  await button(dialog, 'Pin it here').press('Enter')
  await expect(page.getByText(/is pinned at/).first()).toBeVisible()
  await expect(button(page, 'Look for a better one')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText('Something has changed since this was searched.')).toHaveCount(0)
  await expect.poll(begins, { timeout: 20_000 }).not.toBe(first)
  await expect(bar).toHaveAttribute('aria-label', /, pinned$/)
  // Wherever the mouse was left, nothing that moved under it was chosen in its place.
  await expect(bar).toHaveAttribute('aria-current', 'true')
  const pinned = await begins()
  await bar.click()
  await page.keyboard.press('Enter')
  await button(dialog, 'Let it go').click()
  await expect(page.getByText(/goes where it fits best/)).toBeVisible()
  await expect.poll(begins, { timeout: 20_000 }).not.toBe(pinned)
})

test('copies stand beside the plan as it is: which orders, parts, builds and stations differ, on a narrow screen too', async ({
  page
}) => {
  await page.setViewportSize({ width: 820, height: 1180 })
  await openPlan(page)
  const cells = page.locator('[role="grid"] [aria-readonly="false"]:not([data-shaded])')
  await cells.nth(4).click()
  await page.keyboard.type('5000')
  await page.keyboard.press('Enter')
  await expect(button(page, 'Publish 1 change')).toBeVisible()
  await page.getByRole('tab', { name: /^Compare/ }).click()
  const table = page.getByRole('table', { name: 'Plans side by side' })
  await expect(table).toHaveAttribute('aria-busy', 'false', { timeout: 40_000 })
  const rows = (group: string) => table.getByRole('rowgroup', { name: group, exact: true }).getByRole('row')
  const build = rows('Planned builds').filter({ hasText: '5000' })
  await expect(build).toHaveCount(1)
  await expect(build.getByRole('cell').first()).not.toHaveText('5000')
  await expect(rows('Short parts').filter({ hasText: 'not short' }).first()).toContainText(/\d+ short on/)
  await expect(rows('Late for want of parts').filter({ hasText: 'not late' }).first()).toContainText(/\d+ days? late/)
  await expect(rows('Late in the schedule').filter({ hasText: 'in time' }).first()).toContainText(/late/)
  await expect(rows('Fullest of each station, tool and the inspectors').nth(1)).toContainText(/\d h/)
  const cut = await table.evaluate(one => {
    const frame = one.parentElement
    return frame ? frame.scrollWidth - frame.clientWidth : Number.NaN
  })
  expect(cut).toBeLessThanOrEqual(0)
  await button(table, 'Plan as it is').click()
  await expect(page.getByLabel('Which plan')).toHaveValue('')
  await page.getByLabel('Which plan').selectOption({ label: 'Draft, 1 change' })
  await button(page, 'Throw away').click()
  await button(page.getByRole('dialog'), 'Throw away 1 change').click()
})

test('on a narrow screen every button of an action and what an order lacks are in sight', async ({ page }) => {
  await page.setViewportSize({ width: 820, height: 1180 })
  await openPlan(page)
  await page.getByRole('link', { name: 'Materials', exact: true }).first().click()
  for (const [tab, seen] of [
    [/^Actions/, 'Dismiss'],
    [/^Clear to build/, 'short']
  ] as const) {
    await page.getByRole('tab', { name: tab }).click()
    const cell = page.locator('tbody td', { hasText: seen }).first()
    await expect(cell).toBeVisible()
    const right = await cell.evaluate(one => one.getBoundingClientRect().right)
    const frame = await cell.evaluate(one => one.closest('table')?.parentElement?.getBoundingClientRect().right ?? 0)
    expect(right).toBeLessThanOrEqual(frame)
    expect(frame).toBeLessThanOrEqual(820)
  }
})

test('a BOM is tried otherwise in a scenario, the plan follows, and it is left to its engineer', async ({ page }) => {
  await openPlan(page)
  await page.getByRole('tab', { name: /^What if/ }).click()
  await button(page, 'Change a BOM').click()
  const form = page.getByRole('dialog', { name: 'Change a BOM' })
  await form.getByLabel('Item').selectOption('FL-100')
  const line = form.getByLabel('Line').locator('option', { hasText: 'Screw M2x5' }).first()
  await form.getByLabel('Line').selectOption((await line.getAttribute('value')) ?? '')
  await form.getByLabel('For each').fill('0')
  await expect(button(form, /^Try it/)).toContainText('Give how much goes into one.')
  await form.getByLabel('Part').fill('NONE-1')
  await expect(button(form, /^Try it/)).toContainText('No item has the number NONE-1.')
  await form.getByLabel('Part').fill('SCR-M2X5')
  await form.getByLabel('For each').fill('400')
  await button(form, 'Try it').click()
  const change = page.locator('tbody tr', { hasText: 'BOM of Scout Air' })
  await expect(change).toContainText('8 Screw M2x5')
  await expect(change).toContainText('404 Screw M2x5')
  await expect(button(page, /^Publish/)).toContainText('A BOM is for its engineer to change.')
  await page.getByRole('tab', { name: 'Master schedule' }).click()
  await expect(consequences(page)).toContainText('What this changes')
  await expect(consequences(page)).toContainText(/shorter\s*Screw M2x5|short\s*Screw M2x5/)
  await page.reload()
  await signIn(page, await personOf('Pia'))
  await page.getByRole('link', { name: 'Plan', exact: true }).first().click()
  await page.getByRole('tab', { name: /^What if/ }).click()
  await button(change, 'Take out').click()
  await expect(change).toHaveCount(0)
  await button(page, 'Throw away').click()
  await button(page.getByRole('dialog'), 'Throw away 0 changes').click()
})

test('an order is looked for in the chart, the others stand back, and its late line is found too; nothing is asked where nothing is found', async ({
  page
}) => {
  await openPlan(page)
  await page.getByRole('tab', { name: 'Schedule', exact: true }).click()
  await expect(page.locator('[data-schedule-summary]')).toContainText(/\d+ operations/)
  await page.getByLabel('Find an order').fill('wo-0016')
  await expect(page.locator('[data-bar][aria-current]')).toHaveAttribute('data-bar', /^WO-0016-/)
  await expect(page.locator('[data-bar^="WO-0016"]').first()).toHaveAttribute('data-mark', 'same')
  await expect(page.locator('[data-bar]:not([data-bar^="WO-0016"])').first()).toHaveAttribute('data-mark', 'off')
  await page.getByRole('tab', { name: /^Late/ }).click()
  // Which ones are late depends on what others did before in this plant.
  await page.getByLabel('Find an order').fill('')
  const items = page.locator('tbody tr td:nth-child(2)')
  const item = (await items.last().textContent()) ?? ''
  await page.getByLabel('Find an order').fill(item)
  await expect.poll(async () => [...new Set(await items.allTextContents())]).toEqual([item])
  await page.getByRole('tab', { name: /^What if/ }).click()
  await expect(page.getByRole('searchbox')).toHaveCount(0)
  await page.getByRole('tab', { name: 'Load' }).click()
  await page.getByLabel('Find a station or tool').fill('packing')
  await expect(page.locator('[data-resource]')).toHaveCount(1)
  await page.getByRole('tab', { name: 'Schedule', exact: true }).click()
  await expect(page.getByLabel('Find an order')).toHaveValue(item)
})
