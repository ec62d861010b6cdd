/**
 * Pegging, first in first out: an item's supplies in the order in which they come against its needs in the order of their
 * dates, both as running totals. A supply serves the needs whose totals its own overlap, so every peg of either side is
 * found by two binary searches, and none has to be kept. The safety stock is the last need of all: what only fills it delays nobody.
 */
import { type Netted, type StoodIn, appliesOn, eachStandIn, neededBy, neededIn } from './gather.ts'
import { type Lists, emptyLists, place } from './lists.ts'
import { floorOf } from './exact.ts'
import { slotOf } from './slots.ts'

/**
 * What a key below zero means, as -1 - key. Of needs: a demand, what an open order still has to be given, what the item
 * gives to stand in for another, what the books owe, the safety stock. Of supplies: a receipt, a stand-in, what lies there.
 * Keys from zero are planned orders, on both sides.
 */
const KIND = 2 ** 28
export const DEMAND = 0
export const OPEN_NEED = 1
export const STANDS_IN = 2
export const OWED = 3
export const SAFETY = 4
export const RECEIPT = 0
export const STOOD_IN = 1
export const ON_HAND = 2

export const keyOf = (kind: number, index: number): number => -1 - (kind * KIND + index)
export const kindOf = (key: number): number => Math.floor((-1 - key) / KIND)
export const indexOf = (key: number): number => (-1 - key) % KIND

export type Pegged = Netted & {
  /** Slot, key and running total. */
  readonly needs: Lists
  readonly supplies: Lists
  /** By planned order: whose it is. */
  owner: Int32Array
}

/** Needs of one item before they are sorted. */
type Unsorted = { slot: Int32Array; key: Int32Array; quantity: Float64Array; count: number }

export type PegDesk = { readonly unsorted: Unsorted; readonly next: Int32Array; readonly bits: Int32Array }

/** `size`: as many needs as one item has at most; more make room for themselves, which costs what was compiled so far. */
const deskFor = ({ snapshot }: Netted, size: number): PegDesk => ({
  unsorted: { slot: new Int32Array(size), key: new Int32Array(size), quantity: new Float64Array(size), count: 0 },
  next: new Int32Array(snapshot.slots.count),
  bits: new Int32Array((snapshot.slots.count >>> 5) + 1)
})

/** Everything pegged, and the desk at which single items are pegged again. */
export const pegAll = (netted: Netted): { readonly pegged: Pegged; readonly pegDesk: PegDesk } => {
  const { snapshot, orders } = netted
  const { count, receipts } = snapshot
  const sizes = sizesOf(netted)
  const pegged: Pegged = {
    ...netted,
    needs: emptyLists(count, sizes.all),
    supplies: emptyLists(count, orders.end + receipts.end + count),
    owner: new Int32Array(orders.slot.length)
  }
  const pegDesk = deskFor(netted, sizes.most)
  for (let item = 0; item < count; item++) pegItem(pegged, item, pegDesk)
  return { pegged, pegDesk }
}

/** How many needs there are in all, and of one item at most; what stands in comes on top. */
const sizesOf = ({ snapshot, orders }: Netted): { readonly all: number; readonly most: number } => {
  const { count, demands, openNeeds, lineOffset, lineParent } = snapshot
  let [all, most] = [0, 0]
  for (let item = 0; item < count; item++) {
    // What the books owe or the safety stock wants: one at most.
    let own = 1 + (demands.count[item] ?? 0) + (openNeeds.get(item)?.length ?? 0)
    for (let line = lineOffset[item] ?? 0; line < (lineOffset[item + 1] ?? 0); line++)
      own += orders.count[lineParent[line] ?? 0] ?? 0
    all += own
    most = Math.max(most, own)
  }
  return { all, most: most + 1 }
}

export const pegItem = (plan: Pegged, item: number, desk: PegDesk): void => {
  own(plan, item)
  supply(plan, item)
  collect(plan, item, desk)
  sortIn(plan, item, desk)
}

const own = (plan: Pegged, item: number): void => {
  const { orders } = plan
  if (plan.owner.length < orders.slot.length) {
    const longer = new Int32Array(orders.slot.length)
    longer.set(plan.owner)
    plan.owner = longer
  }
  const from = orders.offset[item] ?? 0
  plan.owner.fill(item, from, from + (orders.count[item] ?? 0))
}

