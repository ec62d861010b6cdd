/** F02, F03, F04, F12, F20: what a browser does to its own storage. */
import { readFile } from 'node:fs/promises'
import { newPage, visit } from '../hands.ts'
import { enrolAt, personOf, signIn } from '../tablet.ts'
import {
  allArrived,
  call,
  chip,
  enter,
  expect,
  instead,
  onDisk,
  record,
  tabletAt,
  test,
  takeBack,
  waitsHere
} from './hands.ts'

/** `fault` is armed by a test and strikes once, at the next event that is written; `refuses` strikes until it is taken away. */
declare global {
  var fault: string | undefined
}

const breaksIndexedDB = (): void => {
  const OUTBOX = 'jobcard-outbox'
  const armed = (name: string): boolean => {
    if (globalThis.fault !== name && globalThis.fault !== 'refuses') return false
    if (globalThis.fault !== 'refuses') globalThis.fault = undefined
    return true
  }
  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function (...asked: Parameters<typeof transaction>) {
    if (this.name !== OUTBOX || asked[1] !== 'readwrite') return transaction.apply(this, asked)
    if (armed('transaction throws')) throw new DOMException('The database connection is closing.', 'InvalidStateError')
    if (armed('closed by the browser')) {
      this.close()
      this.dispatchEvent(new Event('close'))
    }
    if (armed('closed in silence')) this.close()
    const made = transaction.apply(this, asked)
    if (armed('closed after it began')) {
      this.close()
      made.abort()
    }
    return made
  }
  const { add } = IDBObjectStore.prototype
  IDBObjectStore.prototype.add = function (...asked: Parameters<typeof add>) {
    const ours = this.transaction.db.name === OUTBOX
    if (ours && armed('request refused')) throw new DOMException('Internal error.', 'UnknownError')
    const request = add.apply(this, asked)
    if (ours && armed('undone after the request')) request.addEventListener('success', () => this.transaction.abort())
    return request
  }
  const { commit } = IDBTransaction.prototype
  IDBTransaction.prototype.commit = function () {
    if (this.db.name === OUTBOX && armed('undone before it was stored')) this.abort()
    return commit.call(this)
  }
}

const POINTS = [
  'transaction throws',
  'closed by the browser',
  'closed in silence',
  'closed after it began',
  'request refused',
  'undone after the request',
  'undone before it was stored'
]

test('F02 a database that breaks at seven points: what the screen calls saved is on the disk, and all of it arrives', async ({
  browser,
  office
}) => {
  const { context, page } = await tabletAt(browser, office, 'ST-01', breaksIndexedDB)
  await context.setOffline(true)
  const red = page.getByText('Not saved: the storage of this tablet refuses.')
  let made = 0
  for (const point of POINTS) {
    await page.evaluate(name => {
      globalThis.fault = name
    }, point)
    await call(page)
    made += 1
    // At once: it lies on the disk, or the screen said that it does not. The screen is read first, for it may be saved meanwhile.
    const says = await red.isVisible()
    expect(says || (await onDisk(page)).length === made, point).toBe(true)
    expect(await page.evaluate(() => globalThis.fault), `${point} struck`).toBeUndefined()
    await expect(red).toBeHidden()
    await waitsHere(page, made)
    await takeBack(page)
    made += 1
    await expect.poll(async () => (await onDisk(page)).length).toBe(made)
  }
  // A disk that refuses for good: red until the page is opened anew, and then it is rescued.
  await page.evaluate(() => {
    globalThis.fault = 'refuses'
  })
  await call(page)
  await expect(red).toBeVisible()
  expect(await onDisk(page)).toHaveLength(made)
  await page.reload()
  await waitsHere(page, made + 1)
  await context.setOffline(false)
  await enter(page)
  await allArrived(page, office, made + 1)
  await context.close()
})

/**
 * Chromium's own override of the quota is not heeded by its IndexedDB (tried with version 156), so the disk is full by our word: no
 * event fits until something was deleted from the cache.
 */
const fullDisk = (): void => {
  const { add, delete: remove } = IDBObjectStore.prototype
  IDBObjectStore.prototype.add = function (...asked: Parameters<typeof add>) {
    if (this.transaction.db.name === 'jobcard-outbox' && globalThis.fault === 'full')
      throw new DOMException('The current transaction exceeded its quota limitations.', 'QuotaExceededError')
    return add.apply(this, asked)
  }
  IDBObjectStore.prototype.delete = function (...asked: Parameters<typeof remove>) {
    if (this.name === 'files' && this.transaction.db.name.startsWith('jobcard-cache-')) globalThis.fault = 'was full'
    return remove.apply(this, asked)
  }
}

