/** The planning problem as the desk knows it: items, BOMs, stock, orders and demand of this room's views, in plain data. */
import { PLANT_CALENDAR } from '#plant/events.ts'
import { type CalendarRule, dayNumber, usualWeek, type WorkingCalendar, workingCalendar } from '#kernel/calendar.ts'
import type { Known } from '#kernel/decision.ts'
import { consumeForecast, expectedFor } from '#kernel/forecast.ts'
import { add } from '#kernel/quantity.ts'
import { type Remember, remembering } from '#kernel/remember.ts'
import { conversion, isCounted } from '#kernel/unit.ts'
import {
  type BomLine,
  bomKey,
  bomView,
  firmPlannedView,
  forecastView,
  type Item,
  itemView,
  needView,
  type OpenOrder,
  placeView,
  plannedBuildView,
  purchaseOrderView,
  stockView,
  toCome,
  wantedView,
  workCalendarView
} from '../projection.ts'
import { throughPhantoms } from '../phantoms.ts'
import type { LotRule, PlanBomLine, PlanDemand, PlanItem, PlanPolicy, PlanProblem, PlanReceipt } from './problem.ts'

/** Days before and behind today for which working days are listed: the engine's horizon and what may be past due. */
const BACK = 400
const AHEAD = 3_700

export type PlanOptions = {
  /** The plant's day, YYYY-MM-DD. */
  readonly today: string
  readonly bucketing?: 'bucketless' | 'day' | 'week'
  readonly policy?: PlanPolicy
}

/**
 * Builds the problem of all that is known. Pure, and the same for the same views in whatever order. What is wrong with the
 * data (a loop, units that don't convert, days of another age) is passed on as it is: the engine names it. With a memory of its
 * own, a caller gets the very same parts again for views that are the very same.
 */
export const planProblemFrom = (
  known: Known,
  { today, bucketing, policy }: PlanOptions,
  keep: Remember = remembering()
): PlanProblem => {
  const day = dayNumber(today)
  const [listed, boms, stocks] = [known.list(itemView), known.list(bomView), known.list(stockView)]
  const [wanted, forecasts] = [known.list(wantedView), known.list(forecastView)]
  const items = keep('item', [listed], () => listed.map(([, item]) => item))
  const bom = keep('bom', [listed, boms], () => bomOf(known, items))
  const demands = keep('demand', [wanted], () => demandsOf(known))
  const calendar = keep('calendar', [known.list(placeView), known.list(workCalendarView)], () =>
    workingCalendar(plantCalendarOf(known))
  )
  return {
    today: day,
    items: keep('planned item', [items, bom, stocks, today], () => {
      const [asked, stock] = [unitsAsked(bom), stockOf(known, today)]
      return items.map(item => itemOf(item, stock.get(item.item) ?? 0, asked.get(item.item)))
    }),
    bom,
    demands: keep('all demand', [demands, forecasts, items, day], () => [
      ...demands,
      ...forecastsOf(known, items, demands, day)
    ]),
    receipts: receiptsOf(known, keep, { listed, boms, calendar }),
    workingDays: keep('working day', [calendar, day], () => workingDaysOf(calendar, day)),
    ...(bucketing ? { bucketing } : {}),
    ...(policy ? { policy } : {})
  }
}

const bomOf = (known: Known, items: readonly Item[]): readonly PlanBomLine[] =>
  items.flatMap(item =>
    (known.get(bomView, bomKey(item.item, item.revision))?.lines ?? []).map(line => bomLineOf(item.item, line))
  )

/** The plant's own calendar; Monday to Friday where none is set. */
const plantCalendarOf = (known: Known): CalendarRule => {
  const zone = known.list(placeView)[0]?.[1].timeZone ?? 'UTC'
  const set = known.get(workCalendarView, PLANT_CALENDAR)
  return set ? { zone, week: set.week, exceptions: set.exceptions } : usualWeek(zone)
}

