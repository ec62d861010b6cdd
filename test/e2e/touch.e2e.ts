/** The rules of the floor that a machine can check (sizes in CSS pixels), on the screens that belong to no room. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { enrolAt, office, personOf, signIn } from './tablet.ts'

const sizes = [
  { width: 1280, height: 800 },
  { width: 820, height: 1180 }
]

/** Everything that can be touched and is smaller than 72 pixels either way. */
const small = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('button,a,input,[role=button]')]
      .filter(one => one.checkVisibility() && !one.closest('[inert]'))
      .map(one => ({ one, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 72 || box.height < 72)
      .map(
        ({ one, box }) =>
          `${one.tagName} ${one.textContent?.slice(0, 30)} ${Math.round(box.width)}x${Math.round(box.height)}`
      )
  )

const tinyText = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter(
        one =>
          one.checkVisibility() && [...one.childNodes].some(node => node.nodeType === 3 && node.textContent?.trim())
      )
      .filter(one => Number.parseFloat(getComputedStyle(one).fontSize) < 20)
      .map(one => one.textContent?.slice(0, 40) ?? '')
  )

const cut = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('[data-nocut]')]
      .filter(
        one =>
          one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline'
      )
      .map(one => one.textContent ?? '')
  )

const holds = async (page: Page): Promise<void> => {
  expect(await small(page)).toEqual([])
  expect(await tinyText(page)).toEqual([])
  expect(await cut(page)).toEqual([])
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations.map(one => `${one.id}: ${one.nodes.map(node => node.target).join(' ')}`)).toEqual([])
}

for (const size of sizes)
  test.describe(`at ${size.width}x${size.height}`, () => {
    test.use({ viewport: size })

    test('enrolling, signing in and the Sync centre are made for gloves', async ({ page }) => {
      await page.goto(office())
      await expect(page.locator('[data-door]')).toHaveCount(4)
      await holds(page)
      await enrolAt(page, 'I build', 'ST-02')
      await holds(page)
      const ana = await personOf('Ana')
      await page.locator(`[data-person="${ana.person}"]`).click()
      await holds(page)
      await page.getByRole('button', { name: 'Somebody else' }).click()
      await signIn(page, ana)
      await page.locator('a[href="/sync"]').click()
      await expect(page.locator('[data-primary]')).toHaveCount(1)
      const primary = await page.locator('[data-primary]').boundingBox()
      expect(primary?.height).toBeGreaterThanOrEqual(112)
      await holds(page)
    })
  })
