/** Locks a tablet that nobody touches. Locking closes nothing: the step stays open and belongs to the unit. */

/** Milliseconds. */
export const IDLE = { lock: 5 * 60_000, desk: 30 * 60_000, warn: 30_000 } as const

export type Idle =
  | { readonly state: 'awake' }
  | { readonly state: 'warning'; readonly left: number }
  | { readonly state: 'locked' }

/** `left` in whole seconds until it locks. A clock that jumped back counts as a touch. */
export const idleAt = (touched: number, now: number, lock: number = IDLE.lock): Idle => {
  const quiet = now - touched
  if (quiet >= lock) return { state: 'locked' }
  if (quiet >= lock - IDLE.warn) return { state: 'warning', left: Math.ceil((lock - quiet) / 1000) }
  return { state: 'awake' }
}

/** Calls back on every touch, key or scan. Returns the way to stop. */
export const onTouch = (touched: () => void): (() => void) => {
  const kinds = ['pointerdown', 'keydown', 'wheel'] as const
  for (const kind of kinds) addEventListener(kind, touched, { capture: true, passive: true })
  return () => {
    for (const kind of kinds) removeEventListener(kind, touched, { capture: true })
  }
}
