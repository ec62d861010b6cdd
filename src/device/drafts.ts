/** What a person typed and has not recorded yet: kept at every change, so that a crash costs nothing. */

/** The part of localStorage that is used, and that `kept-slots.ts` gives a second home; it is synchronous: no key is lost. */
export type Slots = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export type Drafts = { get(key: string): string | undefined; set(key: string, value: string | undefined): void }

const PREFIX = 'jobcard-draft '

/** Whether a slot holds a draft: these are worth a second home. */
export const isDraft = (name: string): boolean => name.startsWith(PREFIX)

export const drafts = (slots: Slots): Drafts => {
  // What the browser would not keep is at least there until the page goes.
  const unkept = new Map<string, string>()
  return {
    get: key => unkept.get(key) ?? slots.getItem(PREFIX + key) ?? undefined,
    set: (key, value) => {
      unkept.delete(key)
      if (value === undefined) return slots.removeItem(PREFIX + key)
      try {
        slots.setItem(PREFIX + key, value)
      } catch {
        unkept.set(key, value)
      }
    }
  }
}

export const memorySlots = (): Slots => {
  const map = new Map<string, string>()
  return {
    getItem: key => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: key => void map.delete(key)
  }
}
