/** Rows that only planning asks for: calendars, forecast, purchase orders, and how items and BOM lines are planned. */
import type { NumberLimits, RowReader } from './row-reader.ts'
import { calendarKey, keyOf, setupKey, type BomLine, type CalendarRow, type TableRows } from './plant-tables.ts'
import { keep, one } from './take-plant.ts'
import type { Taken, TakeRow } from './taken.ts'

const AMOUNT: NumberLimits = { above: 0, to: 1e9 }
const DAYS: NumberLimits = { from: 0, to: 3650, whole: true }
const ORDINAL: NumberLimits = { from: 1, to: 100_000, whole: true }

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const GERMAN = ['mo', 'di', 'mi', 'do', 'fr', 'sa', 'so']

const weekday = (word: string): number => {
  const said = word.toLowerCase()
  const number = Number(said)
  if (Number.isInteger(number) && number >= 1 && number <= 7) return number
  const at = GERMAN.includes(said) ? GERMAN.indexOf(said) : WEEKDAYS.indexOf(said.slice(0, 3))
  return at + 1
}

/** 'Mon-Fri', 'Mon Wed Sat', '1-5'; undefined when a word is no weekday. */
const weekdays = (said: string): readonly number[] | undefined => {
  const days = said
    .split(/[,;\s]+/)
    .filter(part => part !== '')
    .flatMap(part => {
      const [from, to] = part.split(/[-–]/)
      const [first, last] = [weekday(from ?? ''), weekday(to ?? from ?? '')]
      if (first === 0 || last === 0) return [0]
      return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, at) => ((first + at - 1) % 7) + 1)
    })
  return days.length === 0 || days.includes(0) ? undefined : [...new Set(days)]
}