const workingDaysOf = (calendar: WorkingCalendar, today: number): readonly number[] =>
  Array.from({ length: BACK + AHEAD }, (_, index) => today - BACK + index).filter(calendar.isOpen)

/** Less what is past its date: it can't be built in. */
const stockOf = (known: Known, today: string): ReadonlyMap<string, number> => {
  const stock = new Map<string, number>()
  for (const [, { item, quantity, expires }] of known.list(stockView))
    if (expires === undefined || expires >= today) stock.set(item, add(stock.get(item) ?? 0, quantity))
  return stock
}

const itemOf = (item: Item, onHand: number, units: ReadonlySet<string> = new Set()): PlanItem => {
  const known = [...units].flatMap(unit => {
    const found = conversion(unit, item.uom)
    return found && unit !== item.uom ? [{ unit, ...found }] : []
  })
  const bought =
    item.purchaseUnit === undefined || item.purchaseFactor === undefined
      ? []
      : [{ unit: item.purchaseUnit, times: item.purchaseFactor }]
  return present<PlanItem>({
    id: item.item,
    name: item.name,
    source: item.transferFrom === undefined ? item.source : 'transfer',
    transferFrom: item.transferFrom,
    unit: item.uom,
    decimals: isCounted(item.uom) && Number.isInteger(onHand) ? 0 : 4,
    units: [...known.filter(({ unit }) => unit !== item.purchaseUnit), ...bought],
    onHand,
    safetyStock: item.safetyStock,
    lot: lotOf(item),
    stockMaximum: item.maximumStock,
    ...leadOf(item),
    yield: item.yieldPercent === undefined ? undefined : item.yieldPercent / 100,
    rounding: item.rounding ?? (isCounted(item.uom) ? 1 : undefined),
    fenceDays: item.planningFenceDays,
    alternates: item.alternates,
    successor:
      item.successor === undefined
        ? undefined
        : {
            item: item.successor,
            ...(item.successorFrom === undefined ? {} : { from: dayNumber(item.successorFrom) })
          },
    supplier: item.supplier,
    cost: item.cost
  })
}

/** A lead time of its own is whole days; one that grows with the order is rounded up with it. */
const leadOf = ({ leadTimeDays, leadDaysPerUnit }: Item) =>
  (leadDaysPerUnit ?? 0) > 0
    ? { leadTime: leadTimeDays ?? 0, leadTimePer: leadDaysPerUnit }
    : { leadTime: leadTimeDays === undefined ? undefined : Math.ceil(leadTimeDays), leadTimePer: undefined }

const lotOf = (item: Item): LotRule => {
  // Whole purchase units are ordered unless a multiple says otherwise.
  const limits = present<{ minimum?: number; maximum?: number; multiple?: number }>({
    minimum: item.minimum,
    maximum: item.maximum,
    multiple: item.multiple ?? item.purchaseFactor
  })
  const { lotRule, lotQuantity, periodDays, orderCost, holdingCost } = item
  if (lotRule === 'fixed' && lotQuantity !== undefined) return { rule: 'fixed', quantity: lotQuantity, ...limits }
  if (lotRule === 'period' && periodDays !== undefined) return { rule: 'period', days: periodDays, ...limits }
  if (lotRule === 'economic' && orderCost !== undefined && holdingCost !== undefined)
    return { rule: 'economic', orderCost, holdingCost, ...limits }
  return { rule: 'lot-for-lot', ...limits }
}

export const bomLineOf = (parent: string, line: BomLine): PlanBomLine =>
  present<PlanBomLine>({
    parent,
    component: line.component,
    quantity: line.quantity,
    unit: line.uom,
    fixed: line.fixed,
    scrap: scrapOf(line),
    lossMinimum: line.lossMinimum,
    setup: line.setupQuantity,
    offset: line.offsetDays,
    from: line.from === undefined ? undefined : dayNumber(line.from),
    to: line.to === undefined ? undefined : dayNumber(line.to),
    rounding: line.rounding,
    cut:
      line.cutLength === undefined || line.stockLength === undefined
        ? undefined
        : { length: line.cutLength, stockLength: line.stockLength }
  })

