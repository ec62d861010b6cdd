/** What no single row can know: references, loops, one supplier number for several parts. */
import { keyOf, type Plant, type TableName, type TableRows } from './plant-tables.ts'
import { same, type Touched } from './emit.ts'

/** Tells a problem at the row that a table's row came from. */
export type TellAt = (
  table: TableName,
  group: string,
  key: string,
  column: string,
  level: 'stop' | 'look',
  message: string,
  value?: string
) => void

export const checkPlant = (before: Plant, after: Plant, touched: Touched, tell: TellAt): void => {
  checkCalendars(after, touched, tell)
  checkStations(after, touched, tell)
  checkBoms(after, touched, tell)
  checkLoops(after, touched, tell)
  checkRoutings(after, touched, tell)
  checkItemsNamed(after, touched, tell)
  checkBadges(after, touched, tell)
  checkWorkOrders(before, after, touched, tell)
}

function* rowsOf<T extends TableName>(
  plant: Plant,
  touched: Touched,
  table: T
): Generator<readonly [string, string, TableRows[T]]> {
  // The union of all tables' types narrows to this one's by its name, which the compiler can't follow.
  const groups = plant[table] as unknown as ReadonlyMap<string, ReadonlyMap<string, TableRows[T]>>
  for (const group of touched.get(table) ?? [])
    for (const [key, row] of groups.get(group) ?? []) yield [group, key, row]
}

const checkCalendars = (after: Plant, touched: Touched, tell: TellAt): void => {
  for (const [group, key, { calendar }] of rowsOf(after, touched, 'stations'))
    if (calendar !== undefined && !after.calendars.has(calendar))
      tell(
        'stations',
        group,
        key,
        'calendar',
        'stop',
        `Calendar ${calendar} is not known: import it first, or with this file`,
        calendar
      )
  for (const group of touched.get('calendars') ?? []) {
    const rows = [...(after.calendars.get(group)?.values() ?? [])]
    if (rows.some(row => row.active && (row.is === 'shift' || row.from !== undefined))) continue
    const [first] = after.calendars.get(group)?.keys() ?? []
    tell(
      'calendars',
      group,
      first ?? '',
      'calendar',
      'stop',
      `Calendar ${group} has no working day: nothing could be planned on it`,
      group
    )
  }
}

const checkStations = (after: Plant, touched: Touched, tell: TellAt): void => {
  for (const [group, key, { operation }] of rowsOf(after, touched, 'routing')) {
    for (const station of operation.stations)
      if (!after.stations.has(station))
        tell(
          'routing',
          group,
          key,
          'stations',
          'stop',
          `Station ${station} is not known: import it first, or with this file`,
          station
        )
    if (
      operation.controlPlan &&
      ![...after.plans.values()].some(plans => [...plans.values()].some(plan => plan.plan === operation.controlPlan))
    )
      tell(
        'routing',
        group,
        key,
        'qc_plan',
        'look',
        `Control plan ${operation.controlPlan} is not known yet: the method can't be released without it`,
        operation.controlPlan
      )
    for (const tool of operation.tools ?? [])
      if (!after.tools.has(tool)) tell('routing', group, key, 'tools', 'look', `Tool ${tool} is not known yet`, tool)
  }
}

const checkBoms = (after: Plant, touched: Touched, tell: TellAt): void => {
  for (const [group, key, { item, line }] of rowsOf(after, touched, 'bom')) {
    if (!after.items.has(item))
      tell('bom', group, key, 'parent', 'stop', `Item ${item} is not known: import it first, or with this file`, item)
    const component = after.items.get(line.component)?.get(line.component)
    if (!component)
      tell(
        'bom',
        group,
        key,
        'component',
        'stop',
        `Item ${line.component} is not known: import it first, or with this file`,
        line.component
      )
    else if (component.uom !== line.uom)
      tell(
        'bom',
        group,
        key,
        'uom',
        'stop',
        `${line.component} is counted in ${component.uom}, and this line in ${line.uom}`,
        line.uom
      )
  }
  for (const group of touched.get('bom') ?? []) checkPlaces(after, group, tell)
}

const checkPlaces = (after: Plant, group: string, tell: TellAt): void => {
  const holders = new Map<string, string>()
  for (const [key, { line }] of after.bom.get(group) ?? [])
    for (const place of line.quantity > 0 ? (line.places ?? []) : []) {
      const holder = holders.get(place)
      if (holder)
        tell('bom', group, key, 'refdes', 'stop', `${place} is given to ${holder} and to ${line.component}`, place)
      else holders.set(place, line.component)
    }
}

/** A part that is built from itself, by whatever way: found once per loop, with the path named. */
const checkLoops = (after: Plant, touched: Touched, tell: TellAt): void => {
  const children = new Map<string, { component: string; group: string; key: string }[]>()
  for (const [group, rows] of after.bom)
    for (const [key, { item, line }] of rows) {
      const list = children.get(item) ?? []
      list.push({ component: line.component, group, key })
      children.set(item, list)
    }
  const done = new Set<string>()
  const touchedBoms = touched.get('bom') ?? new Set<string>()
  for (const start of children.keys()) walk(start)

  /** Depth first with its own stack: a chain may be longer than the call stack is deep. */
  function walk(start: string): void {
    if (done.has(start)) return
    const path: string[] = [start]
    const onPath = new Set(path)
    const next = [0]
    while (path.length > 0) {
      const here = path[path.length - 1] ?? ''
      const edge = children.get(here)?.[next[next.length - 1] ?? 0]
      if (!edge) {
        done.add(here)
        onPath.delete(here)
        path.pop()
        next.pop()
        continue
      }
      next[next.length - 1] = (next[next.length - 1] ?? 0) + 1
      if (onPath.has(edge.component)) {
        const loop = [...path.slice(path.indexOf(edge.component)), edge.component]
        if (touchedBoms.has(edge.group))
          tell(
            'bom',
            edge.group,
            edge.key,
            'component',
            'stop',
            `Is built from itself: ${loop.join(' → ')}`,
            edge.component
          )
      } else if (!done.has(edge.component)) {
        path.push(edge.component)
        onPath.add(edge.component)
        next.push(0)
      }
    }
  }
}

