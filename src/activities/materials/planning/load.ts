/**
 * From a readable problem to columns: names become numbers in the order of their ids, so that nothing depends on the order
 * in which they were given; units become whole smallest units; what can't be planned with is named and left out.
 */
import { decimal, product, ratio } from './exact.ts'
import { type Faults, fault, likely } from './faults.ts'
import { loadDemands, loadReceipts, type Opened } from './load-dated.ts'
import { loadLines } from './load-lines.ts'
import { type Loading, type ToolLine, byId } from './loading.ts'
import type { Growth } from './slots.ts'
import type { PlanDemand, PlanItem, PlanPolicy, PlanProblem, PlanReceipt } from './problem.ts'
import {
  BUY,
  type Columns,
  ECONOMIC,
  type Economics,
  FIXED,
  GROUPED,
  type ItemColumns,
  LOT_FOR_LOT,
  MAKE,
  NO_SOURCE,
  PERIOD,
  PHANTOM,
  type PlanSettings,
  type StandIn,
  TRANSFER
} from './snapshot.ts'

export type Loaded = {
  readonly columns: Columns
  /** By number: what it was called. */
  readonly items: readonly PlanItem[]
  readonly demands: PlanDemand[]
  readonly receipts: PlanReceipt[]
  /** Number by id, made when it is first asked. */
  readonly demandKeys: () => Map<string, number>
  readonly receiptKeys: () => Map<string, number>
  readonly opened: Opened
  readonly loading: Loading
  readonly numberOf: ReadonlyMap<string, number>
  readonly tools: readonly ToolLine[]
  readonly faults: Faults
  readonly policy: Required<PlanPolicy>
}

const POLICY: Required<PlanPolicy> = {
  expediteWithin: 'lead-time',
  releaseWithin: 7,
  minimumDays: 1,
  minimumQuantity: 0,
  horizon: 3660
}

export const load = (problem: PlanProblem): Loaded => {
  const items = [...problem.items].sort(byId)
  const policy = { ...POLICY, ...problem.policy }
  const loading: Loading = { problem, items, ...named(items), faults: [], policy }
  const settings = settingsOf(loading)
  const { lines, rules, tools, hasLines } = loadLines(loading)
  const economics: Economics[] = []
  const columns = itemColumns(loading, economics)
  nameSources(loading, hasLines)
  const { demands, dated } = loadDemands(loading)
  const growing = growthOf(loading)
  const { receipts, coming, openNeeds, opened } = loadReceipts(loading, settings, { columns, growing, lines, rules })
  return {
    columns: {
      settings,
      items: columns,
      lines,
      rules,
      economics,
      standIns: standInsOf(loading),
      demands: dated,
      receipts: coming,
      openNeeds,
      firm: receipts.flatMap((one, at) => (isFirm(one) ? [at] : [])),
      growing,
      fillTo: fillToOf(loading, columns)
    },
    items,
    demands,
    receipts,
    demandKeys: once(() => new Map(demands.map(({ id }, at) => [id, at]))),
    receiptKeys: once(() => new Map(receipts.map(({ id }, at) => [id, at]))),
    opened,
    loading,
    numberOf: loading.numberOf,
    tools,
    faults: loading.faults,
    policy
  }
}

const named = (items: readonly PlanItem[]) => {
  const numberOf = new Map<string, number>()
  const scale = new Float64Array(items.length)
  for (let at = 0; at < items.length; at++) {
    const { id = '', decimals = 0 } = items[at] ?? {}
    scale[at] = 10 ** Math.min(6, Math.max(0, Math.round(decimals)))
    numberOf.set(id, at)
  }
  return { numberOf, scale }
}

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** Firm planned orders are not moved; nor is what the caller calls firm. */
export const isFirm = ({ firm, kind }: PlanReceipt): boolean => firm === true || kind === 'firm-planned'

const settingsOf = ({ problem, policy, faults }: Loading): PlanSettings => {
  const { workingDays, today, bucketing } = problem
  if (workingDays?.length === 0)
    fault(faults, 'no-working-day', { item: '' }, { treated: 'every day is worked' }, 'stop')
  return {
    today,
    weekly: bucketing === 'week',
    ...(workingDays && workingDays.length > 0 ? { workingDays } : {}),
    expediteWithin: policy.expediteWithin === 'lead-time' ? -1 : Math.max(0, policy.expediteWithin),
    releaseWithin: policy.releaseWithin,
    minimumDays: policy.minimumDays,
    minimumQuantity: policy.minimumQuantity
  }
}

