/**
 * What a planner should do, item by item, each with the numbers behind it. The vocabulary is that of APICS: release,
 * expedite, defer, increase, decrease, cancel; and what can't be helped by one order is named beside it.
 */
import type { Lists } from './lists.ts'
import { isFirm } from './load.ts'
import { leadDays } from './lead.ts'
import { RECEIPT, beginOf, endOf, indexOf, kindOf, SAFETY } from './pegging.ts'
import { overlapping } from './pegs.ts'
import { type Plan, idOf } from './state.ts'
import type { MessageKind, PlanMessage, SupplyRef } from './problem.ts'
import { orderName } from './read.ts'
import { dayOf } from './slots.ts'
import { NO_SOURCE, PHANTOM } from './snapshot.ts'
import { toolMessages } from './tools.ts'

/** Levels below which a BOM is named as too deep: it is planned all the same. */
const DEEP = 50

/** All messages of a plan: what is wrong with the data first, then by low-level code. */
export const messagesOf = (plan: Plan): readonly PlanMessage[] => [
  ...plan.loaded.faults,
  ...shapeMessages(plan),
  ...plan.messages.flatMap(list => list ?? []),
  ...toolMessages(plan)
]

/** Loops and depth: what only the whole BOM shows. */
const shapeMessages = (plan: Plan): readonly PlanMessage[] => {
  const { snapshot, loaded } = plan
  const name = (item: number): string => loaded.items[item]?.id ?? ''
  const loops = snapshot.loops.map(loop => {
    const path = [...loop, loop[0] ?? 0].map(name)
    const item = path[0] ?? ''
    const why = { path, items: loop.map(name), treated: 'left out' }
    return { key: `bom-loop/${item}`, state: path.join(' '), kind: 'bom-loop', severity: 'stop', item, why } as const
  })
  const refused = snapshot.refused.map(({ item, by }) => {
    const why = { path: [name(item), name(by), name(item)], treated: 'not used to stand in' }
    const key = `bom-loop/${name(item)}/${name(by)}`
    return { key, state: '', kind: 'bom-loop', severity: 'attention', item: name(item), why } as const
  })
  let deepest = 0
  for (let item = 0; item < snapshot.count; item++)
    if ((snapshot.level[item] ?? 0) > (snapshot.level[deepest] ?? 0)) deepest = item
  const levels = snapshot.level[deepest] ?? 0
  if (levels < DEEP) return [...loops, ...refused]
  const item = idOf(plan, deepest)
  const why = { levels, treated: 'planned all the same' }
  return [
    ...loops,
    ...refused,
    { key: `too-deep/${item}`, state: `${levels}`, kind: 'too-deep', severity: 'info', item, why }
  ]
}

/** What one item's messages are made with. */
type Item = {
  readonly plan: Plan
  readonly item: number
  readonly scale: number
  readonly list: PlanMessage[]
  /** How many of a kind there are: the key of what has no name of its own. */
  readonly many: Map<string, number>
}

type Say = {
  readonly kind: MessageKind
  readonly severity: PlanMessage['severity']
  readonly about?: SupplyRef
  readonly day?: number
  /** Smallest units. */
  readonly quantity?: number
  readonly to?: { readonly day?: number; readonly quantity?: number }
  readonly why: PlanMessage['why']
}

const say = ({ plan, item, scale, list, many }: Item, { kind, severity, about, day, quantity, to, why }: Say): void => {
  const id = idOf(plan, item)
  const sort = `${kind}/${id}${about?.kind === 'receipt' ? `/${about.receipt}` : ''}`
  const turn = (many.get(sort) ?? 0) + 1
  many.set(sort, turn)
  const amount = quantity === undefined ? undefined : quantity / scale
  list.push({
    key: turn === 1 ? sort : `${sort}/${turn}`,
    state: JSON.stringify([day ?? null, amount ?? null, to?.day ?? null, to?.quantity ?? null]),
    kind,
    severity,
    item: id,
    ...(about ? { about } : {}),
    ...(day === undefined ? {} : { day }),
    ...(amount === undefined ? {} : { quantity: amount }),
    ...(to ? { to } : {}),
    why
  })
}

