/** Rows of what is made and how: items, bills of material, routings, steps. */
import { bomKey, keyOf, type BomLine, type Operation, type Plant, type Step, type TableRows } from './plant-tables.ts'
import type { NumberLimits, RowReader } from './row-reader.ts'
import { compact, keep, limitsOf, one } from './take-plant.ts'
import { lineFateOf, policyOf } from './take-planning.ts'
import type { TakeRow } from './taken.ts'

const AMOUNT: NumberLimits = { from: 0, to: 1e9 }
const ORDINAL: NumberLimits = { from: 1, to: 100_000, whole: true }
const MINUTES: NumberLimits = { from: 0, to: 1_000_000 }

export const takeItem: TakeRow = (reader, plant) => {
  const item = reader.needCode('item_no')
  if (!item) return undefined
  const was = plant.items.get(item)?.get(item)
  const source = reader.word('type', {
    make: ['made', 'm', 'assembly', 'eigenfertigung'],
    buy: ['bought', 'purchase', 'b', 'kauf', 'kaufteil', 'buy part'],
    phantom: ['phantom assembly', 'kit']
  })
  const tracking = reader.word('trace', {
    none: ['no', 'keine', '-'],
    lot: ['batch', 'charge'],
    serial: ['serial number', 'sn', 'seriennummer']
  })
  const amount = (column: string, had: number | undefined): number | undefined =>
    keep(reader, column, reader.number(column, AMOUNT), had)
  const row = compact<TableRows['items']>({
    item,
    name: reader.name('name') ?? was?.name ?? reader.needName('name'),
    revision: reader.code('rev') ?? was?.revision ?? 'A',
    uom: reader.code('uom') ?? was?.uom ?? 'pcs',
    source: source ?? was?.source ?? 'buy',
    tracking: tracking ?? was?.tracking ?? 'none',
    manufacturer: keep(reader, 'manufacturer', reader.name('manufacturer'), was?.manufacturer),
    mpn: keep(reader, 'mpn', reader.code('mpn'), was?.mpn),
    supplier: keep(reader, 'supplier', reader.name('supplier'), was?.supplier),
    supplierPart: keep(reader, 'supplier_part', reader.code('supplier_part'), was?.supplierPart),
    gtin: keep(reader, 'gtin', reader.gtin('gtin'), was?.gtin),
    leadTimeDays: amount('lead_time_days', was?.leadTimeDays),
    minimum: amount('moq', was?.minimum),
    multiple: amount('multiple', was?.multiple),
    safetyStock: amount('safety_stock', was?.safetyStock),
    leadDaysPerUnit: amount('lead_days_per_unit', was?.leadDaysPerUnit),
    maximumStock: amount('max_stock', was?.maximumStock),
    ...policyOf(reader, was)
  })
  return reader.broken() ? undefined : [one('items', item, row)]
}

const revisionOf = (reader: RowReader, plant: Plant, column: string, item: string): string =>
  reader.code(column) ?? plant.items.get(item)?.get(item)?.revision ?? 'A'

export const takeBom: TakeRow = (reader, plant) => {
  const item = reader.needCode('parent')
  const component = reader.needCode('component')
  if (!item || !component) return undefined
  if (reader.raw('qty') === '') return reader.tell('look', 'qty', `${component} has no quantity: the row is left out`)
  const quantity = reader.needNumber('qty', AMOUNT)
  const places = reader.list('refdes')
  if (reader.yesNo('dnp'))
    return reader.tell(
      'look',
      'dnp',
      `${component}${places.length > 0 ? ` at ${places.join(', ')}` : ''} is not placed (DNP): left out of the list`
    )
  if (quantity === undefined) return undefined
  checkPlaces(reader, quantity, places)
  const operation = reader.number('op_seq', ORDINAL)
  const scrap = reader.number('scrap_pct', { from: 0, to: 100 })
  const line = compact<BomLine>({
    component,
    quantity,
    uom: reader.code('uom') ?? plant.items.get(component)?.get(component)?.uom ?? 'pcs',
    operation,
    places: places.length > 0 ? [...places] : undefined,
    scrapPercent: scrap === 0 ? undefined : scrap,
    note: reader.note('note'),
    ...lineFateOf(reader)
  })
  if (reader.broken()) return undefined
  const revision = revisionOf(reader, plant, 'parent_rev', item)
  return [{ table: 'bom', group: keyOf(item, revision), key: bomKey(line), row: { item, revision, line } }]
}

const checkPlaces = (reader: RowReader, quantity: number, places: readonly string[]): void => {
  const twice = places.find((place, at) => places.indexOf(place) !== at)
  if (twice) reader.tell('stop', 'refdes', `${twice} is named twice`)
  if (places.length > 0 && Number.isInteger(quantity) && quantity !== places.length)
    reader.tell('look', 'qty', `The quantity is ${quantity} and ${places.length} places are named`)
}

export const takeRouting: TakeRow = (reader, plant) => {
  const item = reader.needCode('item_no')
  const op = reader.needNumber('op_seq', ORDINAL)
  const name = reader.needName('name')
  const stations = reader.list('stations')
  if (stations.length === 0) reader.tell('stop', 'stations', 'stations is empty, and it is needed')
  if (!item || op === undefined || !name) return undefined
  const tools = reader.list('tools')
  const operation = compact<Omit<Operation, 'steps'>>({
    op,
    name,
    stations: [...stations],
    setupMinutes: reader.number('setup_min', MINUTES) ?? 0,
    runMinutes: reader.number('run_min_per_unit', MINUTES) ?? 0,
    document: reader.code('doc'),
    controlPlan: reader.code('qc_plan'),
    tools: tools.length > 0 ? [...tools] : undefined,
    family: reader.code('family'),
    batch: reader.code('batch')
  })
  if (reader.broken()) return undefined
  const revision = revisionOf(reader, plant, 'rev', item)
  return [{ table: 'routing', group: keyOf(item, revision), key: String(op), row: { item, revision, operation } }]
}

export const takeStep: TakeRow = (reader, plant) => {
  const item = reader.needCode('item_no')
  const op = reader.needNumber('op_seq', ORDINAL)
  const number = reader.needNumber('step', ORDINAL)
  const title = reader.needName('title')
  const kind =
    reader.word('kind', {
      task: ['do', 'tätigkeit'],
      measure: ['value', 'messen'],
      part: ['consume', 'teil'],
      photo: ['picture', 'foto']
    }) ?? 'task'
  if (!item || op === undefined || number === undefined || !title) return undefined
  const part = reader.code('part')
  if (kind === 'part' && !part) reader.tell('stop', 'part', 'A step that consumes a part names the part')
  const range = limitsOf(reader)
  if (kind === 'measure' && !range.unit) reader.tell('stop', 'unit', 'A step that measures names the unit')
  const step = compact<Step>({
    step: number,
    title,
    text: reader.note('text') ?? '',
    kind,
    document: reader.code('doc'),
    page: reader.number('page', ORDINAL),
    ...range,
    item: part,
    quantity: reader.number('qty', { above: 0, to: 1e9 }) ?? (kind === 'part' ? 1 : undefined),
    news: reader.note('news')
  })
  if (reader.broken()) return undefined
  const revision = revisionOf(reader, plant, 'rev', item)
  return [{ table: 'steps', group: keyOf(item, revision), key: keyOf(op, number), row: { item, revision, op, step } }]
}
