/**
 * The main job, from a planner's desk to the wall, in real browsers against a real server with its own PostgreSQL: an order is
 * released, its job cards are scanned by the camera, its steps done beside the build document, its checklist ticked and measured,
 * through a cut network, a killed browser and a killed server. All of it arrives once, in order, and everybody says the same.
 */
import { type Locator, type Page, test } from '@playwright/test'
import {
  allSent,
  button,
  chip,
  expect,
  hasAllPages,
  holdDown,
  newPage,
  picture,
  press,
  primary,
  showsPage,
  takePhoto,
  typeOnPad,
  visit,
  waits
} from './hands.ts'
import { newBrowser, type OwnBrowser } from './own-browser.ts'
import { openOwnOffice, type OwnOffice } from './own-office.ts'
import { freshEyes, inTheDatabase } from './story-end.ts'
import { buildDocument, csvFiles, ITEM, PAGES, WO } from './story-plant.ts'
import { enrolAt, kept, personOf, scan, signIn } from './tablet.ts'

const pageOf = (number: number): string => `${ITEM.document} rev A, page ${number}`

const scanPlate = async (page: Page): Promise<void> => {
  await expect(page.getByRole('heading', { name: 'Scan the clamp plate' })).toBeVisible()
  await scan(page, ITEM.lot)
  await expect(page.getByText(`✓ ${ITEM.lot}`)).toBeVisible()
  await expect(primary(page)).toHaveText('Step done')
  await press(page)
}

const fitPlate = async (page: Page): Promise<void> => {
  await expect(page.getByRole('heading', { name: 'Fit the plate' })).toBeVisible()
  await showsPage(page, pageOf(2))
  await press(page)
}

const torque = async (page: Page, value: string): Promise<void> => {
  await expect(page.getByRole('heading', { name: 'Torque the bolt' })).toBeVisible()
  await page.getByText('Tap to enter').click()
  await typeOnPad(page, value, 'Enter')
  await expect(page.getByText(`${value} N·m`).first()).toBeVisible()
  await expect(primary(page)).toHaveText('Step done')
  await press(page)
}

const photograph = async (page: Page, unit: number): Promise<void> => {
  await expect(page.getByRole('heading', { name: 'Photograph the clamp' })).toBeVisible()
  await takePhoto(page, button(page, 'Take photo'))
  await expect(page.getByRole('img', { name: `Photograph the clamp, unit ${unit}` })).toBeVisible()
  await expect(primary(page)).toHaveText(`Unit ${unit} done: count 1 good`)
  await press(page)
  await expect(page.getByText(`Unit ${unit} counted good`)).toBeVisible()
}

const cell = (wall: Page, station: string): Locator => wall.locator(`section[aria-label^="${station} "]`)

