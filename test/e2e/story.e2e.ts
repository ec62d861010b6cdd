/**
 * The main job, from a planner's desk to the wall, in real browsers against a real server with its own PostgreSQL: an order is
 * released, its job cards are scanned by the camera, its steps done beside the build document, its checklist ticked and measured,
 * through a cut network, a killed browser and a killed server. All of it arrives once, in order, and everybody says the same.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, expect as expectSoon, type Locator, type Page, test } from '@playwright/test'
import { newBrowser, type OwnBrowser } from './own-browser.ts'
import { openOwnOffice, type OwnOffice } from './own-office.ts'
import { buildDocument, csvFiles, ITEM, PAGES } from './story-plant.ts'
import { enrolAt, enterPin, kept, personOf, scan, signIn } from './tablet.ts'

/** Three browsers, a server and its database share the machine. */
const expect = expectSoon.configure({ timeout: 20_000 })
const WO = 'WO-0500'
const PICTURES = fileURLToPath(new URL('../../test-results/story', import.meta.url))

const newPage = async (browser: Browser, width: number, height: number): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height } })
  context.setDefaultTimeout(20_000)
  return context.newPage()
}

const picture = (page: Page, name: string) => page.screenshot({ path: join(PICTURES, `${name}.png`) })
const primary = (page: Page): Locator => page.locator('[data-primary]')
/** At a person's pace: a second press of the same button within 400 ms is a glove's bounce, and is not heard. */
const press = async (page: Page): Promise<void> => {
  await page.waitForTimeout(450)
  await primary(page).click()
}
const button = (page: Page | Locator, name: string | RegExp): Locator =>
  page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
const chip = (page: Page): Locator => page.getByRole('banner').locator('a[href="/sync"]')

/** What the chip must say: since when it is cut off and how much waits, to the entry. */
const waits = (page: Page, many: number) => expect(chip(page)).toHaveText(new RegExp(`Offline since \\d\\d:\\d\\d · ${many} waiting`))
const allSent = (page: Page) => expect(chip(page)).toContainText('All sent', { timeout: 30_000 })

/** The page of the build document is not only there: its picture was decoded and has a size on the screen. */
const showsPage = async (page: Page, number: number): Promise<void> => {
  const image = page.getByRole('img', { name: `${ITEM.document} rev A, page ${number}` })
  await expect(image).toBeVisible()
  await expect.poll(() => image.evaluate(one => one instanceof HTMLImageElement && one.complete ? one.naturalWidth : 0)).toBeGreaterThan(400)
  expect((await image.boundingBox())?.width).toBeGreaterThan(200)
}

/** Keys of our own pad. */
const typeOnPad = async (page: Page, text: string, done: string): Promise<void> => {
  const pad = page.getByRole('dialog').locator('[role="group"]').filter({ has: page.locator('[data-key="done"]') })
  for (const sign of text) await pad.locator(`[data-key="${sign === '.' ? 'point' : sign}"]`).click()
  await button(pad, done).click()
}

const takePhoto = async (page: Page, open: Locator): Promise<void> => {
  await open.click()
  await button(page.getByRole('dialog', { name: 'Take a photo' }), 'Take photo').click()
}

/** At a desk, as a person goes there: a reload would sign them out. */
const visit = (desk: Page, name: string) => desk.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click()

const holdDown = async (page: Page, what: Locator): Promise<void> => {
  await what.scrollIntoViewIfNeeded()
  await what.hover()
  await page.mouse.down()
  await expect(page.locator('[data-holding]')).toHaveCount(0, { timeout: 5000 })
  await page.mouse.up()
}

const scanPlate = async (page: Page): Promise<void> => {
  await expect(page.getByRole('heading', { name: 'Scan the clamp plate' })).toBeVisible()
  await scan(page, ITEM.lot)
  await expect(page.getByText(`✓ ${ITEM.lot}`)).toBeVisible()
  await expect(primary(page)).toHaveText('Step done')
  await press(page)
}

