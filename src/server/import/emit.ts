/** The events that take the plant from what it is to what the files say. */
import { canonical, type Json } from '#kernel/canonical.ts'
import { draft, type Draft } from '#kernel/event.ts'
import { bomSet, itemSet, purchaseOrderSet, stockCounted } from '#activities/materials/events.ts'
import { routingSet, workOrderCreated } from '#activities/orders/events.ts'
import { controlPlanSet } from '#activities/quality/events.ts'
import { demandSet, forecastSet, setupSet } from '#activities/schedule/events.ts'
import { toolSet } from '#activities/tooling/events.ts'
import { calendarSet, lineSet, personSet, reasonSet, stationSet } from '#plant/events.ts'
import type { EventKind } from '#kernel/event.ts'
import type { CalendarRow, Plant, TableName, TableRows } from './plant-tables.ts'

export const same = (a: unknown, b: unknown): boolean =>
  // Rows are JSON by construction: strings, numbers, booleans, lists and objects of them.
  a === b || (a !== undefined && b !== undefined && canonical(a as Json) === canonical(b as Json))

/** Groups with a row that is new or different, by table. */
export type Touched = ReadonlyMap<TableName, ReadonlySet<string>>

export const draftsOf = (before: Plant, after: Plant, touched: Touched): readonly Draft[] => {
  const drafts: Draft[] = []
  const groups = (...tables: TableName[]): ReadonlySet<string> =>
    new Set(tables.flatMap(table => [...(touched.get(table) ?? [])]))
  const each = <T extends TableName>(table: T, kind: EventKind<TableRows[T]>): void => {
    for (const group of groups(table))
      for (const [key, row] of after[table].get(group) ?? [])
        if (!same(before[table].get(group)?.get(key), row)) drafts.push(draft(kind, row))
  }
  for (const group of groups('calendars'))
    drafts.push(...calendarDraft([...(after.calendars.get(group)?.values() ?? [])]))
  each('lines', lineSet)
  each('stations', stationSet)
  each('people', personSet)
  each('reasons', reasonSet)
  each('tools', toolSet)
  each('items', itemSet)
  for (const group of groups('bom')) {
    const rows = [...(after.bom.get(group)?.values() ?? [])]
    const head = rows[0]
    // A line of quantity 0 is how a file takes a line out.
    if (head)
      drafts.push(
        draft(bomSet, {
          item: head.item,
          revision: head.revision,
          lines: rows.map(row => row.line).filter(line => line.quantity > 0)
        })
      )
  }
  for (const group of groups('plans', 'control_plans')) {
    const header = after.plans.get(group)?.get(group)
    const rows = [...(after.control_plans.get(group)?.values() ?? [])]
      .map(row => row.characteristic)
      .sort((a, b) => a.number - b.number)
    if (header) drafts.push(draft(controlPlanSet, { ...header, characteristics: rows }))
  }
  for (const group of groups('routing', 'steps')) drafts.push(...routingDraft(after, group))
  each('stock', stockCounted)
  each('demand', demandSet)
  each('forecast', forecastSet)
  each('setups', setupSet)
  for (const group of groups('purchases')) drafts.push(...purchaseDraft(after, group))
  each('work_orders', workOrderCreated)
  return drafts
}

/** Exceptions of the same days are one with several shifts. The last name that a row gives is the calendar's. */
const calendarDraft = (rows: readonly CalendarRow[]): readonly Draft[] => {
  const last = rows.at(-1)
  if (!last) return []
  const active = rows.filter(row => row.active)
  const week = active.flatMap(row => (row.is === 'shift' ? [{ day: row.day, from: row.from, to: row.to }] : []))
  const apart = Map.groupBy(
    active.flatMap(row => (row.is === 'exception' ? [row] : [])),
    ({ first, last }) => `${first}/${last}`
  )
  const exceptions = [...apart.values()].flatMap(([head, ...others]) => {
    if (!head) return []
    const shifts = [head, ...others].flatMap(({ from, to }) =>
      from === undefined || to === undefined ? [] : [{ from, to }]
    )
    return [{ from: head.first, to: head.last, shifts, ...(head.note === undefined ? {} : { name: head.note }) }]
  })
  return [draft(calendarSet, { calendar: last.calendar, name: last.name, week, exceptions })]
}

const purchaseDraft = (after: Plant, group: string): readonly Draft[] => {
  const rows = [...(after.purchases.get(group)?.values() ?? [])].sort((a, b) => a.line.line - b.line.line)
  const [first] = rows
  if (!first) return []
  const supplier = rows.find(row => row.supplier !== undefined)?.supplier
  return [
    draft(purchaseOrderSet, {
      order: first.order,
      lines: rows.map(row => row.line),
      ...(supplier === undefined ? {} : { supplier }),
      ...(first.note === undefined ? {} : { note: first.note })
    })
  ]
}

const routingDraft = (after: Plant, group: string): readonly Draft[] => {
  const heads = [...(after.routing.get(group)?.values() ?? [])].sort((a, b) => a.operation.op - b.operation.op)
  const steps = [...(after.steps.get(group)?.values() ?? [])].sort((a, b) => a.step.step - b.step.step)
  const first = heads[0]
  if (!first) return []
  const operations = heads.map(({ operation }) => ({
    ...operation,
    steps: steps.filter(row => row.op === operation.op).map(row => row.step)
  }))
  return [draft(routingSet, { item: first.item, revision: first.revision, operations })]
}
