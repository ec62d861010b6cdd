/** What the office decides about the floor, from both ends: documents, changes, records set aside, tablets moved and revoked. */
import { readFile, writeFile } from 'node:fs/promises'
import { type Locator, type Page, test } from '@playwright/test'
import { heavyPdf, lockedPdf } from '#test/pdf.ts'
import { allSent, button, chip, expect, newPage, primary, visit, waits } from './hands.ts'
import { type OwnOffice, openOwnOffice } from './own-office.ts'
import { enrolAt, enterPin, personOf, signIn } from './tablet.ts'

const OUR_PDF = new URL('../plant/documents/BD-0100-C.pdf', import.meta.url)
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
const atStation = async (page: Page, station: string, first: string): Promise<void> => {
  await enrolAt(page, 'I build', station, own.url)
  await signIn(page, await personOf(first))
}
const instead = async (page: Page, first: string): Promise<void> => {
  const { person, pin } = await personOf(first)
  await button(page, /Switch user/).click()
  await page.locator(`[data-person="${person}"]`).click()
  await enterPin(page, pin)
  await expect(page.getByRole('dialog', { name: 'Sign in' })).toBeHidden()
}
const go = (page: Page, path: string): Promise<void> =>
  page.evaluate(to => {
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
  }, path)
const tab = (page: Page, name: RegExp): Locator => page.getByRole('tab', { name })

/** By its path: a heavy one would take its time through the protocol of the browser's tools. */
const choosePdf = async (page: Page, name: string, bytes: Uint8Array): Promise<Locator> => {
  const path = test.info().outputPath(`${name}.pdf`)
  await writeFile(path, bytes)
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('PDF file').setInputFiles(path)
  return dialog
}

test('a PDF that is locked, damaged or heavy: said in words, and nothing of it half in use', async ({ browser }) => {
  const page = await newPage(browser, 1280, 800)
  await atDesk(page, 'Eli')
  await visit(page, 'Documents')
  const upload = async (name: string, bytes: Uint8Array) => {
    await button(page, 'Upload a PDF').click()
    await button(await choosePdf(page, name, bytes), 'Upload').click()
  }
  const main = page.getByRole('main')
  await upload('BD-9001', lockedPdf())
  await expect(main.getByText('The PDF asks for a password. The file is kept.')).toBeVisible()
  await expect(main.locator('[data-action="release"]')).toHaveAttribute('aria-disabled', 'true')
  await upload('BD-9002', (await readFile(OUR_PDF)).subarray(0, 9000))
  await expect(main.getByText('The PDF is damaged and can’t be read.')).toBeVisible()
  await expect(main.locator('[data-action="release"]')).toHaveAttribute('aria-disabled', 'true')

  await upload('BD-9003', heavyPdf(24_000_000))
  await expect(page.getByText(/Sending, [1-9]\d? %/)).toBeVisible()
  await button(page.getByRole('dialog'), 'Leave it').click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await upload('BD-9004', heavyPdf(8_000_000))
  await expect(main.getByRole('heading', { name: /BD-9004/ })).toBeVisible({ timeout: 60_000 })
  await expect(main.locator('[data-action="release"]')).not.toHaveAttribute('aria-disabled', 'true', {
    timeout: 60_000
  })
  await expect(main.getByRole('row', { name: /BD-9001.*stopped/ })).toBeVisible()
  await expect(main.getByRole('row', { name: /BD-9003/ })).toHaveCount(0)
  await page.context().close()
})

