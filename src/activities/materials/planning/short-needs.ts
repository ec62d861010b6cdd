/** Whom a short part is short for: one line for each order or demand that asks for it, phantoms between passed through. */
import { beginOf } from './pegging.ts'
import { entriesOf, needRef, overlapping } from './pegs.ts'
import type { NeedRef } from './problem.ts'
import { unmetOf } from './shortages.ts'
import { dayOf } from './slots.ts'
import { PHANTOM } from './snapshot.ts'
import { type Plan, rankOf } from './state.ts'

export type ShortNeed = {
  readonly need: NeedRef
  /** Of the part, in its unit: what is not there on the day. */
  readonly short: number
  readonly day: number
  /** Calendar days until it is; Infinity when nothing brings it. */
  readonly late: number
}

/** As deep as phantoms are followed elsewhere. */
const DEEP = 8

/** In the order in which they are served. Empty when the part is not short, or not known. */
export const shortNeeds = (plan: Plan, id: string): readonly ShortNeed[] => {
  const item = rankOf(plan, id)
  if (item < 0) return []
  const { slots, items } = plan.snapshot
  const scale = items.scale[item] ?? 1
  return unmetOf(plan, item).flatMap(({ need, short, late }) => {
    const day = dayOf(slots, plan.needs.slot[need] ?? 0)
    return askers(plan, item, need, short, 0).map(([ref, share]) => ({
      need: ref,
      short: share / scale,
      day,
      late: late * slots.width
    }))
  })
}

/** Who asks, each with its share: the orders behind a phantom by what they take of it. */
const askers = (
  plan: Plan,
  item: number,
  need: number,
  short: number,
  depth: number
): readonly (readonly [NeedRef, number])[] => {
  const key = plan.needs.key[need] ?? 0
  const parent = key >= 0 ? (plan.owner[key] ?? 0) : -1
  const through = parent >= 0 && plan.snapshot.items.source[parent] === PHANTOM
  if (!through || depth >= DEEP) return [[needRef(plan, item, key), short]]
  const { supplies, needs, orders } = plan
  const [entry] = entriesOf(supplies, parent, orders.slot[key] ?? 0, key)
  if (entry === undefined) return [[needRef(plan, item, key), short]]
  const begin = beginOf(supplies, parent, entry)
  const end = supplies.quantity[entry] ?? 0
  const found: (readonly [NeedRef, number])[] = []
  overlapping(needs, parent, begin, end, (at, quantity) => {
    found.push(...askers(plan, parent, at, (short * quantity) / (end - begin), depth + 1))
  })
  return found
}
