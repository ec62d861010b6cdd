/** A hand at a sample plant's station: through the doors, signed in, at the job that the benches work. */
import type { Page } from '@playwright/test'

/** The sample plant's job that can start, and where. */
const STATION = 'ST-02'
const JOB = 'WO-0012-30'

/** Through the sample plant's doors to the station where the bench's job is worked, and signed in. */
export const enrol = async (page: Page, url: string): Promise<void> => {
  await page.goto(url)
  await page.click('[data-door="I build"]')
  await page.click(`[data-station="${STATION}"]`)
  await signIn(page, url)
  await page.waitForSelector('[data-job]')
}

type Site = { people: { person: string; name: string; roles: string[] }[]; pins: Record<string, string> }

/** Does nothing when nobody is asked for at a station. */
export const signIn = async (page: Page, url: string, role = 'operator'): Promise<void> => {
  await page.waitForSelector('[data-person], [data-job]')
  if ((await page.locator('[data-person]').count()) === 0) return
  const { people, pins } = (await (await fetch(`${url}/v1/site`)).json()) as Site
  const found = people.find(one => one.roles.includes(role) && one.person in pins)
  if (!found) throw new Error(`The sample plant has no ${role} with a PIN`)
  await page.click(`[data-person="${found.person}"]`)
  for (const digit of pins[found.person] ?? '') {
    await page.getByRole('group', { name: 'PIN' }).getByRole('button', { name: digit, exact: true }).click()
    // Faster than a hand, the same key twice would count as one that bounced.
    await page.waitForTimeout(100)
  }
  await page.waitForSelector('[data-person]', { state: 'detached' })
  await page.waitForSelector('[aria-label="Sign in"]', { state: 'detached' })
}

export const startJob = async (page: Page): Promise<void> => {
  await page.click(`[data-job="${JOB}"]`)
  await page.waitForURL(/\/job\//)
  const pause = page.getByRole('button', { name: 'Pause', exact: true })
  const begin = page.locator('[data-primary]', { hasText: /^(Start|Resume) operation/ })
  await pause.or(begin).first().waitFor()
  if (await begin.isVisible()) await begin.click()
  await pause.waitFor()
}
