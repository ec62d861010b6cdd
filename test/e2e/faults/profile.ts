/** A browser with a profile on the disk: it can be stopped as a system does that sleeps, and its profile can be copied. */
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import type { OwnOffice } from '../own-office.ts'
import { ARGS, CHROMIUM } from '../playwright.config.ts'
import { enrolAt, kept } from '../tablet.ts'
import { enter } from './hands.ts'

export type Profile = {
  /** A tablet that is signed in: enrolled the first time. */
  open(office: OwnOffice, station?: string): Promise<Page>
  goOffline(offline: boolean): Promise<void>
  close(): Promise<void>
  /** The same bytes in another place, while it is closed. */
  copy(): Promise<Profile>
  stop(): Promise<void>
  goOn(): Promise<void>
  remove(): Promise<void>
}

export const openProfile = async (from?: string): Promise<Profile> => {
  const folder = await mkdtemp(join(tmpdir(), 'jobcard-profile-'))
  if (from) await cp(from, folder, { recursive: true, filter: name => !/Singleton/.test(name) })
  let known = from !== undefined
  let context: BrowserContext | undefined
  const here = (): BrowserContext => {
    if (!context) throw new Error('no browser is open')
    return context
  }
  const close = async (): Promise<void> => {
    await context?.close()
    context = undefined
  }
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    const pids = await family(folder)
    for (const pid of name === 'SIGSTOP' ? pids : pids.toReversed()) process.kill(pid, name)
  }
  return {
    open: async (office, station = 'ST-05') => {
      context = await chromium.launchPersistentContext(folder, {
        executablePath: CHROMIUM,
        args: ARGS,
        viewport: { width: 1280, height: 800 }
      })
      context.setDefaultTimeout(20_000)
      const page = context.pages()[0] ?? (await context.newPage())
      if (known) await page.goto(office.url)
      else await enrolAt(page, 'I build', station, office.url)
      await enter(page)
      if (!known) await kept(page)
      known = true
      return page
    },
    goOffline: offline => here().setOffline(offline),
    close,
    copy: () => openProfile(folder),
    stop: () => signal('SIGSTOP'),
    goOn: () => signal('SIGCONT'),
    remove: async () => {
      await close()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  }
}

/** The browser that has this profile, and all that it started, parents first. */
const family = async (folder: string): Promise<readonly number[]> => {
  const parents = new Map<number, number>()
  const found = new Set<number>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')
    if (line.split('\0').includes(`--user-data-dir=${folder}`)) found.add(Number(name))
  }
  if (found.size === 0) throw new Error('the browser has no process')
  for (let grown = -1; grown !== found.size; ) {
    grown = found.size
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid)
  }
  return [...found]
}