test('a change asked for beside the page, without the network, is decided by two engineers and order by order', async ({
  browser
}) => {
  test.setTimeout(180_000)
  const tablet = await newPage(browser, 1280, 800)
  await atStation(tablet, 'ST-05', 'Ana')
  await go(tablet, '/job/WO-0013/20')
  await expect(tablet.getByRole('heading', { name: 'Scan the board' })).toBeVisible()
  await tablet.context().setOffline(true)
  await expect(chip(tablet)).toContainText('Offline', { timeout: 30_000 })
  await button(tablet, 'Wrong? Ask for a change of this page').click()
  await expect(primary(tablet)).toContainText('Choose what is wrong, or write it.')
  await button(tablet, 'A value is wrong').click()
  await tablet.getByLabel('In your words').fill('0.30 N·m holds, 0.25 does not')
  await primary(tablet).click()
  await waits(tablet, 1)
  await tablet.context().setOffline(false)
  await allSent(tablet)

  const desk = await newPage(browser, 1280, 800)
  await atDesk(desk, 'Eli')
  await visit(desk, 'Documents')
  await desk.getByRole('row', { name: /^BD-0100/ }).click()
  await button(desk, 'New revision').click()
  const dialog = await choosePdf(desk, 'BD-0100', await readFile(OUR_PDF))
  await expect(dialog.getByLabel('Revision')).toHaveValue('D')
  await button(dialog, 'Upload').click()
  await expect(desk.getByRole('row', { name: /^D .*Ready to release/ })).toBeVisible({ timeout: 60_000 })
  await visit(desk, 'Changes')
  await tab(desk, /Requests/).click()
  const request = desk.locator('[data-request]', { hasText: '0.30 N·m holds' })
  await expect(request).toContainText('Page 3. A value is wrong')
  await expect(request).toContainText('WO-0013, operation 20')
  await button(request, 'Open a change order').click()
  const form = desk.getByRole('dialog', { name: 'New change order' })
  await form.getByLabel('Title').fill('More torque for the board')
  await form.getByText('BD-0100 rev D').click()
  await button(form, 'Open it').click()
  await desk.getByRole('row', { name: /More torque/ }).click()
  await expect(button(desk, 'Approve')).toHaveAttribute('aria-disabled', 'true')

  await instead(desk, 'Noor')
  await button(desk, 'Approve').click()
  const sign = desk.getByRole('dialog', { name: /Approve ECO-/ })
  await sign.getByLabel('PIN of Noor Haddad').fill((await personOf('Noor')).pin)
  await button(sign, 'Sign').click()
  const what = (order: string) => desk.getByRole('combobox', { name: `What ${order} does` })
  // A piece of WO-0013 is half done, so it can only finish as it began; WO-0014 has not begun.
  await expect(what('WO-0013').getByRole('option')).toHaveCount(2)
  await expect(button(desk, /^Release the change/)).toHaveAttribute('aria-disabled', 'true')
  await what('WO-0014').selectOption('re-release')
  await button(desk, 'Let the others finish').click()
  await button(desk, /^Release the change/).click()
  await expect(desk.getByText(/ECO-\d+ is released/)).toBeVisible()

  await expect(tablet.getByText('BD-0100 rev C').first()).toBeVisible()
  await button(tablet, 'Wrong? Ask for a change of this page').click()
  await expect(tablet.getByRole('region', { name: 'Asked before' })).toContainText(/Will change: ECO-\d+/)
  await go(tablet, '/job/WO-0014/10')
  await expect(tablet.getByText('BD-0100 rev D').first()).toBeVisible({ timeout: 30_000 })
  for (const page of [tablet, desk]) await page.context().close()
})

/** One of its records is damaged where it lies, as failing flash would. */
const damage = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const opened = await new Promise<IDBDatabase>((done, refuse) => {
      const asked = indexedDB.open('jobcard-outbox')
      asked.onsuccess = () => done(asked.result)
      asked.onerror = () => refuse(asked.error)
    })
    let changed = 0
    for (const name of opened.objectStoreNames) {
      const work = opened.transaction(name, 'readwrite')
      const cursor = work.objectStore(name).openCursor()
      cursor.onsuccess = () => {
        const at = cursor.result
        if (!at) return
        const value: unknown = at.value
        if (value !== null && typeof value === 'object' && 'body' in value && 'state' in value) {
          const { body, state } = value
          if (typeof body === 'string' && state === 'unsent' && body.includes('andon-called')) {
            at.update({ ...value, body: body.replace('"parts"', '"pants"') })
            changed += 1
          }
        }
        at.continue()
      }
      await new Promise(done => {
        work.oncomplete = done
      })
    }
    opened.close()
    return changed
  })