const readTime = (reader: RowReader, column: string): string | undefined => {
  const said = reader.raw(column)
  if (said === '') return undefined
  const found = /^(\d{1,2})(?::(\d{2}))?(?::00)?$/.exec(said)
  const [hour, minute] = [Number(found?.[1]), Number(found?.[2] ?? 0)]
  if (!found || hour > 24 || minute > 59 || (hour === 24 && minute > 0))
    return reader.tell('stop', column, `"${said}" is no time of day: write it as 06:00`)
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** A row is a shift on some weekdays, or, with a first day, an exception: those hours only, or closed when it has none. */
export const takeCalendar: TakeRow = (reader, plant) => {
  const calendar = reader.needCode('calendar')
  if (!calendar) return undefined
  const [was] = plant.calendars.get(calendar)?.values() ?? []
  const name = reader.name('name') ?? was?.name ?? calendar
  const [from, to] = [readTime(reader, 'from'), readTime(reader, 'to')]
  if ((from === undefined) !== (to === undefined))
    reader.tell('stop', from === undefined ? 'from' : 'to', 'A shift has a beginning and an end')
  const hours = from === undefined || to === undefined ? undefined : { from, to }
  const active = reader.yesNo('active') ?? true
  const base = { calendar, name, active }
  const rows = reader.raw('first_day') === '' ? weekRows(reader, base, hours) : exceptionRow(reader, base, hours)
  if (reader.broken()) return undefined
  return rows.map((row): Taken => ({ table: 'calendars', group: calendar, key: calendarKey(row), row }))
}

type Base = Pick<CalendarRow, 'calendar' | 'name' | 'active'>
type Hours = { readonly from: string; readonly to: string } | undefined

const weekRows = (reader: RowReader, base: Base, hours: Hours): readonly CalendarRow[] => {
  const days = weekdays(reader.raw('days'))
  if (!days) {
    reader.tell('stop', 'days', `"${reader.raw('days')}" is not a list of weekdays: write Mon-Fri, or Mon Wed Sat`)
    return []
  }
  if (!hours) {
    if (!reader.broken()) reader.tell('stop', 'from', 'A shift has a beginning and an end; a day off has a first_day')
    return []
  }
  return days.map(day => ({ ...base, is: 'shift', day, ...hours }))
}

const exceptionRow = (reader: RowReader, base: Base, hours: Hours): readonly CalendarRow[] => {
  const first = reader.day('first_day')
  const last = reader.day('last_day') ?? first
  if (first === undefined || last === undefined) return []
  if (first > last) {
    reader.tell('stop', 'last_day', `The exception ends on ${last}, before it begins on ${first}`)
    return []
  }
  const note = reader.name('note')
  return [{ ...base, is: 'exception', first, last, ...hours, ...(note === undefined ? {} : { note }) }]
}

export const takeForecast: TakeRow = reader => {
  const item = reader.needCode('item_no')
  const from = reader.needDay('from')
  const quantity = reader.needNumber('qty', { from: 0, to: 1e9 })
  const bucket = reader.word('bucket', { day: ['tag'], week: ['woche'], month: ['monat'] }) ?? 'week'
  if (!item || !from || quantity === undefined) return undefined
  const key = keyOf(item, bucket, from)
  return reader.broken() ? undefined : [one('forecast', key, { item, bucket, from, quantity })]
}

/** Of every station where none is named. */
export const takeSetup: TakeRow = reader => {
  const from = reader.needCode('from')
  const to = reader.needCode('to')
  const minutes = reader.needNumber('minutes', { from: 0, to: 100_000 })
  const station = reader.code('station')
  if (!from || !to || minutes === undefined || reader.broken()) return undefined
  const row = { from, to, minutes, ...(station === undefined ? {} : { station }) }
  return [one('setups', setupKey(row), row)]
}

/** `qty_open` is what is still to come: what came before stays beside it. */
export const takePurchase: TakeRow = (reader, plant) => {
  const order = reader.needCode('po')
  const item = reader.needCode('item_no')
  const open = reader.needNumber('qty_open', { from: 0, to: 1e9 })
  const due = reader.needDay('due')
  const lines = order === undefined ? undefined : plant.purchases.get(order)
  const number = reader.number('line', ORDINAL) ?? nextLine(lines)
  if (!order || !item || open === undefined || !due || reader.broken()) return undefined
  const was = lines?.get(String(number))
  if (was && was.line.item !== item && was.received > 0)
    reader.tell('stop', 'item_no', `Line ${number} of ${order} is ${was.line.item}, and some of it has come`)
  const received = was?.received ?? 0
  const supplier = keep(reader, 'supplier', reader.name('supplier'), was?.supplier)
  const confirmed = keep(reader, 'confirmed', reader.yesNo('confirmed'), was?.line.confirmed)
  const row: TableRows['purchases'] = {
    order,
    ...(supplier === undefined ? {} : { supplier }),
    received,
    line: {
      line: number,
      item,
      // A line of which nothing more comes keeps what was ordered.
      quantity: open > 0 ? open + received : (was?.line.quantity ?? 1),
      due,
      ...(confirmed ? { confirmed } : {}),
      state: open > 0 ? 'open' : 'closed'
    }
  }
  return reader.broken() ? undefined : [{ table: 'purchases', group: order, key: String(number), row }]
}

const nextLine = (lines: ReadonlyMap<string, unknown> | undefined): number =>
  1 + [...(lines?.keys() ?? [])].reduce((most, line) => Math.max(most, Number(line)), 0)

type Policy = Omit<TableRows['items'], 'item' | 'name' | 'revision' | 'uom' | 'source' | 'tracking'>
type Given<T> = { [K in keyof T]?: T[K] | undefined }

const POLICY_COLUMNS = [
  'lot_rule',
  'lot_qty',
  'maximum',
  'period_days',
  'order_cost',
  'holding_cost',
  'yield_pct',
  'rounding',
  'purchase_unit',
  'purchase_factor',
  'demand_fence_days',
  'planning_fence_days',
  'consume_back_days',
  'consume_forward_days',
  'transfer_from',
  'buyer',
  'planner',
  'cost',
  'successor',
  'successor_from'
]

/** How an item is planned; a column that the file doesn't have keeps what is there. */
export const policyOf = (reader: RowReader, was: TableRows['items'] | undefined): Given<Policy> => {
  // Most files have none of these, and may have half a million rows.
  if (!was && !POLICY_COLUMNS.some(reader.has)) return {}
  const number = (column: string, limits: NumberLimits, had: number | undefined): number | undefined =>
    keep(reader, column, reader.number(column, limits), had)
  const lotRule = reader.word('lot_rule', {
    'lot-for-lot': ['l4l', 'lfl', 'lot for lot'],
    fixed: ['foq', 'fixed quantity', 'fest'],
    period: ['poq', 'period of supply'],
    economic: ['eoq']
  })
  return {
    lotRule: keep(reader, 'lot_rule', lotRule, was?.lotRule),
    lotQuantity: number('lot_qty', AMOUNT, was?.lotQuantity),
    maximum: number('maximum', AMOUNT, was?.maximum),
    periodDays: number('period_days', ORDINAL, was?.periodDays),
    orderCost: number('order_cost', AMOUNT, was?.orderCost),
    holdingCost: number('holding_cost', AMOUNT, was?.holdingCost),
    yieldPercent: number('yield_pct', { above: 0, to: 100 }, was?.yieldPercent),
    rounding: number('rounding', AMOUNT, was?.rounding),
    purchaseUnit: keep(reader, 'purchase_unit', reader.code('purchase_unit'), was?.purchaseUnit),
    purchaseFactor: number('purchase_factor', AMOUNT, was?.purchaseFactor),
    demandFenceDays: number('demand_fence_days', DAYS, was?.demandFenceDays),
    planningFenceDays: number('planning_fence_days', DAYS, was?.planningFenceDays),
    consumeBackDays: number('consume_back_days', DAYS, was?.consumeBackDays),
    consumeForwardDays: number('consume_forward_days', DAYS, was?.consumeForwardDays),
    transferFrom: keep(reader, 'transfer_from', reader.code('transfer_from'), was?.transferFrom),
    buyer: keep(reader, 'buyer', reader.name('buyer'), was?.buyer),
    planner: keep(reader, 'planner', reader.name('planner'), was?.planner),
    cost: number('cost', { from: 0, to: 1e9 }, was?.cost),
    successor: keep(reader, 'successor', reader.code('successor'), was?.successor),
    successorFrom: keep(reader, 'successor_from', reader.day('successor_from'), was?.successorFrom),
    alternates: was?.alternates
  }
}

const LINE_COLUMNS = [
  'fixed',
  'loss_min',
  'setup_qty',
  'offset_days',
  'from',
  'to',
  'rounding',
  'cut_length',
  'stock_length'
]

/** What a BOM line takes beyond so many for each; empty cells and columns that are not there say nothing. */
export const lineFateOf = (reader: RowReader): Given<BomLine> => {
  if (!LINE_COLUMNS.some(reader.has)) return {}
  const [from, to] = [reader.day('from'), reader.day('to')]
  if (from !== undefined && to !== undefined && from >= to)
    reader.tell('stop', 'to', `The line ends on ${to}, not after it begins on ${from}`)
  return {
    fixed: reader.yesNo('fixed') ? true : undefined,
    lossMinimum: reader.number('loss_min', AMOUNT),
    setupQuantity: reader.number('setup_qty', AMOUNT),
    offsetDays: reader.number('offset_days', DAYS),
    from,
    to,
    rounding: reader.number('rounding', AMOUNT),
    cutLength: reader.number('cut_length', AMOUNT),
    stockLength: reader.number('stock_length', AMOUNT)
  }
}
