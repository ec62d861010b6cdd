/**
 * A folder of frePPLe's CSV files as our templates. An item that is kept at several places becomes one item for each, moved
 * between them; an operation that makes an item becomes its routing and BOM. What has no place in our templates is told.
 */
import Papa from 'papaparse'
import type { Problem } from '#server/import/problem.ts'
import type { SourceFile } from '#server/import/source.ts'
import { calendarRows } from './frepple-calendars.ts'
import { dayOf, readTables, type Row, secondsOf, type Tables, tableName } from './frepple-tables.ts'

export const isFrepple = (names: ReadonlySet<string>): boolean => {
  const tables = new Set([...names].map(tableName))
  return (
    tables.has('operation') &&
    (tables.has('operationresource') || tables.has('operationmaterial')) &&
    tables.has('item')
  )
}

export type Converted = {
  readonly files: readonly SourceFile[]
  readonly problems: readonly Problem[]
  readonly today: string
}

type Cells = Readonly<Record<string, string | number | undefined>>
type Work = {
  readonly tables: Tables
  readonly problems: Problem[]
  /** Places at which each item is kept, moved, made or wanted. */
  readonly places: Map<string, Set<string>>
  /** An item under the groups that it belongs to. */
  readonly members: (group: string) => readonly string[]
}

export const fromFrepple = (files: readonly SourceFile[], asked: string | undefined): Converted => {
  const tables = readTables(files)
  const problems: Problem[] = []
  const work: Work = { tables, problems, places: new Map(), members: membersOf(tables) }
  const made = operationsOf(work)
  findPlaces(work, made)
  const today = asked ?? dayOfPlan(tables)
  const rows: Record<string, readonly Cells[]> = {
    items: itemRows(work, made),
    bom: made.flatMap(one => bomRows(work, one)),
    routing: made.flatMap(one => routingRows(work, one)),
    stations: stationRows(work),
    calendars: calendarRows(tables, today),
    stock: rowsOf(tables, 'buffer')
      .filter(row => Number(row['onhand']) > 0)
      .map(row => ({ item_no: itemAt(work, row['item'], row['location']), location: 'LOC-STORE', qty: row['onhand'] })),
    demand: demandRows(work, made),
    open_po: purchaseRows(work),
    work_orders: workOrderRows(work, made)
  }
  return { files: Object.entries(rows).flatMap(([name, list]) => fileOf(name, list)), problems, today }
}

const rowsOf = (tables: Tables, name: string): readonly Row[] => tables.get(name) ?? []

const fileOf = (name: string, rows: readonly Cells[]): readonly SourceFile[] => {
  if (rows.length === 0) return []
  const fields = [...new Set(rows.flatMap(row => Object.keys(row)))]
  const data = rows.map(row => fields.map(field => row[field] ?? ''))
  return [{ name: `${name}.csv`, bytes: new TextEncoder().encode(Papa.unparse({ fields, data })) }]
}

const look = ({ problems }: Work, file: string, row: Row | undefined, message: string): void => {
  problems.push({ file: `${file}.csv`, row: Number(row?.row ?? 0), column: '', value: '', level: 'look', message })
}

/** Groups of items are written as their owner; a rule for a group holds for all below it. */
const membersOf = (tables: Tables): Work['members'] => {
  const children = Map.groupBy(rowsOf(tables, 'item'), row => row['owner'] ?? '')
  const below = (group: string, depth = 0): readonly string[] => {
    const own = depth < 20 ? (children.get(group) ?? []) : []
    return own.length === 0 ? [group] : own.flatMap(row => below(row['name'] ?? '', depth + 1))
  }
  return group => (group === '' ? [] : below(group))
}

type Step = { readonly name: string; readonly row: Row }
/** How one item is made at one place: its steps in order, what they take, and how much comes out. */
type Made = {
  readonly item: string
  readonly location: string
  readonly steps: readonly Step[]
  readonly takes: readonly {
    readonly item: string
    readonly quantity: number
    readonly step: number
    readonly per: boolean
  }[]
  readonly row: Row
}

