/** The desk as its people use it: boxes packed and shipped, somebody and something new in the plant, files brought in. */
import { readFile } from 'node:fs/promises'
import { type Page, test } from '@playwright/test'
import { button, expect, holdDown, visit } from './hands.ts'
import { office, personOf, scan, signIn } from './tablet.ts'

const atDesk = async (page: Page): Promise<void> => {
  await page.goto(office())
  await page.locator('[data-door="I plan"]').click()
  await signIn(page, await personOf('Noor'))
}
const tab = (page: Page, name: RegExp) => page.getByRole('tab', { name })

test('a box is opened for an order that is ready, filled by scan and count, labelled, closed and shipped', async ({
  page
}) => {
  await atDesk(page)
  await visit(page, 'Shipping')
  await expect(tab(page, /Ready to ship/)).toContainText('1')
  await button(page, 'Open a box').click()
  const dialog = page.getByRole('dialog', { name: 'Open a box' })
  await expect(dialog.locator('[data-order="WO-0011"]')).toContainText('WO-0011 is on hold')
  await expect(dialog.locator('[data-order="WO-0010"]')).toContainText('The inspection of operation 60')
  await expect(dialog.locator('[data-order="WO-0007"]')).toHaveCount(0)
  await expect(dialog.locator('[data-order="WO-0008"]')).toContainText('Ready')
  await expect(dialog.getByLabel('Pieces in a full box')).toHaveValue('6')
  await button(dialog, 'Open the box').click()

  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { name: 'Box for WO-0008' })).toBeVisible()
  await scan(page, '100-00055')
  await expect(page.getByText('100-00055 is in the box.')).toBeVisible()
  await scan(page, '100-00055')
  await expect(page.getByText('100-00055 is in this box already.')).toBeVisible()
  await main.getByLabel('Pieces').fill('5')
  await button(main, 'Pack').click()
  await expect(main.getByText('6 of 6 are in the box. Close it and open another one.')).toBeVisible()
  await button(main.getByRole('list', { name: 'Serials in the box' }), 'Take out').click()
  await expect(main.getByRole('list', { name: 'Serials in the box' })).toHaveCount(0)
  await scan(page, '100-00056')
  await expect(main.getByText('6 of 6 are in the box.')).toBeVisible()
  await button(main, 'Close the box').click()
  await expect(button(main, 'Open it again')).toBeVisible()
  // It stands where the last press was.
  await page.waitForTimeout(450)
  await button(main, 'Open it again').click()
  const again = page.getByRole('dialog', { name: 'Open the box again' })
  await again.getByLabel('Why').fill('The leaflet is missing')
  await button(again, 'Open it').click()
  await expect(again).toHaveCount(0)
  await expect(tab(page, /Ready to ship/)).toContainText('1')
  await page.waitForTimeout(450)
  await button(main, 'Close the box').click()
  await expect(tab(page, /Ready to ship/)).toContainText('2')
  await expect(main.locator('[data-print] figure')).toBeVisible()

  await tab(page, /Ready to ship/).click()
  await holdDown(page, main.getByRole('button', { name: 'Hold to ship 2 boxes' }))
  await tab(page, /^Shipped/).click()
  await expect(main.getByRole('row', { name: /SH-0002/ })).toContainText('Marlow Museums')
  await expect(main.getByRole('row', { name: /SH-0001/ })).toContainText('Bluewater Tanks')
})