const SOURCES = { make: MAKE, buy: BUY, transfer: TRANSFER, phantom: PHANTOM, none: NO_SOURCE } as const

const itemColumns = (loading: Loading, economics: Economics[]): ItemColumns => {
  const { items, scale } = loading
  const count = items.length
  const columns: ItemColumns = {
    count,
    source: new Uint8Array(count),
    lead: new Int32Array(count),
    leadWorking: new Uint8Array(count),
    onHand: new Float64Array(count),
    safety: new Float64Array(count),
    lotRule: new Uint8Array(count),
    lotMinimum: new Float64Array(count),
    lotMaximum: new Float64Array(count),
    lotMultiple: new Float64Array(count).fill(1),
    lotArgument: new Float64Array(count),
    yieldNum: new Float64Array(count).fill(1),
    yieldDen: new Float64Array(count).fill(1),
    scale,
    fence: new Int32Array(count)
  }
  // One pass over the items, and not one for each column: a tablet reads them once, before anything is compiled.
  for (let at = 0; at < count; at++) {
    const item = items[at]
    if (!item) continue
    const { source, leadIn = source === 'make' ? 'working' : 'calendar' } = item
    columns.source[at] = SOURCES[source]
    columns.lead[at] = leadOf(loading, item)
    columns.leadWorking[at] = leadIn === 'working' ? 1 : 0
    columns.onHand[at] = onHandOf(loading, item, scale[at] ?? 1)
    columns.safety[at] = counted(loading, item, item.safetyStock, 'safety stock', scale[at])
    columns.fence[at] = item.fenceDays ?? 0
    setLot(loading, columns, economics, item, at)
    setYield(loading, columns, item, at)
  }
  return columns
}

const setYield = ({ faults }: Loading, columns: ItemColumns, item: PlanItem, at: number): void => {
  const part = item.yield ?? 1
  if (part === 1) return
  if (part > 0 && part < 1) {
    const { num, den } = decimal(part)
    columns.yieldNum[at] = num
    columns.yieldDen[at] = den
  } else fault(faults, 'quantity-unlikely', { item: item.id, id: 'yield' }, { yield: part, treated: 'as 1' })
}

/** A quantity of an item in smallest units, rounded; what is absurd is named and counts as nothing. */
const counted = (
  { faults }: Loading,
  item: PlanItem,
  quantity: number | undefined,
  field: string,
  scale = 1
): number => {
  if (quantity === undefined) return 0
  if (likely(quantity)) return Math.round(quantity * scale)
  fault(faults, 'quantity-unlikely', { item: item.id, id: field }, { field, quantity, treated: 'as none' })
  return 0
}

const onHandOf = (loading: Loading, item: PlanItem, scale: number): number => {
  const there = counted(loading, item, item.onHand, 'on hand', scale)
  const stock = there - counted(loading, item, item.allocated, 'allocated', scale)
  if (stock < 0)
    fault(
      loading.faults,
      'negative-stock',
      { item: item.id },
      { quantity: stock / scale, treated: 'owed from the start' }
    )
  return stock
}

const leadOf = ({ faults, policy }: Loading, { id, source, leadTime, leadTimePer }: PlanItem): number => {
  if (source === 'phantom' || source === 'none') return 0
  if (leadTime === undefined) {
    if (leadTimePer !== undefined) return 0
    fault(faults, 'no-lead-time', { item: id }, { treated: 'as 0 days' })
    return 0
  }
  if (leadTime >= 0 && leadTime <= policy.horizon) return Math.ceil(leadTime)
  fault(faults, 'date-unlikely', { item: id, id: 'lead time' }, { days: leadTime, treated: 'as 0 days' })
  return 0
}

/** Lead times that grow with what is started; none is counted as longer than the horizon. */
const growthOf = (loading: Loading): ReadonlyMap<number, Growth> => {
  const { items, scale, faults, policy } = loading
  const growing = new Map<number, Growth>()
  for (let at = 0; at < items.length; at++) {
    const { id = '', source, leadTime, leadTimePer = 0 } = items[at] ?? {}
    if (leadTimePer === 0 || source === 'phantom' || source === 'none') continue
    const days = leadTime ?? 0
    if (leadTimePer > 0 && leadTimePer <= policy.horizon && days >= 0 && days <= policy.horizon)
      growing.set(at, { days, each: leadTimePer / (scale[at] ?? 1), most: Math.ceil(policy.horizon) })
    else
      fault(
        faults,
        'date-unlikely',
        { item: id, id: 'lead time' },
        { days: leadTimePer, treated: 'as 0 days for each' }
      )
  }
  return growing
}

