/** The rules of the floor that a machine can check, on the screens that belong to no room. `rules.e2e.ts` has the others. */
import { expect, type Page, test } from '@playwright/test'
import { fitsGloves, hasOnePrimary, passesAxe, SIZES } from './rules.ts'
import { enrolAt, office, personOf, signIn } from './tablet.ts'

const holds = async (page: Page, where: string): Promise<void> => {
  await fitsGloves(page, where)
  await passesAxe(page, where)
}

for (const size of SIZES)
  test.describe(`at ${size.width}x${size.height}`, () => {
    test.use({ viewport: size })

    test('enrolling, signing in and the Sync centre are made for gloves', async ({ page }) => {
      await page.goto(office())
      await expect(page.locator('[data-door]')).toHaveCount(4)
      await holds(page, 'the doors')
      await enrolAt(page, 'I build', 'ST-02')
      await holds(page, 'the sign-in')
      const ana = await personOf('Ana')
      await page.locator(`[data-person="${ana.person}"]`).click()
      await holds(page, 'a PIN')
      await page.getByRole('button', { name: 'Somebody else' }).click()
      await signIn(page, ana)
      await page.locator('a[href="/sync"]').click()
      await expect(page.locator('[data-primary]')).toBeVisible()
      await hasOnePrimary(page, 'the Sync centre')
      await holds(page, 'the Sync centre')
    })
  })
