/**
 * The planning engine in a Chromium, on a generated problem as readable data. Chromium slows pages and refuses to slow workers
 * ("only supported for pages, not workers"), so it runs twice: in a worker at full speed, and in a page slowed four times.
 */
import { type Browser, chromium, type Page } from '@playwright/test'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import type { PlanProblem } from '#activities/materials/planning/problem.ts'
import { program } from './browser.ts'
import { columnsFrom } from './mrp-columns.ts'
import type { Run } from './mrp-worker.ts'
import { median } from './report.ts'

const TURNS = 3
const SLOWER = 4
/** Nobody listens there: the page and its program are given by the test itself. */
const ORIGIN = 'http://127.0.0.1:9'

export const inBrowser = async (folder: string): Promise<{ readonly worker: Usual; readonly slowed: Usual }> => {
  const files = { program: await bundled(), problem: JSON.stringify(problemOf(folder)) }
  const browser = await started()
  try {
    const workers: Run[] = []
    const slowed: Run[] = []
    for (let turn = 0; turn < TURNS; turn++) {
      // A page of its own each time: nothing is compiled yet.
      workers.push(await onPage(browser, files, inWorker))
      slowed.push(await onPage(browser, files, inPage))
    }
    return { worker: middle(workers), slowed: middle(slowed) }
  } finally {
    await browser.close()
  }
}

const started = (): Promise<Browser> =>
  chromium.launch({
    executablePath: program(),
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking']
  })

const bundled = async (): Promise<string> => {
  const input = fileURLToPath(new URL('./mrp-worker.ts', import.meta.url))
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'es2022', rolldownOptions: { input } }
  })
  const [chunk] = Array.isArray(made) ? (made[0]?.output ?? []) : 'output' in made ? made.output : []
  if (chunk?.type !== 'chunk') throw new Error('Nothing was bundled.')
  return chunk.code
}

type Files = { readonly program: string; readonly problem: string }

const onPage = async (browser: Browser, files: Files, measure: (page: Page) => Promise<Run>): Promise<Run> => {
  const page = await browser.newPage()
  const given: Readonly<Record<string, { readonly contentType: string; readonly body: string }>> = {
    '/': { contentType: 'text/html', body: '<!doctype html><script type="module" src="/engine.js"></script>' },
    '/engine.js': { contentType: 'text/javascript', body: files.program },
    '/problem.json': { contentType: 'application/json', body: files.problem }
  }
  await page.route(`${ORIGIN}/**`, route =>
    route.fulfill(given[new URL(route.request().url()).pathname] ?? { status: 404 })
  )
  await page.goto(ORIGIN)
  try {
    return await measure(page)
  } finally {
    await page.close()
  }
}

const inWorker = (page: Page): Promise<Run> =>
  page.evaluate(
    () =>
      new Promise<Run>((done, broke) => {
        const worker = new Worker('/engine.js', { type: 'module' })
        worker.onmessage = ({ data }: MessageEvent<Run>) => done(data)
        worker.onerror = ({ message }) => broke(new Error(message))
      })
  )

const inPage = async (page: Page): Promise<Run> => {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  // Set by the engine's own file, above.
  return page.evaluate(() => (globalThis as unknown as { run: () => Promise<Run> }).run())
}

/** `whole` is the usual sum of one run, not the sum of the usual parts. */
export type Usual = Run & { readonly whole: number }

const middle = (runs: readonly Run[]): Usual => ({
  whole: median(runs.map(({ load, plan }) => load + plan)),
  load: median(runs.map(({ load }) => load)),
  plan: median(runs.map(({ plan }) => plan)),
  orders: runs[0]?.orders ?? 0,
  messages: runs[0]?.messages ?? 0
})

/** The generator's files as a problem that a person could have written. */
const problemOf = (folder: string): PlanProblem => {
  const { items, lines, demands, receipts, settings } = columnsFrom(folder)
  const dated = (list: typeof demands, at: number) => ({
    item: String(list.item[at]),
    quantity: list.quantity[at] ?? 0,
    day: list.day[at] ?? 0
  })
  return {
    today: settings.today,
    bucketing: 'week',
    policy: { expediteWithin: 0 },
    items: Array.from({ length: items.count }, (_, at) => ({
      id: String(at),
      source: items.source[at] === 0 ? 'make' : 'buy',
      leadTime: items.lead[at] ?? 0,
      leadIn: 'calendar',
      onHand: items.onHand[at] ?? 0,
      lot: { rule: 'lot-for-lot', minimum: items.lotMinimum[at] ?? 0, multiple: items.lotMultiple[at] ?? 1 }
    })),
    bom: Array.from(lines.parent, (parent, at) => ({
      parent: String(parent),
      component: String(lines.component[at]),
      quantity: lines.num[at] ?? 0
    })),
    demands: Array.from(demands.item, (_, at) => ({ id: `D${at}`, ...dated(demands, at) })),
    receipts: Array.from(receipts.item, (_, at) => ({ id: `R${at}`, kind: 'purchase', ...dated(receipts, at) }))
  }
}
