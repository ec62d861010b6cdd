/**
 * Net change: one demand or receipt changes, and only what it reaches is netted, pegged and judged again, parents before
 * parts. The result is that of a whole run, to the last number; a property test says so.
 */
import { type Lists, write } from './lists.ts'
import { isFirm } from './load.ts'
import { entryOf } from './load-dated.ts'
import { itemMessages } from './messages.ts'
import { netAgain } from './netting.ts'
import { pegItem } from './pegging.ts'
import { planOf } from './plan.ts'
import type { PlanDemand, PlanProblem, PlanReceipt } from './problem.ts'
import { queueOf } from './queue.ts'
import { slotOf } from './slots.ts'
import { NO_SOURCE, type OpenNeed } from './snapshot.ts'
import { type Plan, rankOf } from './state.ts'

export type Change =
  /** Sets the demand or receipt of this id, new or known. */
  | { readonly kind: 'demand'; readonly demand: PlanDemand }
  | { readonly kind: 'receipt'; readonly receipt: PlanReceipt }
  | { readonly kind: 'no-demand'; readonly id: string }
  | { readonly kind: 'no-receipt'; readonly id: string }

/**
 * The plan after a change. The plan that was given is used up: go on with the answer. Where a change reaches beyond one
 * list (a date outside what was planned, data that must be named) all is planned again.
 */
export const changed = (plan: Plan, change: Change): Plan => changedBy(plan, [change], () => problemWith(plan, change))

/** After several at once; `problem` makes what they lead to. */
export const changedBy = (plan: Plan, changes: readonly Change[], problem: () => PlanProblem): Plan => {
  const reached = new Set<number>()
  for (const change of changes) {
    const ranks = isOfDemands(change) ? demandChange(plan, change) : receiptChange(plan, change)
    if (ranks === 'all') return planOf(problem())
    for (const rank of ranks) reached.add(rank)
  }
  replan(plan, [...reached])
  return plan
}

type OfDemands = Extract<Change, { readonly kind: 'demand' | 'no-demand' }>
type OfReceipts = Exclude<Change, OfDemands>

const isOfDemands = (change: Change): change is OfDemands => change.kind === 'demand' || change.kind === 'no-demand'

/** What the problem is after all changes so far, and this one. */
const problemWith = ({ loaded }: Plan, change: Change): PlanProblem => {
  const { problem } = loaded.loading
  const demands = loaded.demands.filter(one => one.quantity !== GONE)
  const receipts = loaded.receipts.filter(one => one.quantity !== GONE)
  if (change.kind === 'demand')
    return { ...problem, demands: [...others(demands, change.demand.id), change.demand], receipts }
  if (change.kind === 'receipt')
    return { ...problem, demands, receipts: [...others(receipts, change.receipt.id), change.receipt] }
  return change.kind === 'no-demand'
    ? { ...problem, demands: others(demands, change.id), receipts }
    : { ...problem, demands, receipts: others(receipts, change.id) }
}

const others = <T extends { readonly id: string }>(list: readonly T[], id: string): readonly T[] =>
  list.filter(one => one.id !== id)

/** What was taken away keeps its number, so that keys stay indexes. */
const GONE = Number.NEGATIVE_INFINITY

/** Ranks to plan again, or everything. */
type Reached = readonly number[] | 'all'

const demandChange = (plan: Plan, change: OfDemands): Reached => {
  const { loaded, snapshot } = plan
  const id = change.kind === 'demand' ? change.demand.id : change.id
  const now = change.kind === 'demand' ? change.demand : undefined
  return inList(plan, loaded.demands, loaded.demandKeys, id, now, snapshot.demands, (a, b) => {
    const [one, other] = [loaded.demands[a], loaded.demands[b]]
    return (one?.priority ?? 0) - (other?.priority ?? 0) || ((one?.id ?? '') < (other?.id ?? '') ? -1 : 1)
  })
}

const receiptChange = (plan: Plan, change: OfReceipts): Reached => {
  const { loaded, snapshot } = plan
  const id = change.kind === 'receipt' ? change.receipt.id : change.id
  const now = change.kind === 'receipt' ? change.receipt : undefined
  const known = loaded.receiptKeys().get(id)
  const before = known === undefined ? undefined : loaded.receipts[known]
  const key = known ?? loaded.receipts.length
  const taken = needsOf(plan, before?.quantity === GONE ? undefined : before, key)
  const given = needsOf(plan, now, key)
  const { seen } = snapshot.slots
  if (!taken || !given || given.some(({ day }) => day < seen.from || day > seen.to)) return 'all'
  const reached = inList(plan, loaded.receipts, loaded.receiptKeys, id, now, snapshot.receipts, (a, b) =>
    (loaded.receipts[a]?.id ?? '') < (loaded.receipts[b]?.id ?? '') ? -1 : 1
  )
  if (reached === 'all') return 'all'
  if (now && isFirm(now)) snapshot.firm.add(key)
  else snapshot.firm.delete(key)
  return [...new Set([...reached, ...giveOtherwise(plan, key, [...taken, ...given], given)])]
}

