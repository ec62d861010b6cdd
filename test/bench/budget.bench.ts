/**
 * `budget`: what the app may weigh and cost (research in the design: first route 75 KB, precache 250 KB, a cold start at most
 * 2.5 times a blank page, a tap that writes 10 ms). The targets are printed with the numbers; above the limits it ends with 1.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { BrowserContext, Page } from '@playwright/test'
import { serveBlank } from './blank.ts'
import { newProfile, type Profile, timeTo } from './browser.ts'
import { startOffice } from './office.ts'
import { median, note, report } from './report.ts'
import { enrol } from './station.ts'
import { tapCost } from './tap.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const DIST = join(ROOT, 'dist')
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 7)

const LIMITS = {
  first_route_kb: { target: 75, limit: 90 },
  precache_kb: { target: 250, limit: 250 },
  cold_start: { target: 2.5, limit: 3.5 },
  tap_cpu_ms: { target: 10, limit: 16 }
}

type Metric = keyof typeof LIMITS
type Found = { readonly metric: Metric; readonly value: number; readonly unit: string; readonly versus?: number }

export const bench = async (): Promise<boolean> => {
  build()
  const office = await startOffice()
  const tablet = await newProfile()
  const readings: (() => Promise<Found>)[] = [
    async () => precache(),
    () => firstRoute(office.url),
    () => coldStart(office.url, tablet),
    () => tap(office.url, tablet)
  ]
  let fine = true
  try {
    for (const read of readings) fine = say(await read()) && fine
  } finally {
    await tablet.remove()
    await office.stop()
  }
  return fine
}

/** Prints a reading beside its target; false above the limit. A ratio is held to its limit where there is one. */
const say = ({ metric, value, unit, versus }: Found): boolean => {
  const ratio = versus === undefined ? undefined : value / versus
  const { target, limit } = LIMITS[metric]
  report({
    bench: 'budget',
    metric,
    value,
    unit,
    ...(versus === undefined ? {} : { versus, ratio: ratio ?? Number.NaN }),
    target,
    limit
  })
  return (ratio ?? value) <= limit
}

const build = (): void => {
  note('Building the app')
  const done = spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2]
  })
  if (done.status !== 0 && !existsSync(join(DIST, 'index.html'))) throw new Error('The app could not be built')
}

const gzipped = (file: string): number => gzipSync(readFileSync(join(DIST, file)), { level: 9 }).byteLength / 1024

/** What the service worker fetches when it is installed, whatever an operator opens later. */
const precache = (): Found => {
  const worker = readFileSync(join(DIST, 'service-worker.js'), 'utf8')
  const files = new Set(
    [...worker.matchAll(/url:\s*["'`]([^"'`]+)["'`]/g), ...worker.matchAll(/"url":"([^"]+)"/g)].map(
      ([, url]) => url ?? ''
    )
  )
  if (files.size === 0) throw new Error('The service worker has no list of files to keep')
  note(`  ${files.size} files are kept from the first visit`)
  return { metric: 'precache_kb', value: sum([...files].map(gzipped)), unit: 'KB' }
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** What a browser really fetches until an enrolled station shows its jobs: HTML, scripts, styles, each gzipped alone. */
const firstRoute = async (url: string): Promise<Found> => {
  const profile = await newProfile()
  const { context, page } = await profile.open()
  try {
    await enrol(page, url)
    const watch = await context.newPage()
    // Without the service worker, whose fetches are the precache's and not the first route's.
    await (await context.newCDPSession(watch)).send('Network.setBypassServiceWorker', { bypass: true })
    const until = await timeTo(watch, url, '[data-job]')
    // What is fetched later, ahead of need, is not waited for.
    const fetched = await watch.evaluate(
      end =>
        performance
          .getEntriesByType('resource')
          .filter(one => one.startTime < end)
          .map(one => new URL(one.name).pathname),
      until
    )
    const files = new Set(['/', ...fetched.filter(path => /\.(js|css)$/.test(path))])
    const sizes = [...files].filter(path => existsSync(join(DIST, fileOf(path)))).map(path => gzipped(fileOf(path)))
    note(`  ${files.size} files until the jobs are there: ${[...files].join(' ')}`)
    return { metric: 'first_route_kb', value: sum(sizes), unit: 'KB' }
  } finally {
    await context.close()
    await profile.remove()
  }
}

const fileOf = (path: string): string => (path === '/' ? 'index.html' : path.slice(1))

/** The browser is started anew each time, without the network; app and blank page take turns. */
const coldStart = async (url: string, tablet: Profile): Promise<Found> => {
  const blank = await serveBlank()
  const bare = await newProfile()
  try {
    await visit(tablet, async (page, context) => {
      await enrol(page, url)
      await ready(page, context, url, '[data-job]')
    })
    await visit(bare, (page, context) => ready(page, context, blank.url, 'main'))
    const ours: number[] = []
    const least: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await offline(tablet, url, '[data-job]'))
      least.push(await offline(bare, blank.url, 'main'))
    }
    note(`  app ${ours.map(Math.round).join(' ')} ms, blank page ${least.map(Math.round).join(' ')} ms`)
    return { metric: 'cold_start', value: median(ours), unit: 'ms', versus: median(least) }
  } finally {
    await blank.stop()
    await bare.remove()
  }
}

const visit = async (profile: Profile, work: (page: Page, context: BrowserContext) => Promise<void>): Promise<void> => {
  const { context, page } = await profile.open()
  await work(page, context).finally(() => context.close())
}

/** Until the page comes from its service worker. */
const ready = async (page: Page, context: BrowserContext, url: string, selector: string): Promise<void> => {
  await page.goto(url)
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await page.waitForSelector(selector)
  await context.setOffline(true)
  await page.goto(url)
  await page.waitForSelector(selector)
}

const offline = async (profile: Profile, url: string, selector: string): Promise<number> => {
  const { context, page } = await profile.open()
  try {
    await context.setOffline(true)
    return await timeTo(page, url, selector)
  } finally {
    await context.close()
  }
}

/** Of the three only the first has a limit: the others show that what it does not hold was not put off instead. */
const tap = async (url: string, tablet: Profile): Promise<Found> => {
  const { context, page } = await tablet.open()
  try {
    const { soon, whole, burst } = await tapCost(page, url)
    report({ bench: 'budget', metric: 'tap_cpu_total_ms', value: whole, unit: 'ms' })
    report({ bench: 'budget', metric: 'tap_cpu_burst_ms', value: burst, unit: 'ms' })
    return { metric: 'tap_cpu_ms', value: soon, unit: 'ms' }
  } finally {
    await context.close()
  }
}
