/** The nearest thing to an iPad that runs here: WebKitGTK scans, records without the server, is opened anew, and sends. */
import { personOf } from '../tablet.ts'
import { expect, test } from './hands.ts'
import { openWebKit, type WebKit, webkitIsHere } from './webdriver.ts'

test.skip(!webkitIsHere(), 'WebKitGTK is not installed: apt-get install webkit2gtk-driver xvfb.')

const ENTER = '\uE007'
/** What is on the disk, as `state` each. */
const STATES = `
  const asked = indexedDB.open('jobcard-outbox')
  await new Promise(done => { asked.onsuccess = done })
  const all = asked.result.transaction('events').objectStore('events').getAll()
  await new Promise(done => { all.onsuccess = done })
  asked.result.close()
  return all.result.map(one => one.state)`
const CONTROLLED = `
  await navigator.serviceWorker.ready
  while (!navigator.serviceWorker.controller) await new Promise(done => setTimeout(done, 50))
  // The files that were loaded before it are asked for again.
  await new Promise(done => setTimeout(done, 4000))
  return true`

const signIn = async (webkit: WebKit): Promise<void> => {
  const { person, pin } = await personOf('Ana')
  await webkit.click(`[data-person="${person}"]`)
  for (const digit of pin) {
    await webkit.run(
      `[...document.querySelectorAll('[aria-label="PIN"] button')].find(one => one.textContent.trim() === '${digit}').click()`
    )
    await new Promise(done => setTimeout(done, 120))
  }
  await expect.poll(() => webkit.run(`return document.querySelector('[aria-label="Sign in"]') === null`)).toBe(true)
}

test('WebKitGTK scans a job card, records while the server is away, is opened anew, and sends all of it', async ({
  office
}) => {
  test.setTimeout(240_000)
  const webkit = await openWebKit()
  try {
    await webkit.goTo(office.url)
    await webkit.click('[data-door="I build"]')
    await webkit.click('[data-station="ST-02"]')
    await webkit.shows('[aria-label="Sign in"]')
    await signIn(webkit)
    expect(await webkit.run(CONTROLLED)).toBe(true)
    await office.kill()
    await webkit.keys(`WO-0012-30${ENTER}`)
    // The card is on the first page, and its job is what the large button starts.
    await expect
      .poll(() => webkit.run(`return document.body.textContent.includes('Scanned')`), { timeout: 20_000 })
      .toBe(true)
    await webkit.click('[data-primary]')
    await expect.poll(() => webkit.run(STATES), { timeout: 20_000 }).toEqual(['unsent'])
    await webkit.reload()
    await signIn(webkit)
    await webkit.click('[data-help]')
    await webkit.click('[data-kind="parts"]')
    await expect.poll(() => webkit.run(STATES), { timeout: 20_000 }).toEqual(['unsent', 'unsent'])
    await office.startAgain()
    await expect.poll(() => webkit.run(STATES), { timeout: 40_000 }).toEqual(['acked', 'acked'])
    const types = await office.sql(
      sql => sql<{ type: string }[]>`
        SELECT type FROM event WHERE device NOT IN ('office') AND type IN ('orders/operation-started.v1', 'plant/andon-called.v1')
          AND received_at > now() - interval '1 minute' ORDER BY seq`
    )
    expect(types.map(one => one.type)).toEqual(['orders/operation-started.v1', 'plant/andon-called.v1'])
  } finally {
    await webkit.close()
  }
})