const operationsOf = (work: Work): readonly Made[] => {
  const { tables } = work
  const operations = rowsOf(tables, 'operation')
  const flows = Map.groupBy(rowsOf(tables, 'operationmaterial'), row => row['operation'] ?? '')
  const children = Map.groupBy(operations, row => row['owner'] ?? '')
  const wanted = new Map(rowsOf(tables, 'demand').map(row => [row['operation'] ?? '', row['item'] ?? '']))
  const made: Made[] = []
  const taken = new Set<string>()
  for (const row of operations.toSorted((a, b) => Number(a['priority'] || 1) - Number(b['priority'] || 1))) {
    const name = row['name'] ?? ''
    if (row['owner'] || row['type'] === 'alternate' || row['type'] === 'split') continue
    const routing = (children.get(name) ?? []).toSorted(
      (a, b) => Number(a['priority'] ?? 0) - Number(b['priority'] ?? 0)
    )
    const steps = (routing.length > 0 ? routing : [row]).map(one => ({ name: one['name'] ?? '', row: one }))
    const own = [...new Set([name, ...steps.map(step => step.name)])].flatMap(one => flows.get(one) ?? [])
    const outs = own.filter(flow => Number(flow['quantity']) > 0)
    // What comes out is what is made, whatever the operation is called after.
    const out = outs.find(flow => flow['item'] === row['item']) ?? outs[0]
    const item = out?.['item'] || row['item'] || wanted.get(name) || ''
    if (row['item'] && item !== row['item'])
      look(
        work,
        'operation',
        row,
        `${name} is written to make ${row['item']}, and ${item} comes out of it: planned as ${item}`
      )
    if (item === '') {
      look(work, 'operation', row, `${name} makes nothing that is named: left out`)
      continue
    }
    const key = `${item}\n${row['location'] ?? ''}`
    if (taken.has(key)) {
      look(work, 'operation', row, `${name} is another way to make ${item}: the first one is planned`)
      continue
    }
    taken.add(key)
    made.push({
      item,
      location: row['location'] ?? '',
      steps,
      row,
      takes: takesOf(steps, own, Number(out?.['quantity'] ?? 1))
    })
  }
  return made
}

const takesOf = (steps: readonly Step[], flows: readonly Row[], out: number): Made['takes'] =>
  flows
    .filter(flow => Number(flow['quantity']) < 0)
    .map(flow => {
      const at = steps.findIndex(step => step.name === flow['operation'])
      const fixed = (flow['type'] ?? '').startsWith('fixed')
      return {
        item: flow['item'] ?? '',
        quantity: -Number(flow['quantity']) / (fixed ? 1 : out || 1),
        step: Math.max(0, at),
        per: !fixed
      }
    })

const findPlaces = ({ tables, places, members }: Work, made: readonly Made[]): void => {
  const put = (item: string | undefined, location: string | undefined): void => {
    if (item && location) places.set(item, (places.get(item) ?? new Set()).add(location))
  }
  for (const row of rowsOf(tables, 'buffer')) put(row['item'], row['location'])
  for (const row of rowsOf(tables, 'demand')) if (isOpen(row)) put(row['item'], row['location'])
  for (const { item, location, takes } of made) {
    put(item, location)
    for (const one of takes) put(one.item, location)
  }
  // A move leads from a place only when the item is wanted where it ends; asked again until nothing is added.
  const moves = rowsOf(tables, 'itemdistribution')
  for (let before = -1, now = 0; before !== now; now = [...places.values()].reduce((sum, one) => sum + one.size, 0)) {
    before = now
    for (const row of moves)
      for (const item of members(row['item'] ?? ''))
        if (places.get(item)?.has(row['location'] ?? '')) put(item, row['origin'])
  }
}

/** One number for each place where an item lies, its own name when there is only one. */
const itemAt = ({ places }: Work, item: string | undefined, location: string | undefined): string => {
  const at = places.get(item ?? '')
  return at && at.size > 1 && location ? `${item} @ ${location}` : (item ?? '')
}

