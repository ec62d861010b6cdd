/** Set-up minutes typed, pasted and taken back at the planning desk, and the schedule that follows; how an item is planned. */
import { readFile } from 'node:fs/promises'
import { type Locator, type Page, test } from '@playwright/test'
import { button, expect, newPage, picture, visit } from './hands.ts'
import { type OwnOffice, openOwnOffice } from './own-office.ts'
import { personOf, signIn } from './tablet.ts'

let own: OwnOffice
test.beforeAll(async () => {
  test.setTimeout(180_000)
  own = await openOwnOffice()
})
test.afterAll(() => own.remove())

const atDesk = async (page: Page, first: string): Promise<void> => {
  await page.goto(own.url)
  await page.locator('[data-door="I plan"]').click()
  await signIn(page, await personOf(first))
}
const tab = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('tab', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
const grid = (page: Page): Locator => page.getByRole('grid', { name: /^Set-up matrix/ })
const open = async (page: Page): Promise<void> => {
  await visit(page, 'Plan')
  await tab(page, 'Set-ups').click()
}
/** The cell from one family to another, by what its row and its column are called. */
const cell = async (page: Page, from: string, to: string): Promise<Locator> => {
  const heads = (await grid(page).locator('thead th').allTextContents()).slice(2)
  return grid(page)
    .locator('tbody tr', { has: page.getByRole('rowheader', { name: from, exact: true }) })
    .locator('td')
    .nth(heads.indexOf(to))
}
const FAMILIES: Readonly<Record<string, string>> = { 'FL-100': 'air', 'FL-120': 'soil', 'FL-140': 'tank' }

/** What an engineer does to the file in a spreadsheet: families for packing, potting a load at a time. */
const withFamilies = (csv: string): string => {
  const [head = '', ...rows] = csv.trim().split(/\r?\n/)
  const columns = head.split(',')
  const put = (cells: string[], name: string, text: string) => {
    cells[columns.indexOf(name)] = text
  }
  return [
    head,
    ...rows.map(row => {
      const cells = row.split(',')
      const [item = ''] = cells
      if (cells[columns.indexOf('name')] === 'Pack' && FAMILIES[item]) put(cells, 'family', FAMILIES[item])
      if (cells[columns.indexOf('name')] === 'Pot soil probe') put(cells, 'batch', 'cure-60')
      return cells.join(',')
    })
  ].join('\n')
}

const importFiles = async (page: Page, ...files: readonly (readonly [string, string])[]): Promise<void> => {
  await visit(page, 'Import')
  await page
    .getByLabel('CSV files')
    .setInputFiles(files.map(([name, text]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })))
  await button(page, /^Import \d+ rows?$/).click()
  await expect(page.getByText(/^Imported: /)).toBeVisible()
}

const summary = (page: Page): Locator => page.locator('[data-schedule-summary]')
/** Minutes of change-overs of the schedule that is shown; 0 where it has none. */
const changeOvers = async (page: Page): Promise<number> => {
  const found = /([\d.]+) (min|h|d) of change-overs/.exec((await summary(page).textContent()) ?? '')
  return Number(found?.[1] ?? 0) * ({ min: 1, h: 60, d: 1440 }[found?.[2] ?? ''] ?? 0)
}
const type = async (page: Page, from: string, to: string, text: string): Promise<void> => {
  await (await cell(page, from, to)).click()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}
const shows = async (page: Page, from: string, to: string, text: string): Promise<void> =>
  expect(await cell(page, from, to)).toHaveText(text)
/** Nothing is on its way, is wrong, or was left behind. */
const allSaved = (page: Page): Promise<void> => expect(page.locator('[data-typed]')).toHaveText('')
const paste = async (page: Page, text: string): Promise<void> => {
  await page.evaluate(words => navigator.clipboard.writeText(words), text)
  await page.keyboard.press('Control+v')
}
/** Nothing of it lies beside the page, and no button is cut. */
const fits = async (page: Page): Promise<void> => {
  const over = await page.evaluate(() =>
    [...document.querySelectorAll('main, main section, main button, main [data-typed], main p')]
      .filter(one => one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > innerWidth + 1)
      .map(one => one.outerHTML.slice(0, 120))
  )
  expect(over).toEqual([])
}

test.describe.configure({ mode: 'serial' })

