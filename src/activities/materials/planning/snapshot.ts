/**
 * The problem as the engine reads it: items renumbered by low-level code, so that every parent comes before its parts;
 * quantities as whole smallest units, dates as slots, BOM lines grouped by component for the gather and by parent for the
 * way down. `load.ts` makes columns from a readable problem; a bench may make them straight from a file.
 */
import { ONE, type Ratio } from './exact.ts'
import { type Edges, type Grouped, grouped, levelsOf, loopsOf } from './levels.ts'
import { type Lists, listsOf } from './lists.ts'
import { type Growth, type Slots, daysOff, slotOf, slotsOf } from './slots.ts'

export const MAKE = 0
export const BUY = 1
export const TRANSFER = 2
export const PHANTOM = 3
export const NO_SOURCE = 4

export const LOT_FOR_LOT = 0
export const FIXED = 1
export const PERIOD = 2
export const ECONOMIC = 3
/** A period that begins with whatever happens first. */
export const GROUPED = 4

/** How much of a component one order of the parent takes, where it is more than a whole number for each. */
export type LineRule = {
  readonly per: Ratio
  /** `per` divided by 1 - scrap. */
  readonly withLoss: Ratio
  readonly lossMinimum: number
  /** Taken by each order, whatever its size. */
  readonly add: number
  readonly fixed: boolean
  readonly step: number
  /** Days. */
  readonly offset: number
  readonly from: number
  readonly to: number
}

export const PLAIN: LineRule = {
  per: ONE,
  withLoss: ONE,
  lossMinimum: 0,
  add: 0,
  fixed: false,
  step: 1,
  offset: 0,
  from: -Infinity,
  to: Infinity
}

/** Items by an order that depends on nothing but their ids; quantities in smallest units. */
export type ItemColumns = {
  readonly count: number
  readonly source: Uint8Array
  /** Days. */
  readonly lead: Int32Array
  readonly leadWorking: Uint8Array
  readonly onHand: Float64Array
  readonly safety: Float64Array
  readonly lotRule: Uint8Array
  readonly lotMinimum: Float64Array
  /** 0: none. */
  readonly lotMaximum: Float64Array
  /** At least 1: also carries the rounding. */
  readonly lotMultiple: Float64Array
  /** Fixed: the quantity. Period: days. Economic: index into `economics`. */
  readonly lotArgument: Float64Array
  readonly yieldNum: Float64Array
  readonly yieldDen: Float64Array
  /** Smallest units in one unit: 10^decimals. */
  readonly scale: Float64Array
  readonly fence: Int32Array
}

export type Economics = { readonly orderCost: number; readonly holdingCost: number; readonly yearly?: number }

export type LineColumns = Edges & {
  /** Smallest units of the component for a smallest unit of the parent, when `rule` is 0. */
  readonly num: Float64Array
  /** Index into `rules`; 0 is a plain line. */
  readonly rule: Int32Array
}

export type StandIn = {
  readonly item: number
  readonly by: number
  /** Smallest units of `by` for a smallest unit of `item`. */
  readonly ratio: Ratio
  readonly use: 'when-short' | 'first' | 'successor'
  /** For a successor: the day from which nothing new is ordered. */
  readonly from: number
}

export type Dated = { readonly item: Int32Array; readonly day: Int32Array; readonly quantity: Float64Array }

/** What an open order still has to be given. */
export type OpenNeed = {
  readonly item: number
  readonly day: number
  readonly quantity: number
  readonly receipt: number
}

export type PlanSettings = {
  readonly today: number
  readonly weekly: boolean
  readonly workingDays?: readonly number[]
  /** Days; -1 for 'lead-time'. */
  readonly expediteWithin: number
  readonly releaseWithin: number
  readonly minimumDays: number
  readonly minimumQuantity: number
}

export type Columns = {
  readonly settings: PlanSettings
  readonly items: ItemColumns
  readonly lines: LineColumns
  readonly rules: readonly LineRule[]
  readonly economics: readonly Economics[]
  readonly standIns: readonly StandIn[]
  /** In the order in which they are served on one day. */
  readonly demands: Dated
  readonly receipts: Dated
  readonly openNeeds: readonly OpenNeed[]
  /** Receipts that are never asked to move. */
  readonly firm: readonly number[]
  /** Items whose lead time grows with the order, and those that are filled up to a stock of so many smallest units. */
  readonly growing?: ReadonlyMap<number, Growth>
  readonly fillTo?: ReadonlyMap<number, number>
}