/** On hand, then by slot: what is on order, what stands in, what is planned. */
const supply = (plan: Pegged, item: number): void => {
  const { snapshot, orders, supplies } = plan
  const { receipts, items, slots } = snapshot
  const stood = plan.stoodIn.size > 0 ? (plan.stoodIn.get(item) ?? NONE) : NONE
  const onHand = Math.max(0, items.onHand[item] ?? 0)
  const coming = receipts.count[item] ?? 0
  const first = onHand > 0 ? 1 : 0
  const at = place(supplies, item, first + coming + stood.length + (orders.count[item] ?? 0))
  if (first === 1) {
    supplies.slot[at] = slots.today
    supplies.key[at] = keyOf(ON_HAND, 0)
    supplies.quantity[at] = onHand
  }
  if (coming + stood.length > 0) merge(plan, item, stood, at + first, onHand)
  else planOnly(plan, item, at + first, onHand)
}

const planOnly = ({ snapshot, orders, supplies }: Pegged, item: number, begin: number, onHand: number): void => {
  const { slot, key, quantity } = supplies
  const [num, den] = [snapshot.items.yieldNum[item] ?? 1, snapshot.items.yieldDen[item] ?? 1]
  const from = orders.offset[item] ?? 0
  const to = from + (orders.count[item] ?? 0)
  let total = onHand
  for (let order = from, at = begin; order < to; order++, at++) {
    const started = orders.quantity[order] ?? 0
    total += num === den ? started : floorOf(started, num, den)
    slot[at] = orders.slot[order] ?? 0
    key[at] = order
    quantity[at] = total
  }
}

/** With what is on order and what stands in between, each in the order of its slots; on one slot in this order. */
const merge = (plan: Pegged, item: number, stood: readonly StoodIn[], begin: number, onHand: number): void => {
  const { snapshot, orders, supplies } = plan
  const { receipts, items } = snapshot
  const [num, den] = [items.yieldNum[item] ?? 1, items.yieldDen[item] ?? 1]
  const entries: [slot: number, key: number, quantity: number][] = []
  const firstReceipt = receipts.offset[item] ?? 0
  for (let k = firstReceipt; k < firstReceipt + (receipts.count[item] ?? 0); k++)
    entries.push([receipts.slot[k] ?? 0, keyOf(RECEIPT, receipts.key[k] ?? 0), receipts.quantity[k] ?? 0])
  for (const one of stood) entries.push([one.slot, keyOf(STOOD_IN, one.by), one.covers])
  const firstOrder = orders.offset[item] ?? 0
  for (let order = firstOrder; order < firstOrder + (orders.count[item] ?? 0); order++)
    entries.push([orders.slot[order] ?? 0, order, floorOf(orders.quantity[order] ?? 0, num, den)])
  entries.sort((a, b) => a[0] - b[0])
  let total = onHand
  for (const [k, [slot, key, quantity]] of entries.entries()) {
    total += quantity
    supplies.slot[begin + k] = slot
    supplies.key[begin + k] = key
    supplies.quantity[begin + k] = total
  }
}

const NONE: readonly StoodIn[] = []

/** Everything that asks, in the order in which it is served on one day. */
const collect = (plan: Pegged, item: number, { unsorted }: PegDesk): void => {
  const { snapshot } = plan
  const { demands, openNeeds, items, slots } = snapshot
  unsorted.count = 0
  const onHand = items.onHand[item] ?? 0
  if (onHand < 0) add(unsorted, slots.today, keyOf(OWED, 0), -onHand)
  const last = (demands.offset[item] ?? 0) + (demands.count[item] ?? 0)
  for (let k = demands.offset[item] ?? 0; k < last; k++)
    add(unsorted, demands.slot[k] ?? 0, keyOf(DEMAND, demands.key[k] ?? 0), demands.quantity[k] ?? 0)
  if (openNeeds.size > 0)
    for (const need of openNeeds.get(item) ?? [])
      add(unsorted, slotOf(slots, need.day), keyOf(OPEN_NEED, need.receipt), need.quantity)
  if (plan.stoodIn.size > 0)
    eachStandIn(plan, item, Infinity, (slot, quantity, by) => add(unsorted, slot, keyOf(STANDS_IN, by), quantity))
  collectParents(plan, item, unsorted)
  const kept = Math.max(items.safety[item] ?? 0, filledUp(plan, item, unsorted))
  if (kept > 0) add(unsorted, slots.count - 1, keyOf(SAFETY, 0), kept)
}

