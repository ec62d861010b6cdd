/** The camera, with a video in its place: read with our own wasm, also without the network, and typing when there is none. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, expect, test } from '@playwright/test'
import { writeVideo } from './fake-video.ts'
import { ARGS, CHROMIUM } from './playwright.config.ts'
import { enrolAt, enterPin, kept, personOf, signIn } from './tablet.ts'

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
    const hasReader = () =>
      page.evaluate(async () =>
        (await Promise.all((await caches.keys()).map(async name => (await caches.open(name)).keys())))
          .flat()
          .some(one => one.url.endsWith('.wasm'))
      )
    await expect.poll(hasReader).toBe(true)
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
})
