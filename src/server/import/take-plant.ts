/** Rows of the plant's own tables: stations, people, reasons, tools, control plans, stock, demand, work orders. */
import { aql, inspectionLevel } from '#activities/quality/events.ts'
import { keyOf, STORE, stockKey, type Characteristic, type Plant, type TableRows } from './plant-tables.ts'
import type { NumberLimits, RowReader } from './row-reader.ts'
import type { Taken, TakeRow } from './taken.ts'

/** Leaves out what is not given, so that an absent member is absent. */
export const compact = <T extends object>(row: { [K in keyof T]: T[K] | undefined }): T => {
  const kept: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(row)) if (value !== undefined) kept[key] = value
  // Required members were checked by the caller; optional ones may be left out.
  return kept as T
}

/** A column that the file doesn't have keeps what is there; an empty cell takes it away. */
export const keep = <T>(reader: RowReader, column: string, value: T | undefined, was: T | undefined): T | undefined =>
  reader.has(column) ? value : was

export const one = (table: Taken['table'], key: string, row: unknown): Taken => ({ table, group: key, key, row })

const ORDINAL: NumberLimits = { from: 1, to: 100_000, whole: true }

export const takeStation: TakeRow = (reader, plant) => {
  const station = reader.needCode('station')
  const line = reader.needCode('line')
  if (!station || !line) return undefined
  const was = plant.stations.get(station)?.get(station)
  const wasLine = plant.lines.get(line)?.get(line)
  const kind = reader.word('kind', {
    build: ['assembly', 'montage'],
    test: ['prüfung'],
    inspection: ['inspect', 'qc'],
    packing: ['pack', 'verpackung'],
    store: ['stock', 'lager']
  })
  const order = reader.number('order', { from: 0, to: 100_000, whole: true })
  const row = compact<TableRows['stations']>({
    station,
    name: reader.name('name') ?? was?.name ?? station,
    line,
    kind: kind ?? was?.kind ?? 'build',
    order: order ?? was?.order ?? plant.stations.size + 1,
    calendar: keep(reader, 'calendar', reader.code('calendar'), was?.calendar),
    capacity: keep(reader, 'capacity', reader.number('capacity', ORDINAL), was?.capacity),
    batchCapacity: keep(reader, 'batch_capacity', reader.number('batch_capacity', ORDINAL), was?.batchCapacity)
  })
  const area = keep(reader, 'area', reader.name('area'), wasLine?.area)
  const lineRow = compact<TableRows['lines']>({ line, name: reader.name('line_name') ?? wasLine?.name ?? line, area })
  return reader.broken() ? undefined : [one('lines', line, lineRow), one('stations', station, row)]
}

const ROLES = ['operator', 'inspector', 'supervisor', 'planner', 'engineer', 'administrator'] as const
type Role = (typeof ROLES)[number]
const isRole = (word: string): word is Role => (ROLES as readonly string[]).includes(word)

export const takePerson: TakeRow = (reader, plant, pins) => {
  const person = reader.needCode('person')
  const badge = reader.needCode('badge')
  if (!person || !badge) return undefined
  const was = plant.people.get(person)?.get(person)
  const said = reader.list('roles').map(word => word.toLowerCase())
  for (const word of said)
    if (!isRole(word)) reader.tell('stop', 'roles', `"${word}" is not one of ${ROLES.join(', ')}`)
  const roles = reader.has('roles') ? said.filter(isRole) : [...(was?.roles ?? [])]
  const pin = reader.raw('pin')
  if (pin !== '' && !/^\d{6}$/.test(pin)) reader.tell('stop', 'pin', 'A PIN has six digits')
  else if (pin !== '') pins.set(person, pin)
  const row = {
    person,
    name: reader.name('name') ?? was?.name ?? person,
    badge,
    roles,
    active: reader.yesNo('active') ?? was?.active ?? true
  }
  return reader.broken() ? undefined : [one('people', person, row)]
}

export const takeReason: TakeRow = (reader, plant) => {
  const list = reader.word('list', { scrap: [], rework: [], defect: [], hold: [], pause: [], andon: [] })
  const code = reader.needCode('code')
  if (!list || !code) {
    if (!list && !reader.broken()) reader.tell('stop', 'list', 'list is empty, and it is needed')
    return undefined
  }
  const key = keyOf(list, code)
  const was = plant.reasons.get(key)?.get(key)
  const order = reader.number('order', { from: 0, to: 100_000, whole: true })
  const row = {
    list,
    code,
    name: reader.name('name') ?? was?.name ?? code,
    active: reader.yesNo('active') ?? was?.active ?? true,
    order: order ?? was?.order ?? 1
  }
  return reader.broken() ? undefined : [one('reasons', key, row)]
}

