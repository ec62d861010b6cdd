/** What a person does with a tablet, for the tests. */
import { expect, type Page, test } from '@playwright/test'

export const office = (): string => {
  const desk = test.info().project.name === 'desk' ? process.env['OFFICE_DESK'] : undefined
  const url = desk ?? process.env['OFFICE']
  if (!url) throw new Error('no office was started')
  return url
}

export type Person = { readonly person: string; readonly name: string; readonly badge: string; readonly pin: string }

type Site = { readonly people: readonly Omit<Person, 'pin'>[]; readonly pins: Readonly<Record<string, string>> }

/** Somebody of the sample plant by the first name. */
export const personOf = async (first: string): Promise<Person> => {
  // The sample plant tells its people and their PINs, so that anybody can try it.
  const site = (await (await fetch(`${office()}/v1/site`)).json()) as Site
  const found = site.people.find(one => one.name.startsWith(first))
  const pin = found && site.pins[found.person]
  if (!found || !pin) throw new Error(`nobody here is called ${first}`)
  return { ...found, pin }
}

/** `url`: where the app is served, when that is not by the office itself. */
export const enrolAt = async (
  page: Page,
  door: 'I build' | 'I check',
  station: string,
  url = office()
): Promise<void> => {
  await page.goto(url)
  await page.locator(`[data-door="${door}"]`).click()
  const choice = page.locator(`[data-station="${station}"]`)
  const signIn = page.getByRole('dialog', { name: 'Sign in' })
  // A door with one station behind it needs no second choice.
  await expect(choice.or(signIn)).toBeVisible()
  if (await choice.isVisible()) await choice.click()
  await expect(signIn).toBeVisible()
}

/** The PIN on the pad, as a finger would. */
export const enterPin = async (page: Page, pin: string): Promise<void> => {
  const pad = page.getByRole('group', { name: 'PIN' })
  for (const digit of pin) {
    await pad.getByRole('button', { name: digit, exact: true }).click()
    // Faster than a glove's bounce is no second press.
    await page.waitForTimeout(100)
  }
}

export const signIn = async (page: Page, person: Person): Promise<void> => {
  await page.locator(`[data-person="${person.person}"]`).click()
  await enterPin(page, person.pin)
  await expect(page.getByRole('dialog', { name: 'Sign in' })).toBeHidden()
}

/**
 * A wedge scanner: a key each 8 ms, ended by Enter, wherever the focus is. All are handed over at once with the times at
 * which they were struck, since on a busy machine a key that waits for the one before is as slow as a person.
 */
export const scan = async (page: Page, code: string): Promise<void> => {
  const keys = await page.context().newCDPSession(page)
  const began = Date.now() / 1000
  const sent = [...code, '\r'].flatMap((text, i) => {
    const key = text === '\r' ? { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 } : { key: text }
    const timestamp = began + i * 0.008
    return [
      keys.send('Input.dispatchKeyEvent', { type: 'keyDown', text, timestamp, ...key }),
      keys.send('Input.dispatchKeyEvent', { type: 'keyUp', timestamp: timestamp + 0.004, ...key })
    ]
  })
  await Promise.all(sent)
  await keys.detach()
}

/** Until the service worker holds the app and has taken over the page. */
export const kept = (page: Page): Promise<boolean> =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready
    while (!navigator.serviceWorker.controller) await new Promise(done => setTimeout(done, 50))
    return true
  })
