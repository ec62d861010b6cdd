/** Demands and receipts, and what open orders still have to be given. */
import { ceilOf, type Ratio } from './exact.ts'
import { fault, likely } from './faults.ts'
import { appliesTo, neededBy } from './gather.ts'
import { grouped } from './levels.ts'
import { grownDays } from './lead.ts'
import { type Loading, byId, conversion } from './loading.ts'
import type { PlanDemand, PlanReceipt } from './problem.ts'
import { type Growth, after, before, dayOf, slotOf, slotsOf } from './slots.ts'
import {
  type Dated,
  type ItemColumns,
  type LineColumns,
  type LineRule,
  type OpenNeed,
  PLAIN,
  type PlanSettings
} from './snapshot.ts'

export const loadDemands = (loading: Loading): { readonly demands: PlanDemand[]; readonly dated: Dated } => {
  const demands = [...loading.problem.demands].sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0) || byId(a, b))
  return { demands, dated: datedOf(loading, demands) }
}

/** Item -1 stands for what is left out; the list keeps its place so that keys are indexes. */
const datedOf = (loading: Loading, list: readonly (PlanDemand | PlanReceipt)[]): Dated => {
  const dated = {
    item: new Int32Array(list.length).fill(-1),
    day: new Int32Array(list.length).fill(loading.problem.today),
    quantity: new Float64Array(list.length)
  }
  for (let at = 0; at < list.length; at++) {
    const one = list[at]
    const found = one && entryOf(loading, one)
    if (!found) continue
    dated.item[at] = found.item
    dated.day[at] = found.day
    dated.quantity[at] = found.quantity
  }
  return dated
}

export type Entry = { readonly item: number; readonly day: number; readonly quantity: number }

/** One demand or receipt in the engine's terms; undefined when it is left out, and then it was named. */
export const entryOf = (loading: Loading, one: PlanDemand | PlanReceipt): Entry | undefined => {
  const { numberOf, items, scale, faults } = loading
  const { id, quantity, unit } = one
  const item = numberOf.get(one.item)
  const known = item === undefined ? undefined : items[item]
  const about = { item: one.item, id }
  if (item === undefined || !known) {
    fault(faults, 'item-unknown', about, { id, treated: 'left out' })
    return undefined
  }
  const times = conversion(known, unit)
  if (!times) {
    fault(faults, 'unit-unknown', about, { id, unit: unit ?? '', keptIn: known.unit ?? 'pcs', treated: 'left out' })
    return undefined
  }
  if (!likely(quantity) || !likely((quantity * times.num) / times.den)) {
    fault(faults, 'quantity-unlikely', about, { id, quantity, treated: 'left out' })
    return undefined
  }
  const day = dayWithin(loading, about, one.day)
  const whole = inSmallest(quantity, times, scale[item] ?? 1)
  return day === undefined || whole <= 0 ? undefined : { item, day, quantity: whole }
}

const inSmallest = (quantity: number, { num, den }: Ratio, scale: number): number => {
  const exact = quantity * scale
  const near = Math.round(exact)
  return near <= 0 ? 0 : ceilOf(Math.abs(exact - near) < 1e-6 ? near : Math.ceil(exact), num, den)
}

/** What lies far back is taken as today's; what lies far ahead is left out. */
const dayWithin = (
  { problem: { today }, policy: { horizon }, faults }: Loading,
  about: { readonly item: string; readonly id: string },
  day: number
): number | undefined => {
  if (Math.abs(day - today) <= horizon) return Math.round(day)
  const treated = day < today ? 'as due today' : 'left out'
  fault(faults, 'date-unlikely', about, { id: about.id, day, treated })
  return day < today ? today : undefined
}

type Exploding = {
  readonly columns: ItemColumns
  readonly growing: ReadonlyMap<number, Growth>
  readonly lines: LineColumns
  readonly rules: readonly LineRule[]
}