test('families come by the engineer’s file; their minutes are typed, pasted, refused and taken back, and the schedule follows', async ({
  browser
}) => {
  test.setTimeout(240_000)
  const page = await newPage(browser, 1280, 800)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await atDesk(page, 'Pia')
  await open(page)
  await expect(page.getByText('No operation belongs to a family yet')).toBeVisible()
  await fits(page)
  await picture(page, 'set-ups-empty')
  const kept = page.waitForEvent('download')
  await button(page, 'Save routing.csv').first().click()
  const routing = await readFile((await (await kept).path()) ?? '', 'utf8')
  await importFiles(page, ['routing.csv', withFamilies(routing)])
  await open(page)
  await expect(page.getByText('6 of 6 missing')).toBeVisible()
  await shows(page, 'air', 'soil', '?')
  const furnace = page.locator('tbody tr', { hasText: 'Pot soil probe' })
  await expect(furnace).toContainText('6 min')
  await expect(furnace).toContainText('ST-05: not given')
  await tab(page, 'Schedule').click()
  await expect(summary(page)).toContainText(/\d+ operations/)
  expect(await changeOvers(page)).toBe(0)

  await tab(page, 'Set-ups').click()
  await type(page, 'soil', 'air', '12,5')
  await allSaved(page)
  await shows(page, 'soil', 'air', '12.5')
  await expect(page.getByText('5 of 6 missing')).toBeVisible()
  for (const [text, said] of [
    ['-5', 'is less than nothing'],
    ['1e15', 'is no number of minutes'],
    ['1000000000000000', 'is more than 100,000 minutes'],
    ['an hour', 'is no number of minutes']
  ] as const) {
    await type(page, 'soil', 'tank', text)
    await expect(page.locator('[data-typed]')).toContainText(`soil → tank: “${text}” ${said}`)
    await shows(page, 'soil', 'tank', text)
  }
  await picture(page, 'set-ups-wrong')
  await button(page, 'Back to what is saved').click()
  await allSaved(page)
  await shows(page, 'soil', 'tank', '?')

  await (await cell(page, 'air', 'air')).click()
  await paste(page, '\t40\t40\n40\t\t40\n40\t40\t\n')
  await allSaved(page)
  await expect(page.getByText('Every change-over that can happen has its minutes.')).toBeVisible()
  await shows(page, 'tank', 'soil', '40')
  await page.keyboard.press('Control+z')
  await shows(page, 'soil', 'air', '12.5')
  await shows(page, 'tank', 'soil', '?')
  await page.keyboard.press('Control+y')
  await shows(page, 'tank', 'soil', '40')
  await allSaved(page)
  await tab(page, 'Schedule').click()
  await expect(summary(page)).toContainText('of change-overs')
  const before = await changeOvers(page)
  expect(before).toBeGreaterThanOrEqual(78)
  await picture(page, 'set-ups-schedule-40')

  await tab(page, 'Set-ups').click()
  await (await cell(page, 'air', 'air')).click()
  await page.keyboard.press('Control+Shift+End')
  await paste(page, '400')
  await allSaved(page)
  await tab(page, 'Schedule').click()
  await expect.poll(() => changeOvers(page)).toBeGreaterThan(before + 300)
  await picture(page, 'set-ups-schedule-400')
  await tab(page, 'Set-ups').click()
  await (await cell(page, 'air', 'air')).click()
  await page.keyboard.press('Control+Shift+End')
  await page.keyboard.press('Delete')
  await expect(page.getByText('6 of 6 missing')).toBeVisible()
  await allSaved(page)
  await tab(page, 'Schedule').click()
  await expect.poll(() => changeOvers(page)).toBe(0)
  await page.context().close()
})

