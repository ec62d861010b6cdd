/**
 * How much one caller may ask: token buckets by name, and requests that may be made only once. In memory and per process:
 * a flood is stopped where it arrives. What must hold across processes (wrong PINs) is counted in the database.
 */
export type Budget = { readonly burst: number; readonly perSecond: number }

/** A tablet at work asks a few times a second; a first fetch of documents or a day's backlog comes in one burst. */
export const BUDGETS = {
  device: { burst: 600, perSecond: 60 },
  script: { burst: 2000, perSecond: 200 },
  /** By network address, for calls that need no name. Many tablets may share one behind a proxy. */
  open: { burst: 600, perSecond: 100 },
  /** By network address: calls that a one-time code opens. */
  guess: { burst: 60, perSecond: 1 }
} as const satisfies Record<string, Budget>

export type Limiter = {
  /** Takes one; answers 0, or the seconds until there is one again. */
  take(name: string, budget: Budget): number
  /** The same without taking: for callers who are not known yet, so that nobody can spend another's budget. */
  ask(name: string, budget: Budget): number
  /** False when this text was used before, within `ms`. */
  once(text: string, ms: number): boolean
  readonly size: () => number
}

const MOST_NAMES = 20_000

export const openLimiter = (now: () => number = Date.now): Limiter => {
  const buckets = new Map<string, { tokens: number; at: number }>()
  const used = new Map<string, number>()
  const filled = (name: string, { burst, perSecond }: Budget): number => {
    const bucket = buckets.get(name)
    return bucket ? Math.min(burst, bucket.tokens + ((now() - bucket.at) / 1000) * perSecond) : burst
  }
  const wait = (tokens: number, { perSecond }: Budget): number =>
    tokens >= 1 ? 0 : Math.ceil((1 - tokens) / perSecond)
  return {
    take: (name, budget) => {
      const tokens = filled(name, budget)
      buckets.delete(name)
      buckets.set(name, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now() })
      dropOldest(buckets, MOST_NAMES)
      return wait(tokens, budget)
    },
    ask: (name, budget) => wait(filled(name, budget), budget),
    once: (text, ms) => {
      for (const [old, until] of used) {
        if (until > now()) break
        used.delete(old)
      }
      if (used.has(text)) return false
      used.set(text, now() + ms)
      dropOldest(used, MOST_NAMES)
      return true
    },
    size: () => buckets.size + used.size
  }
}

const dropOldest = (map: Map<string, unknown>, most: number): void => {
  if (map.size <= most) return
  const oldest = map.keys().next().value
  if (oldest !== undefined) map.delete(oldest)
}