/** How an open order of ours is begun: the day, and so many smallest units of the item. */
export type Begun = { readonly day: number; readonly started: number }

/** What is known of orders that are open or firm, one by one: `change.ts` asks again for one that has changed. */
export type Opened = {
  readonly begun: (given: PlanReceipt, entry: Entry) => Begun
  /** What it still has to be given, as the caller says or by its BOM; nothing for what is bought. */
  readonly needs: (given: PlanReceipt, entry: Entry, receipt: number) => readonly OpenNeed[]
}

const openedBy = (
  loading: Loading,
  settings: PlanSettings,
  { columns: items, growing, lines, rules }: Exploding
): Opened => {
  const below = grouped(items.count, lines.parent)
  const calendar = slotsOf({
    seen: { from: settings.today, to: settings.today },
    from: settings.today - 2 * loading.policy.horizon,
    to: settings.today + 2 * loading.policy.horizon,
    today: settings.today,
    weekly: false,
    workingDays: settings.workingDays
  })
  const begun = (given: PlanReceipt, { item, day, quantity }: Entry): Begun => {
    const started = ceilOf(quantity, items.yieldDen[item] ?? 1, items.yieldNum[item] ?? 1)
    const growth = growing.get(item)
    const lead = growth ? grownDays(growth, started) : (items.lead[item] ?? 0)
    const start =
      given.start === undefined
        ? before(calendar, slotOf(calendar, day), lead, items.leadWorking[item] === 1)
        : slotOf(calendar, given.start)
    return { day: dayOf(calendar, start), started }
  }
  const exploded = (given: PlanReceipt, entry: Entry, receipt: number): readonly OpenNeed[] => {
    const { item, day } = entry
    const { day: begins, started } = begun(given, entry)
    const [start, working] = [slotOf(calendar, begins), items.leadWorking[item] === 1]
    const needs: OpenNeed[] = []
    for (let p = below.offset[item] ?? 0; p < (below.offset[item + 1] ?? 0); p++) {
      const line = below.edge[p] ?? 0
      const rule = rules[lines.rule[line] ?? 0] ?? PLAIN
      if (!appliesTo(day, rule)) continue
      const slot =
        rule.offset >= 0 ? after(calendar, start, rule.offset, working) : before(calendar, start, -rule.offset, working)
      const quantity = (lines.rule[line] ?? 0) === 0 ? started * (lines.num[line] ?? 0) : neededBy(rule, started)
      needs.push({ item: lines.component[line] ?? 0, day: dayOf(calendar, slot), quantity, receipt })
    }
    return needs
  }
  return {
    begun,
    needs: (given, entry, receipt) => {
      if (given.components) return givenNeeds(loading, given, receipt)
      return given.kind === 'purchase' ? [] : exploded(given, entry, receipt)
    }
  }
}

export const loadReceipts = (loading: Loading, settings: PlanSettings, exploding: Exploding) => {
  const receipts = [...loading.problem.receipts].sort(byId)
  const dated = datedOf(loading, receipts)
  const coming = { ...dated, day: dated.day.map(day => Math.max(day, settings.today)) }
  const opened = openedBy(loading, settings, exploding)
  const openNeeds = receipts.flatMap((receipt, at) => {
    const [item = -1, day = 0, quantity = 0] = [dated.item[at], dated.day[at], dated.quantity[at]]
    return item < 0 ? [] : opened.needs(receipt, { item, day, quantity }, at)
  })
  return { receipts, coming, openNeeds, opened }
}

/** What the caller says an open order still needs. */
const givenNeeds = (loading: Loading, receipt: PlanReceipt, at: number): readonly OpenNeed[] =>
  (receipt.components ?? []).flatMap(({ item, quantity, day }) => {
    const entry = entryOf(loading, {
      id: receipt.id,
      item,
      quantity,
      day: day ?? receipt.start ?? receipt.day,
      kind: 'internal'
    })
    return entry ? [{ ...entry, receipt: at }] : []
  })