/** A BOM's attrition is what is added, 3 % of what is built in; the engine asks what part of what is taken gets lost. */
const scrapOf = ({ scrapPercent }: BomLine): number | undefined =>
  scrapPercent === undefined ? undefined : scrapPercent / (100 + scrapPercent)

const unitsAsked = (bom: readonly PlanBomLine[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const asked = new Map<string, Set<string>>()
  for (const { component, unit } of bom)
    if (unit !== undefined) asked.set(component, (asked.get(component) ?? new Set()).add(unit))
  return asked
}

const demandsOf = (known: Known): readonly PlanDemand[] =>
  known.list(wantedView).flatMap(([, { demand, item, quantity, due, kind, customer, priority }]) =>
    kind === 'order'
      ? [
          present<PlanDemand>({
            id: demand,
            item,
            quantity,
            day: dayNumber(due),
            kind: 'customer',
            customer,
            priority
          })
        ]
      : []
  )

/**
 * What is left of the forecast when orders have used theirs up, on the first day of its bucket. Forecast of days that are
 * over is history; inside the item's demand fence only orders count.
 */
const forecastsOf = (
  known: Known,
  items: readonly Item[],
  ordered: readonly PlanDemand[],
  today: number
): readonly PlanDemand[] => {
  const expected = [
    ...known.list(forecastView).map(([key, { item, bucket, from, quantity }]) => ({
      id: `forecast ${key}`,
      item,
      quantity,
      ...expectedFor(dayNumber(from), bucket)
    })),
    ...known.list(wantedView).flatMap(([, one]) => {
      const from = dayNumber(one.due)
      return one.kind === 'forecast'
        ? [{ id: one.demand, item: one.item, quantity: one.quantity, from, to: from + 1 }]
        : []
    })
  ]
  const byItem = Map.groupBy(expected, one => one.item)
  const orders = Map.groupBy(ordered, one => one.item)
  return items.flatMap(item => {
    const own = byItem.get(item.item) ?? []
    const left = consumeForecast(own, orders.get(item.item) ?? [], {
      back: item.consumeBackDays ?? 0,
      forward: item.consumeForwardDays ?? 0
    })
    const fence = today + (item.demandFenceDays ?? 0)
    return own.flatMap((one, index): readonly PlanDemand[] => {
      const quantity = left[index] ?? 0
      const over = one.to <= today || one.from < fence
      return quantity > 0 && !over
        ? [{ id: one.id, item: one.item, quantity, day: Math.max(one.from, today), kind: 'forecast', priority: 1 }]
        : []
    })
  })
}

type MadeOf = {
  readonly listed: readonly unknown[]
  readonly boms: readonly unknown[]
  readonly calendar: WorkingCalendar
}

const receiptsOf = (known: Known, keep: Remember, { listed, boms, calendar }: MadeOf): readonly PlanReceipt[] => {
  const [purchases, needs] = [known.list(purchaseOrderView), known.list(needView)]
  const [builds, firm] = [known.list(plannedBuildView), known.list(firmPlannedView)]
  const bought = keep('purchase', [purchases], () =>
    purchases.flatMap(([, { order, lines }]) =>
      lines.flatMap((line): readonly PlanReceipt[] => {
        const quantity = toCome(line)
        return quantity > 0
          ? [{ id: `${order}/${line.line}`, item: line.item, quantity, day: dayNumber(line.due), kind: 'purchase' }]
          : []
      })
    )
  )
  const open = keep('work order', [needs, listed, boms, calendar], () =>
    needs.map(
      ([, order]): PlanReceipt => ({
        id: order.workOrder,
        item: order.item,
        quantity: order.quantity,
        day: dayNumber(order.due),
        kind: 'work-order',
        ...startOf(known, calendar, order),
        components: remainingComponents(known, order)
      })
    )
  )
  const planned = keep('build', [builds], () =>
    builds.map(
      ([, { build, item, quantity, due }]): PlanReceipt => ({
        id: build,
        item,
        quantity,
        day: dayNumber(due),
        kind: 'firm-planned'
      })
    )
  )
  const fixed = keep('firm', [firm], () =>
    firm.map(
      ([, { order, item, quantity, due, start }]): PlanReceipt => ({
        id: order,
        item,
        quantity,
        day: dayNumber(due),
        kind: 'firm-planned',
        ...(start === undefined ? {} : { start: dayNumber(start) })
      })
    )
  )
  return keep('receipt', [bought, open, planned, fixed], () => [...bought, ...open, ...planned, ...fixed])
}

/** Its parts are needed when it is begun: its lead time, in working days, before it is due. */
const startOf = (
  known: Known,
  calendar: WorkingCalendar,
  { item, due, quantity }: OpenOrder
): { readonly start?: number } => {
  const own = known.get(itemView, item)
  const lead = Math.ceil(Math.round(((own?.leadTimeDays ?? 0) + (own?.leadDaysPerUnit ?? 0) * quantity) * 1e6) / 1e6)
  const start = lead > 0 ? calendar.shiftDay(dayNumber(due), -lead) : undefined
  return start === undefined ? {} : { start }
}

/** What an order still has to be given, of the BOM of its own revision, in each component's unit. */
const remainingComponents = (
  known: Known,
  order: OpenOrder
): readonly { readonly item: string; readonly quantity: number }[] => {
  const lines = known.get(bomView, bomKey(order.item, order.revision))?.lines ?? []
  const below = (component: string): readonly BomLine[] | undefined => {
    const item = known.get(itemView, component)
    return item?.source === 'phantom' ? known.get(bomView, bomKey(component, item.revision))?.lines : undefined
  }
  const needed = new Map<string, number>()
  for (const line of throughPhantoms(lines, below))
    if (!(line.from !== undefined && order.due < line.from) && !(line.to !== undefined && order.due >= line.to))
      needed.set(line.component, add(needed.get(line.component) ?? 0, wholeNeed(known, line, order.quantity)))
  return [...needed].flatMap(([component, need]) => {
    const left = add(need, -(order.consumed[component] ?? 0))
    return left > 0 && component !== order.item ? [{ item: component, quantity: left }] : []
  })
}

/** What one order of so many takes of a line, before anything was issued; 0 where the units don't convert. */
const wholeNeed = (known: Known, line: BomLine, quantity: number): number => {
  const item = known.get(itemView, line.component)
  const unit = item?.purchaseUnit === line.uom ? { times: item.purchaseFactor ?? 1, per: 1 } : undefined
  const factor = unit ?? conversion(line.uom, item?.uom ?? line.uom)
  if (!factor) return 0
  const pieces = line.quantity * (line.fixed ? 1 : quantity)
  if (line.cutLength !== undefined && line.stockLength !== undefined)
    return Math.ceil(pieces / Math.max(1, Math.floor(line.stockLength / line.cutLength + 1e-9)) - 1e-9)
  const plain = (pieces * factor.times) / factor.per
  const lost = Math.max((plain * (line.scrapPercent ?? 0)) / 100, line.lossMinimum ?? 0)
  const whole = plain + lost + (line.setupQuantity ?? 0)
  const step = line.rounding ?? 0
  return step > 0 ? Math.ceil(whole / step - 1e-9) * step : whole
}

/** Leaves out what is undefined, so that an absent member is absent. */
const present = <T extends object>(given: { readonly [K in keyof T]: T[K] | undefined }): T => {
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) if (value !== undefined) kept[name] = value
  // Members that T needs are given by every caller; only optional ones may be left out.
  return kept as T
}