/** Where stock is filled up to a maximum, what is left of it in the end is wanted too: orders are made for it. */
const filledUp = ({ snapshot: { fillTo }, supplies }: Pegged, item: number, { quantity, count }: Unsorted): number => {
  const upTo = fillTo.size > 0 ? fillTo.get(item) : undefined
  if (upTo === undefined || supplies.count[item] === 0) return 0
  let left = supplies.quantity[endOf(supplies, item) - 1] ?? 0
  for (let k = 0; k < count; k++) left -= quantity[k] ?? 0
  return Math.min(upTo, left)
}

const collectParents = ({ snapshot, orders }: Pegged, item: number, unsorted: Unsorted): void => {
  const { lineOffset, lineParent, lineNum, lineRule, rules } = snapshot
  const { slot: due, key: start, quantity } = orders
  for (let line = lineOffset[item] ?? 0; line < (lineOffset[item + 1] ?? 0); line++) {
    const parent = lineParent[line] ?? 0
    const from = orders.offset[parent] ?? 0
    const to = from + (orders.count[parent] ?? 0)
    const num = lineNum[line] ?? 0
    const rule = lineRule[line] ?? 0
    if (rule === 0) {
      while (unsorted.count + to - from > unsorted.slot.length) widen(unsorted)
      const { slot: slots, key: keys, quantity: quantities } = unsorted
      let at = unsorted.count
      for (let order = from; order < to; order++, at++) {
        slots[at] = start[order] ?? 0
        keys[at] = order
        quantities[at] = (quantity[order] ?? 0) * num
      }
      unsorted.count = at
      continue
    }
    const how = rules[rule]
    for (let order = from; how && order < to; order++)
      if (appliesOn(snapshot, due[order] ?? 0, how))
        add(unsorted, neededIn(snapshot, parent, start[order] ?? 0, how), order, neededBy(how, quantity[order] ?? 0))
  }
}

const add = (unsorted: Unsorted, slot: number, key: number, quantity: number): void => {
  const at = unsorted.count++
  if (at >= unsorted.slot.length) widen(unsorted)
  unsorted.slot[at] = slot
  unsorted.key[at] = key
  unsorted.quantity[at] = quantity
}

const widen = (unsorted: Unsorted): void => {
  const size = unsorted.slot.length * 2
  const [slot, key, quantity] = [new Int32Array(size), new Int32Array(size), new Float64Array(size)]
  slot.set(unsorted.slot)
  key.set(unsorted.key)
  quantity.set(unsorted.quantity)
  Object.assign(unsorted, { slot, key, quantity })
}

/** Counting sort by slot, stable, straight into the item's list; then the quantities become running totals. */
const sortIn = (plan: Pegged, item: number, { unsorted, next, bits }: PegDesk): void => {
  const { slot, key, quantity, count } = unsorted
  const at = place(plan.needs, item, count)
  const { needs } = plan
  for (let k = 0; k < count; k++) {
    const own = slot[k] ?? 0
    next[own] = (next[own] ?? 0) + 1
    bits[own >>> 5] = (bits[own >>> 5] ?? 0) | (1 << (own & 31))
  }
  let place0 = at
  for (let w = 0; w < bits.length; w++)
    for (let word = bits[w] ?? 0; word !== 0; word &= word - 1) {
      const own = (w << 5) + 31 - Math.clz32(word & -word)
      const many = next[own] ?? 0
      next[own] = place0
      place0 += many
    }
  for (let k = 0; k < count; k++) {
    const own = slot[k] ?? 0
    const to = next[own] ?? 0
    next[own] = to + 1
    needs.slot[to] = own
    needs.key[to] = key[k] ?? 0
    needs.quantity[to] = quantity[k] ?? 0
  }
  let total = 0
  for (let k = at; k < at + count; k++) {
    total += needs.quantity[k] ?? 0
    needs.quantity[k] = total
  }
  for (let w = 0; w < bits.length; w++) {
    for (let word = bits[w] ?? 0; word !== 0; word &= word - 1) next[(w << 5) + 31 - Math.clz32(word & -word)] = 0
    bits[w] = 0
  }
}

/** The first entry of an item's list whose running total lies above `position`; the end of the list when none does. */
export const entryAt = (lists: Lists, item: number, position: number): number => {
  let low = lists.offset[item] ?? 0
  let high = low + (lists.count[item] ?? 0)
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((lists.quantity[middle] ?? 0) > position) high = middle
    else low = middle + 1
  }
  return low
}

/** Where an entry's share of the running total begins. */
export const beginOf = (lists: Lists, item: number, entry: number): number =>
  entry === (lists.offset[item] ?? 0) ? 0 : (lists.quantity[entry - 1] ?? 0)

export const endOf = (lists: Lists, item: number): number => (lists.offset[item] ?? 0) + (lists.count[item] ?? 0)