export type Snapshot = {
  readonly settings: PlanSettings
  readonly slots: Slots
  /** Planned items; those in a loop are left out. */
  readonly count: number
  /** From the caller's index to rank, -1 when left out; and back. */
  readonly rank: Int32Array
  readonly original: Int32Array
  readonly level: Int32Array
  readonly items: ItemColumns
  readonly rules: readonly LineRule[]
  readonly economics: readonly Economics[]
  /** Lines grouped by component, `lineOffset[c] … lineOffset[c + 1]`, the parents in rank order. Ranks. */
  readonly lineOffset: Int32Array
  readonly lineParent: Int32Array
  readonly lineComponent: Int32Array
  readonly lineNum: Float64Array
  readonly lineRule: Int32Array
  /** The same lines by parent: `belowLine[belowOffset[p]] …` are line numbers. */
  readonly belowOffset: Int32Array
  readonly belowLine: Int32Array
  readonly standIns: ReadonlyMap<number, readonly StandIn[]>
  /** By the one that stands in: who may ask it. */
  readonly askedBy: ReadonlyMap<number, readonly StandIn[]>
  readonly demands: Lists
  readonly receipts: Lists
  readonly openNeeds: Map<number, readonly OpenNeed[]>
  readonly firm: Set<number>
  readonly growing: ReadonlyMap<number, Growth>
  readonly fillTo: ReadonlyMap<number, number>
  readonly loops: readonly (readonly number[])[]
  /** Stand-ins that would have closed a loop, as the caller numbered them. */
  readonly refused: readonly StandIn[]
}

export const snapshotOf = (columns: Columns): Snapshot => {
  const { items, lines, settings } = columns
  const { level, loops, standIns, refused, below } = ordered(columns)
  const { rank, original } = ranked(level)
  const count = original.length
  const own = reordered(items, original)
  const grouping = groupedLines(lines, below, rank, original)
  const growing = byRank(columns.growing, rank)
  const slots = span(columns, own, grouping, growing)
  const asked = standIns.map(one => ({ ...one, item: rank[one.item] ?? -1, by: rank[one.by] ?? -1 }))
  const known = asked.filter(one => one.item >= 0 && one.by >= 0)
  return {
    settings,
    slots,
    count,
    rank,
    original,
    level: picked(new Int32Array(count), level, original),
    items: own,
    rules: columns.rules,
    economics: columns.economics,
    ...grouping,
    standIns: Map.groupBy(known, one => one.item),
    askedBy: Map.groupBy(known, one => one.by),
    demands: listed(columns.demands, rank, count, slots),
    receipts: listed(columns.receipts, rank, count, slots),
    openNeeds: Map.groupBy(
      columns.openNeeds
        .map(need => ({ ...need, item: rank[need.item] ?? -1 }))
        .filter(need => need.item >= 0)
        .sort((a, b) => a.day - b.day || a.receipt - b.receipt),
      need => need.item
    ),
    firm: new Set(columns.firm),
    growing,
    fillTo: byRank(columns.fillTo, rank),
    loops,
    refused
  }
}

/** Levels of what is not in a loop. Who looks at another's spare stock comes after all that take from it. */
const ordered = ({ items, lines, standIns }: Columns) => {
  const bare = levelsOf(items.count, lines)
  const loops = bare.placed === items.count ? [] : loopsOf(items.count, lines, bare.level)
  const inLoop = new Set(loops.length > 0 ? loops.flat() : [])
  const sound = inLoop.size > 0 ? without(lines, inLoop) : lines
  const askers = standIns.filter(one => !inLoop.has(one.item) && !inLoop.has(one.by))
  const full =
    sound === lines && askers.length === 0 ? bare : levelsOf(items.count, withStandIns(sound, items.count, askers))
  const kept = askers.filter(one => full.level[one.item] !== -1 && full.level[one.by] !== -1)
  const level =
    full.placed === items.count ? full.level : levelsOf(items.count, withStandIns(sound, items.count, kept)).level
  for (const item of inLoop) level[item] = -1
  return { level, loops, standIns: kept, refused: askers.filter(one => !kept.includes(one)), below: bare.below }
}

