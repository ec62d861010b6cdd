/** The templates that only planning asks for, and the columns that it adds to items and bills of material. */
import { takeCalendar, takeForecast, takePurchase, takeSetup } from './take-planning.ts'
import { column, due, itemNo, nameWords, needed, quantity, type Column, type Template } from './template.ts'

const calendars: Template = {
  name: 'calendars',
  table: 'calendars',
  title: 'Working calendars',
  twice: 'stop',
  take: takeCalendar,
  columns: [
    needed('calendar', 'kalender'),
    column('name', ...nameWords),
    column('days', 'weekdays', 'day', 'wochentage'),
    column('from', 'shift start', 'start', 'von'),
    column('to', 'shift end', 'end', 'bis'),
    column('first_day', 'exception', 'holiday', 'date', 'feiertag'),
    column('last_day', 'until', 'letzter tag'),
    column('note', 'reason', 'bemerkung'),
    column('active', 'enabled', 'aktiv')
  ]
}

const forecast: Template = {
  name: 'forecast',
  table: 'forecast',
  title: 'Forecast',
  twice: 'stop',
  take: takeForecast,
  columns: [
    needed('item_no', ...itemNo),
    needed('from', 'period', 'bucket start', 'ab'),
    column('bucket', 'period type', 'zeitraum'),
    needed('qty', 'forecast', ...quantity)
  ]
}

const setupMatrix: Template = {
  name: 'setup_matrix',
  table: 'setups',
  title: 'Set-up matrix',
  twice: 'stop',
  take: takeSetup,
  columns: [
    column('station', 'work centre', 'work center', 'arbeitsplatz'),
    needed('from', 'from family', 'von'),
    needed('to', 'to family', 'nach'),
    needed('minutes', 'min', 'minuten')
  ]
}

const openPo: Template = {
  name: 'open_po',
  table: 'purchases',
  title: 'Open purchase orders',
  twice: 'stop',
  take: takePurchase,
  columns: [
    needed('po', 'purchase order', 'order', 'bestellung'),
    column('line', 'pos', 'position', 'line no'),
    needed('item_no', ...itemNo),
    needed('qty_open', 'open', 'open qty', 'outstanding', 'offen', ...quantity),
    due,
    column('supplier', 'vendor', 'lieferant', 'fournisseur', 'proveedor'),
    column('confirmed', 'bestätigt')
  ]
}

/** How an item is planned. */
const policy: readonly Column[] = [
  column('lot_rule', 'lot sizing', 'losgrößenverfahren'),
  column('lot_qty', 'lot size', 'lot_size', 'losgröße'),
  column('maximum', 'max order', 'höchstmenge'),
  column('period_days', 'period'),
  column('order_cost'),
  column('holding_cost'),
  column('yield_pct', 'yield', 'ausbeute'),
  column('rounding'),
  column('purchase_unit', 'order unit', 'bestelleinheit'),
  column('purchase_factor', 'units per order unit'),
  column('demand_fence_days', 'demand time fence', 'dtf'),
  column('planning_fence_days', 'planning time fence', 'ptf'),
  column('consume_back_days'),
  column('consume_forward_days'),
  column('transfer_from', 'moved from', 'origin'),
  column('buyer', 'einkäufer'),
  column('planner', 'disponent'),
  column('cost', 'unit cost', 'standard cost'),
  column('successor', 'superseded by', 'nachfolger'),
  column('successor_from')
]

/** How much of a component an order takes, beyond so many for each. */
const bomPolicy: readonly Column[] = [
  column('fixed', 'per order'),
  column('loss_min', 'minimum loss'),
  column('setup_qty', 'setup loss'),
  column('offset_days', 'lead time offset'),
  column('from', 'valid from', 'effective from'),
  column('to', 'valid to', 'effective to'),
  column('rounding'),
  column('cut_length'),
  column('stock_length')
]

export const planningTemplates = { calendars, forecast, setupMatrix, openPo, policy, bomPolicy }
