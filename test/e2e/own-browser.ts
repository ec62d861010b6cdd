/** A tablet's own browser: its profile outlives it, its camera sees what it is given, and it can be killed. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { type Label, writeVideo } from './fake-video.ts'
import { ARGS, CHROMIUM } from './playwright.config.ts'

type Size = { readonly width: number; readonly height: number }
type Opening = { /** What stands before the camera. */ readonly sees: Label; readonly offline?: boolean }
export type Opened = { readonly context: BrowserContext; readonly page: Page }

export type OwnBrowser = {
  open(opening: Opening): Promise<Opened>
  /** As if the system ended it for want of memory: no page hears of it. */
  kill(): Promise<void>
  close(): Promise<void>
  remove(): Promise<void>
}

export const newBrowser = async (viewport: Size): Promise<OwnBrowser> => {
  const folder = await mkdtemp(join(tmpdir(), 'jobcard-tablet-'))
  const profile = join(folder, 'profile')
  const video = join(folder, 'labels.mjpeg')
  let open: BrowserContext | undefined
  const close = async (): Promise<void> => {
    await open?.close()
    open = undefined
  }
  return {
    open: async ({ sees, offline = false }) => {
      await writeVideo(video, [sees])
      const fake = [
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        `--use-file-for-fake-video-capture=${video}`
      ]
      const context = await chromium.launchPersistentContext(profile, {
        executablePath: CHROMIUM,
        args: [...ARGS, ...fake],
        viewport,
        offline
      })
      context.setDefaultTimeout(20_000)
      open = context
      return { context, page: context.pages()[0] ?? (await context.newPage()) }
    },
    kill: async () => {
      const context = open
      if (!context) throw new Error('no browser is open')
      const gone = new Promise<void>(done => context.once('close', () => done()))
      for (const pid of await processesOf(profile)) process.kill(pid, 'SIGKILL')
      await gone
      open = undefined
      // A profile that was left behind names the process that held it.
      for (const name of ['SingletonLock', 'SingletonCookie', 'SingletonSocket'])
        await rm(join(profile, name), { force: true })
    },
    close,
    remove: async () => {
      await close()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  }
}

/** The browser's main process: nobody else has this profile, and its helpers end with it. */
const processesOf = async (profile: string): Promise<readonly number[]> => {
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')
    const words = line.split('\0')
    if (words.includes(`--user-data-dir=${profile}`) && !words.some(word => word.startsWith('--type=')))
      found.push(Number(name))
  }
  if (found.length === 0) throw new Error('the browser has no process')
  return found
}
