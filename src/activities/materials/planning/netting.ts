/**
 * Gross to net, item by item in the order of low-level codes (Orlicky, Material Requirements Planning, 1975): what is asked
 * in a slot is taken from stock, then from what comes by that slot; what is missing below the safety stock becomes orders.
 */
import { type Found, economicQuantity, hasWindow, isEconomic, orderFor, periodDeficit, windowOf } from './lots.ts'
import { type Netted, type Row, gather, rowFor, takeIn } from './gather.ts'
import { emptyLists, write } from './lists.ts'
import { grownDays, soonestFrom } from './lead.ts'
import { type Growth, before } from './slots.ts'
import { GROUPED, NO_SOURCE, type Snapshot } from './snapshot.ts'
import { coverByOthers, useUpFirst } from './stand-in.ts'

/** What netting works with, made once. */
export type Desk = {
  readonly row: Row
  readonly other: Row
  readonly found: Found
  /** The item's next receipt that may still be asked to come earlier. */
  next: number
}

export const deskFor = (snapshot: Snapshot): Desk => ({
  row: rowFor(snapshot.slots.count),
  other: rowFor(snapshot.slots.count),
  found: { slot: new Int32Array(1024), key: new Int32Array(1024), quantity: new Float64Array(1024), count: 0 },
  next: 0
})

export const netAll = (snapshot: Snapshot, desk = deskFor(snapshot)): Netted => {
  const plan: Netted = { snapshot, orders: emptyLists(snapshot.count, snapshot.count * 12 + 1024), stoodIn: new Map() }
  for (let item = 0; item < snapshot.count; item++) {
    netItem(plan, item, desk)
    write(plan.orders, item, desk.found, desk.found.count)
  }
  return plan
}

/** Nets one item again; true when its orders, or those that stand in for it, are others than before. */
export const netAgain = (plan: Netted, item: number, desk: Desk): boolean => {
  const stood = plan.stoodIn.get(item)
  const { orders } = plan
  const { found } = desk
  const before = orders.count[item] ?? 0
  // Who looks for spare stock below must not see what this item took of it the last time.
  orders.count[item] = 0
  netItem(plan, item, desk)
  orders.count[item] = before
  const from = orders.offset[item] ?? 0
  let same = found.count === before
  for (let k = 0; same && k < found.count; k++)
    same =
      orders.slot[from + k] === found.slot[k] &&
      orders.key[from + k] === found.key[k] &&
      orders.quantity[from + k] === found.quantity[k]
  if (!same) write(orders, item, found, found.count)
  return !same || JSON.stringify(stood ?? []) !== JSON.stringify(plan.stoodIn.get(item) ?? [])
}

/** Leaves the item's orders in `desk.found` and its row empty. */
const netItem = (plan: Netted, item: number, desk: Desk): void => {
  const { row, other, found } = desk
  const { snapshot } = plan
  const { slots, items } = snapshot
  found.count = 0
  desk.next = snapshot.receipts.offset[item] ?? 0
  plan.stoodIn.delete(item)
  gather(plan, item, row)
  const asked = isEconomic(snapshot, item) ? sum(row) : undefined
  takeIn(snapshot, item, row)
  const helped = snapshot.standIns.has(item)
  if (helped) useUpFirst(plan, item, row, other)
  const { flow, bits } = row
  const safety = items.safety[item] ?? 0
  let stock = items.onHand[item] ?? 0
  if (stock < safety) bits[slots.today >>> 5] = (bits[slots.today >>> 5] ?? 0) | (1 << (slots.today & 31))
  const fillTo = snapshot.fillTo.size > 0 ? snapshot.fillTo.get(item) : undefined
  const growth = snapshot.growing.size > 0 ? snapshot.growing.get(item) : undefined
  const grouped = items.lotRule[item] === GROUPED
  let least = -1
  let groupEnds = -1
  for (let at = 0; at < bits.length; at++) {
    let word = bits[at] ?? 0
    while (word !== 0) {
      const slot = (at << 5) + 31 - Math.clz32(word & -word)
      word &= word - 1
      stock -= flow[slot] ?? 0
      flow[slot] = 0
      if (stock >= safety && !(grouped && slot >= groupEnds)) continue
      if (grouped && slot >= groupEnds) groupEnds = slot + windowOf(snapshot, item)
      if (stock < safety) {
        if (helped) stock += coverByOthers(plan, item, slot, safety - stock, other)
        if (stock < safety) stock += expedited(snapshot, item, slot, safety - stock, desk)
        if (stock >= safety && !grouped) continue
      }
      if (items.source[item] === NO_SOURCE) continue
      let net = hasWindow(snapshot, item) ? periodDeficit(snapshot, row, item, slot, stock) : safety - stock
      if (net <= 0) continue
      if (fillTo !== undefined) net = Math.max(net, fillTo - stock)
      if (asked && least < 0) least = economicQuantity(snapshot, item, asked.gross, asked.last)
      const start = before(slots, slot, items.lead[item] ?? 0, items.leadWorking[item] === 1)
      const first = found.count
      stock += orderFor(snapshot, item, net, least, slot, start, found)
      if (growth) startBySize(snapshot, item, growth, found, first)
    }
    bits[at] = 0
  }
}

/** The orders from `first` on begin as early as each needs by itself. */
const startBySize = ({ slots, items }: Snapshot, item: number, growth: Growth, found: Found, first: number): void => {
  for (let k = first; k < found.count; k++) {
    const days = grownDays(growth, found.quantity[k] ?? 0)
    found.key[k] = before(slots, found.slot[k] ?? 0, days, items.leadWorking[item] === 1)
  }
}

const sum = ({ flow, bits }: Row): { readonly gross: number; readonly last: number } => {
  let [gross, last] = [0, 0]
  for (let at = 0; at < bits.length; at++)
    for (let word = bits[at] ?? 0; word !== 0; word &= word - 1) {
      last = (at << 5) + 31 - Math.clz32(word & -word)
      gross += flow[last] ?? 0
    }
  return { gross, last }
}

/** Counts receipts that come later as if they came now, as far as the policy allows, until the deficit is covered. */
const expedited = (snapshot: Snapshot, item: number, slot: number, deficit: number, desk: Desk): number => {
  const { receipts } = snapshot
  const to = (receipts.offset[item] ?? 0) + (receipts.count[item] ?? 0)
  if (desk.next === to || snapshot.settings.expediteWithin === 0) return 0
  const latest = latestCure(snapshot, item, slot, deficit)
  const { flow } = desk.row
  let covered = 0
  // In the order in which they come; each counts once.
  for (; desk.next < to && covered < deficit; desk.next++) {
    const comes = receipts.slot[desk.next] ?? 0
    if (comes <= slot || snapshot.firm.has(receipts.key[desk.next] ?? 0)) continue
    if (comes > latest) break
    flow[comes] = (flow[comes] ?? 0) + (receipts.quantity[desk.next] ?? 0)
    covered += receipts.quantity[desk.next] ?? 0
  }
  return covered
}

/** The last slot in which a receipt may come and still be the cure of what is short in `slot`. */
const latestCure = (snapshot: Snapshot, item: number, slot: number, deficit: number): number => {
  const { slots } = snapshot
  const { expediteWithin } = snapshot.settings
  if (expediteWithin >= 0) return slot + Math.floor(expediteWithin / slots.width)
  return Math.max(slot, soonestFrom(snapshot, item, deficit, slots.today))
}