const checkRoutings = (after: Plant, touched: Touched, tell: TellAt): void => {
  for (const [group, key, { item }] of rowsOf(after, touched, 'routing'))
    if (!after.items.has(item))
      tell(
        'routing',
        group,
        key,
        'item_no',
        'stop',
        `Item ${item} is not known: import it first, or with this file`,
        item
      )
  for (const [group, key, { item, revision, op, step }] of rowsOf(after, touched, 'steps')) {
    if (!after.routing.get(keyOf(item, revision))?.has(String(op)))
      tell('steps', group, key, 'op_seq', 'stop', `${item} revision ${revision} has no operation ${op}`, String(op))
    if (step.item && !after.items.has(step.item))
      tell(
        'steps',
        group,
        key,
        'part',
        'stop',
        `Item ${step.item} is not known: import it first, or with this file`,
        step.item
      )
  }
  for (const [group, key, { characteristic }] of rowsOf(after, touched, 'control_plans'))
    if (characteristic.gauge && !after.tools.has(characteristic.gauge))
      tell(
        'control_plans',
        group,
        key,
        'gauge',
        'look',
        `Gauge ${characteristic.gauge} is not known yet`,
        characteristic.gauge
      )
}

const checkItemsNamed = (after: Plant, touched: Touched, tell: TellAt): void => {
  const unknown = 'is not known: import it first, or with this file'
  for (const [group, key, { item }] of rowsOf(after, touched, 'stock'))
    if (!after.items.has(item)) tell('stock', group, key, 'item_no', 'stop', `Item ${item} ${unknown}`, item)
  for (const [group, key, { item }] of rowsOf(after, touched, 'demand'))
    if (!after.items.has(item)) tell('demand', group, key, 'item_no', 'stop', `Item ${item} ${unknown}`, item)
  for (const [group, key, { item }] of rowsOf(after, touched, 'forecast'))
    if (!after.items.has(item)) tell('forecast', group, key, 'item_no', 'stop', `Item ${item} ${unknown}`, item)
  for (const [group, key, { line }] of rowsOf(after, touched, 'purchases'))
    if (!after.items.has(line.item))
      tell('purchases', group, key, 'item_no', 'stop', `Item ${line.item} ${unknown}`, line.item)
  for (const [group, key, { item }] of rowsOf(after, touched, 'work_orders'))
    if (!after.items.has(item)) tell('work_orders', group, key, 'item_no', 'stop', `Item ${item} ${unknown}`, item)
}

const checkBadges = (after: Plant, touched: Touched, tell: TellAt): void => {
  const holders = new Map<string, string>()
  for (const [, people] of after.people)
    for (const { person, badge } of people.values()) {
      const holder = holders.get(badge)
      if (holder && (touched.get('people')?.has(person) || touched.get('people')?.has(holder)))
        tell('people', person, person, 'badge', 'stop', `Badge ${badge} belongs to ${holder} as well`, badge)
      holders.set(badge, person)
    }
}

/** A work order that exists is changed at the desk, where its state is known, and not by a file. */
const checkWorkOrders = (before: Plant, after: Plant, touched: Touched, tell: TellAt): void => {
  for (const workOrder of touched.get('work_orders') ?? []) {
    const was = before.work_orders.get(workOrder)?.get(workOrder)
    if (was && !same(was, after.work_orders.get(workOrder)?.get(workOrder)))
      tell(
        'work_orders',
        workOrder,
        workOrder,
        'work_order',
        'stop',
        `${workOrder} exists and says something else: change it at the orders desk`,
        workOrder
      )
  }
}

/** One supplier number for several different parts buys the wrong one: it is told, and none of them is given it. */
export const clearSharedSupplierParts = (
  after: Plant,
  touched: Touched,
  claims: ReadonlyMap<string, ReadonlySet<string>>,
  tell: TellAt,
  set: (item: string, row: unknown) => void
): void => {
  const holders = new Map<string, string[]>([...claims].map(([key, items]) => [key, [...items]]))
  for (const items of after.items.values())
    for (const { item, supplier, supplierPart } of items.values()) {
      if (!supplierPart) continue
      const key = keyOf(supplier ?? '', supplierPart)
      const list = holders.get(key)
      if (!list) holders.set(key, [item])
      else if (!list.includes(item)) list.push(item)
    }
  for (const [key, items] of holders) {
    const mine = items.filter(item => touched.get('items')?.has(item))
    if (items.length < 2 || mine.length === 0) continue
    const [, supplierPart] = key.split('\u001f')
    for (const item of mine) {
      const was = after.items.get(item)?.get(item)
      if (!was?.supplierPart || keyOf(was.supplier ?? '', was.supplierPart) !== key) continue
      tell(
        'items',
        item,
        item,
        'supplier_part',
        'look',
        `${supplierPart} stands for ${items.length} different parts: ${items.slice(0, 6).join(', ')}. None of them is given it`,
        supplierPart
      )
      const { supplierPart: _, ...rest } = was
      set(item, rest)
    }
  }
}