test('one station has minutes of its own, an engineer types them as well, and a file brings back what was typed', async ({
  browser
}) => {
  const page = await newPage(browser, 1280, 800)
  await atDesk(page, 'Eli')
  await open(page)
  await type(page, 'air', 'soil', '30')
  await allSaved(page)
  await page.getByLabel('Of which station').selectOption('ST-08')
  await shows(page, 'air', 'soil', '30')
  await type(page, 'air', 'soil', '0')
  await shows(page, 'air', 'soil', '0')
  await allSaved(page)
  await page.getByLabel('Of which station').selectOption('')
  await shows(page, 'air', 'soil', '30')
  await page.getByLabel('Of which station').selectOption('ST-01')
  await expect(page.getByText('Nothing at ST-01 belongs to a family')).toBeVisible()
  await page.getByLabel('Of which station').selectOption('ST-08')
  await (await cell(page, 'air', 'soil')).click()
  await page.keyboard.press('Delete')
  await shows(page, 'air', 'soil', '30')
  await allSaved(page)
  const rows = await own.sql(
    sql => sql<{ payload: unknown }[]>`
      SELECT body::jsonb->'payload' AS payload FROM event WHERE type = 'schedule/setup-set.v1' ORDER BY seq DESC LIMIT 3`
  )
  expect(rows.map(({ payload }) => payload)).toEqual([
    { from: 'air', to: 'soil', minutes: 0, station: 'ST-08', out: true },
    { from: 'air', to: 'soil', minutes: 0, station: 'ST-08' },
    { from: 'air', to: 'soil', minutes: 30 }
  ])
  await importFiles(page, ['setup_matrix.csv', 'station,from,to,minutes\nST-08,soil,tank,7\n'])
  await open(page)
  await page.getByLabel('Of which station').selectOption('ST-08')
  await shows(page, 'soil', 'tank', '7')
  await page.getByLabel('Of which station').selectOption('')
  await expect(await cell(page, 'soil', 'tank')).toHaveAttribute('title', 'soil → tank: by station; ST-08: 7 min')
  await shows(page, 'soil', 'tank', '*')
  await page.context().close()
})

test('what the office does not take stays typed and is asked again; what is taken back on its way is taken back', async ({
  browser
}) => {
  const page = await newPage(browser, 1280, 800)
  await atDesk(page, 'Pia')
  await open(page)
  await shows(page, 'air', 'soil', '30')
  await page.route('**/v1/act', route => route.abort())
  await type(page, 'air', 'soil', '55')
  await type(page, 'air', 'tank', '56')
  await expect(page.locator('[data-typed]')).toContainText('2 changes are typed, and the office has not taken them.')
  await shows(page, 'air', 'soil', '55')
  // Neither another tab, nor another page, nor closing the browser loses what is typed.
  await tab(page, 'Load').click()
  await expect(tab(page, /^Set-ups/)).toHaveText('Set-ups2')
  await visit(page, 'Materials')
  await page.reload()
  await signIn(page, await personOf('Pia'))
  await visit(page, 'Plan')
  await tab(page, /^Set-ups/).click()
  await shows(page, 'air', 'soil', '55')
  await expect(page.locator('[data-typed]')).toContainText('It stays typed in this browser')
  const line = page.getByRole('status').getByText('The office decides this and did not answer.')
  await type(page, 'air', 'tank', '56.5')
  await expect(line).toBeVisible()
  await page.unroute('**/v1/act')
  await type(page, 'air', 'tank', '56')
  await button(page, 'Save it now').click()
  await allSaved(page)
  await expect(line).toHaveCount(0, { timeout: 2_000 })
  await expect(tab(page, 'Set-ups')).toBeVisible()
  await shows(page, 'air', 'soil', '55')
  await shows(page, 'air', 'tank', '56')

  await page.route('**/v1/act', async route => {
    await new Promise(done => setTimeout(done, 1500))
    await route.continue()
  })
  await type(page, 'air', 'soil', '77')
  await expect(page.locator('[data-typed]')).toContainText('One change is being saved.')
  await page.keyboard.press('Control+z')
  await shows(page, 'air', 'soil', '55')
  await allSaved(page)
  await page.unroute('**/v1/act')
  await (await cell(page, 'air', 'tank')).click()
  await page.keyboard.press('Delete')
  await type(page, 'air', 'soil', '30')
  await allSaved(page)
  const rows = await own.sql(
    sql => sql<{ minutes: number }[]>`
      SELECT (body::jsonb->'payload'->>'minutes')::float8 AS minutes FROM event
      WHERE type = 'schedule/setup-set.v1' AND body::jsonb->'payload'->>'to' = 'soil' ORDER BY seq DESC LIMIT 4`
  )
  expect(rows.map(({ minutes }) => minutes)).toEqual([30, 55, 77, 55])
  await page.context().close()
})