/** Undefined when there is nothing to say, which is usual. */
export const itemMessages = (plan: Plan, item: number): readonly PlanMessage[] | undefined => {
  const { snapshot, needs, supplies } = plan
  const { items, receipts } = snapshot
  const safety = items.safety[item] ?? 0
  const asked = lastTotal(needs, item) - safety
  const short = asked - lastTotal(supplies, item)
  const has = (receipts.count[item] ?? 0) > 0
  if (short <= 0 && !watched(plan, item) && !actsSoon(plan, item)) return undefined
  const one: Item = { plan, item, scale: items.scale[item] ?? 1, list: [], many: new Map() }
  if (has) receiptMessages(one)
  if (items.source[item] !== PHANTOM) orderMessages(one)
  if (short > 0) noSupply(one, short)
  if (watched(plan, item) && !one.list.some(({ kind }) => kind === 'expedite')) belowSafety(one, safety)
  return one.list.length > 0 ? one.list : undefined
}

/** Where stock may fall below what is wanted without an order being due: elsewhere an order stands against it. */
const watched = ({ snapshot: { items, receipts } }: Plan, item: number): boolean =>
  (items.safety[item] ?? 0) > 0 || (receipts.count[item] ?? 0) > 0 || items.source[item] === NO_SOURCE

const lastTotal = (lists: Lists, item: number): number =>
  (lists.count[item] ?? 0) > 0 ? (lists.quantity[endOf(lists, item) - 1] ?? 0) : 0

/** Orders are sorted by due day, and where all have the same lead time the first starts first. */
const actsSoon = ({ snapshot, orders }: Plan, item: number): boolean => {
  const { slots, settings, items } = snapshot
  const first = orders.offset[item] ?? 0
  if ((orders.count[item] ?? 0) === 0) return false
  if (snapshot.growing.has(item)) return true
  const until = slots.today + Math.ceil(settings.releaseWithin / slots.width)
  const fence = items.fence[item] ?? 0
  return (
    (orders.key[first] ?? 0) <= until || (fence > 0 && dayOf(slots, orders.slot[first] ?? 0) < settings.today + fence)
  )
}

const orderMessages = (one: Item): void => {
  const { plan, item } = one
  const { snapshot, orders } = plan
  const { slots, settings, items } = snapshot
  const from = orders.offset[item] ?? 0
  const fence = items.fence[item] ?? 0
  for (let order = from; order < from + (orders.count[item] ?? 0); order++) {
    const start = dayOf(slots, orders.key[order] ?? 0)
    const due = dayOf(slots, orders.slot[order] ?? 0)
    const quantity = orders.quantity[order] ?? 0
    const inside = fence > 0 && due < settings.today + fence
    if (start > settings.today + settings.releaseWithin && !inside) {
      if (snapshot.growing.has(item)) continue
      return
    }
    const about = { kind: 'planned', item: idOf(plan, item), order: orderName(plan, order) } as const
    const why = { start, due, today: settings.today, leadTime: leadDays(snapshot, item, quantity) }
    const late = settings.today - start
    if (start < settings.today) {
      say(one, { kind: 'past-due', severity: 'stop', about, day: start, quantity, why: { ...why, late } })
      increase(one, order)
    } else if (start <= settings.today + settings.releaseWithin)
      say(one, { kind: 'release', severity: 'info', about, day: start, quantity, why })
    if (inside)
      say(one, { kind: 'inside-fence', severity: 'attention', about, day: due, quantity, why: { ...why, fence } })
  }
}

/** What can't be ordered in time may be added to an order that is already open and comes by then. */
const increase = (one: Item, order: number): void => {
  const { plan, item, scale } = one
  const { receipts, slots } = plan.snapshot
  const due = plan.orders.slot[order] ?? 0
  const from = receipts.offset[item] ?? 0
  for (let at = from + (receipts.count[item] ?? 0) - 1; at >= from; at--) {
    const given = plan.loaded.receipts[receipts.key[at] ?? 0]
    if (!given || isFirm(given) || (receipts.slot[at] ?? 0) > due) continue
    const about = { kind: 'receipt', item: idOf(plan, item), receipt: given.id } as const
    const missing = (plan.orders.quantity[order] ?? 0) / scale
    const quantity = receipts.quantity[at] ?? 0
    const why = { missing, needed: dayOf(slots, due), from: quantity / scale }
    say(one, {
      kind: 'increase',
      severity: 'attention',
      about,
      quantity,
      to: { quantity: quantity / scale + missing },
      why
    })
    return
  }
}

