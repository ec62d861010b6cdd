/** The camera, with a video in its place: read with our own wasm, also without the network, and typing when there is none. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, expect, type Page, test } from '@playwright/test'
import { writeVideo } from './fake-video.ts'
import { ARGS, CHROMIUM } from './playwright.config.ts'
import { enrolAt, enterPin, kept, office, personOf, signIn } from './tablet.ts'

/** The video is chosen for the whole browser, so each has a browser of its own. */
const withCamera = async (
  labels: Parameters<typeof writeVideo>[1],
  work: (browser: Browser) => Promise<void>
): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'jobcard-video-'))
  const file = join(folder, 'labels.mjpeg')
  await writeVideo(file, labels)
  const fake = [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${file}`
  ]
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...ARGS, ...fake] })
  try {
    await work(browser)
  } finally {
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Whether the service worker keeps the reader's wasm. */
const holdsReader = (page: Page): Promise<boolean> =>
  page.evaluate(async () =>
    (await Promise.all((await caches.keys()).map(async name => (await caches.open(name)).keys())))
      .flat()
      .some(one => one.url.endsWith('.wasm'))
  )

test('a badge in Code 128 and one in QR are read by the camera, the second without the network', async () => {
  const [ana, ben] = [await personOf('Ana'), await personOf('Ben')]
  await withCamera([{ text: ana.badge, format: 'code128' }], async browser => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await enrolAt(page, 'I build', 'ST-02')
    await expect(page.locator('[data-job]').first()).toBeVisible()
    await page.getByRole('dialog', { name: 'Sign in' }).getByRole('button', { name: 'Camera' }).click()
    await expect(page.getByRole('heading', { name: ana.name })).toBeVisible()
    await enterPin(page, ana.pin)
    await expect(page.getByRole('banner').getByText(ana.name)).toBeVisible()
  })
  await withCamera([{ text: ben.badge, format: 'qrcode' }], async browser => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    const page = await context.newPage()
    await enrolAt(page, 'I build', 'ST-02')
    await kept(page)
    await expect.poll(() => holdsReader(page)).toBe(true)
    await context.setOffline(true)
    await page.reload()
    await signIn(page, ana)
    await page.getByRole('contentinfo').getByRole('button', { name: 'Camera' }).click()
    await expect(page.getByRole('heading', { name: ben.name })).toBeVisible()
  })
})

test('a camera that is refused says so, and the number can be typed', async ({ browser }) => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await enrolAt(page, 'I build', 'ST-02')
  await expect(page.locator('[data-job]').first()).toBeVisible()
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
  })
  const ana = await personOf('Ana')
  await page.getByRole('dialog', { name: 'Sign in' }).getByRole('button', { name: 'Camera' }).click()
  await expect(page.locator('[data-trouble="blocked"]')).toContainText('The camera is blocked.')
  await page.getByRole('button', { name: 'Type the number' }).click()
  await page.getByLabel('Number on the label').fill(ana.badge)
  await page.getByRole('button', { name: 'Take this number' }).click()
  await expect(page.getByRole('heading', { name: ana.name })).toBeVisible()
  await enterPin(page, ana.pin)
  await expect(page.getByRole('dialog', { name: 'Sign in' })).toBeHidden()
  // What is known here is offered while it is typed, and what was taken lately before.
  const camera = page.getByRole('contentinfo').getByRole('button', { name: 'Camera' })
  await camera.click()
  await page.getByRole('button', { name: 'Type the number' }).click()
  await page.getByLabel('Number on the label').fill('wo0012')
  const card = page.locator('[data-suggestion="WO-0012-30"]')
  await card.click()
  await expect(page.getByText('Scanned WO-0012-30')).toBeAttached()
  await page.waitForTimeout(450)
  await camera.click()
  await page.getByRole('button', { name: 'Type the number' }).click()
  await expect(card).toBeVisible()
  await expect(page.locator(`[data-suggestion="${ana.badge}"]`)).toHaveCount(0)
})

test('without WebAssembly the last reader reads, one label after the other', async () => {
  const ana = await personOf('Ana')
  await withCamera([{ text: ana.badge, format: 'code128' }], async browser => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.addInitScript(() => {
      Reflect.deleteProperty(globalThis, 'WebAssembly')
      // It may read before anybody could look which reader it is.
      const look = () => {
        const decoder = document.querySelector('[data-decoder]')?.getAttribute('data-decoder')
        if (decoder) Object.assign(globalThis, { decoder })
      }
      new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true })
    })
    await enrolAt(page, 'I build', 'ST-02')
    await expect(page.locator('[data-job]').first()).toBeVisible()
    const dialog = page.getByRole('dialog', { name: 'Sign in' })
    // Twice: whatever it keeps of the first read must not be in the way of the second.
    for (let time = 0; time < 2; time += 1) {
      await dialog.getByRole('button', { name: 'Camera' }).click()
      await expect(page.getByRole('heading', { name: ana.name })).toBeVisible()
      expect(await page.evaluate(() => (globalThis as { decoder?: string }).decoder)).toBe('script')
      if (time === 0) await page.reload()
    }
  })
})

test('a tablet that was put away without a network is started again and reads with its camera', async () => {
  const ana = await personOf('Ana')
  const folder = await mkdtemp(join(tmpdir(), 'jobcard-cold-'))
  const film = join(folder, 'badge.mjpeg')
  await writeVideo(film, [{ text: ana.badge, format: 'code128' }])
  const start = () =>
    chromium.launchPersistentContext(join(folder, 'profile'), {
      executablePath: CHROMIUM,
      args: [
        ...ARGS,
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        `--use-file-for-fake-video-capture=${film}`
      ],
      viewport: { width: 1280, height: 800 }
    })
  try {
    const first = await start()
    const installed = first.pages()[0] ?? (await first.newPage())
    await enrolAt(installed, 'I build', 'ST-02')
    await kept(installed)
    await expect.poll(() => holdsReader(installed)).toBe(true)
    await first.close()
    const again = await start()
    await again.setOffline(true)
    const page = again.pages()[0] ?? (await again.newPage())
    await page.goto(office())
    await page.getByRole('dialog', { name: 'Sign in' }).getByRole('button', { name: 'Camera' }).click()
    await expect(page.getByRole('heading', { name: ana.name })).toBeVisible()
    await again.close()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
