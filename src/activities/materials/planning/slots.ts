/**
 * Time as the engine counts it: slots from 0, each one day or one week wide. Everything between the first day that an
 * order could be started on and the last demand has its slot, so a date is an index and never a key.
 */

export type Slots = {
  /** Day of slot 0; a Monday when slots are weeks. */
  readonly first: number
  readonly width: 1 | 7
  readonly count: number
  /** Slot of the plan's day. */
  readonly today: number
  /** Days between which demands and receipts may lie without a new snapshot. */
  readonly seen: { readonly from: number; readonly to: number }
  /** For each day from `first`: how many working days lie before or on it, less 1. Absent where every day is worked. */
  readonly workedUpTo?: Int32Array
  /** The working days in order, counted from `first`. */
  readonly worked?: Int32Array
}

/** A lead time that grows with the order: days, and days for each smallest unit that is started; never more than `most`, which is what time has room for. */
export type Growth = { readonly days: number; readonly each: number; readonly most: number }

/** 1970-01-05 was a Monday. */
const MONDAY = 4

const startOfWeek = (day: number): number => day - ((((day - MONDAY) % 7) + 7) % 7)

export type Span = {
  readonly seen: Slots['seen']
  readonly from: number
  readonly to: number
  readonly today: number
  readonly weekly: boolean
  readonly workingDays: readonly number[] | undefined
}

export const slotsOf = ({ seen, from, to, today, weekly, workingDays }: Span): Slots => {
  const width = weekly ? 7 : 1
  const first = weekly ? startOfWeek(from) : from
  const count = Math.floor((to - first) / width) + 2
  const base = { first, width, count, seen, today: Math.floor((today - first) / width) } as const
  return workingDays ? { ...base, ...worked(first, count * width, workingDays) } : base
}

const worked = (first: number, length: number, workingDays: readonly number[]) => {
  const open = new Set(workingDays)
  let [low, high] = [Infinity, -Infinity]
  for (const day of workingDays) {
    low = Math.min(low, day)
    high = Math.max(high, day)
  }
  const workedUpTo = new Int32Array(length)
  const days = new Int32Array(length)
  let count = 0
  for (let at = 0; at < length; at++) {
    const day = first + at
    if (day < low || day > high || open.has(day)) days[count++] = at
    workedUpTo[at] = count - 1
  }
  return { workedUpTo, worked: days.slice(0, count) }
}

/** Day of a slot: its Monday when slots are weeks. */
export const dayOf = (slots: Slots, slot: number): number => slots.first + slot * slots.width

/** Slot of a day; days outside are put to the edge. */
export const slotOf = (slots: Slots, day: number): number =>
  Math.min(slots.count - 1, Math.max(0, Math.floor((day - slots.first) / slots.width)))

/** The slot `days` before a slot; working days when `working` and the site has a calendar. */
export const before = (slots: Slots, slot: number, days: number, working: boolean): number => {
  if (days <= 0) return slot
  const { workedUpTo, worked: open, width } = slots
  if (!working || !workedUpTo || !open) return Math.max(0, slot - Math.ceil(days / width))
  const at = (workedUpTo[slot * width] ?? 0) - days
  return at < 0 ? 0 : Math.floor((open[at] ?? 0) / width)
}

/** The slot `days` after a slot, in the same counting. */
export const after = (slots: Slots, slot: number, days: number, working: boolean): number => {
  if (days <= 0) return slot
  const { workedUpTo, worked: open, width, count } = slots
  if (!working || !workedUpTo || !open) return Math.min(count - 1, slot + Math.ceil(days / width))
  const from = workedUpTo[slot * width] ?? 0
  // On a day off, the count starts with the next working day.
  const here = open[from] === slot * width ? from : from + 1
  const at = open[Math.min(open.length - 1, here + days)] ?? 0
  return Math.min(count - 1, Math.ceil(at / width))
}

/** How many days between the first and the last of these are not among them. */
export const daysOff = (days: readonly number[]): number => {
  let [low, high] = [Infinity, -Infinity]
  for (const day of days) {
    low = Math.min(low, day)
    high = Math.max(high, day)
  }
  return days.length === 0 ? 0 : Math.max(0, high - low + 1 - new Set(days).size)
}
