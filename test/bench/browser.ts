/** A Chromium for the benches: the system's, with a profile that outlives it, so that a cold start can be had again. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'

export type Profile = { open(): Promise<{ context: BrowserContext; page: Page }>; remove(): Promise<void> }

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

export const program = (): string => {
  const places = (process.env['PATH'] ?? '').split(delimiter)
  const found =
    process.env['CHROMIUM'] ?? NAMES.flatMap(name => places.map(place => join(place, name))).find(existsSync)
  if (found === undefined) throw new Error('No Chromium was found. CHROMIUM=/path/to/chromium names one.')
  return found
}

export const newProfile = async (): Promise<Profile> => {
  const folder = await mkdtemp(join(tmpdir(), 'jobcard-profile-'))
  const open = async () => {
    const context = await chromium.launchPersistentContext(folder, {
      executablePath: program(),
      headless: true,
      viewport: { width: 1280, height: 800 },
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu']
    })
    return { context, page: context.pages()[0] ?? (await context.newPage()) }
  }
  return { open, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Milliseconds from the navigation's start until `selector` was there and painted. */
export const timeTo = async (page: Page, url: string, selector: string): Promise<number> => {
  await page.addInitScript(wanted => {
    const look = (): boolean => {
      if (document.querySelector(wanted) === null) return false
      requestAnimationFrame(() => performance.mark('there'))
      return true
    }
    const watch = new MutationObserver(() => {
      if (look()) watch.disconnect()
    })
    watch.observe(document, { childList: true, subtree: true })
  }, selector)
  await page.goto(url, { waitUntil: 'commit' })
  const mark = await page.waitForFunction(() => performance.getEntriesByName('there')[0]?.startTime, undefined, {
    timeout: 30_000
  })
  return (await mark.jsonValue()) ?? Number.NaN
}
