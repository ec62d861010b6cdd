/** The rules of the floor that a machine can check (sizes in CSS pixels), and the words in them made 40 % longer. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

export const SIZES = [
  { width: 1280, height: 800 },
  { width: 820, height: 1180 }
] as const

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

// What follows up to `spilt` runs in the page and is handed over as text: it may use nothing but the page.

/** What is cut or pushed off the screen. */
const fits = (): readonly string[] => {
  const shown = (one: Element) => one.checkVisibility() && !one.closest('[inert]')
  const say = (what: string, one: Element) => `${what}: ${one.tagName} ${one.textContent?.slice(0, 40)}`
  const cut = [...document.querySelectorAll('[data-nocut],button')]
    .filter(one => shown(one) && getComputedStyle(one).display !== 'inline' && one.scrollWidth > one.clientWidth + 1)
    .map(one => say('cut', one))
  const off = [...document.querySelectorAll('button,a,input')]
    .filter(one => shown(one) && !one.closest('[data-scrolls]'))
    .filter(one => {
      const box = one.getBoundingClientRect()
      return box.left < -1 || box.right > innerWidth + 1
    })
    .map(one => say('off the screen', one))
  const wide = document.documentElement.scrollWidth > innerWidth + 1 ? ['the page is wider than the screen'] : []
  const primary = [...document.querySelectorAll('[data-primary]')].filter(shown).flatMap(one => {
    const box = one.getBoundingClientRect()
    return box.top < 0 || box.bottom > innerHeight + 1 ? [say('primary not in sight', one)] : []
  })
  return [...cut, ...off, ...wide, ...primary]
}

/** What lies over what else can be touched. A dialog or a notice covers the screen by purpose; within one layer nothing may. */
const keepsApart = (): readonly string[] => {
  const seen = (one: Element) => {
    let { left, top, right, bottom } = one.getBoundingClientRect()
    // What scrolls away inside a parent is not there.
    for (let up = one.parentElement; up; up = up.parentElement) {
      if (getComputedStyle(up).overflow === 'visible') continue
      const box = up.getBoundingClientRect()
      left = Math.max(left, box.left)
      top = Math.max(top, box.top)
      right = Math.min(right, box.right)
      bottom = Math.min(bottom, box.bottom)
    }
    const layer = one.closest('[aria-modal],[role=status],[role=alert]')
    return right - left > 2 && bottom - top > 2 ? [{ one, layer, left, top, right, bottom }] : []
  }
  const boxes = [...document.querySelectorAll('button,a,input,textarea')]
    .filter(one => one.checkVisibility() && !one.closest('[inert]'))
    .flatMap(seen)
  return boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter(b => a.layer === b.layer && !a.one.contains(b.one) && !b.one.contains(a.one))
      .filter(b => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2)
      .filter(b => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2)
      .map(b => `over each other: ${a.one.textContent?.slice(0, 30)} and ${b.one.textContent?.slice(0, 30)}`)
  )
}

/**
 * Measures with each word made longer by `more` (0.4 is 40 %). Codes and numbers stay as they are in every language. Changed,
 * measured and put back in one go, so that nobody sees it.
 */
const withLongerWords = (more: number, measures: readonly (() => readonly string[])[]): readonly string[] => {
  const put: (() => void)[] = []
  const longer = (word: string) => word + word.slice(-Math.ceil(word.length * more)).toLowerCase()
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walk.nextNode(); more > 0 && node; node = walk.nextNode()) {
    const [text, was] = [node, node.textContent ?? '']
    text.textContent = was.replaceAll(/(?<![\w-])\p{L}{3,}(?![\w-])/gu, longer)
    put.push(() => {
      text.textContent = was
    })
  }
  const found = measures.flatMap(measure => measure())
  for (const back of put) back()
  return found
}

const spilt = (page: Page, more: number): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(`(${withLongerWords})(${more}, [${fits}, ${keepsApart}])`)

const primaries = (page: Page): Promise<readonly number[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('[data-primary]')]
      .filter(one => one.checkVisibility() && !one.closest('[inert]'))
      .map(one => one.getBoundingClientRect().height)
  )

/** The sizes and the cut text, as the page stands now. */
export const fitsGloves = async (page: Page, where: string): Promise<void> => {
  expect.soft(await small(page), `${where}: too small to touch`).toEqual([])
  expect.soft(await tinyText(page), `${where}: too small to read`).toEqual([])
  expect.soft(await spilt(page, 0), `${where}: does not fit`).toEqual([])
  expect.soft(await spilt(page, 0.4), `${where}: does not fit with longer words`).toEqual([])
}

export const hasOnePrimary = async (page: Page, where: string): Promise<void> => {
  const heights = await primaries(page)
  expect.soft(heights, `${where}: one primary action`).toHaveLength(1)
  for (const height of heights) expect.soft(height, `${where}: its height`).toBeGreaterThanOrEqual(112)
}

export const passesAxe = async (page: Page, where: string): Promise<void> => {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const found = violations.map(one => `${one.id}: ${one.nodes.map(node => node.target).join(' ')}`)
  expect.soft(found, `${where}: axe`).toEqual([])
}
