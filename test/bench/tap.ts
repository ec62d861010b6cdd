/**
 * What a tap that writes costs the main thread (pause with a reason, resume): event, rules, IndexedDB, fold, render, and what
 * is sent and heard because of it. Three windows of the same counter, because work that is put off is not saved: a quarter of a second,
 * two seconds, and five taps of a quick hand until two seconds after the last.
 */
import type { CDPSession, Locator, Page } from '@playwright/test'
import { median } from './report.ts'
import { signIn, startJob } from './station.ts'

/** Milliseconds. */
const SOON = 250
const WHOLE = 2_000
const PACE = 300
const BOUNCE = 450
/** Rounds of two taps. The first warm the code up and do not count. */
const ROUNDS = { warm: 3, soon: 7, whole: 6, burst: 5 }

/** Milliseconds of main-thread time for one tap, without what the page does anyhow in that time. */
export type TapCost = { readonly soon: number; readonly whole: number; readonly burst: number }

type Spot = { readonly x: number; readonly y: number }
type Hand = {
  readonly page: Page
  readonly metrics: CDPSession
  readonly pause: Spot
  readonly reason: Spot
  readonly primary: Spot
}

export const tapCost = async (page: Page, url: string): Promise<TapCost> => {
  await page.goto(url)
  await signIn(page, url)
  await startJob(page)
  const metrics = await page.context().newCDPSession(page)
  await metrics.send('Performance.enable', { timeDomain: 'threadTicks' })
  const hand = { page, metrics, ...(await spots(page)) }
  await rounds(hand, ROUNDS.warm, SOON)
  const soon = await rounds(hand, ROUNDS.soon, SOON)
  const quiet = await idleCost(hand, SOON)
  const whole = await rounds(hand, ROUNDS.whole, WHOLE)
  const bursts = await burstsOf(hand)
  const idle = await idleCost(hand, WHOLE)
  return {
    soon: median(soon) - quiet,
    whole: median(whole) - idle,
    burst: median(bursts.map(({ cost, ms }) => (cost - (idle * ms) / WHOLE) / BURST))
  }
}

/** Where the three buttons are. Playwright's own looking at the page before a click is not the tap's, so it is done once. */
const spots = async (page: Page): Promise<Pick<Hand, 'pause' | 'reason' | 'primary'>> => {
  const pause = await middleOf(page.getByRole('button', { name: 'Pause', exact: true }))
  await page.mouse.click(pause.x, pause.y)
  const first = page
    .getByRole('dialog')
    .locator('button', { hasNotText: /close|back|cancel/i })
    .first()
  await first.waitFor()
  const reason = await middleOf(first)
  await page.mouse.click(reason.x, reason.y)
  const resume = page.locator('[data-primary]', { hasText: /^Resume/ })
  await resume.waitFor()
  const primary = await middleOf(resume)
  // The primary button was pressed to start: sooner than a hand, this would count as that press bouncing.
  await page.waitForTimeout(BOUNCE)
  await page.mouse.click(primary.x, primary.y)
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
  return { pause, reason, primary }
}

const middleOf = async (button: Locator): Promise<Spot> => {
  const box = await button.boundingBox()
  if (!box) throw new Error('There is nothing to tap')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Begins and ends with work running. */
const rounds = async (hand: Hand, count: number, ms: number): Promise<readonly number[]> => {
  const costs: number[] = []
  for (let at = 0; at < count; at++) {
    await tap(hand, hand.pause)
    await hand.page.getByRole('dialog').waitFor()
    costs.push(await costOf(hand, hand.reason, ms))
    await hand.page.locator('[data-primary]', { hasText: /^Resume/ }).waitFor()
    costs.push(await costOf(hand, hand.primary, ms))
    await hand.page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
  }
  return costs
}

const tap = ({ page }: Hand, { x, y }: Spot): Promise<void> => page.mouse.click(x, y)

const costOf = async (hand: Hand, spot: Spot, ms: number): Promise<number> => {
  await hand.page.waitForTimeout(ms)
  const before = await busy(hand)
  await tap(hand, spot)
  await hand.page.waitForTimeout(ms)
  return (await busy(hand)) - before
}

const BURST = 5
/** Reason, resume, open the reasons, reason, resume: four of the five write. */
const burstsOf = async (hand: Hand): Promise<readonly { cost: number; ms: number }[]> => {
  const found: { cost: number; ms: number }[] = []
  for (let at = 0; at < ROUNDS.burst; at++) {
    await tap(hand, hand.pause)
    await hand.page.waitForTimeout(WHOLE)
    const begun = performance.now()
    const before = await busy(hand)
    for (const spot of [hand.reason, hand.primary, hand.pause, hand.reason, hand.primary]) {
      await tap(hand, spot)
      await hand.page.waitForTimeout(PACE)
    }
    await hand.page.waitForTimeout(WHOLE - PACE)
    found.push({ cost: (await busy(hand)) - before, ms: performance.now() - begun })
    // A tap that met nothing would have cost nothing.
    await hand.page.getByRole('button', { name: 'Pause', exact: true }).waitFor({ timeout: 1_000 })
  }
  return found
}

const busy = async ({ metrics }: Hand): Promise<number> => {
  const { metrics: all } = await metrics.send('Performance.getMetrics')
  return (all.find(one => one.name === 'TaskDuration')?.value ?? Number.NaN) * 1000
}

/** What the page does anyhow in so many milliseconds. */
const idleCost = async (hand: Hand, ms: number): Promise<number> => {
  const costs: number[] = []
  for (let at = 0; at < 5; at++) {
    const before = await busy(hand)
    await hand.page.waitForTimeout(ms)
    costs.push((await busy(hand)) - before)
  }
  return median(costs)
}