export const takeTool: TakeRow = (reader, plant) => {
  const tool = reader.needCode('tool')
  if (!tool) return undefined
  const was = plant.tools.get(tool)?.get(tool)
  const kind = reader.word('kind', {
    tool: ['werkzeug'],
    jig: ['fixture', 'vorrichtung'],
    gauge: ['instrument', 'messmittel']
  })
  const row = compact<TableRows['tools']>({
    tool,
    name: reader.name('name') ?? was?.name ?? tool,
    kind: kind ?? was?.kind ?? 'tool',
    location: reader.code('location') ?? was?.location ?? 'LOC-TOOLS',
    calibratedTo: keep(reader, 'calibrated_to', reader.day('calibrated_to'), was?.calibratedTo),
    lifeLimit: keep(reader, 'life_limit', reader.number('life_limit', { from: 0, to: 1e9 }), was?.lifeLimit)
  })
  return reader.broken() ? undefined : [one('tools', tool, row)]
}

export const takeCharacteristic: TakeRow = (reader, plant) => {
  const plan = reader.needCode('plan')
  const number = reader.needNumber('number', ORDINAL)
  const name = reader.needName('name')
  const revision = reader.code('revision') ?? 'A'
  const kind = reader.word('kind', {
    attribute: ['pass fail', 'pass/fail', 'visual', 'attributiv'],
    measure: ['measured', 'value', 'variable', 'messwert'],
    text: [],
    photo: ['picture', 'foto']
  })
  const severity = reader.word('severity', {
    critical: ['kritisch'],
    major: ['haupt', 'hauptfehler'],
    minor: ['neben', 'nebenfehler']
  })
  const range = limitsOf(reader)
  const characteristic = {
    number,
    name,
    kind: kind ?? 'attribute',
    severity: severity ?? 'major',
    ...range,
    method: reader.note('method'),
    gauge: reader.code('gauge'),
    document: reader.code('doc'),
    page: reader.number('page', ORDINAL)
  }
  if (characteristic.kind === 'measure' && range.low === undefined && range.high === undefined)
    reader.tell('look', 'low', 'A measured value without a limit can never be out of limits')
  const header = plan === undefined ? undefined : headerOf(reader, plant, plan, revision)
  if (!plan || number === undefined || !name || !header || reader.broken()) return undefined
  const group = keyOf(plan, revision)
  const row = { plan, revision, characteristic: compact<Characteristic>(characteristic) }
  return [
    { table: 'plans', group, key: group, row: header },
    { table: 'control_plans', group, key: String(number), row }
  ]
}

const headerOf = (reader: RowReader, plant: Plant, plan: string, revision: string): TableRows['plans'] => {
  const group = keyOf(plan, revision)
  const was = plant.plans.get(group)?.get(group)
  const said = reader.raw('sample').toLowerCase()
  const byTable = samplingOf(said)
  const sample =
    byTable ??
    (said === 'each' || said === 'all' || said === '100 %' || said === '100%'
      ? ('each' as const)
      : reader.number('sample', ORDINAL))
  const stop = (column: string): number | undefined => reader.number(column, ORDINAL)
  return {
    plan,
    revision,
    title: reader.name('title') ?? was?.title ?? plan,
    sample: sample ?? was?.sample ?? 'each',
    stopAt: {
      critical: stop('stop_critical') ?? was?.stopAt.critical ?? 1,
      major: stop('stop_major') ?? was?.stopAt.major ?? 2,
      minor: stop('stop_minor') ?? was?.stopAt.minor ?? 5
    }
  }
}

/** Normal inspection is not written down. */
const SEVERITIES: Readonly<Record<string, { readonly severity: 'tightened' | 'reduced' }>> = {
  tightened: { severity: 'tightened' },
  reduced: { severity: 'reduced' }
}

