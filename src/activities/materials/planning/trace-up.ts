/**
 * Up: from a supply that comes later than planned to every order and demand that it delays. A late lot delays all that it
 * serves (the union); slack between supply and need absorbs. Items are taken deepest first, so each is looked at once.
 */
import { DEMAND, OPEN_NEED, RECEIPT, STANDS_IN, STOOD_IN, beginOf, indexOf, keyOf, kindOf } from './pegging.ts'
import { entriesOf, firstIn, overlapping, supplyEntry } from './pegs.ts'
import { type Plan, idOf, rankOf } from './state.ts'
import type { Delayed, SupplyRef } from './problem.ts'
import { type Queue, queueOf } from './queue.ts'
import { orderName } from './read.ts'
import { dayOf, slotOf } from './slots.ts'
import { PHANTOM } from './snapshot.ts'

/** A supply entry and the days by which it comes later than its slot. */
type Late = { readonly entry: number; readonly days: number }

type Found = { days: number; affected: number; readonly item: number }

/** What is late, by item; the item of the highest rank is taken first. */
type Work = {
  readonly plan: Plan
  /** Entries of an item that are still to be followed. */
  readonly waiting: Map<number, number[]>
  /** Ranks negated: the highest first. */
  readonly queue: Queue
  readonly scratch: Scratch
  /** Planned orders and where their supply entry is, demands and receipts by key. */
  readonly orders: number[]
  readonly demands: Map<number, Found>
  readonly receipts: Map<number, Found>
}

/** By supply entry: the longest delay that is known, and whether it waits. All zero between two traces. */
type Scratch = { readonly days: Float64Array; readonly waits: Uint8Array; readonly touched: number[] }

const scratches = new WeakMap<Plan, Scratch>()

const scratchOf = (plan: Plan): Scratch => {
  const known = scratches.get(plan)
  const size = plan.supplies.slot.length
  if (known && known.days.length >= size) return known
  const made = { days: new Float64Array(size), waits: new Uint8Array(size), touched: [] }
  scratches.set(plan, made)
  return made
}

/**
 * Everything that is late when this supply comes `days` later than the plan says; Infinity when it never comes. The most
 * urgent first. Phantoms and stand-ins are passed through. Days are calendar days after the due day.
 */
export const delayedBy = (plan: Plan, ref: SupplyRef, days: number): readonly Delayed[] => {
  const entry = supplyEntry(plan, ref)
  return entry < 0 ? [] : delayedByEntries(plan, rankOf(plan, ref.item), [{ entry, days }])
}

const delayedByEntries = (plan: Plan, item: number, late: readonly Late[]): readonly Delayed[] => {
  const work = workOn(plan)
  for (const { entry, days } of late) push(work, item, entry, days)
  return finish(work)
}

/** The same from needs of one item that are known to be covered only `days` after their day. */
export const delayedByNeeds = (
  plan: Plan,
  item: number,
  needs: readonly { readonly need: number; readonly quantity: number; readonly days: number }[]
): readonly Delayed[] => {
  const work = workOn(plan)
  for (const { need, quantity, days } of needs) passOn(work, item, need, quantity, days)
  return finish(work)
}

const workOn = (plan: Plan): Work => ({
  plan,
  waiting: new Map(),
  queue: queueOf(),
  scratch: scratchOf(plan),
  orders: [],
  demands: new Map(),
  receipts: new Map()
})

const finish = (work: Work): readonly Delayed[] => {
  const { days, waits, touched } = work.scratch
  for (let next = work.queue.next(); next !== undefined; next = work.queue.next()) {
    const entries = work.waiting.get(-next) ?? []
    work.waiting.delete(-next)
    for (const entry of entries) {
      waits[entry] = 0
      follow(work, -next, entry, days[entry] ?? 0)
    }
  }
  const found = readable(work)
  for (const entry of touched) days[entry] = 0
  touched.length = 0
  return found
}

/** True when nothing was known of this entry before. */
const push = ({ waiting, queue, scratch }: Work, item: number, entry: number, days: number): boolean => {
  const known = scratch.days[entry] ?? 0
  if (known >= days) return false
  scratch.days[entry] = days
  if (known === 0) scratch.touched.push(entry)
  if (scratch.waits[entry] === 1) return false
  scratch.waits[entry] = 1
  const entries = waiting.get(item)
  if (entries) entries.push(entry)
  else {
    waiting.set(item, [entry])
    queue.add(-item)
  }
  return known === 0
}