/** What an order still has to be given, items as ranks; undefined when something about it has to be named. */
const needsOf = (
  { loaded, snapshot }: Plan,
  receipt: PlanReceipt | undefined,
  key: number
): readonly OpenNeed[] | undefined => {
  if (!receipt) return []
  const faults = loaded.faults.length
  const entry = entryOf(loaded.loading, receipt)
  const needs = entry ? loaded.opened.needs(receipt, entry, key) : []
  if (loaded.faults.length > faults) {
    loaded.faults.length = faults
    return undefined
  }
  return needs.map(need => ({ ...need, item: snapshot.rank[need.item] ?? -1 })).filter(({ item }) => item >= 0)
}

/** Of these items the order is given what it needs now, and no more what it needed before; answers the items. */
const giveOtherwise = (
  { loaded, snapshot }: Plan,
  key: number,
  of: readonly OpenNeed[],
  given: readonly OpenNeed[]
): readonly number[] => {
  const items = new Set(of.map(({ item }) => item))
  const nameOf = ({ receipt }: OpenNeed): string => loaded.receipts[receipt]?.id ?? ''
  for (const item of items) {
    const needs = [
      ...(snapshot.openNeeds.get(item) ?? []).filter(({ receipt }) => receipt !== key),
      ...given.filter(need => need.item === item)
    ]
    snapshot.openNeeds.set(
      item,
      needs.sort((a, b) => a.day - b.day || (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0))
    )
  }
  return [...items]
}

/** Takes the old entry out of its item's list and puts the new one in; answers whose lists these are. */
const inList = <T extends PlanDemand | PlanReceipt>(
  plan: Plan,
  all: T[],
  keys: () => Map<string, number>,
  id: string,
  now: T | undefined,
  lists: Lists,
  order: (a: number, b: number) => number
): Reached => {
  const { loaded, snapshot } = plan
  const { seen } = snapshot.slots
  const known = keys().get(id)
  const before = known === undefined ? undefined : all[known]
  const faults = loaded.faults.length
  const entry = now && entryOf(loaded.loading, now)
  if (loaded.faults.length > faults) {
    loaded.faults.length = faults
    return 'all'
  }
  const from = before && before.quantity !== GONE ? rankOf(plan, before.item) : -1
  const to = now ? rankOf(plan, now.item) : -1
  if ((before && from < 0 && before.quantity !== GONE) || (now && (!entry || to < 0))) return 'all'
  if (entry && (entry.day < seen.from || entry.day > seen.to)) return 'all'
  if ([from, to].some(rank => rank >= 0 && snapshot.items.source[rank] === NO_SOURCE)) return 'all'
  if (known !== undefined && from >= 0 && !remove(lists, from, known)) return 'all'
  if (known === undefined && !now) return []
  const key = known ?? all.length
  keys().set(id, key)
  if (now) all[key] = now
  else if (before) all[key] = { ...before, quantity: GONE }
  if (entry) {
    const day = lists === snapshot.receipts ? Math.max(entry.day, snapshot.settings.today) : entry.day
    insert(lists, to, { slot: slotOf(snapshot.slots, day), key, quantity: entry.quantity }, order)
  }
  return [...new Set([from, to])].filter(rank => rank >= 0)
}

type Listed = { readonly slot: number; readonly key: number; readonly quantity: number }

const entriesIn = (lists: Lists, item: number): Listed[] => {
  const from = lists.offset[item] ?? 0
  return Array.from({ length: lists.count[item] ?? 0 }, (_, k) => ({
    slot: lists.slot[from + k] ?? 0,
    key: lists.key[from + k] ?? 0,
    quantity: lists.quantity[from + k] ?? 0
  }))
}

const store = (lists: Lists, item: number, entries: readonly Listed[]): void =>
  write(
    lists,
    item,
    {
      slot: Int32Array.from(entries, one => one.slot),
      key: Int32Array.from(entries, one => one.key),
      quantity: Float64Array.from(entries, one => one.quantity)
    },
    entries.length
  )

/** False when the list doesn't hold it: then something else was wrong with it, and all is planned again. */
const remove = (lists: Lists, item: number, key: number): boolean => {
  const entries = entriesIn(lists, item)
  const kept = entries.filter(one => one.key !== key)
  if (kept.length === entries.length) return false
  store(lists, item, kept)
  return true
}

const insert = (lists: Lists, item: number, entry: Listed, order: (a: number, b: number) => number): void =>
  store(
    lists,
    item,
    [...entriesIn(lists, item), entry].sort((a, b) => a.slot - b.slot || order(a.key, b.key))
  )

/** Parents before parts: the lowest rank first. An item is netted again when something that asks for it has changed. */
const replan = (plan: Plan, reached: readonly number[]): void => {
  const { snapshot, desk, pegDesk } = plan
  const { belowOffset, belowLine, lineComponent, standIns, askedBy } = snapshot
  const queue = queueOf()
  const reach = (item: number): void => {
    queue.add(item)
    for (const { item: asker } of askedBy.get(item) ?? []) queue.add(asker)
  }
  for (const item of reached) reach(item)
  for (let item = queue.next(); item !== undefined; item = queue.next()) {
    if (netAgain(plan, item, desk)) {
      for (let p = belowOffset[item] ?? 0; p < (belowOffset[item + 1] ?? 0); p++)
        reach(lineComponent[belowLine[p] ?? 0] ?? 0)
      for (const { by } of standIns.get(item) ?? []) queue.add(by)
    }
    pegItem(plan, item, pegDesk)
    plan.messages[item] = itemMessages(plan, item)
  }
}
