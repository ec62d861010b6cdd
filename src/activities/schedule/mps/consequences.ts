/** What an edit of the plan does: the difference of two runs, as data in the order in which a planner wants to hear of it. */

/** A part that is missing on a day (a number of the plant's calendar), whom it stops first and how many in all. */
export type Short = {
  readonly item: string
  readonly short: number
  readonly day: number
  readonly stops?: string
  readonly stopped: number
}
/** A demand or an order that comes late, by so many days. */
export type Late = { readonly what: string; readonly item: string; readonly due: number; readonly days: number }
/** More work than open time at a station, a tool or an inspector. `over` in minutes. */
export type Overload = { readonly resource: string; readonly bucket: number; readonly over: number }

export type Outlook = {
  readonly shortages: readonly Short[]
  readonly late: readonly Late[]
  readonly overloads: readonly Overload[]
}

export type Consequence =
  | {
      readonly kind: 'shortage-appears' | 'shortage-grows' | 'shortage-shrinks' | 'shortage-goes'
      readonly now: Short
      readonly was?: Short
    }
  | { readonly kind: 'late-appears' | 'later' | 'less-late' | 'late-goes'; readonly now: Late; readonly was?: Late }
  | {
      readonly kind: 'overload-appears' | 'overload-grows' | 'overload-shrinks' | 'overload-goes'
      readonly now: Overload
      readonly was?: Overload
    }

/** Bad news first, then better news; within each, what comes first in time. `now` of what goes is what it was. */
export const consequencesOf = (before: Outlook, after: Outlook): readonly Consequence[] => {
  const shortages = differences(
    before.shortages,
    after.shortages,
    ({ item }) => item,
    ({ short }) => short
  ).map(({ change, ...one }): Consequence => ({ kind: SHORTAGE[change], ...one }))
  const late = differences(
    before.late,
    after.late,
    ({ what }) => what,
    ({ days }) => days
  ).map(({ change, ...one }): Consequence => ({ kind: LATE[change], ...one }))
  const overloads = differences(
    before.overloads,
    after.overloads,
    ({ resource, bucket }) => `${resource}\n${bucket}`,
    ({ over }) => over
  ).map(({ change, ...one }): Consequence => ({ kind: OVERLOAD[change], ...one }))
  const all = [...shortages, ...late, ...overloads]
  return all
    .map((one, at) => ({ one, at }))
    .sort((a, b) => badness(a.one) - badness(b.one) || a.at - b.at)
    .map(({ one }) => one)
}

type Change = 'appears' | 'grows' | 'shrinks' | 'goes'
const SHORTAGE = {
  appears: 'shortage-appears',
  grows: 'shortage-grows',
  shrinks: 'shortage-shrinks',
  goes: 'shortage-goes'
} as const
const LATE = { appears: 'late-appears', grows: 'later', shrinks: 'less-late', goes: 'late-goes' } as const
const OVERLOAD = {
  appears: 'overload-appears',
  grows: 'overload-grows',
  shrinks: 'overload-shrinks',
  goes: 'overload-goes'
} as const

const badness = ({ kind }: Consequence): number =>
  kind.endsWith('appears') ? 0 : kind.endsWith('grows') || kind === 'later' ? 1 : kind.endsWith('goes') ? 3 : 2

type Difference<T> = { readonly change: Change; readonly now: T; readonly was?: T }

const differences = <T extends object>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (one: T) => string,
  sizeOf: (one: T) => number
): readonly Difference<T>[] => {
  const was = new Map(before.map(one => [keyOf(one), one]))
  const still = new Set(after.map(keyOf))
  const found = after.flatMap((now): readonly Difference<T>[] => {
    const old = was.get(keyOf(now))
    if (old === undefined) return [{ change: 'appears', now }]
    const by = sizeOf(now) - sizeOf(old)
    return by === 0 ? [] : [{ change: by > 0 ? 'grows' : 'shrinks', now, was: old }]
  })
  const gone = before.filter(one => !still.has(keyOf(one)))
  return [...found, ...gone.map((one): Difference<T> => ({ change: 'goes', now: one, was: one }))]
}