const without = (lines: Edges, items: ReadonlySet<number>): Edges => {
  const kept = [...lines.parent.keys()].filter(
    at => !items.has(lines.parent[at] ?? -1) && !items.has(lines.component[at] ?? -1)
  )
  return {
    parent: Int32Array.from(kept, at => lines.parent[at] ?? 0),
    component: Int32Array.from(kept, at => lines.component[at] ?? 0)
  }
}

const withStandIns = (lines: Edges, items: number, standIns: readonly StandIn[]): Edges => {
  if (standIns.length === 0) return lines
  const [from, to] = [Array.from(lines.parent), Array.from(lines.component)]
  const above = grouped(items, lines.component)
  for (const { item, by } of standIns) {
    from.push(item)
    to.push(by)
    for (let p = above.offset[by] ?? 0; p < (above.offset[by + 1] ?? 0); p++) {
      const parent = lines.parent[above.edge[p] ?? 0] ?? 0
      if (parent === item) continue
      from.push(parent)
      to.push(item)
    }
  }
  return { parent: Int32Array.from(from), component: Int32Array.from(to) }
}

const byRank = <T>(given: ReadonlyMap<number, T> | undefined, rank: Int32Array): ReadonlyMap<number, T> =>
  new Map([...(given ?? [])].map(([item, one]) => [rank[item] ?? -1, one]))

/** By level, and inside a level in the caller's order. */
const ranked = (level: Int32Array) => {
  let deepest = 0
  for (let item = 0; item < level.length; item++) deepest = Math.max(deepest, level[item] ?? -1)
  const next = new Int32Array(deepest + 2)
  for (let item = 0; item < level.length; item++)
    next[(level[item] ?? -1) + 1] = (next[(level[item] ?? -1) + 1] ?? 0) + 1
  next[0] = 0
  for (let at = 0; at <= deepest; at++) next[at + 1] = (next[at + 1] ?? 0) + (next[at] ?? 0)
  const rank = new Int32Array(level.length).fill(-1)
  const original = new Int32Array(next[deepest + 1] ?? 0)
  for (let item = 0; item < level.length; item++) {
    const own = level[item] ?? -1
    if (own < 0) continue
    const place = next[own] ?? 0
    next[own] = place + 1
    rank[item] = place
    original[place] = item
  }
  return { rank, original }
}

/** `made[k] = from[at[k]]`. */
const picked = <T extends Int32Array | Float64Array | Uint8Array>(made: T, from: T, at: Int32Array): T => {
  for (let k = 0; k < at.length; k++) made[k] = from[at[k] ?? 0] ?? 0
  return made
}

const reordered = (items: ItemColumns, original: Int32Array): ItemColumns => {
  const count = original.length
  const bytes = (from: Uint8Array) => picked(new Uint8Array(count), from, original)
  const ints = (from: Int32Array) => picked(new Int32Array(count), from, original)
  const numbers = (from: Float64Array) => picked(new Float64Array(count), from, original)
  return {
    count,
    source: bytes(items.source),
    lead: ints(items.lead),
    leadWorking: bytes(items.leadWorking),
    onHand: numbers(items.onHand),
    safety: numbers(items.safety),
    lotRule: bytes(items.lotRule),
    lotMinimum: numbers(items.lotMinimum),
    lotMaximum: numbers(items.lotMaximum),
    lotMultiple: numbers(items.lotMultiple),
    lotArgument: numbers(items.lotArgument),
    yieldNum: numbers(items.yieldNum),
    yieldDen: numbers(items.yieldDen),
    scale: numbers(items.scale),
    fence: ints(items.fence)
  }
}

