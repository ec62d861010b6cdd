/** A scanner that types: heard on any screen, in any field, and never instead of a person. */
import { expect, type Page, test } from '@playwright/test'
import { enrolAt, office, personOf, scan, signIn } from './tablet.ts'

const atStation = async (page: Page): Promise<void> => {
  await enrolAt(page, 'I build', 'ST-02')
  await signIn(page, await personOf('Ana'))
  await expect(page.locator('[data-job]').first()).toBeVisible()
}

/** A person types a key each 90 ms. */
const byHand = (page: Page, text: string): Promise<void> => page.keyboard.type(text, { delay: 90 })

const card = (page: Page) => page.getByRole('alertdialog')

/** A field for text over the screen, as a form at a desk has one. */
const textField = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const field = Object.assign(document.createElement('input'), { id: 'free', value: 'bent pin ' })
    field.style.cssText = 'position:fixed;inset:40px auto auto 40px;z-index:99'
    document.body.append(field)
    field.focus()
    field.setSelectionRange(9, 9)
  })
const written = (page: Page): Promise<string> => page.locator('#free').inputValue()

test('a job card is heard with the focus nowhere, on a button and in a text field, which keeps what was in it', async ({
  page
}) => {
  await atStation(page)
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await scan(page, 'WO-0099-10')
  await expect(card(page)).toContainText('WO-0099 is not known on this tablet.')
  await page.getByRole('button', { name: 'Scan again' }).click()
  await page.getByRole('contentinfo').getByRole('button', { name: 'Camera' }).focus()
  await scan(page, 'WO-0098-10')
  await expect(card(page)).toContainText('WO-0098')
  await expect(page.getByRole('dialog', { name: 'Camera' })).toBeHidden()
  await page.getByRole('button', { name: 'Scan again' }).click()
  await textField(page)
  await scan(page, 'WO-0097-10')
  await expect(card(page)).toContainText('WO-0097')
  expect(await written(page)).toBe('bent pin ')
})

test('what a person types stays where they typed it, a code of ours included', async ({ page }) => {
  await atStation(page)
  await textField(page)
  await byHand(page, 'WO-0012-30')
  await page.keyboard.press('Enter')
  expect(await written(page)).toBe('bent pin WO-0012-30')
  await expect(card(page)).toBeHidden()
  // Somebody else's code that is scanned into a form belongs to the form when no screen asked for one.
  await scan(page, '4711-XYZ-0815')
  expect(await written(page)).toBe('bent pin WO-0012-304711-XYZ-0815')
  await expect(card(page)).toBeHidden()
})

test('keys that Playwright itself strikes 6 ms apart are a scan, and 90 ms apart are not', async ({ page }) => {
  await atStation(page)
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await byHand(page, 'WO-0096-10')
  await page.keyboard.press('Enter')
  await expect(card(page)).toBeHidden()
  await page.waitForTimeout(600)
  await page.keyboard.type('WO-0095-10', { delay: 6 })
  await page.keyboard.press('Enter')
  await expect(card(page)).toContainText('WO-0095 is not known on this tablet.')
})

test('a GS1 label with its separators names the lot, and a wrong one the part that is wrong', async ({ page }) => {
  await atStation(page)
  await scan(page, ']C10109501101530003\u001d10AB-1\u001d21S-77')
  await expect(card(page)).toContainText('Nothing here is called S-77.')
  await expect(card(page)).toContainText('gtin 09501101530003, batch/lot AB-1, serial S-77')
  await page.getByRole('button', { name: 'Scan again' }).click()
  await scan(page, '(01)09501101530004(10)AB-1')
  await expect(card(page)).toContainText('AI 01 (GTIN) has a wrong check digit, at character 18.')
})

test('hostile codes get a card, and nothing in them is carried out or opened', async ({ page, context }) => {
  await atStation(page)
  const opened: string[] = []
  context.on('page', one => opened.push(one.url()))
  page.on('dialog', one => {
    opened.push(one.message())
    void one.dismiss()
  })
  const at = page.url()
  for (const [code, says] of [
    ['<img src=x onerror=alert(1)>', 'This code holds a piece of a web page.'],
    ['https://example.com/steal?x=1', 'This is an address or a message, not a label.'],
    ['javascript:alert(1)', 'This is an address or a message, not a label.'],
    ['x'.repeat(4000), 'This code holds 4,000 characters.'],
    ['LOT\u202e4711', 'This code holds signs that no label has.']
  ] as const) {
    await scan(page, code)
    await expect(card(page)).toContainText(says)
    const box = await page.getByRole('button', { name: 'Scan again' }).boundingBox()
    expect(box && box.y + box.height).toBeLessThanOrEqual(800)
    await page.getByRole('button', { name: 'Scan again' }).click()
    await expect(card(page)).toBeHidden()
  }
  expect(await page.locator('img[src="x"]').count()).toBe(0)
  expect([page.url(), opened]).toEqual([at, []])
})

test('a badge in place of a part gets a card', async ({ page }) => {
  await atStation(page)
  const ana = await personOf('Ana')
  await page.goto(`${office()}/job/WO-0012/30`)
  await signIn(page, ana)
  await expect(page.getByRole('heading', { name: /WO-0012/ })).toBeVisible()
  await scan(page, ana.badge)
  await expect(card(page)).toContainText(`This is the badge of ${ana.name}, who works here already.`)
  await page.getByRole('button', { name: 'Scan again' }).click()
  await expect(page).toHaveURL(/\/job\/WO-0012\/30/)
})