test.describe('the main job', () => {
  let office: OwnOffice
  let before: string | undefined
  const browsers: OwnBrowser[] = []
  const tabletOf = async (width: number, height: number): Promise<OwnBrowser> => {
    const made = await newBrowser({ width, height })
    browsers.push(made)
    return made
  }

  test.beforeAll(async () => {
    test.setTimeout(150_000)
    office = await openOwnOffice()
    before = process.env['OFFICE']
    process.env['OFFICE'] = office.url
  })
  test.afterAll(async () => {
    process.env['OFFICE'] = before
    for (const one of browsers) await one.remove()
    await office?.remove()
  })

  test('goes from the desk to the wall through cuts and kills, once and in order', async ({ browser }) => {
    test.setTimeout(240_000)
    const [noor, ana, ines] = [await personOf('Noor'), await personOf('Ana'), await personOf('Ines')]
    const wall = await newPage(browser, 1920, 1080)
    const desk = await newPage(browser, 1280, 800)

    await test.step('an engineer imports the item and releases its build document', async () => {
      await desk.goto(office.url)
      await desk.locator('[data-door="I plan"]').click()
      await signIn(desk, noor)
      await visit(desk, 'Import')
      await desk.getByLabel('CSV files').setInputFiles(csvFiles())
      await button(desk, /^Import \d+ rows$/).click()
      await expect(desk.getByText(/^Imported: \d+ new/)).toBeVisible()
      await visit(desk, 'Documents')
      await button(desk, 'Upload a PDF').click()
      await desk
        .getByLabel('PDF file')
        .setInputFiles({ name: 'BD-0500 Mast clamp.pdf', mimeType: 'application/pdf', buffer: buildDocument() })
      await button(desk.getByRole('dialog'), 'Upload').click()
      await expect(desk.getByText(`1 of ${PAGES}`)).toBeVisible({ timeout: 30_000 })
      await showsPage(desk, pageOf(1))
      await desk.locator('[data-action="release"]').click()
      await expect(desk.getByText('BD-0500 rev A is released.')).toBeVisible()
      await picture(desk, '01-document-released-1280x800')
    })

    await test.step('a work order is made and released', async () => {
      await visit(desk, 'Work orders')
      await button(desk, 'New work order').click()
      const form = desk.getByRole('dialog', { name: 'New work order' })
      await form.getByLabel('Item').selectOption(ITEM.item)
      await form.getByLabel('Pieces').fill('4')
      await form.getByLabel('What people call it').fill('Batch 500')
      await form.getByLabel('Number').fill(WO)
      await button(form, 'Make it').click()
      await desk.getByRole('row').filter({ hasText: WO }).getByText(ITEM.name).click()
      await expect(desk.getByRole('heading', { name: new RegExp(`^${WO}`) })).toBeVisible()
      await desk.locator('[data-action="release"]').click()
      await expect(desk.getByText(`${WO} is released to the floor.`)).toBeVisible()
      await expect(desk.getByText('Build mast clamp')).toBeVisible()
      await picture(desk, '02-order-released-1280x800')
    })

    await test.step('the wall says NO DATA of stations nobody hears', async () => {
      await wall.goto(`${office.url}/board`)
      await expect(cell(wall, 'ST-02')).toContainText('NO DATA', { timeout: 30_000 })
    })

    const bench = await tabletOf(1280, 800)
    let ours = await bench.open({ sees: { text: `${WO}-10`, format: 'code128' } })

    await test.step('the camera reads the job card in Code 128 and the first unit is built beside its pages', async () => {
      const { page } = ours
      await enrolAt(page, 'I build', 'ST-02')
      await signIn(page, ana)
      await expect(page.locator(`[data-job="${WO}-10"]`)).toBeVisible()
      await kept(page)
      await hasAllPages(page)
      await button(page, 'Back').click()
      await page.getByRole('contentinfo').getByRole('button', { name: 'Camera' }).click()
      await expect(page.getByText('Scanned', { exact: true })).toBeVisible({ timeout: 30_000 })
      await picture(page, '03-scanned-1280x800')
      await expect(primary(page)).toHaveText('Start operation 10')
      await press(page)
      await showsPage(page, pageOf(1))
      await picture(page, '04-step-1-1280x800')
      await scanPlate(page)
      await fitPlate(page)
      await showsPage(page, pageOf(3))
      await torque(page, '8.05')
      await photograph(page, 1)
      await allSent(page)
    })

    await test.step('the wall follows', async () => {
      await expect(cell(wall, 'ST-02')).toContainText('RUN')
      await expect(cell(wall, 'ST-02')).toContainText('1/4')
      await expect(cell(wall, 'ST-04')).toContainText('NO DATA')
      await picture(wall, '05-wall-running-1920x1080')
    })

    await test.step('the network is cut in the second unit, and each entry is counted as waiting', async () => {
      const { page, context } = ours
      await context.setOffline(true)
      await expect(chip(page)).toContainText('Offline since')
      await scanPlate(page)
      await waits(page, 2)
      await fitPlate(page)
      await waits(page, 3)
      await torque(page, '7.9')
      await waits(page, 5)
      await picture(page, '06-offline-1280x800')
    })

    await test.step('the browser is killed, opened again without the network, and everything is there', async () => {
      await bench.kill()
      ours = await bench.open({ sees: { text: `${WO}-10`, format: 'qrcode' }, offline: true })
      const { page } = ours
      await page.goto(office.url)
      await signIn(page, ana)
      await waits(page, 5)
      await page.getByRole('contentinfo').getByRole('button', { name: 'Camera' }).click()
      await expect(page).toHaveURL(new RegExp(`/job/${WO}/10$`), { timeout: 30_000 })
      await expect(page.getByText('unit 2 of 4')).toBeVisible()
      await showsPage(page, pageOf(3))
      await photograph(page, 2)
      // The photo, its step, and the count.
      await waits(page, 8)
      await picture(page, '07-reopened-offline-1280x800')
      await button(page, 'Report pieces').click()
      const report = page.getByRole('dialog')
      await button(report, 'Scrap: one more').click()
      await report.locator('[data-value="DAMAGED"]').click()
      await report.locator('[data-send]').click()
      await expect(report).toBeHidden()
      await waits(page, 9)
    })

    await test.step('the wall does not believe a station that it no longer hears', async () => {
      await expect(cell(wall, 'ST-02')).toContainText('NO DATA', { timeout: 30_000 })
    })

    const inspection = await tabletOf(820, 1180)
    const checker = await inspection.open({ sees: { text: `${WO}-20`, format: 'qrcode' } })

    await test.step('an inspector ticks, measures and photographs, finds a defect and holds the batch', async () => {
      const { page } = checker
      await enrolAt(page, 'I check', 'ST-04')
      await signIn(page, ines)
      await expect(page.locator(`[data-job="${WO}-20"]`)).toBeVisible()
      await page.getByRole('contentinfo').getByRole('button', { name: 'Camera' }).click()
      await expect(page).toHaveURL(new RegExp(`/inspect/${WO}/20$`), { timeout: 30_000 })
      await button(page.locator('#check-1'), 'Pass').click()
      await expect(page.locator('#check-1')).toHaveAttribute('data-state', 'pass')
      await button(page.locator('#check-2'), /^Check 2, /).click()
      await expect(page.getByRole('dialog', { name: `Scan gauge ${ITEM.gauge}` })).toBeVisible()
      await scan(page, ITEM.gauge)
      await expect(page.getByRole('dialog', { name: /check 2 Length of the bolt/ })).toBeVisible()
      await typeOnPad(page, '40.1', 'Save')
      await expect(page.locator('#check-2')).toHaveAttribute('data-state', 'pass')
      await takePhoto(page, page.locator('#check-3').getByRole('button', { name: /^Photo/ }))
      await expect(page.locator('#check-3')).toHaveAttribute('data-state', 'pass')
      await picture(page, '08-inspection-820x1180')
      await button(page, 'Next piece').first().click()
      await button(page.locator('#check-1'), 'Fail').click()
      await expect(primary(page)).toHaveText('Record defect for check 1')
      await press(page)
      await page.locator('[data-value="WRONG"]').click()
      await holdDown(page, button(page, 'Hold the batch'))
      await page.getByRole('group', { name: 'Why the batch is held' }).locator('[data-value="QUALITY"]').click()
      await picture(page, '09-defect-820x1180')
      await press(page)
      await expect(page.getByText(`Defect saved on this tablet. ${WO} is on hold.`)).toBeVisible()
      await allSent(page)
    })

    await test.step('the hold is on the wall, and stops the first tablet as soon as it hears', async () => {
      await expect(cell(wall, 'ST-02')).toContainText('HOLD')
      await picture(wall, '10-wall-hold-1920x1080')
      const { page, context } = ours
      await context.setOffline(false)
      await allSent(page)
      const card = page.getByRole('alertdialog')
      await expect(card).toContainText(`${WO} is on hold: Quality question`)
      await picture(page, '11-hold-1280x800')
      await button(card, 'Pause operation 10').click()
      await page.getByRole('dialog').locator('[data-value="OTHER"]').click()
      await expect(card).toContainText(`${WO} is on hold`)
      await button(card, 'Back to the station').click()
      await expect(page.locator(`[data-job="${WO}-10"]`)).toContainText('On hold')
      await scan(page, `${WO}-10`)
      await press(page)
      // Whatever is pressed, it does not start.
      await expect(
        page
          .getByRole('alertdialog')
          .or(page.getByText(/is on hold/))
          .first()
      ).toBeVisible()
      await allSent(page)
    })

    await test.step('a supervisor releases the hold', async () => {
      await visit(desk, 'Quality')
      await button(desk.getByRole('row').filter({ hasText: WO }), 'Release')
        .first()
        .click()
      const dialog = desk.getByRole('dialog', { name: `Release ${WO}` })
      await dialog.getByLabel('Why it may go on').fill('Plate turned round')
      await holdDown(desk, button(dialog, 'Release the hold'))
      await expect(dialog).toBeHidden({ timeout: 20_000 })
    })

    await test.step('the server is killed in the middle of the fourth unit, since the third was scrapped', async () => {
      const { page } = ours
      await expect(page.locator(`[data-job="${WO}-10"]`)).toContainText('Paused')
      await page.locator(`[data-job="${WO}-10"]`).click()
      await expect(primary(page)).toHaveText('Resume operation 10')
      await press(page)
      await scanPlate(page)
      // The first step of the third unit that was built is the ninth.
      const steps = () =>
        office.sql(sql => sql`SELECT 1 FROM event WHERE type = 'orders/step-completed.v1' AND subject = ${WO}`)
      await expect.poll(async () => (await steps()).length).toBe(9)
      await allSent(page)
      await office.kill()
      await fitPlate(page)
      await torque(page, '8.1')
      await waits(page, 3)
      await photograph(page, 4)
      await waits(page, 6)
      await expect(wall.locator('footer')).toContainText('No message from the office for', { timeout: 40_000 })
      await picture(wall, '12-wall-lost-1920x1080')
    })

    await test.step('the server is back on the same data, and everything arrives', async () => {
      const { page } = ours
      await office.startAgain()
      await allSent(page)
      await expect(primary(page)).toHaveText('Complete operation 10')
      await expect(cell(wall, 'ST-02')).toContainText('3/4', { timeout: 30_000 })
      await page.locator('[data-help]').click()
      await button(page.getByRole('dialog', { name: 'Call for help' }), /Machine/).click()
      await expect(cell(wall, 'ST-02')).toContainText('STOPPED')
      await picture(wall, '13-wall-andon-1920x1080')
      await press(page)
      await expect(page).toHaveURL(`${office.url}/`)
      await allSent(page)
    })

    await test.step('a browser that was never there says the same', () => freshEyes(browser, office))
    await test.step('the database says the same', () => inTheDatabase(office, desk))
  })
})
