/** frePPLe's calendars, as far as they say when there is work: which quarters of an hour are open. */
import { every, field, type Node, numberIn, QUARTER, seconds, slotOfDate } from './frepple-xml.ts'

const DAY = 86_400 / QUARTER

type Bucket = {
  readonly from: number
  readonly to: number
  readonly days: number
  readonly begins: number
  readonly ends: number
  readonly value: number
  readonly priority: number
}

const bucketsOf = (calendar: Node): readonly Bucket[] => {
  const time = (node: Node, name: string, otherwise: number): number => {
    const found = field(node, name)
    return found === undefined ? otherwise : seconds(found) / QUARTER
  }
  const date = (node: Node, name: string, otherwise: number): number => {
    const found = field(node, name)
    return found === undefined ? otherwise : slotOfDate(found)
  }
  const all = every(calendar, 'bucket').map(node => ({
    from: date(node, 'start', -Infinity),
    to: date(node, 'end', Infinity),
    days: numberIn(node, 'days') ?? 127,
    begins: time(node, 'starttime', 0),
    ends: time(node, 'endtime', DAY),
    value: numberIn(node, 'value') ?? 0,
    priority: numberIn(node, 'priority') ?? 0
  }))
  // The one of the lowest number rules; of equals, the one that starts later.
  return all.toSorted((a, b) => a.priority - b.priority || b.from - a.from)
}

/** What a calendar says at the beginning of a quarter of an hour. */
export const valueAt = (calendar: Node): ((slot: number) => number) => {
  const buckets = bucketsOf(calendar)
  const otherwise = numberIn(calendar, 'default') ?? 0
  return slot => {
    const day = Math.floor(slot / DAY)
    const time = slot - day * DAY
    // 1970-01-01 was a Thursday; the lowest bit is Sunday.
    const bit = 1 << ((((day + 4) % 7) + 7) % 7)
    const found = buckets.find(
      one => one.from <= slot && slot < one.to && (one.days & bit) > 0 && one.begins <= time && time < one.ends
    )
    return found?.value ?? otherwise
  }
}

/** The open quarters from one to before another, of all calendars together. */
export const openSlots = (calendars: readonly Node[], from: number, to: number): readonly number[] => {
  const values = calendars.map(valueAt)
  const found: number[] = []
  for (let slot = from; slot < to; slot++) if (values.every(value => value(slot) > 0)) found.push(slot)
  return found
}