test('F03 a full disk: documents give way, and events are saved', async ({ browser, office }) => {
  const { context, page } = await tabletAt(browser, office, 'ST-02', fullDisk)
  await chip(page).click()
  await expect(page.locator('dl').getByText(/^All \d+ pages$/)).toBeVisible({ timeout: 40_000 })
  await page.goBack()
  const files = () =>
    page.evaluate(async () => {
      const asked = indexedDB.open('jobcard-cache-1')
      await new Promise(done => {
        asked.onsuccess = done
      })
      const count = asked.result.transaction('files').objectStore('files').count()
      await new Promise(done => {
        count.onsuccess = done
      })
      asked.result.close()
      return count.result
    })
  const before = await files()
  await context.setOffline(true)
  await page.evaluate(() => {
    globalThis.fault = 'full'
  })
  await record(page, 6)
  await expect(page.getByText('Not saved: the storage of this tablet refuses.')).toBeHidden()
  await waitsHere(page, 6)
  expect(await page.evaluate(() => globalThis.fault)).toBe('was full')
  expect(await files()).toBeLessThan(before)
  expect(await files()).toBeGreaterThan(0)
  await context.setOffline(false)
  await allArrived(page, office, 6)
  await context.close()
})

test('F04 a window that keeps nothing is refused; one that forgets, or may be emptied, says so', async ({
  browser,
  office
}) => {
  const context = await browser.newContext()
  await context.addInitScript(() => {
    // As Firefox did in a private window: it is there, and will not open.
    IDBFactory.prototype.open = () => {
      throw new DOMException('A mutation operation was attempted.', 'InvalidStateError')
    }
  })
  const page = await context.newPage()
  await page.goto(office.url)
  await expect(page.locator('[data-obstacle="no-storage"]')).toBeVisible()
  await expect(page.locator('[data-door]')).toHaveCount(0)
  await context.close()
  const forgets = await tabletAt(browser, office, 'ST-06', () => {
    // As Safari and Firefox answer in a private window.
    StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException('Security error', 'SecurityError'))
  })
  const notice = forgets.page.locator('[data-forgetful]')
  await expect(notice).toContainText('This window may forget everything when it is closed.')
  await forgets.page.reload()
  await expect(forgets.page.getByRole('dialog', { name: 'Sign in' })).toBeVisible()
  await expect(notice).toBeVisible()
  await enter(forgets.page)
  await notice.getByRole('button', { name: 'I know' }).click()
  await expect(notice).toBeHidden()
  await record(forgets.page, 2)
  await allArrived(forgets.page, office, 2)
  await forgets.context.close()
  const ordinary = await tabletAt(browser, office, 'ST-03')
  expect(await ordinary.page.evaluate(() => navigator.storage.persisted())).toBe(false)
  await chip(ordinary.page).click()
  await expect(ordinary.page.getByText('No, install the app')).toBeVisible()
  await expect(ordinary.page.locator('[data-forgetful]')).toHaveCount(0)
  await ordinary.context.close()
})

test('F12 queued events outlive another cache, and a cache that another window holds is waited for and named', async ({
  browser,
  office
}) => {
  const { context, page } = await tabletAt(browser, office, 'ST-06')
  await context.setOffline(true)
  await record(page, 4)
  const other = await context.newPage()
  const push = await instead(context, '**/v1/push', route => route.abort())
  await context.setOffline(false)
  // A page of this origin that is no app: it makes what an earlier build left behind.
  const nothing = await instead(context, '**/nothing', route => route.fulfill({ contentType: 'text/html', body: '' }))
  await other.goto(`${office.url}/nothing`)
  await other.evaluate(async () => {
    const made = indexedDB.open('jobcard-cache-0', 70)
    made.onupgradeneeded = () => made.result.createObjectStore('rows')
    await new Promise(done => {
      made.onsuccess = done
    })
  })
  // The window holds it open and never lets go: deleting it waits, and nobody else does.
  await page.reload()
  await enter(page)
  await waitsHere(page, 4)
  await record(page, 2)
  await waitsHere(page, 6)
  await page.goto('about:blank')
  // Now the cache of this build itself, at a version that has to be raised, held by the same window.
  await other.evaluate(async () => {
    const gone = indexedDB.deleteDatabase('jobcard-cache-1')
    await new Promise(done => {
      gone.onsuccess = done
    })
    const made = indexedDB.open('jobcard-cache-1', 1)
    await new Promise(done => {
      made.onsuccess = done
    })
  })
  await page.goto(office.url)
  await expect(page.locator('[data-obstacle="blocked"]')).toBeVisible({ timeout: 20_000 })
  expect(await onDisk(page)).toHaveLength(6)
  await other.close()
  // Who works here was known to the cache alone, and is fetched again.
  await Promise.all([nothing.end(), push.end()])
  await page.reload()
  await enter(page)
  await allArrived(page, office, 6)
  await context.close()
})

