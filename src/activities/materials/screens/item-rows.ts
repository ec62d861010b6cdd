/** Rows of an item for the screen: by weeks, and as the points of its plot. */
import { weekdayOf } from '#kernel/calendar.ts'
import { add } from '#kernel/quantity.ts'
import type { ItemRow } from '../planning/problem.ts'

/** Monday of each week with all that happens in it; what is left is that of its last day. */
export const weekly = (rows: readonly ItemRow[]): readonly ItemRow[] => {
  const weeks = new Map<number, ItemRow>()
  for (const row of rows) {
    const day = row.day - (weekdayOf(row.day) - 1)
    const was = weeks.get(day)
    weeks.set(day, {
      day,
      gross: add(was?.gross ?? 0, row.gross),
      receipts: add(was?.receipts ?? 0, row.receipts),
      planned: add(was?.planned ?? 0, row.planned),
      released: add(was?.released ?? 0, row.released),
      projected: row.projected
    })
  }
  return [...weeks.values()]
}

export type Plot = {
  /** Corners of the line, 0 to 1 from the left and from the top. */
  readonly line: readonly (readonly [number, number])[]
  /** Height of nothing and of the safety stock, 0 to 1 from the top. */
  readonly zero: number
  readonly safety: number
  readonly high: number
  readonly low: number
  readonly from: number
  readonly to: number
}

/** Stock is level until something happens, so the line has steps and no slopes. */
export const plotOf = (rows: readonly ItemRow[], onHand: number, safety: number, today: number): Plot => {
  const from = Math.min(today, rows[0]?.day ?? today)
  const to = Math.max(from + 7, (rows.at(-1)?.day ?? today) + 1)
  const values = [onHand, safety, 0, ...rows.map(({ projected }) => projected)]
  const [low, top] = [Math.min(...values), Math.max(...values)]
  const high = top > low ? top : low + 1
  const x = (day: number): number => (day - from) / (to - from)
  const y = (value: number): number => (high - value) / (high - low)
  const line: (readonly [number, number])[] = [[0, y(onHand)]]
  let last = onHand
  for (const { day, projected } of rows) {
    line.push([x(day), y(last)], [x(day), y(projected)])
    last = projected
  }
  line.push([1, y(last)])
  return { line, zero: y(0), safety: y(safety), high, low, from, to }
}