const receiptMessages = (one: Item): void => {
  const { plan, item } = one
  const { supplies, snapshot } = plan
  const { settings } = snapshot
  for (let at = supplies.offset[item] ?? 0; at < endOf(supplies, item); at++) {
    const key = supplies.key[at] ?? 0
    if (key >= 0 || kindOf(key) !== RECEIPT) continue
    const given = plan.loaded.receipts[indexOf(key)]
    if (!given) continue
    const about = { kind: 'receipt', item: idOf(plan, item), receipt: given.id } as const
    const quantity = (supplies.quantity[at] ?? 0) - beginOf(supplies, item, at)
    if (given.day < settings.today) {
      const why = { due: given.day, today: settings.today, late: settings.today - given.day, brings: given.kind }
      say(one, { kind: 'past-due', severity: 'attention', about, day: given.day, quantity, why })
    }
    if (!isFirm(given)) reschedule(one, at, quantity, about)
  }
}

/** Where the first need that it serves is not on the day on which it comes. */
const reschedule = (one: Item, entry: number, quantity: number, about: SupplyRef): void => {
  const { plan, item, scale } = one
  const { supplies, needs, snapshot } = plan
  const { slots, settings } = snapshot
  let [used, first] = [0, -1]
  overlapping(needs, item, beginOf(supplies, item, entry), supplies.quantity[entry] ?? 0, (need, amount) => {
    used += amount
    const key = needs.key[need] ?? 0
    if (first < 0 && !isKept(key)) first = needs.slot[need] ?? 0
  })
  const comes = dayOf(slots, supplies.slot[entry] ?? 0)
  const why = { comes, used: used / scale, quantity: quantity / scale }
  if (used === 0) return say(one, { kind: 'cancel', severity: 'attention', about, day: comes, quantity, why })
  const needed = Math.max(settings.today, dayOf(slots, first))
  const days = comes - needed
  if (first >= 0 && Math.abs(days) >= settings.minimumDays) {
    const kind = days > 0 ? 'expedite' : 'defer'
    const severity = days > 0 ? 'stop' : 'info'
    say(one, {
      kind,
      severity,
      about,
      day: comes,
      quantity,
      to: { day: needed },
      why: { ...why, needed, days: Math.abs(days) }
    })
  }
  const spare = quantity - used
  if (spare > 0 && spare / scale > settings.minimumQuantity)
    say(one, {
      kind: 'decrease',
      severity: 'info',
      about,
      quantity,
      to: { quantity: used / scale },
      why: { ...why, spare: spare / scale }
    })
}

const noSupply = (one: Item, short: number): void => {
  const { plan, item, scale } = one
  const { needs, supplies, snapshot } = plan
  let day: number | undefined
  overlapping(needs, item, lastTotal(supplies, item), lastTotal(needs, item), need => {
    day ??= dayOf(snapshot.slots, needs.slot[need] ?? 0)
  })
  const nobody = snapshot.items.source[item] === NO_SOURCE ? 1 : 0
  say(one, {
    kind: 'no-supply',
    severity: 'stop',
    ...(day === undefined ? {} : { day }),
    quantity: short,
    why: { short: short / scale, withoutSource: nobody }
  })
}

const isKept = (key: number): boolean => key < 0 && kindOf(key) === SAFETY

/** The first slot, from today, at whose end less than the safety stock is there, by the plan's own dates. */
const belowSafety = (one: Item, safety: number): void => {
  const { plan, item, scale } = one
  const { needs, supplies, snapshot } = plan
  const { slots, items } = snapshot
  const start = Math.min(0, items.onHand[item] ?? 0)
  let [need, supply] = [needs.offset[item] ?? 0, supplies.offset[item] ?? 0]
  const end = endOf(needs, item)
  const kept = end > (needs.offset[item] ?? 0) && isKept(needs.key[end - 1] ?? 0)
  const lastNeed = kept ? end - 1 : end
  const lastSupply = endOf(supplies, item)
  let slot = slots.today
  for (;;) {
    while (need < lastNeed && (needs.slot[need] ?? 0) <= slot) need++
    while (supply < lastSupply && (supplies.slot[supply] ?? 0) <= slot) supply++
    const there = totalBefore(supplies, item, supply) - totalBefore(needs, item, need)
    if (there < safety) {
      const why = { there: there / scale, safety: safety / scale, opening: start / scale }
      return say(one, {
        kind: 'below-safety',
        severity: 'attention',
        day: dayOf(slots, slot),
        quantity: safety - there,
        why
      })
    }
    if (need >= lastNeed) return
    slot = needs.slot[need] ?? 0
  }
}

const totalBefore = (lists: Lists, item: number, entry: number): number => beginOf(lists, item, entry)