/** Up to where stock is filled: never below the safety stock. */
const fillToOf = (loading: Loading, { safety, scale }: ItemColumns): ReadonlyMap<number, number> => {
  const fillTo = new Map<number, number>()
  for (let at = 0; at < loading.items.length; at++) {
    const item = loading.items[at]
    if (item?.stockMaximum === undefined || item.source === 'phantom') continue
    const upTo = counted(loading, item, item.stockMaximum, 'maximum stock', scale[at])
    if (upTo > (safety[at] ?? 0)) fillTo.set(at, upTo)
  }
  return fillTo
}

const RULES = { 'lot-for-lot': LOT_FOR_LOT, fixed: FIXED, period: PERIOD, economic: ECONOMIC } as const

const setLot = (loading: Loading, columns: ItemColumns, economics: Economics[], item: PlanItem, at: number): void => {
  const scale = columns.scale[at] ?? 1
  if (item.source === 'phantom') return
  const whole = (value: number | undefined, field: string): number =>
    Math.max(0, counted(loading, item, value, field, scale))
  const { lot } = item
  columns.lotMultiple[at] = whole(lot?.multiple, 'multiple') || whole(item.rounding ?? 1, 'rounding') || 1
  if (!lot) return
  columns.lotRule[at] = RULES[lot.rule]
  columns.lotMinimum[at] = whole(lot.minimum, 'minimum')
  columns.lotMaximum[at] = whole(lot.maximum, 'maximum')
  if (lot.rule === 'period') {
    columns.lotArgument[at] = Math.max(1, lot.days)
    if (lot.begins === 'event') columns.lotRule[at] = GROUPED
  }
  if (lot.rule === 'economic') {
    columns.lotArgument[at] = economics.length
    const { orderCost, holdingCost, yearlyDemand } = lot
    economics.push({ orderCost, holdingCost, ...(yearlyDemand === undefined ? {} : { yearly: yearlyDemand }) })
  }
  const fixed = lot.rule === 'fixed' ? whole(lot.quantity, 'lot') : 0
  if (fixed > 0) columns.lotMinimum[at] = columns.lotMaximum[at] = columns.lotMultiple[at] = fixed
}

/** Items that something asks for and that nobody makes, buys or moves. */
const nameSources = ({ problem, items, numberOf, faults }: Loading, hasLines: Uint8Array): void => {
  const asked = new Set<string>()
  // Nobody asks what is asked for where everything has a source: most lines of a large plant need no second look.
  if (items.some(({ source }) => source === 'none')) {
    for (const { component, use } of problem.bom) if (use !== 'tool') asked.add(component)
    for (const { item } of problem.demands) asked.add(item)
  }
  for (let at = 0; at < items.length; at++) {
    const { id = '', source, transferFrom, successor } = items[at] ?? {}
    if (source === 'none' && asked.has(id) && !successor)
      fault(
        faults,
        'no-source',
        { item: id },
        { missing: 'supplier or routing', treated: 'nothing is ordered' },
        'stop'
      )
    if (source === 'transfer' && (transferFrom === undefined || !numberOf.has(transferFrom)))
      fault(faults, 'no-source', { item: id }, { missing: 'where it comes from', treated: 'it comes from nowhere' })
    if ((source === 'make' || source === 'phantom') && hasLines[at] !== 1)
      fault(faults, 'no-source', { item: id }, { missing: 'bill of material', treated: 'made of nothing' }, 'info')
  }
}

const standInsOf = ({ items, numberOf, scale, faults, policy }: Loading): readonly StandIn[] => {
  const found: StandIn[] = []
  for (let at = 0; at < items.length; at++) {
    const item = items[at]
    // Most have none.
    if (!item || (item.alternates === undefined && item.successor === undefined)) continue
    const add = (other: string, times: number, use: StandIn['use'], from: number): void => {
      const by = numberOf.get(other)
      if (by === undefined) return fault(faults, 'item-unknown', { item: other, id: item.id }, { standsInFor: item.id })
      if (!(times > 0) || !likely(times))
        return fault(faults, 'quantity-unlikely', { item: item.id, id: other }, { ratio: times, treated: 'left out' })
      found.push({ item: at, by, ratio: product(decimal(times), ratio(scale[by] ?? 1, scale[at] ?? 1)), use, from })
    }
    for (const one of item.alternates ?? []) add(one.item, one.ratio, one.use ?? 'when-short', -Infinity)
    const { successor } = item
    if (successor) add(successor.item, successor.ratio ?? 1, 'successor', successor.from ?? -policy.horizon * 2)
  }
  return found
}
