/** How much one order brings: the lot rules. Everything in smallest units. */
import { ceilOf, floorOf, upTo } from './exact.ts'
import type { Row } from './gather.ts'
import { ECONOMIC, GROUPED, PERIOD, type Snapshot } from './snapshot.ts'

/** One shortage is never cut into more orders than this: the next is as large as it takes. */
const MOST_ORDERS = 1000

/** Orders of one item as they are found: slot = due, key = start. */
export type Found = { slot: Int32Array; key: Int32Array; quantity: Float64Array; count: number }

export const roomFor = (found: Found): void => {
  if (found.count < found.slot.length) return
  const size = found.slot.length * 2
  const longer = (old: Int32Array): Int32Array => {
    const made = new Int32Array(size)
    made.set(old)
    return made
  }
  const quantity = new Float64Array(size)
  quantity.set(found.quantity)
  found.slot = longer(found.slot)
  found.key = longer(found.key)
  found.quantity = quantity
}

/**
 * The deficit that a period order covers: the deepest that stock would sink below safety from this slot on, for as many
 * days as the period has. `stock` is what there is after this slot. A period that begins with any event counts what is
 * there at its end: what comes inside it covers what was asked before.
 */
export const periodDeficit = (snapshot: Snapshot, { flow }: Row, item: number, slot: number, stock: number): number => {
  const { slots, items } = snapshot
  const safety = items.safety[item] ?? 0
  const end = Math.min(slots.count, slot + windowOf(snapshot, item))
  let [left, deepest] = [stock, stock]
  for (let at = slot + 1; at < end; at++) {
    left -= flow[at] ?? 0
    deepest = Math.min(deepest, left)
  }
  return safety - (items.lotRule[item] === GROUPED ? left : deepest)
}

/** Wilson's quantity from what the plan needs up to the slot `last`, or from what the caller says a year takes. */
export const economicQuantity = (snapshot: Snapshot, item: number, gross: number, last: number): number => {
  const { items, economics, slots } = snapshot
  const how = economics[items.lotArgument[item] ?? 0]
  if (!how || how.holdingCost <= 0) return 0
  const scale = items.scale[item] ?? 1
  const yearly = how.yearly ?? ((gross / scale) * 365) / (Math.max(1, last - slots.today + 1) * slots.width)
  return Math.ceil(Math.sqrt((2 * yearly * how.orderCost) / how.holdingCost) * scale)
}

/**
 * Adds the orders that bring at least `net` good units, and answers what they bring. `least` raises the minimum. A maximum
 * cuts: each order but the last is as large as the maximum and the multiple allow.
 */
export const orderFor = (
  snapshot: Snapshot,
  item: number,
  net: number,
  least: number,
  due: number,
  start: number,
  found: Found
): number => {
  const { items } = snapshot
  const num = items.yieldNum[item] ?? 1
  const den = items.yieldDen[item] ?? 1
  const multiple = items.lotMultiple[item] ?? 1
  const maximum = items.lotMaximum[item] ?? 0
  const minimum = Math.max(least, items.lotMinimum[item] ?? 0)
  let brought = 0
  for (let turn = 1; brought < net; turn++) {
    const left = num === den ? net - brought : ceilOf(net - brought, den, num)
    let quantity = upTo(Math.max(left, minimum), multiple)
    if (maximum > 0 && quantity > maximum && turn < MOST_ORDERS) {
      quantity = upTo(Math.max(Math.min(left, maximum), minimum), multiple)
      if (quantity > maximum) quantity = maximum - (maximum % multiple) || maximum
    }
    roomFor(found)
    found.slot[found.count] = due
    found.key[found.count] = start
    found.quantity[found.count] = quantity
    found.count++
    brought += num === den ? quantity : floorOf(quantity, num, den)
  }
  return brought
}

export const hasWindow = ({ items }: Snapshot, item: number): boolean =>
  items.lotRule[item] === PERIOD || items.lotRule[item] === GROUPED

/** Slots of an item's period. */
export const windowOf = ({ items, slots }: Snapshot, item: number): number =>
  Math.max(1, Math.ceil((items.lotArgument[item] ?? 1) / slots.width))

export const isEconomic = (snapshot: Snapshot, item: number): boolean => snapshot.items.lotRule[item] === ECONOMIC
