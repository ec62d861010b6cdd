/** The plant as CSV files in the shape of the templates: what is exported and imported again changes nothing. */
import Papa from 'papaparse'
import { add } from '#kernel/quantity.ts'
import {
  plantEventTypes,
  plantFrom,
  type CalendarRow,
  type Plant,
  type TableName,
  type TableRows
} from './plant-tables.ts'
import type { OfficePort } from './office-port.ts'
import { templates } from './templates.ts'

type Value = string | number | boolean | undefined
type Cells = Readonly<Record<string, Value>>

/** `text` is UTF-8 with a byte order mark, so that a spreadsheet reads it as such. */
export type ExportedFile = { readonly name: string; readonly rows: number; readonly text: string }

export const exportPlant = async (office: Pick<OfficePort, 'events'>): Promise<readonly ExportedFile[]> =>
  filesOf(await plantFrom(office.events(plantEventTypes)))

export const filesOf = (plant: Plant): readonly ExportedFile[] =>
  templates.map(({ name, columns }) => {
    const rows = writers[name]?.(plant) ?? []
    const fields = columns.map(column => column.name)
    const data = rows.map(row => fields.map(field => cell(row[field])))
    return {
      name: `${name}.csv`,
      rows: rows.length,
      text: `\ufeff${Papa.unparse({ fields, data }, { newline: '\n' })}\n`
    }
  })

const cell = (value: Value): string =>
  value === undefined ? '' : value === true ? 'yes' : value === false ? 'no' : String(value)

const rowsOf = <T extends TableName>(plant: Plant, table: T): TableRows[T][] => {
  // The union of all tables' types narrows to this one's by its name, which the compiler can't follow.
  const groups = plant[table] as unknown as ReadonlyMap<string, ReadonlyMap<string, TableRows[T]>>
  return [...groups.values()].flatMap(rows => [...rows.values()])
}

type Limits = {
  readonly unit?: string | undefined
  readonly nominal?: number | undefined
  readonly low?: number | undefined
  readonly high?: number | undefined
}
const limitsOf = ({ unit, nominal, low, high }: Limits): Cells => ({ unit, nominal, low, high })

/** As `take-plant.ts` reads it. */
const sampleText = (sample: TableRows['plans']['sample'] | undefined): Value =>
  typeof sample === 'object'
    ? ['AQL', sample.aql, sample.level, sample.severity].filter(part => part !== undefined).join(' ')
    : sample

const policyCells = (row: TableRows['items']): Cells => ({
  lot_rule: row.lotRule,
  lot_qty: row.lotQuantity,
  maximum: row.maximum,
  period_days: row.periodDays,
  order_cost: row.orderCost,
  holding_cost: row.holdingCost,
  yield_pct: row.yieldPercent,
  rounding: row.rounding,
  purchase_unit: row.purchaseUnit,
  purchase_factor: row.purchaseFactor,
  demand_fence_days: row.demandFenceDays,
  planning_fence_days: row.planningFenceDays,
  consume_back_days: row.consumeBackDays,
  consume_forward_days: row.consumeForwardDays,
  transfer_from: row.transferFrom,
  buyer: row.buyer,
  planner: row.planner,
  cost: row.cost,
  successor: row.successor,
  successor_from: row.successorFrom
})

const WEEKDAYS = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

const calendarCells = (rows: readonly CalendarRow[]): readonly Cells[] =>
  rows
    .filter(row => row.active)
    .map(row =>
      row.is === 'shift'
        ? { calendar: row.calendar, name: row.name, days: WEEKDAYS[row.day], from: row.from, to: row.to }
        : {
            calendar: row.calendar,
            name: row.name,
            from: row.from,
            to: row.to,
            first_day: row.first,
            last_day: row.last,
            note: row.note
          }
    )