test('it fits a small screen, an upright tablet and a large one, and paper has the grid and no buttons', async ({
  browser
}) => {
  const page = await newPage(browser, 1280, 800)
  await atDesk(page, 'Pia')
  await open(page)
  await type(page, 'tank', 'soil', 'soon')
  await expect(page.locator('[data-typed]')).toContainText('“soon” is no number')
  for (const [width, height] of [
    [1280, 800],
    [820, 1180],
    [1920, 1080]
  ] as const) {
    await page.setViewportSize({ width, height })
    await fits(page)
    await picture(page, `set-ups-${width}`)
  }
  await page.route('**/v1/act', route => route.abort())
  await type(page, 'air', 'soil', '44')
  const line = page.getByText(/did not answer/)
  await expect(line).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(line).toBeHidden()
  await expect(grid(page).locator('tbody tr[aria-rowindex]')).toHaveCount(3)
  await expect(page.getByRole('heading', { name: 'Set-up matrix of every station' })).toBeVisible()
  await expect(button(page, 'Print')).toBeHidden()
  await expect(button(page, 'Save stations.csv')).toBeHidden()
  await picture(page, 'set-ups-paper')
  await page.context().close()
})

test('without the network it is read and says why nothing is saved; who may not decide it reads it too', async ({
  browser
}) => {
  test.setTimeout(120_000)
  const page = await newPage(browser, 1280, 800)
  await atDesk(page, 'Pia')
  await open(page)
  await shows(page, 'air', 'soil', '30')
  await page.context().setOffline(true)
  await expect(page.getByText('No network. The matrix can be read and printed')).toBeVisible({ timeout: 40_000 })
  await type(page, 'air', 'soil', '99')
  await shows(page, 'air', 'soil', '30')
  await picture(page, 'set-ups-offline')
  await page.context().setOffline(false)
  await expect(page.getByText('No network. The matrix can be read and printed')).toBeHidden({ timeout: 40_000 })
  await type(page, 'air', 'soil', '31')
  await allSaved(page)
  await shows(page, 'air', 'soil', '31')
  await page.context().close()

  const other = await newPage(browser, 1280, 800)
  await atDesk(other, 'Sam')
  await open(other)
  await shows(other, 'air', 'soil', '31')
  await expect(other.getByText('Read only')).toBeVisible()
  await expect(await cell(other, 'air', 'soil')).toHaveAttribute('aria-readonly', 'true')
  await other.context().close()
})

test('an item’s lead time for each unit and its maximum stock are typed, checked, and the plan orders up to it', async ({
  browser
}) => {
  const page = await newPage(browser, 1280, 800)
  await atDesk(page, 'Pia')
  await visit(page, 'Materials')
  await tab(page, /^Items/).click()
  await page.getByLabel('Find here').fill('PCB-1042')
  await page.locator('tbody tr', { hasText: 'PCB-1042' }).first().click()
  const facts = page.locator('dl')
  await expect(facts).toContainText('21 d')
  await expect(facts).not.toContainText('Maximum stock')
  await button(page, 'Change the planning').click()
  const form = page.getByRole('dialog', { name: /^How Bare board.* is planned$/ })
  await form.getByLabel('Lead time for each unit, days').fill('-1')
  await expect(form.getByText('It can’t be less than nothing.').first()).toBeVisible()
  await form.getByLabel('Lead time for each unit, days').fill('0,01')
  await form.getByLabel('Maximum stock, pcs').fill('1e15')
  await expect(form.getByText('“1e15” is no number.').first()).toBeVisible()
  await form.getByLabel('Maximum stock, pcs').fill('10')
  await expect(form.getByText('Less than the safety stock of 40 pcs').first()).toBeVisible()
  await form.getByLabel('Maximum stock, pcs').fill('100000')
  await picture(page, 'item-planned-by')
  await page.keyboard.press('Enter')
  await expect(form).toBeHidden()
  await expect(facts).toContainText('21 d and 0.01 d for each unit')
  await expect(facts).toContainText('100,000 pcs')
  // An order fills stock up to the maximum: it is nearly as large as that.
  await expect(page.locator('tbody tr', { hasText: /(9\d|100),\d{3} pcs/ }).first()).toBeVisible()
  await page.setViewportSize({ width: 820, height: 1180 })
  await picture(page, 'item-panel-820')
  await button(page, 'Change the planning').click()
  await picture(page, 'item-planned-by-820')
  await page.context().close()
})