const follow = (work: Work, item: number, entry: number, days: number): void => {
  const { plan } = work
  const { supplies, needs } = plan
  const { width } = plan.snapshot.slots
  const comes = supplies.slot[entry] ?? 0
  const begin = beginOf(supplies, item, entry)
  overlapping(needs, item, begin, supplies.quantity[entry] ?? 0, (need, quantity) => {
    const late = days - ((needs.slot[need] ?? 0) - comes) * width
    if (late > 0) passOn(work, item, need, quantity, late)
  })
}

const passOn = (work: Work, item: number, need: number, quantity: number, days: number): void => {
  const { plan } = work
  const key = plan.needs.key[need] ?? 0
  if (key >= 0) {
    const parent = plan.owner[key] ?? 0
    const due = plan.orders.slot[key] ?? 0
    // An order is one entry of its item's supplies, in its slot.
    let entry = firstIn(plan.supplies, parent, due)
    while (plan.supplies.key[entry] !== key && plan.supplies.slot[entry] === due) entry++
    if (push(work, parent, entry, days)) work.orders.push(entry)
    return
  }
  const kind = kindOf(key)
  if (kind === DEMAND) note(work.demands, indexOf(key), item, days, quantity)
  else if (kind === OPEN_NEED) passToReceipt(work, indexOf(key), days)
  else if (kind === STANDS_IN) {
    const asker = indexOf(key)
    const slot = plan.needs.slot[need] ?? 0
    for (const entry of entriesOf(plan.supplies, asker, slot, keyOf(STOOD_IN, item))) push(work, asker, entry, days)
  }
}

const passToReceipt = (work: Work, receipt: number, days: number): void => {
  const { plan, receipts } = work
  const before = receipts.get(receipt)
  note(receipts, receipt, -1, days, 1)
  const given = plan.loaded.receipts[receipt]
  // What an open order still needs may be given by hand, so a ring is possible here: the affected count ends it.
  if (!given || (before && (before.days >= days || before.affected > MOST_ROUNDS))) return
  const item = rankOf(plan, given.item)
  const slot = slotOf(plan.snapshot.slots, Math.max(given.day, plan.snapshot.settings.today))
  if (item < 0) return
  for (const entry of entriesOf(plan.supplies, item, slot, keyOf(RECEIPT, receipt))) push(work, item, entry, days)
}

const MOST_ROUNDS = 1000

const note = (found: Map<number, Found>, key: number, item: number, days: number, affected: number): void => {
  const known = found.get(key)
  if (known) {
    known.days = Math.max(known.days, days)
    known.affected += affected
  } else found.set(key, { days, affected, item })
}

const readable = ({ plan, scratch, demands, orders, receipts }: Work): readonly Delayed[] => {
  const { slots, items } = plan.snapshot
  const list: Delayed[] = []
  for (const [key, { days }] of receipts) {
    const { id = '', item = '', quantity = 0, day = 0 } = plan.loaded.receipts[key] ?? {}
    list.push({ what: { kind: 'receipt', receipt: id }, item, quantity, affected: quantity, due: day, days })
  }
  for (const entry of orders) {
    const order = plan.supplies.key[entry] ?? 0
    const days = scratch.days[entry] ?? 0
    const item = plan.owner[order] ?? 0
    if (items.source[item] === PHANTOM) continue
    const quantity = (plan.orders.quantity[order] ?? 0) / (items.scale[item] ?? 1)
    const due = dayOf(slots, plan.orders.slot[order] ?? 0)
    const what = { kind: 'planned', order: orderName(plan, order) } as const
    list.push({ what, item: idOf(plan, item), quantity, affected: quantity, due, days })
  }
  for (const [key, { days, affected, item }] of demands) {
    const demand = plan.loaded.demands[key]
    if (!demand) continue
    const { id, quantity, day, customer } = demand
    const what =
      customer === undefined
        ? ({ kind: 'demand', demand: id } as const)
        : ({ kind: 'demand', demand: id, customer } as const)
    const part = Math.min(quantity, affected / (items.scale[item] ?? 1))
    list.push({ what, item: demand.item, quantity, affected: part, due: day, days })
  }
  return list.sort((a, b) => a.due - b.due || b.days - a.days)
}