/** By component, then by parent; lines of the same two stay as the caller has them. */
const groupedLines = (lines: LineColumns, { offset, edge }: Grouped, rank: Int32Array, original: Int32Array) => {
  const count = original.length
  const lineOffset = new Int32Array(count + 1)
  const { parent, component, num, rule } = lines
  for (let at = 0; at < parent.length; at++) {
    const part = rank[component[at] ?? 0] ?? -1
    if (part >= 0 && (rank[parent[at] ?? 0] ?? -1) >= 0) lineOffset[part + 1] = (lineOffset[part + 1] ?? 0) + 1
  }
  for (let part = 0; part < count; part++) lineOffset[part + 1] = (lineOffset[part + 1] ?? 0) + (lineOffset[part] ?? 0)
  const kept = lineOffset[count] ?? 0
  const [lineParent, lineComponent] = [new Int32Array(kept), new Int32Array(kept)]
  const [lineNum, lineRule] = [new Float64Array(kept), new Int32Array(kept)]
  const next = lineOffset.slice()
  for (let whole = 0; whole < count; whole++) {
    const item = original[whole] ?? 0
    for (let p = offset[item] ?? 0; p < (offset[item + 1] ?? 0); p++) {
      const at = edge[p] ?? 0
      const part = rank[component[at] ?? 0] ?? -1
      if (part < 0) continue
      const place = next[part] ?? 0
      next[part] = place + 1
      lineParent[place] = whole
      lineComponent[place] = part
      lineNum[place] = num[at] ?? 0
      lineRule[place] = rule[at] ?? 0
    }
  }
  const { offset: belowOffset, edge: belowLine } = grouped(count, lineParent)
  return { lineOffset, lineParent, lineComponent, lineNum, lineRule, belowOffset, belowLine }
}

type Grouping = ReturnType<typeof groupedLines>

/** From the first day on which anything could have to be started to the last on which anything is asked or comes. */
const span = (
  { demands, receipts, openNeeds, settings, rules }: Columns,
  items: ItemColumns,
  lines: Grouping,
  growing: Snapshot['growing']
) => {
  const { count } = items
  let [low, high] = [settings.today, settings.today]
  const see = (day: number): void => {
    if (day < low) low = day
    if (day > high) high = day
  }
  for (const { day } of [demands, receipts]) for (let at = 0; at < day.length; at++) see(day[at] ?? 0)
  for (const need of openNeeds) see(need.day)
  // Longest way down, in days, and the longest offset up.
  const reach = new Int32Array(count)
  let [deepest, forward] = [0, 0]
  for (let item = 0; item < count; item++) {
    let own = 0
    for (let p = lines.lineOffset[item] ?? 0; p < (lines.lineOffset[item + 1] ?? 0); p++) {
      const offset = rules[lines.lineRule[p] ?? 0]?.offset ?? 0
      own = Math.max(own, (reach[lines.lineParent[p] ?? 0] ?? 0) - Math.min(0, offset))
      forward = Math.max(forward, offset)
    }
    reach[item] = own + (growing.get(item)?.most ?? items.lead[item] ?? 0) + (settings.weekly ? 6 : 0)
    deepest = Math.max(deepest, reach[item] ?? 0)
  }
  const slack = settings.workingDays ? daysOff(settings.workingDays) : 0
  return slotsOf({
    seen: { from: low, to: high },
    from: low - deepest - slack,
    to: high + Math.max(deepest, forward) + slack,
    today: settings.today,
    weekly: settings.weekly,
    workingDays: settings.workingDays
  })
}

/** Grouped by item and sorted by slot; on one slot the caller's order stays. `key` is the caller's index. */
const listed = ({ item, day, quantity }: Dated, rank: Int32Array, count: number, slots: Slots): Lists => {
  const place = new Int32Array(item.length)
  let kept = 0
  for (let at = 0; at < item.length; at++) if ((rank[item[at] ?? -1] ?? -1) >= 0) place[kept++] = at
  const order = place.subarray(0, kept)
  const slot = order.map(at => slotOf(slots, day[at] ?? 0))
  const ints = (from: Int32Array, at: Int32Array) => picked(new Int32Array(at.length), from, at)
  const owner = order.map(at => rank[item[at] ?? 0] ?? 0)
  const bySlot = grouped(slots.count, slot).edge
  const byOwner = grouped(count, ints(owner, bySlot))
  const sorted = ints(bySlot, byOwner.edge)
  const key = ints(order, sorted)
  return listsOf(byOwner.offset, {
    slot: ints(slot, sorted),
    key,
    quantity: picked(new Float64Array(kept), quantity, key)
  })
}