/** 'AQL 1.0 II' or 'AQL 1.0 S-2 tightened': by the tables of ISO 2859-1; level II where none is said. */
const samplingOf = (said: string): Exclude<TableRows['plans']['sample'], number | 'each'> | undefined => {
  const parts = /^aql\s*(\d+(?:\.\d+)?)(?:\s+(?:level\s+)?(s-[1-4]|i{1,3}))?(?:\s+(normal|tightened|reduced))?$/.exec(
    said
  )
  const [value, level] = [aql.safeParse(parts?.[1]), inspectionLevel.safeParse((parts?.[2] ?? 'ii').toUpperCase())]
  if (!parts || !value.success || !level.success) return undefined
  return { level: level.data, aql: value.data, ...(SEVERITIES[parts[3] ?? ''] ?? {}) }
}

/** Unit, nominal and limits, which steps and checks share. */
export const limitsOf = (reader: RowReader) => {
  const [nominal, low, high] = ['nominal', 'low', 'high'].map(column =>
    reader.number(column, { from: -1e12, to: 1e12 })
  )
  if (low !== undefined && high !== undefined && low > high)
    reader.tell('stop', 'low', `The lower limit ${low} is above the upper limit ${high}`)
  if (nominal !== undefined && ((low !== undefined && nominal < low) || (high !== undefined && nominal > high)))
    reader.tell('look', 'nominal', `The nominal value ${nominal} is outside its own limits`)
  return { unit: reader.code('unit'), nominal, low, high }
}

export const takeStock: TakeRow = (reader, plant) => {
  const item = reader.needCode('item_no')
  const quantity = reader.needNumber('qty', { from: -1e9, to: 1e9 })
  if (!item || quantity === undefined) return undefined
  const lot = reader.code('lot') ?? ''
  const key = stockKey(lot)
  const was = plant.stock.get(item)?.get(key)
  const location = reader.code('location') ?? was?.location ?? STORE
  if (quantity < 0) reader.tell('look', 'qty', 'Less than nothing on the shelf: counted as it is written')
  const row = compact<TableRows['stock']>({
    item,
    lot,
    location,
    quantity,
    supplierLot: keep(reader, 'supplier_lot', reader.code('supplier_lot'), was?.supplierLot),
    expires: keep(reader, 'expiry', reader.day('expiry'), was?.expires)
  })
  return reader.broken() ? undefined : [{ table: 'stock', group: item, key, row }]
}

export const takeDemand: TakeRow = (reader, plant) => {
  const demand = reader.needCode('ref')
  const item = reader.needCode('item_no')
  const quantity = reader.needNumber('qty', ORDINAL)
  const due = reader.needDay('due')
  if (!demand || !item || quantity === undefined || !due) return undefined
  const was = plant.demand.get(demand)?.get(demand)
  const kind = reader.word('kind', { order: ['sales order', 'auftrag'], forecast: ['prognose'] })
  const state = reader.word('state', {
    open: ['offen'],
    closed: ['done', 'shipped', 'cancelled', 'canceled', 'erledigt']
  })
  const customer = keep(reader, 'customer', reader.name('customer'), was?.customer)
  const row = compact<TableRows['demand']>({
    demand,
    item,
    quantity,
    due,
    kind: kind ?? was?.kind ?? 'order',
    customer,
    priority: keep(
      reader,
      'priority',
      reader.number('priority', { from: -1000, to: 1000, whole: true }),
      was?.priority
    ),
    state: keep(reader, 'state', state, was?.state)
  })
  return reader.broken() ? undefined : [one('demand', demand, row)]
}

export const takeWorkOrder: TakeRow = (reader, plant) => {
  const workOrder = reader.needCode('work_order')
  const item = reader.needCode('item_no')
  const quantity = reader.needNumber('qty', ORDINAL)
  const due = reader.needDay('due')
  if (!workOrder || !item || quantity === undefined || !due) return undefined
  const was = plant.work_orders.get(workOrder)?.get(workOrder)
  const known = plant.items.get(item)?.get(item)
  const priority = reader.number('priority', { from: 0, to: 1000, whole: true })
  const row = compact<TableRows['work_orders']>({
    workOrder,
    item,
    quantity,
    due,
    label: keep(reader, 'label', reader.name('label'), was?.label),
    revision: reader.code('rev') ?? was?.revision ?? known?.revision ?? 'A',
    itemName: was?.itemName ?? known?.name ?? item,
    priority: priority ?? was?.priority ?? 3,
    customer: keep(reader, 'customer', reader.name('customer'), was?.customer)
  })
  return reader.broken() ? undefined : [one('work_orders', workOrder, row)]
}