test('a person, a line, a station and a key are made from the keyboard, and each can be used at once', async ({
  page
}) => {
  await atDesk(page)
  await visit(page, 'Plant')
  await button(page, 'Add a person').click()
  await page.keyboard.type('Tom Ash')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'PIN for Tom Ash' })).toBeVisible()
  await page.keyboard.type('515151')
  await page.keyboard.press('Tab')
  await page.keyboard.type('515152')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toContainText('Type the same PIN twice.')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('1')
  // At a person's pace: sooner than 400 ms the same button is not heard again.
  await page.waitForTimeout(450)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Tom Ash has a new PIN.')).toBeVisible()

  await tab(page, /Lines and stations/).click()
  // Escape in the very moment in which a dialog is there closes it again.
  await page.evaluate(escapeAtOnce)
  await button(page, 'Add a line').click()
  await page.waitForFunction(() => 'escaped' in globalThis)
  await expect(page.getByRole('dialog')).toBeHidden()
  // The same button is not heard again sooner than 400 ms.
  await page.waitForTimeout(450)
  await button(page, 'Add a line').click()
  await page.keyboard.type('L1')
  await expect(page.getByRole('dialog')).toContainText('L1 is Board assembly already.')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('9')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Potting')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row', { name: /L9/ })).toBeVisible()
  await button(page, 'Add a station').click()
  await page.keyboard.type('Potting cell')
  await page.getByRole('combobox', { name: 'Line' }).selectOption('L9')
  await button(page.getByRole('dialog'), 'Save').click()
  const potting = page.getByRole('row', { name: /ST-09 Potting cell/ })
  await potting.click()
  const load = page.getByLabel('Pieces in one load')
  await load.fill('0')
  await expect(page.getByRole('dialog')).toContainText('Pieces in one load are a whole number from 1 on, or nothing.')
  await load.fill('12')
  await button(page.getByRole('dialog'), 'Save').click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await potting.click()
  await expect(load).toHaveValue('12')
  await button(page.getByRole('dialog'), 'Leave it').click()

  await tab(page, /Keys/).click()
  await page.getByLabel('What it is for').fill('Stock at night')
  await page.keyboard.press('Enter')
  const key = page.locator('[data-nocut]', { hasText: /^\S{30,}$/ })
  await expect(key).toBeVisible()
  const answer = await fetch(`${office()}/v1/export`, {
    headers: { authorization: `Bearer ${await key.textContent()}` }
  })
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('Potting cell')

  await page.getByRole('button', { name: /Switch user/ }).click()
  await button(page, 'Type the badge number').click()
  await page.getByLabel('Badge number').fill('B-1011')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Sign in' })).toContainText('Tom Ash')
})

test('files with faults are not brought in: each fault is named, the marked file says it in its row', async ({
  page
}) => {
  await atDesk(page)
  await visit(page, 'Import')
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'text/csv', buffer })
  const choose = (...files: { name: string; mimeType: string; buffer: Buffer }[]) =>
    page.getByLabel('CSV files').setInputFiles(files)
  // Semicolons, Windows-1252, a decimal comma, a number twice and a word where a number belongs.
  const items = 'item_no;name;moq\nZ-100;Geh\xe4use;1,5\nZ-200;R\xf6hre;2\nZ-200;R\xf6hre, lang;2\nZ-300;Kappe;viele\n'
  await choose(
    file('items.csv', Buffer.from(items, 'latin1')),
    file('bom.csv', Buffer.from('parent,component,qty\nZ-100,Z-200,1\nZ-200,Z-100,1\n'))
  )
  const main = page.getByRole('main')
  await expect(main.getByRole('status')).toContainText('3 problems stop this import')
  await expect(main.getByRole('row', { name: /Z-200 is on row 3 as well/ })).toBeVisible()
  await expect(main.getByRole('row', { name: /built from itself/ })).toBeVisible()
  const kept = page.waitForEvent('download')
  await main
    .getByRole('row', { name: /items\.csv.*semicolon/i })
    .getByRole('button', { name: 'Save' })
    .click()
  const marked = await readFile((await (await kept).path()) ?? '', 'utf8')
  expect(marked).toContain('Z-100;Gehäuse;1,5;')
  expect(marked).toMatch(/Z-300;Kappe;viele;.*is no number/)

  const mended = items.replace(/Z-200;[^\n]*lang.*\n/, '').replace('viele', '3')
  await choose(file('items.csv', Buffer.from(mended, 'latin1')))
  await expect(main.getByRole('status')).toContainText('3 new, 0 problems')
  await button(main, 'Import 3 rows').click()
  await expect(page.getByText('Imported: 3 new, 0 changed')).toBeVisible()
  await expect(main.getByText('Drop CSV files here')).toBeVisible()
  await visit(page, 'Materials')
  await tab(page, /Items/).click()
  await expect(page.getByText('Gehäuse').first()).toBeVisible()
})

/** In the page: sooner than a frame is drawn, which no hand of the test could be. */
const escapeAtOnce = (): void => {
  const watch = new MutationObserver(() => {
    if (document.querySelector('[role="dialog"]') === null) return
    watch.disconnect()
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    Object.assign(globalThis, { escaped: true })
  })
  watch.observe(document.body, { childList: true, subtree: true })
}