test('a record that was damaged is set aside, decided at the office, and its tablet hears the decision', async ({
  browser
}) => {
  const tablet = await newPage(browser, 1280, 800)
  await atStation(tablet, 'ST-01', 'Chidi')
  await tablet.context().setOffline(true)
  await expect(chip(tablet)).toContainText('Offline', { timeout: 30_000 })
  await tablet.locator('[data-help]').click()
  await tablet.locator('[data-kind="parts"]').click()
  await waits(tablet, 1)
  expect(await damage(tablet)).toBe(1)
  await tablet.context().setOffline(false)
  await expect(chip(tablet)).toContainText('1 needs a decision', { timeout: 30_000 })
  await chip(tablet).click()
  const item = tablet.locator('li[data-state="quarantined"]')
  await expect(item).toContainText('Kept apart by the office')
  await expect(item).toContainText('it was damaged after it was recorded')

  const desk = await newPage(browser, 1280, 800)
  await atDesk(desk, 'Noor')
  await visit(desk, 'Changes')
  const card = desk.locator('[data-set-aside]')
  await expect(card).toContainText('something changed them')
  await expect(button(card, /^Close/)).toHaveAttribute('aria-disabled', 'true')
  await card.getByLabel('What was done about it').fill('Chidi had called for parts. They were brought.')
  await button(card, /^Close/).click()
  await expect(desk.getByText('Closed. The record stays kept.')).toBeVisible()
  await expect(desk.locator('[data-set-aside]')).toHaveCount(0)
  await tab(desk, /^Decided/).click()
  await expect(desk.locator('[data-set-aside]')).toContainText('They were brought.')

  await expect(item.locator('[data-seen]')).toHaveText(
    'Noor Haddad decided: Chidi had called for parts. They were brought.'
  )
  await button(item, 'I have seen it').click()
  await expect(chip(tablet)).toContainText('All sent')
  for (const page of [tablet, desk]) await page.context().close()
})

test('a tablet that is moved goes on elsewhere, one that is revoked records no more, and nothing of either is lost', async ({
  browser
}) => {
  test.setTimeout(120_000)
  const [moved, revoked] = [await newPage(browser, 1280, 800), await newPage(browser, 1280, 800)]
  await atStation(moved, 'ST-08', 'Finn')
  await atStation(revoked, 'ST-06', 'Ben')
  for (const page of [moved, revoked]) {
    await page.context().setOffline(true)
    await expect(chip(page)).toContainText('Offline', { timeout: 30_000 })
    await page.locator('[data-help]').click()
    await page.locator('[data-kind="quality"]').click()
    await waits(page, 1)
  }
  await revoked.waitForTimeout(450)
  await revoked.locator('[data-help]').click()
  await revoked.locator('[data-kind="parts"]').click()
  await waits(revoked, 2)
  const desk = await newPage(browser, 1280, 800)
  await atDesk(desk, 'Noor')
  await visit(desk, 'Plant')
  await tab(desk, /Tablets/).click()
  await desk.getByRole('row', { name: /ST-08/ }).click()
  await desk.getByRole('dialog').getByLabel('Stands at').selectOption('ST-02')
  await button(desk, 'Move it').click()
  await desk.getByRole('row', { name: /ST-06/ }).click()
  await desk.getByRole('dialog').getByLabel('Why it is taken out of use').fill('Lost')
  await button(desk, 'Revoke it').click()
  await expect(desk.getByRole('row', { name: /ST-06.*Revoked/ })).toBeVisible()

  await moved.context().setOffline(false)
  await allSent(moved)
  await expect(moved.getByText('ST-02 Through-hole and heatsink')).toBeVisible()
  await expect(moved.locator('[data-job="WO-0012-30"]')).toBeVisible()
  await revoked.context().setOffline(false)
  const card = revoked.getByRole('alertdialog', { name: 'This tablet was taken out of use' })
  await expect(card).toBeVisible({ timeout: 30_000 })
  await button(card, 'See what was recorded').click()
  await expect(revoked.locator('li[data-state="quarantined"]')).toHaveCount(2)
  await expect(revoked.locator('li[data-state="quarantined"]').first()).toContainText('the tablet was out of use')
  await revoked.locator('[data-help]').click()
  await expect(revoked.locator('[data-kind="machine"]')).toHaveAttribute('aria-disabled', 'true')

  const called = await own.sql(
    sql => sql<{ station: string }[]>`
      SELECT body->>'station' AS station FROM view WHERE kind = 'plant/andon' AND body->>'kind' = 'quality'`
  )
  expect(called.map(one => one.station)).toEqual(['ST-08'])
  await visit(desk, 'Changes')
  const aside = desk.locator('[data-set-aside="revoked-device"]')
  await expect(aside).toHaveCount(2)
  await expect(aside.first()).toContainText('andon called, by Ben Marsh')
  await aside.first().getByLabel('What was done about it').fill('Ben was asked: both are settled.')
  await button(aside.first(), 'Close all 2 of this tablet').click()
  await expect(desk.getByText('Closed 2. The records stay kept.')).toBeVisible()
  await expect(aside).toHaveCount(0)
  for (const page of [moved, revoked, desk]) await page.context().close()
})
