/** A page that holds twelve codes before the camera: the one under the guide is taken, the others are offered. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { chromium, expect, test } from '@playwright/test'
import bwipjs from 'bwip-js/node'
import { ARGS, CHROMIUM } from './playwright.config.ts'
import { enrolAt, personOf, signIn } from './tablet.ts'

const WIDTH = 1280
const HEIGHT = 720

/** Four by three; the sixth is nearest to the middle. */
const codes = Array.from({ length: 12 }, (_, i) => `WO-09${String(i + 1).padStart(2, '0')}-10`)

const writePage = async (file: string): Promise<void> => {
  const canvas = createCanvas(WIDTH, HEIGHT)
  const context = canvas.getContext('2d')
  context.fillStyle = '#e6e4de'
  context.fillRect(0, 0, WIDTH, HEIGHT)
  for (const [i, text] of codes.entries()) {
    const code = await loadImage(await bwipjs.toBuffer({ bcid: 'datamatrix', text, scale: 3 }))
    // The middle of the page lies a little to the left of the camera's.
    const x = 250 + 290 * (i % 4) - 20
    const y = 130 + 230 * Math.floor(i / 4)
    context.drawImage(code, x - code.width / 2, y - code.height / 2)
  }
  const frame = await canvas.encode('jpeg', 88)
  await writeFile(file, Buffer.concat(Array.from({ length: 10 }, () => frame)))
}

test('the one under the guide is taken and the others are offered', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'jobcard-page-'))
  const film = join(folder, 'page.mjpeg')
  await writePage(film)
  const fake = [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`
  ]
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...ARGS, ...fake] })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await enrolAt(page, 'I build', 'ST-02')
    await signIn(page, await personOf('Ana'))
    await page.getByRole('contentinfo').getByRole('button', { name: 'Camera' }).click()
    await expect(page.getByRole('alertdialog')).toContainText('WO-0906 is not known on this tablet.')
    const others = page.getByRole('group', { name: 'Other codes in the picture' })
    await expect(others.getByRole('button', { name: 'WO-0905-10' })).toBeVisible()
    await expect(others.getByRole('button', { name: 'WO-0906-10' })).toBeHidden()
    await others.getByRole('button', { name: 'WO-0907-10' }).click()
    await expect(page.getByRole('alertdialog')).toContainText('WO-0907 is not known on this tablet.')
    await expect(others).toBeHidden()
  } finally {
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  }
})
