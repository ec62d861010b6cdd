/** What this tablet's scanner does in its own way. Found and remembered on the set-up page; most need none of it. */

export type WedgeSettings = {
  /** What it sends before and after each code. */
  readonly prefix?: string
  readonly suffix?: string
  /** What it sends in place of GS (U+001D): a character, or the name of a key such as `F8`. */
  readonly separator?: string
  /** The tablet's keyboard layout is not the scanner's: letters are told by the place of the key on a US keyboard. */
  readonly byPlace?: boolean
  /** It ends a code with nothing; a pause ends it. */
  readonly endless?: boolean
}

type Slots = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
const SLOT = 'jobcard-scanner'

/** Read without a schema: this is in the first file of all, and what does not fit is left out. */
export const readWedgeSettings = (slots: Slots): WedgeSettings => {
  try {
    const kept: unknown = JSON.parse(slots.getItem(SLOT) ?? '{}')
    if (typeof kept !== 'object' || kept === null) return {}
    const fits = ([name, value]: [string, unknown]): boolean =>
      /^(prefix|suffix|separator)$/.test(name)
        ? typeof value === 'string' && value !== ''
        : /^(byPlace|endless)$/.test(name) && value === true
    return Object.fromEntries(Object.entries(kept).filter(fits))
  } catch {
    return {}
  }
}

export const keepWedgeSettings = (slots: Slots, settings: WedgeSettings): void => {
  if (Object.keys(settings).length === 0) slots.removeItem(SLOT)
  else slots.setItem(SLOT, JSON.stringify(settings))
}