const itemRows = (work: Work, made: readonly Made[]): readonly Cells[] => {
  const { tables, places } = work
  const owners = new Set(rowsOf(tables, 'item').map(row => row['owner'] ?? ''))
  const kept = new Map(rowsOf(tables, 'buffer').map(row => [`${row['item']}\n${row['location']}`, row]))
  return rowsOf(tables, 'item')
    .filter(row => !owners.has(row['name'] ?? ''))
    .flatMap(row => {
      const item = row['name'] ?? ''
      const at = [...(places.get(item) ?? [])]
      return (at.length > 0 ? at : ['']).map(location => ({
        item_no: itemAt(work, item, location),
        name: at.length > 1 ? `${item}, ${location}` : item,
        cost: Number(row['cost']) > 0 ? row['cost'] : undefined,
        safety_stock: Number(kept.get(`${item}\n${location}`)?.['minimum']) || undefined,
        max_stock: Number(kept.get(`${item}\n${location}`)?.['maximum']) || undefined,
        type: 'buy',
        ...sourceOf(work, made, item, location)
      }))
    })
}

/** Made here goes before moved from elsewhere, and that before bought; each by its priority. */
const sourceOf = (work: Work, made: readonly Made[], item: string, location: string): Cells => {
  const own = made.find(one => one.item === item && (one.location === location || one.location === ''))
  if (own) {
    const days = (field: string): number => own.steps.reduce((sum, { row }) => sum + secondsOf(row[field]), 0) / 86_400
    const each = days('durationper')
    return {
      type: 'make',
      lead_time_days: each > 0 ? days('duration').toFixed(6) : Math.ceil(days('duration')),
      lead_days_per_unit: each > 0 ? each.toFixed(9) : undefined,
      moq: above(own.row['sizeminimum'], 1),
      multiple: above(own.row['sizemultiple'], 1),
      maximum: above(own.row['sizemaximum'], 0)
    }
  }
  const from = (table: string) =>
    rowsOf(work.tables, table)
      .filter(
        row => work.members(row['item'] ?? '').includes(item) && (!row['location'] || row['location'] === location)
      )
      .sort((a, b) => Number(a['priority'] || 1) - Number(b['priority'] || 1))[0]
  const [moved, bought] = [from('itemdistribution'), from('itemsupplier')]
  const rule = moved ?? bought
  return {
    lead_time_days: rule ? Math.ceil(secondsOf(rule['leadtime']) / 86_400) : undefined,
    moq: above(rule?.['sizeminimum'], 1),
    multiple: above(rule?.['sizemultiple'], 1),
    ...(moved ? { transfer_from: itemAt(work, item, moved['origin']) } : { supplier: bought?.['supplier'] })
  }
}

const above = (text: string | undefined, least: number): string | undefined => (Number(text) > least ? text : undefined)

const bomRows = (work: Work, { item, location, takes }: Made): readonly Cells[] =>
  takes.map(one => ({
    parent: itemAt(work, item, location),
    component: itemAt(work, one.item, location),
    qty: one.quantity,
    op_seq: (one.step + 1) * 10,
    fixed: one.per ? undefined : 'yes'
  }))

/** Codes without white space: a routing lists its stations with blanks between them. */
const stationCode = (resource: string): string => resource.replace(/\s+/g, '-')

const routingRows = (work: Work, { item, location, steps }: Made): readonly Cells[] => {
  const { tables } = work
  const groups = new Set(rowsOf(tables, 'resource').map(row => row['owner'] ?? ''))
  const uses = Map.groupBy(rowsOf(tables, 'operationresource'), row => row['operation'] ?? '')
  return steps.map(({ name, row }, index) => {
    const used = uses.get(name) ?? []
    const [first, ...others] = used.toSorted(
      (a, b) => Number(groups.has(a['resource'] ?? '')) - Number(groups.has(b['resource'] ?? ''))
    )
    if (others.length > 0)
      look(
        work,
        'operationresource',
        others[0],
        `${name} also takes ${others.map(one => one['resource']).join(', ')}: only ${first?.['resource']} is scheduled`
      )
    return {
      item_no: itemAt(work, item, location),
      op_seq: (index + 1) * 10,
      name,
      stations: stationCode(first?.['resource'] ?? OUTSIDE),
      setup_min: secondsOf(row['duration']) / 60,
      run_min_per_unit: secondsOf(row['durationper']) / 60
    }
  })
}

