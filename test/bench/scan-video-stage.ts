/** Where the films are played: the bench's page, built and served from loopback, and a Chromium with the film for a camera. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import preact from '@preact/preset-vite'
import { type CDPSession, chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { program } from './browser.ts'
import type { Watched } from './scan-video-page.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm'
}

export type Stage = { readonly url: string; stop(): Promise<void> }

export const openStage = async (): Promise<Stage> => {
  const folder = await mkdtemp(join(tmpdir(), 'jobcard-stage-'))
  await build({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'error',
    plugins: [preact()],
    worker: { format: 'es' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      rolldownOptions: { input: fileURLToPath(new URL('./scan-video.html', import.meta.url)) }
    }
  })
  const server = createServer(async (asked, reply) => {
    const { pathname } = new URL(asked.url ?? '/', 'http://localhost')
    const file = await readFile(join(folder, pathname)).catch(() => undefined)
    if (!file) return reply.writeHead(404).end()
    return reply.writeHead(200, { 'content-type': TYPES[extname(pathname)] ?? 'application/octet-stream' }).end(file)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/scan-video.html`,
    stop: async () => {
      server.closeAllConnections()
      await new Promise(done => server.close(done))
      await rm(folder, { recursive: true, force: true })
    }
  }
}

export type Show = {
  readonly reader: 'ours' | 'zxing' | 'none'
  readonly film: string
  readonly seconds: number
  /** Reads the film's corner in each frame, which costs the page time of its own. */
  readonly phase: boolean
}
export type Seen = Watched & {
  /** Processor time of the page's main thread, milliseconds, and the frames it was spent on. */
  readonly mainThread: number
  /** Bytes in use after a collection, at the begin and at the end. */
  readonly heap: readonly [begin: number, end: number]
}

/** One film before one reader in a browser of its own. */
export const show = async (stage: Stage, { reader, film, seconds, phase }: Show): Promise<Seen> => {
  const browser = await chromium.launch({
    executablePath: program(),
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`
    ]
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.goto(`${stage.url}?reader=${reader}${phase ? '&phase=1' : ''}`)
    await page.waitForFunction(() => (globalThis as { watched?: { ready: boolean } }).watched?.ready, undefined, {
      timeout: 60_000
    })
    const cdp = await page.context().newCDPSession(page)
    // Processor time and not time on the wall: the machine may be busy with others.
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
    // What is loaded and compiled once is no growth and no cost of a frame.
    await wait(3_000)
    const begin = await heapOf(cdp)
    const from = await tasksOf(cdp)
    const before = await framesOf(page)
    await wait(seconds * 1000)
    const mainThread = (await tasksOf(cdp)) - from
    const after = await framesOf(page)
    const watched = await page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched)
    const end = await heapOf(cdp)
    return {
      ...watched,
      shown: after.shown - before.shown,
      since: before.until,
      until: after.until,
      mainThread,
      heap: [begin, end]
    }
  } finally {
    await browser.close()
  }
}

const framesOf = (page: Page): Promise<{ shown: number; until: number }> =>
  page.evaluate(() => {
    const { shown, until } = (globalThis as unknown as { watched: Watched }).watched
    return { shown, until }
  })

const tasksOf = async (cdp: CDPSession): Promise<number> => {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return (metrics.find(one => one.name === 'TaskDuration')?.value ?? Number.NaN) * 1000
}

const heapOf = async (cdp: CDPSession): Promise<number> => {
  await cdp.send('HeapProfiler.collectGarbage')
  return (await cdp.send('Runtime.getHeapUsage')).usedSize
}
