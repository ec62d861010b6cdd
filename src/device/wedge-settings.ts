/** What this tablet's scanner does in its own way. Found and remembered on the set-up page; most need none of it. */
import * as z from 'zod/mini'

const wedgeSettings = z.object({
  /** What it sends before and after each code. */
  prefix: z.optional(z.string()),
  suffix: z.optional(z.string()),
  /** What it sends in place of GS (U+001D): a character, or the name of a key such as `F8`. */
  separator: z.optional(z.string()),
  /** The tablet's keyboard layout is not the scanner's: letters are told by the place of the key on a US keyboard. */
  byPlace: z.optional(z.boolean()),
  /** It ends a code with nothing; a pause ends it. */
  endless: z.optional(z.boolean())
})
export type WedgeSettings = Readonly<z.infer<typeof wedgeSettings>>

type Slots = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
const SLOT = 'jobcard-scanner'

export const readWedgeSettings = (slots: Slots): WedgeSettings => {
  try {
    return wedgeSettings.parse(JSON.parse(slots.getItem(SLOT) ?? '{}'))
  } catch {
    return {}
  }
}

export const keepWedgeSettings = (slots: Slots, settings: WedgeSettings): void => {
  if (Object.keys(settings).length === 0) slots.removeItem(SLOT)
  else slots.setItem(SLOT, JSON.stringify(settings))
}
