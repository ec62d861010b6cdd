/**
 * The least that gross to net can take: the same problem, nothing but whole weeks, minimum and multiple, one dense row for
 * each item, planned orders as short lists. No units, no yield, no calendars, no pegs. What the engine is measured against.
 */
import type { Snapshot } from '#activities/materials/planning/snapshot.ts'

export const bareNetting = ({
  slots,
  count,
  items,
  lineOffset,
  lineParent,
  lineNum,
  demands,
  receipts
}: Snapshot): number => {
  const weeks = slots.count
  const lead = Int32Array.from(items.lead, days => days / 7)
  const { lotMinimum, lotMultiple, onHand } = items
  const row = new Float64Array(weeks)
  const first = new Int32Array(count + 1)
  let room = count * 16
  let start = new Int32Array(room)
  let quantity = new Float64Array(room)
  let end = 0
  for (let item = 0; item < count; item++) {
    const lastDemand = (demands.offset[item] ?? 0) + (demands.count[item] ?? 0)
    for (let k = demands.offset[item] ?? 0; k < lastDemand; k++)
      row[demands.slot[k] ?? 0] = (row[demands.slot[k] ?? 0] ?? 0) + (demands.quantity[k] ?? 0)
    const lastReceipt = (receipts.offset[item] ?? 0) + (receipts.count[item] ?? 0)
    for (let k = receipts.offset[item] ?? 0; k < lastReceipt; k++)
      row[receipts.slot[k] ?? 0] = (row[receipts.slot[k] ?? 0] ?? 0) - (receipts.quantity[k] ?? 0)
    for (let line = lineOffset[item] ?? 0; line < (lineOffset[item + 1] ?? 0); line++) {
      const parent = lineParent[line] ?? 0
      const per = lineNum[line] ?? 0
      for (let k = first[parent] ?? 0; k < (first[parent + 1] ?? 0); k++)
        row[start[k] ?? 0] = (row[start[k] ?? 0] ?? 0) + (quantity[k] ?? 0) * per
    }
    if (end + weeks > room) {
      room *= 2
      const longer = [new Int32Array(room), new Float64Array(room)] as const
      longer[0].set(start)
      longer[1].set(quantity)
      ;[start, quantity] = longer
    }
    let stock = onHand[item] ?? 0
    const [minimum, multiple, weeksAhead] = [lotMinimum[item] ?? 0, lotMultiple[item] ?? 1, lead[item] ?? 0]
    for (let week = 0; week < weeks; week++) {
      stock -= row[week] ?? 0
      row[week] = 0
      if (stock >= 0) continue
      const least = Math.max(-stock, minimum)
      const lot = Math.ceil(least / multiple) * multiple
      start[end] = week - weeksAhead
      quantity[end++] = lot
      stock += lot
    }
    first[item + 1] = end
  }
  return end
}
