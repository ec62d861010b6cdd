/** A jig is looked at before the job starts; one that is out of line keeps the job from starting, without a network too. */
import { test } from '@playwright/test'
import { allSent, button, expect, primary } from './hands.ts'
import { hasOnePrimary } from './rules.ts'
import { enrolAt, personOf, scan, signIn } from './tablet.ts'

test('a jig found out of line stops its job until it is set right', async ({ page, context }) => {
  await enrolAt(page, 'I build', 'ST-02')
  await signIn(page, await personOf('Ana'))
  await expect(page.locator('[data-job]').first()).toBeVisible()
  await scan(page, 'T-JIG-12')
  const look = page.getByRole('dialog', { name: 'T-JIG-12' })
  await button(look, 'Close').click()
  await expect(page.locator('[data-tool="T-JIG-12"]')).toContainText('Set up')
  await expect(primary(page)).toHaveText('All set: go to the job')
  await hasOnePrimary(page, 'set-up')
  await context.setOffline(true)

  await scan(page, 'T-JIG-14')
  await expect(page.getByRole('alertdialog')).toContainText('This job does not use T-JIG-14.')
  await button(page, 'Scan again').click()

  await scan(page, 'T-JIG-12')
  await button(look, 'Something is wrong').click()
  await page.waitForTimeout(450)
  await button(look, 'Record it').click({ force: true })
  await expect(look.getByRole('button', { name: 'Record it' })).toContainText('Say in a few words what is wrong.')
  await look.getByRole('textbox', { name: 'What is wrong' }).fill('Left stop is loose')
  await page.waitForTimeout(450)
  await button(look, 'Record it').click()
  await expect(page.locator('[data-tool="T-JIG-12"]')).toContainText('Left stop is loose')
  await button(page, 'Back').click()
  await expect(primary(page)).toHaveText('Set up T-JIG-12')

  await primary(page).click()
  await expect(primary(page)).toHaveText('Look at T-JIG-12')
  await page.waitForTimeout(450)
  await primary(page).click()
  await button(look, 'It is right').click()
  await expect(look).toBeHidden()
  await expect(primary(page)).toHaveText('All set: go to the job')
  await page.waitForTimeout(450)
  await primary(page).click()
  await expect(primary(page)).toHaveText('Start operation 30')
  await context.setOffline(false)
  await allSent(page)
})
