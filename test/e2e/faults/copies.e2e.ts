/** F07, F10, F11: more than one of it: builds, copies of a tablet, windows. */
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { build, deployBefore, removed } from '../two-builds.ts'
import {
  ALL,
  allArrived,
  chip,
  enter,
  expect,
  inTheLog,
  instead,
  KINDS,
  pause,
  record,
  tabletAt,
  test,
  waitsHere
} from './hands.ts'
import { openProfile } from './profile.ts'

test('F10 a profile that was copied: both go on, and what either records arrives', async ({ office }) => {
  const first = await openProfile()
  const page = await first.open(office, 'ST-01')
  await record(page, 2)
  await allArrived(page, office, 2)
  await first.goOffline(true)
  await record(page, 2)
  await waitsHere(page, 2)
  await first.close()
  const second = await first.copy()
  const [one, two] = [await first.open(office), await second.open(office)]
  await record(one, 2)
  await record(two, 4, 'machine')
  const mine = await allArrived(one, office, 6)
  const theirs = await allArrived(two, office, 8)
  const ids = new Set([...mine, ...theirs].map(entry => entry.id))
  // Four that both have, two and four of their own.
  expect(ids.size).toBe(10)
  await inTheLog(office, [...ids])
  expect(new Set([...mine, ...theirs].map(entry => entry.chain)).size).toBeGreaterThan(1)
  const missing = await office.sql(sql => sql`SELECT chain FROM chain_head WHERE n_max > n`)
  expect(missing).toHaveLength(0)
  await Promise.all([first.remove(), second.remove()])
})

/** The others' calls change what the button looks like all the time, so it is pressed wherever it is. */
const calledAndTakenBack = async (page: Page, kind: (typeof KINDS)[number]): Promise<void> => {
  await pause(page)
  await page.locator('[data-help]').dispatchEvent('click')
  await page.locator(`[data-kind="${kind}"]`).dispatchEvent('click')
  await expect(page.getByRole('dialog', { name: 'Call for help' })).toBeHidden()
  await page.getByRole('button', { name: 'Undo', exact: true }).dispatchEvent('click')
  await expect(page.getByText('The call is taken back.')).toBeVisible()
}

test('F11 four windows that record at once: each number once, and all of it arrives', async ({ browser, office }) => {
  const rounds = ALL ? 40 : 2
  test.setTimeout(60_000 + rounds * 20_000)
  const { context, page } = await tabletAt(browser, office, 'ST-02')
  const pages = [page]
  for (let i = 1; i < 4; i++) {
    const another = await context.newPage()
    await another.goto(office.url)
    await enter(another)
    pages.push(another)
  }
  await Promise.all(
    pages.map(async (tab, i) => {
      for (let round = 0; round < rounds; round++) {
        await calledAndTakenBack(tab, KINDS[i] ?? 'parts')
      }
    })
  )
  const entries = await allArrived(page, office, 8 * rounds)
  expect(new Set(entries.map(one => one.chain)).size).toBe(1)
  expect(entries.map(one => one.n)).toEqual(entries.map((_, i) => i + 1))
  for (const tab of pages) await expect(chip(tab)).toHaveAttribute('data-state', 'sent')
  await context.close()
})

test('F07 five deployments in a row while events wait: no file of the app is missing, nothing is lost', async ({
  browser,
  office
}) => {
  test.skip(!ALL, 'Six builds of the app take minutes: FAULTS=all runs it.')
  test.setTimeout(900_000)
  const folders = Array.from({ length: 6 }, (_, i) => build(`build-${i}`))
  // The files of earlier builds stay where they are for 30 days, as they do in the folder that is served.
  for (const [i, folder] of folders.slice(1).entries())
    await cp(join(folders[i] ?? '', 'assets'), join(folder, 'assets'), { recursive: true, force: false })
  const front = await deployBefore(office.url, folders[0] ?? '')
  const gone: string[] = []
  const context = await browser.newContext()
  context.on('response', reply => {
    if (reply.status() === 404) gone.push(reply.url())
  })
  const { page } = await tabletAt(browser, { ...office, url: front.url }, 'ST-03')
  page.on('response', reply => {
    if (reply.status() === 404) gone.push(reply.url())
  })
  const push = await instead(page.context(), '**/v1/push', route => route.abort())
  let made = 0
  for (const folder of folders.slice(1)) {
    front.deploy(folder)
    await page.evaluate(async () => {
      const worker = await navigator.serviceWorker.ready
      await worker.update()
      while (!worker.waiting) await new Promise(done => setTimeout(done, 50))
    })
    // In the middle of work with the old build while the new one waits.
    await record(page, 2)
    made += 2
    // As if a minute had passed: the fourth build within one would be left to wait, for it might not come up.
    await page.evaluate(() => sessionStorage.removeItem('jobcard-reloads'))
    const anew = page.waitForEvent('load')
    await chip(page).click()
    await page.getByRole('button', { name: 'Use the new version' }).click()
    await anew
    await page.goto(front.url)
    await enter(page)
    await record(page, 2)
    made += 2
    await waitsHere(page, made)
  }
  await push.end()
  await allArrived(page, office, made)
  expect(gone).toEqual([])
  await context.close()
  await page.context().close()
  await front.stop()
  await Promise.all(folders.map(removed))
})
