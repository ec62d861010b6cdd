/**
 * What an edit of the master schedule costs a planner: from the Enter that keeps a number to the frame in which its
 * consequences are painted, in a real Chromium at a planner's desk.
 */
import type { Page } from '@playwright/test'
import { newProfile } from './browser.ts'
import { importPlant } from './mps-plant.ts'
import { startOffice } from './office.ts'
import { median } from './report.ts'
import { signIn } from './station.ts'

/** The first ones warm the code up and do not count. */
const EDITS = { warm: 3, counted: 9 }

/** Milliseconds, the usual one and the longest. */
export type EditCost = { readonly usual: number; readonly longest: number }

/** At the sample plant, or with a generated plant of that folder beside it. */
export const editCost = async (plant?: string): Promise<EditCost> => {
  const office = await startOffice()
  const profile = await newProfile()
  try {
    if (plant !== undefined) importPlant(plant, office.dataDir)
    const { context, page } = await profile.open()
    await openSheet(page, office.url)
    // Everything that the office knows is here before the first edit.
    if (plant !== undefined) await calm(page)
    const times: number[] = []
    for (let turn = 0; turn < EDITS.warm + EDITS.counted; turn++) times.push(await edit(page, turn))
    await context.close()
    const counted = times.slice(EDITS.warm)
    return { usual: median(counted), longest: Math.max(...counted) }
  } finally {
    await profile.remove()
    await office.stop()
  }
}

const CALM_MS = 12_000
const SETTLED = 'aside[aria-label="Consequences"][aria-busy="false"]'

const openSheet = async (page: Page, url: string): Promise<void> => {
  await page.goto(url)
  await page.click('[data-door="I plan"]')
  await signIn(page, url, 'planner')
  await page.getByRole('link', { name: 'Plan', exact: true }).first().click()
  await page.getByRole('grid', { name: 'Master schedule' }).waitFor()
  await page.waitForSelector(SETTLED)
}

/** Nothing was asked of the office for a while but whether there is news, and nothing is worked out. */
const calm = async (page: Page): Promise<void> => {
  let last = 0
  page.on('response', async response => {
    const rows = /\/v1\/pull/.test(response.url()) ? ((await response.json()) as { rows?: unknown[] }).rows : []
    if (rows && rows.length > 0) last = Date.now()
  })
  last = Date.now()
  while (Date.now() - last < CALM_MS) await page.waitForTimeout(200)
  await page.waitForSelector(SETTLED)
}

/** Another number in another cell each time, so that there is always something to plan again. */
const edit = async (page: Page, turn: number): Promise<number> => {
  const cells = page.locator('[role="grid"] [aria-readonly="false"]:not([data-shaded])')
  await cells.nth(2 + (turn % 3)).click()
  await page.keyboard.type(String(400 + turn * 37))
  await page.evaluate(watchPaint)
  await page.keyboard.press('Enter')
  const ms = await page.evaluate(() => (globalThis as unknown as Watching).painted)
  await page.waitForSelector(SETTLED)
  return ms
}

/** What is left in the page between the two. */
type Watching = { painted: Promise<number> }

/** In the page: from the next Enter until the aside has been busy, is so no more, and a frame with it was made. */
const watchPaint = (): void => {
  const aside = document.querySelector('aside[aria-label="Consequences"]')
  const painted = new Promise<number>(done => {
    let pressed = Number.NaN
    let busy = false
    const watch = new MutationObserver(() => {
      busy ||= aside?.getAttribute('aria-busy') === 'true'
      if (!busy || aside?.getAttribute('aria-busy') === 'true') return
      watch.disconnect()
      // What is asked for in a frame runs before its paint; the one after has it behind.
      requestAnimationFrame(() => requestAnimationFrame(now => done(now - pressed)))
    })
    const begin = ({ key, timeStamp }: KeyboardEvent): void => {
      if (key !== 'Enter') return
      removeEventListener('keydown', begin, true)
      pressed = timeStamp
      if (aside) watch.observe(aside, { attributes: true })
    }
    addEventListener('keydown', begin, true)
  })
  Object.assign(globalThis, { painted })
}