const fitPlate = async (page: Page): Promise<void> => {
  await expect(page.getByRole('heading', { name: 'Fit the plate' })).toBeVisible()
  await showsPage(page, 2)
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

/** Its pages are on the tablet, or a shift without the network would stand before an empty frame. */
const hasAllPages = async (page: Page): Promise<void> => {
  await chip(page).click()
  await expect(page.locator('dl').getByText(/^All \d+ pages$/)).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Back', exact: true }).click()
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
      await desk.getByLabel('PDF file').setInputFiles({ name: 'BD-0500 Mast clamp.pdf', mimeType: 'application/pdf', buffer: buildDocument() })
      await button(desk.getByRole('dialog'), 'Upload').click()
      await expect(desk.getByText(`1 of ${PAGES}`)).toBeVisible({ timeout: 30_000 })
      await showsPage(desk, 1)
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
      await page.getByRole('contentinfo').getByRole('button', { name: 'Camera' }).click()
      await expect(page.getByText('Scanned', { exact: true })).toBeVisible({ timeout: 30_000 })
      await picture(page, '03-scanned-1280x800')
      await expect(primary(page)).toHaveText('Start operation 10')
      await press(page)
      await showsPage(page, 1)
      await picture(page, '04-step-1-1280x800')
      await scanPlate(page)
      await fitPlate(page)
      await showsPage(page, 3)
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
      await showsPage(page, 3)
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
      await expect(page.getByRole('alertdialog').or(page.getByText(/is on hold/)).first()).toBeVisible()
      await allSent(page)
    })

    await test.step('a supervisor releases the hold', async () => {
      await visit(desk, 'Quality')
      await button(desk.getByRole('row').filter({ hasText: WO }), 'Release').first().click()
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
      const steps = () => office.sql(sql => sql`SELECT 1 FROM event WHERE type = 'orders/step-completed.v1' AND subject = ${WO}`)
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

const freshEyes = async (browser: Browser, office: OwnOffice): Promise<void> => {
  const page = await newPage(browser, 1280, 800)
  await page.goto(office.url)
  await page.locator('[data-door="I plan"]').click()
  await signIn(page, await personOf('Sam'))
  await visit(page, 'Work orders')
  await page.getByRole('row').filter({ hasText: WO }).getByText(ITEM.name).first().click()
  const cells = page.getByRole('row').filter({ hasText: 'Build mast clamp' }).getByRole('cell')
  // Op, name, station, state, good, scrap, rework.
  await expect(cells.nth(3)).toContainText('Done')
  await expect(cells.nth(4)).toHaveText('3')
  await expect(cells.nth(5)).toHaveText('1')
  await expect(cells.nth(6)).toHaveText('0')
  await picture(page, '14-fresh-eyes-1280x800')
}

/** Entries by kind of the whole story: each as often as it was done, and not once more. */
const RECORDED = {
  'changes/method-frozen.v1': undefined,
  'orders/work-order-created.v1': 1,
  'orders/work-order-released.v1': 1,
  'orders/operation-started.v1': 1,
  'orders/material-consumed.v1': 3,
  'orders/step-completed.v1': 12,
  'orders/value-measured.v1': 3,
  'orders/photo-taken.v1': 3,
  'orders/quantity-reported.v1': 4,
  'orders/operation-paused.v1': 1,
  'orders/operation-resumed.v1': 1,
  'orders/operation-completed.v1': 1,
  'quality/check-recorded.v1': 4,
  'quality/defect-recorded.v1': 1,
  'quality/hold-placed.v1': 1,
  'quality/hold-released.v1': 1
}

const inTheDatabase = async (office: OwnOffice, desk: Page): Promise<void> => {
  await office.sql(async sql => {
    const counts = await sql<{ type: string; n: number }[]>`SELECT type, count(*)::int AS n FROM event WHERE subject = ${WO} GROUP BY type`
    expect(Object.fromEntries(counts.map(row => [row.type, row.n]))).toEqual(
      Object.fromEntries(Object.entries(RECORDED).filter(([, n]) => n !== undefined)))
    const [log] = await sql<{ first: number; last: number; n: number; head: number }[]>`
      SELECT min(seq)::int AS first, max(seq)::int AS last, count(*)::int AS n, (SELECT head::int FROM site_counter) AS head FROM event`
    expect(log).toEqual({ first: 1, last: log?.n, n: log?.n, head: log?.n })
    const chains = await sql<{ chain: string; first: number; last: number; n: number; disordered: number }[]>`
      SELECT chain, min(n)::int AS first, max(n)::int AS last, count(*)::int AS n,
        count(*) FILTER (WHERE n <> position)::int AS disordered
      FROM (SELECT chain, n, row_number() OVER (PARTITION BY chain ORDER BY seq) AS position FROM event WHERE device IN
        (SELECT key FROM view WHERE kind = 'plant/tablet' AND body->>'station' IN ('ST-02', 'ST-04'))) AS told
      GROUP BY chain`
    expect(chains).toHaveLength(2)
    for (const chain of chains) expect(chain).toMatchObject({ first: 1, last: chain.n, disordered: 0 })
    const [aside] = await sql`SELECT count(*)::int AS n FROM set_aside`
    expect(aside).toEqual({ n: 0 })
    // Every photo that an event names is whole in the office.
    const photos = await sql<{ complete: boolean | null }[]>`
      SELECT blob.complete FROM event LEFT JOIN blob ON blob.sha256 = event.body::jsonb #>> '{payload,photo,sha256}'
      WHERE event.subject = ${WO} AND event.body::jsonb #> '{payload,photo}' IS NOT NULL`
    expect(photos.map(row => row.complete)).toEqual([true, true, true, true])
  })
  await visit(desk, 'Plant')
  await desk.getByRole('tab', { name: /Keys/ }).or(button(desk, /Keys/)).first().click()
  await desk.getByLabel('What it is for').fill('The audit')
  await button(desk, 'Make a key').click()
  const key = await desk.getByText(/^jc_/).textContent()
  const audit = await fetch(`${office.url}/v1/audit`, { headers: { authorization: `Bearer ${key}` } })
  expect(await audit.json()).toMatchObject({ differing: [] })
}