test('F20 a wiped tablet: the office names the seven records that never came, and a person closes them', async ({
  browser,
  office
}) => {
  const { context, page } = await tabletAt(browser, office, 'ST-05')
  await record(page, 4)
  await allArrived(page, office, 4)
  const desk = await newPage(browser, 1440, 900)
  await desk.clock.install()
  await desk.goto(office.url)
  await desk.locator('[data-door="I plan"]').click()
  await signIn(desk, await personOf('Sam'))
  await visit(desk, 'Changes')
  await desk.getByRole('tab', { name: /^Tablets/ }).click()
  // The office is there and answers, but where it is asked to take something in, something on the way breaks.
  const broken = {
    status: 500,
    headers: { 'x-jobcard-protocol': '1' },
    json: { error: { code: 'server-error', message: 'It broke.' } }
  }
  const push = await instead(context, '**/v1/push', route => route.fulfill(broken))
  await record(page, 6)
  await call(page)
  await waitsHere(page, 7)
  await expect(desk.getByText('7 still on it')).toBeVisible({ timeout: 30_000 })
  await expect(desk.locator('[data-missing]')).toHaveCount(0)
  const devtools = await context.newCDPSession(page)
  await devtools.send('Storage.clearDataForOrigin', { origin: new URL(office.url).origin, storageTypes: 'all' })
  await page.goto('about:blank')
  await push.end()
  // It begins again as a new tablet at the same station, and does not know of them any more.
  await enrolAt(page, 'I build', 'ST-05', office.url)
  await enter(page)
  await record(page, 2)
  await allArrived(page, office, 2)
  await desk.clock.fastForward('05:00')
  const card = desk.locator('[data-missing="7"]')
  await expect(card).toContainText('7 records were made and have not arrived: numbers 5 to 11, between', {
    timeout: 30_000
  })
  await card.getByLabel('Lost, because').fill('The tablet was wiped; asked Ana, and no call was open.')
  await card.getByRole('button', { name: 'Close as lost' }).click()
  await expect(card).toHaveCount(0)
  await expect(desk.getByText('7 given up')).toBeVisible()
  await desk.context().close()
  await context.close()
})

test('what waits on a tablet that can’t send is exported, brought in at a desk, and not counted twice', async ({
  browser,
  office
}) => {
  const { context, page } = await tabletAt(browser, office, 'ST-03')
  const push = await instead(context, '**/v1/push', route => route.abort())
  await record(page, 4)
  await waitsHere(page, 4)
  await chip(page).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export what waits' }).click()
  const file = await readFile(await (await download).path(), 'utf8')
  const desk = await newPage(browser, 1440, 900)
  await desk.goto(office.url)
  await desk.locator('[data-door="I plan"]').click()
  await signIn(desk, await personOf('Sam'))
  await visit(desk, 'Changes')
  await desk.getByRole('tab', { name: /^Tablets/ }).click()
  const bring = (name: string, text: string) =>
    desk.getByLabel('Exported file').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
  await bring('torn.json', file.slice(0, -40))
  await expect(desk.getByText('torn.json: This file is cut short or damaged.')).toBeVisible()
  await bring('waiting.json', file)
  await expect(desk.getByText('waiting.json: 4 taken in.')).toBeVisible()
  await bring('again.json', file)
  await expect(desk.getByText('again.json: 4 here already.')).toBeVisible()
  await push.end()
  await page.goBack()
  await allArrived(page, office, 4)
  await desk.context().close()
  await context.close()
})
