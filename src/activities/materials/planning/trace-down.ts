/**
 * Down: from a demand to everything that it still waits for: what is on order and what is still to be ordered, through all
 * levels, with the day on which each can really be there. A planned order can't start before today.
 */
import {
  DEMAND,
  ON_HAND,
  OPEN_NEED,
  RECEIPT,
  STANDS_IN,
  STOOD_IN,
  beginOf,
  endOf,
  indexOf,
  keyOf,
  kindOf
} from './pegging.ts'
import { entriesOf, needRef, overlapping, supplyRef } from './pegs.ts'
import { type Plan, idOf, rankOf } from './state.ts'
import { neededIn } from './gather.ts'
import type { WaitsFor } from './problem.ts'
import { soonestFrom } from './lead.ts'
import { dayOf, slotOf } from './slots.ts'
import { PLAIN } from './snapshot.ts'

type Walk = { readonly plan: Plan; readonly list: WaitsFor[]; readonly expected: Map<string, number> }

/**
 * What a demand waits for, nearest level first. Empty when stock covers it, and for a demand that nobody knows.
 * `late` of an entry is by how many days it comes after the day on which it is needed.
 */
export const waitsFor = (plan: Plan, demand: string): readonly WaitsFor[] => {
  const key = plan.loaded.demands.findIndex(({ id }) => id === demand)
  const item = rankOf(plan, plan.loaded.demands[key]?.item ?? '')
  const walk: Walk = { plan, list: [], expected: new Map() }
  if (item < 0) return []
  for (let need = plan.needs.offset[item] ?? 0; need < endOf(plan.needs, item); need++)
    if (plan.needs.key[need] === keyOf(DEMAND, key)) covered(walk, item, need, 0)
  return walk.list.sort((a, b) => a.depth - b.depth || b.late - a.late)
}

/** The slot in which a need is really covered; notes on the way what it waits for. */
const covered = (walk: Walk, item: number, need: number, depth: number): number => {
  const { plan, list } = walk
  const { needs, supplies, snapshot } = plan
  const { slots, items } = snapshot
  let [last, served] = [slots.today, 0]
  const note = (key: number, quantity: number, expected: number): void => {
    const needed = dayOf(slots, needs.slot[need] ?? 0)
    const day = dayOf(slots, expected)
    list.push({
      item: idOf(plan, item),
      quantity: quantity / (items.scale[item] ?? 1),
      needed,
      supply: supplyRef(plan, item, key),
      expected: day,
      late: Math.max(0, day - needed),
      depth,
      for: needRef(plan, item, needs.key[need] ?? 0)
    })
  }
  const from = beginOf(needs, item, need)
  overlapping(supplies, item, from, needs.quantity[need] ?? 0, (entry, quantity) => {
    served += quantity
    const key = supplies.key[entry] ?? 0
    if (key < 0 && kindOf(key) === ON_HAND) return
    const expected = expectedSlot(walk, item, entry, depth)
    last = Math.max(last, expected)
    note(key, quantity, expected)
  })
  return served < (needs.quantity[need] ?? 0) - from ? slots.count - 1 : last
}

/** When a supply can really be there. Each is walked once; a second visit takes what the first found. */
const expectedSlot = (walk: Walk, item: number, entry: number, depth: number): number => {
  const { plan, expected } = walk
  const { supplies, snapshot } = plan
  const key = supplies.key[entry] ?? 0
  const name = `${item} ${key}`
  const known = expected.get(name)
  if (known !== undefined) return known
  const planned = supplies.slot[entry] ?? 0
  expected.set(name, planned)
  const { today } = snapshot.slots
  let slot = planned
  if (key >= 0) {
    const parts = partsOf(walk, item, key, depth)
    const start = plan.orders.key[key] ?? 0
    // On time when it can start on its day; else its lead time counts from when it can.
    if (Math.max(today, parts) > start)
      slot = Math.max(planned, soonestFrom(snapshot, item, plan.orders.quantity[key] ?? 0, Math.max(today, parts)))
  } else if (kindOf(key) === RECEIPT) slot = Math.max(planned + partsLate(walk, indexOf(key), depth), today)
  else if (kindOf(key) === STOOD_IN) slot = Math.max(planned, standInSlot(walk, item, indexOf(key), planned, depth))
  expected.set(name, slot)
  return slot
}

/** The slot in which all parts of a planned order are there, counted at its start. */
const partsOf = (walk: Walk, item: number, order: number, depth: number): number => {
  const { plan } = walk
  const { belowOffset, belowLine, lineComponent, lineRule, rules } = plan.snapshot
  const start = plan.orders.key[order] ?? 0
  const seen = new Set<string>()
  let last = 0
  for (let p = belowOffset[item] ?? 0; p < (belowOffset[item + 1] ?? 0); p++) {
    const line = belowLine[p] ?? 0
    const component = lineComponent[line] ?? 0
    const slot = neededIn(plan.snapshot, item, start, rules[lineRule[line] ?? 0] ?? PLAIN)
    // Two lines may ask for the same part at the same time: their needs are looked at together.
    if (seen.has(`${component} ${slot}`)) continue
    seen.add(`${component} ${slot}`)
    for (const need of entriesOf(plan.needs, component, slot, order))
      last = Math.max(last, covered(walk, component, need, depth + 1) - (slot - start))
  }
  return last
}

/** Slots by which the parts of an open order come after they are needed. */
const partsLate = (walk: Walk, receipt: number, depth: number): number => {
  const { plan } = walk
  const { openNeeds, slots } = plan.snapshot
  let late = 0
  for (const [item, list] of openNeeds) {
    const days = new Set(list.filter(one => one.receipt === receipt).map(({ day }) => slotOf(slots, day)))
    for (const slot of days)
      for (const need of entriesOf(plan.needs, item, slot, keyOf(OPEN_NEED, receipt)))
        late = Math.max(late, covered(walk, item, need, depth + 1) - slot)
  }
  return late
}

const standInSlot = (walk: Walk, asker: number, by: number, slot: number, depth: number): number => {
  const { plan } = walk
  let last = slot
  for (const need of entriesOf(plan.needs, by, slot, keyOf(STANDS_IN, asker)))
    last = Math.max(last, covered(walk, by, need, depth + 1))
  return last
}