/** Where time passes without a resource: paint dries. */
const OUTSIDE = 'WAITING'

const stationRows = ({ tables }: Work): readonly Cells[] => [
  ...rowsOf(tables, 'resource').map(row => ({
    station: stationCode(row['name'] ?? ''),
    name: row['name'],
    line: stationCode(row['location'] || 'LINE'),
    line_name: row['location'],
    calendar: row['maximumcalendar'],
    capacity: atOnce(tables, row)
  })),
  { station: OUTSIDE, name: 'Waiting, no station', line: 'LINE', capacity: 99 }
]

/** A group of resources does as many at once as it has members. */
const atOnce = (tables: Tables, row: Row): number | undefined => {
  const members = rowsOf(tables, 'resource').filter(other => other['owner'] === row['name']).length
  const most = members > 0 ? members : Math.floor(Number(row['maximum']))
  return most > 1 ? most : undefined
}

const isOpen = (row: Row): boolean => ['', 'open', 'quote'].includes(row['status'] ?? '')

const demandRows = (work: Work, made: readonly Made[]): readonly Cells[] =>
  rowsOf(work.tables, 'demand')
    .filter(isOpen)
    .map(row => ({
      ref: row['name'],
      item_no: itemAt(work, row['item'], row['location'] || made.find(one => one.item === row['item'])?.location),
      qty: row['quantity'] || 1,
      due: dayOf(row['due']),
      kind: 'order',
      customer: row['customer'],
      priority: row['priority']
    }))

const plansOf = ({ tables }: Work, type: string): readonly Row[] =>
  rowsOf(tables, 'operationplan').filter(
    row =>
      (row['type'] || (row['supplier'] ? 'PO' : 'MO')) === type &&
      ['confirmed', 'approved'].includes(row['status'] ?? '')
  )

const purchaseRows = (work: Work): readonly Cells[] => [
  ...plansOf(work, 'PO').map(row => ({
    po: row['reference'],
    item_no: itemAt(work, row['item'], row['location']),
    qty_open: row['quantity'],
    due: dayOf(row['enddate']),
    supplier: row['supplier'],
    confirmed: 'yes'
  })),
  ...plansOf(work, 'DO').map(row => ({
    po: row['reference'],
    item_no: itemAt(work, row['item'], row['destination']),
    qty_open: row['quantity'],
    due: dayOf(row['enddate']),
    supplier: row['origin']
  }))
]

const workOrderRows = (work: Work, made: readonly Made[]): readonly Cells[] =>
  plansOf(work, 'MO').flatMap(row => {
    const own = made.find(
      one => [row['operation'], row['name']].includes(one.row['name'] ?? '-') || one.item === row['item']
    )
    if (!own) {
      look(work, 'operationplan', row, `${row['reference']} makes nothing that is planned: left out`)
      return []
    }
    return [
      {
        work_order: row['reference'],
        item_no: itemAt(work, own.item, own.location),
        qty: row['quantity'],
        due: dayOf(row['enddate']) ?? dayOf(row['startdate'])
      }
    ]
  })

/** The day that the files themselves name, else that of the first open order or order on the way: they may be years old. */
const dayOfPlan = (tables: Tables): string => {
  const named = rowsOf(tables, 'parameter').find(row => row['name'] === 'currentdate')?.['value']
  const days = [
    ...rowsOf(tables, 'operationplan').map(row => dayOf(row['startdate']) ?? dayOf(row['enddate'])),
    ...rowsOf(tables, 'demand')
      .filter(isOpen)
      .map(row => dayOf(row['due']))
  ].filter(day => day !== undefined)
  return dayOf(named) ?? days.sort()[0] ?? '2026-01-01'
}
