/** Every floor screen and its dialogs at both sizes of tablet: for gloves, for the eye, and for languages with longer words. */
import { type Page, test } from '@playwright/test'
import { button, expect, holdDown } from './hands.ts'
import { fitsGloves, hasOnePrimary, passesAxe, SIZES } from './rules.ts'
import { enrolAt, enterPin, personOf, scan, signIn } from './tablet.ts'

/** As a link inside the app does; a reload would sign everybody out. */
const go = async (page: Page, path: string, shows: string): Promise<void> => {
  await page.evaluate(to => {
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
  }, path)
  await expect(page.locator('body')).toContainText(shows)
  await expect(page.locator('[data-primary]').first()).toBeVisible()
}

const look = async (page: Page, where: string, kind: 'screen' | 'dialog'): Promise<void> => {
  for (const size of SIZES) {
    await page.setViewportSize(size)
    const at = `${where} at ${size.width}x${size.height}`
    await fitsGloves(page, at)
    if (kind === 'screen') await hasOnePrimary(page, at)
  }
  await passesAxe(page, where)
}

const lookAtDialog = async (page: Page, opener: RegExp | string, where: string): Promise<void> => {
  const open = await page.getByRole('dialog').count()
  await button(page, opener).first().click()
  await expect(page.getByRole('dialog')).toHaveCount(open + 1)
  await look(page, where, 'dialog')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(open)
}

test('signing in', async ({ page }) => {
  await enrolAt(page, 'I build', 'ST-05')
  const ana = await personOf('Ana')
  await look(page, 'who it is', 'dialog')
  await page.locator(`[data-person="${ana.person}"]`).click()
  await expect(page.getByRole('group', { name: 'PIN' })).toBeVisible()
  await look(page, 'the PIN', 'dialog')
  await enterPin(page, ana.pin === '111111' ? '222222' : '111111')
  await expect(page.getByText('That is not the PIN')).toBeVisible()
  await look(page, 'a PIN that is not theirs', 'dialog')
})

test('where things are built', async ({ page }) => {
  await enrolAt(page, 'I build', 'ST-05')
  await signIn(page, await personOf('Ana'))
  await expect(page.locator('[data-primary]')).toBeVisible()
  await look(page, 'the station’s home', 'screen')
  await lookAtDialog(page, /^Call for help/, 'calling for help')
  await go(page, '/job/WO-0013/20', 'Scan the board')
  await look(page, 'an operation that runs', 'screen')
  await lookAtDialog(page, 'Type', 'typing a serial number')
  await button(page, /^Report/).click()
  await look(page, 'reporting pieces', 'dialog')
  await button(page, 'Scrap: one more').click()
  await button(page, 'Rework: one more').click()
  await look(page, 'reporting scrap and rework with their reasons', 'dialog')
  await lookAtDialog(page, /^Scrap: \d+\. Type/, 'the pad for scrap')
  await page.keyboard.press('Escape')
  await scan(page, 'LOC-A12')
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await look(page, 'a wrong scan', 'dialog')
  await button(page, 'Scan again').click()
  await lookAtDialog(page, /^Pause/, 'pausing')
  await go(page, '/defect/WO-0013/20', 'WO-0013')
  await look(page, 'recording a defect', 'screen')
  await holdDown(page, page.getByRole('button', { name: /^Hold the batch/ }))
  await expect(page.getByRole('group', { name: 'Why the batch is held' })).toBeVisible()
  await look(page, 'holding the batch', 'screen')
  await go(page, '/ask/WO-0013/20?document=BD-0100&page=3', 'BD-0100, page 3')
  await look(page, 'asking for a change', 'screen')
  await go(page, '/job/WO-0011/20', 'WO-0011')
  await look(page, 'an operation on hold', 'screen')
  await go(page, '/job/WO-0012/30', 'ST-02')
  await look(page, 'the job card of another station', 'screen')
  await go(page, '/scanner', 'Scan each code')
  await look(page, 'setting up the scanner', 'screen')
})

test('where things are checked', async ({ page }) => {
  await enrolAt(page, 'I check', 'ST-07')
  await signIn(page, await personOf('Ines'))
  await expect(page.locator('[data-primary]')).toBeVisible()
  await look(page, 'the inspector’s home', 'screen')
  await go(page, '/inspect/WO-0010/60', 'Height of C12')
  await look(page, 'an inspection', 'screen')
  await page.locator('#check-2').getByRole('button').first().click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await look(page, 'the gauge or the value of a check', 'dialog')
  await page.keyboard.press('Escape')
  await go(page, '/defect/WO-0010/60', 'WO-0010')
  await look(page, 'recording a defect of a piece', 'screen')
})