/** PINs are never exported: an empty cell leaves the PIN that there is. */
const writers: Readonly<Record<string, (plant: Plant) => readonly Cells[]>> = {
  stations: plant =>
    rowsOf(plant, 'stations').map(row => {
      const line = plant.lines.get(row.line)?.get(row.line)
      return {
        station: row.station,
        name: row.name,
        line: row.line,
        line_name: line?.name,
        area: line?.area,
        kind: row.kind,
        order: row.order,
        calendar: row.calendar,
        capacity: row.capacity,
        batch_capacity: row.batchCapacity
      }
    }),
  people: plant =>
    rowsOf(plant, 'people').map(row => ({
      person: row.person,
      name: row.name,
      badge: row.badge,
      roles: row.roles.join(' '),
      active: row.active
    })),
  reasons: plant => rowsOf(plant, 'reasons').map(row => ({ ...row })),
  tools: plant =>
    rowsOf(plant, 'tools').map(row => ({
      tool: row.tool,
      name: row.name,
      kind: row.kind,
      location: row.location,
      calibrated_to: row.calibratedTo,
      life_limit: row.lifeLimit
    })),
  items: plant =>
    rowsOf(plant, 'items').map(row => ({
      item_no: row.item,
      name: row.name,
      rev: row.revision,
      uom: row.uom,
      type: row.source,
      trace: row.tracking,
      manufacturer: row.manufacturer,
      mpn: row.mpn,
      supplier: row.supplier,
      supplier_part: row.supplierPart,
      gtin: row.gtin,
      lead_time_days: row.leadTimeDays,
      moq: row.minimum,
      multiple: row.multiple,
      safety_stock: row.safetyStock,
      lead_days_per_unit: row.leadDaysPerUnit,
      max_stock: row.maximumStock,
      ...policyCells(row)
    })),
  bom: plant =>
    rowsOf(plant, 'bom').map(({ item, revision, line }) => ({
      parent: item,
      parent_rev: revision,
      component: line.component,
      qty: line.quantity,
      uom: line.uom,
      refdes: line.places?.join(' '),
      op_seq: line.operation,
      scrap_pct: line.scrapPercent,
      note: line.note,
      fixed: line.fixed,
      loss_min: line.lossMinimum,
      setup_qty: line.setupQuantity,
      offset_days: line.offsetDays,
      from: line.from,
      to: line.to,
      rounding: line.rounding,
      cut_length: line.cutLength,
      stock_length: line.stockLength
    })),
  control_plans: plant =>
    rowsOf(plant, 'control_plans').map(({ plan, revision, characteristic: one }) => {
      const header = [...plant.plans.values()]
        .flatMap(rows => [...rows.values()])
        .find(row => row.plan === plan && row.revision === revision)
      return {
        plan,
        revision,
        title: header?.title,
        sample: sampleText(header?.sample),
        stop_critical: header?.stopAt.critical,
        stop_major: header?.stopAt.major,
        stop_minor: header?.stopAt.minor,
        number: one.number,
        name: one.name,
        kind: one.kind,
        severity: one.severity,
        ...limitsOf(one),
        method: one.method,
        gauge: one.gauge,
        doc: one.document,
        page: one.page
      }
    }),
  routing: plant =>
    rowsOf(plant, 'routing').map(({ item, revision, operation: one }) => ({
      item_no: item,
      rev: revision,
      op_seq: one.op,
      name: one.name,
      stations: one.stations.join(' '),
      setup_min: one.setupMinutes,
      run_min_per_unit: one.runMinutes,
      doc: one.document,
      qc_plan: one.controlPlan,
      tools: one.tools?.join(' '),
      family: one.family,
      batch: one.batch
    })),
  steps: plant =>
    rowsOf(plant, 'steps').map(({ item, revision, op, step: one }) => ({
      item_no: item,
      rev: revision,
      op_seq: op,
      step: one.step,
      title: one.title,
      text: one.text,
      kind: one.kind,
      doc: one.document,
      page: one.page,
      ...limitsOf(one),
      part: one.item,
      qty: one.quantity,
      news: one.news
    })),
  stock: plant =>
    rowsOf(plant, 'stock').map(row => ({
      item_no: row.item,
      location: row.location,
      qty: row.quantity,
      lot: row.lot,
      supplier_lot: row.supplierLot,
      expiry: row.expires
    })),
  demand: plant =>
    rowsOf(plant, 'demand').map(row => ({
      ref: row.demand,
      item_no: row.item,
      qty: row.quantity,
      due: row.due,
      kind: row.kind,
      customer: row.customer,
      priority: row.priority,
      state: row.state
    })),
  calendars: plant => calendarCells(rowsOf(plant, 'calendars')),
  forecast: plant =>
    rowsOf(plant, 'forecast')
      .filter(row => row.quantity > 0)
      .map(row => ({ item_no: row.item, from: row.from, bucket: row.bucket, qty: row.quantity })),
  setup_matrix: plant =>
    rowsOf(plant, 'setups').map(({ station, from, to, minutes }) => ({ station, from, to, minutes })),
  open_po: plant =>
    rowsOf(plant, 'purchases').flatMap(({ order, supplier, received, line }) => {
      const open = line.state === 'open' ? Math.max(0, add(line.quantity, -received)) : 0
      const { item, due, confirmed } = line
      return open > 0 ? [{ po: order, line: line.line, item_no: item, qty_open: open, due, supplier, confirmed }] : []
    }),
  work_orders: plant =>
    rowsOf(plant, 'work_orders')
      .filter(row => !plant.closed.has(row.workOrder))
      .map(row => ({
        work_order: row.workOrder,
        label: row.label,
        item_no: row.item,
        rev: row.revision,
        qty: row.quantity,
        due: row.due,
        priority: row.priority,
        customer: row.customer
      }))
}
