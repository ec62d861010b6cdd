/** A run of the plan as CSV tables, and as the few lines that a planner reads first. */
import Papa from 'papaparse'
import type { BadData, PlanMessage } from '#activities/materials/planning/problem.ts'
import { messageSentence, refWords, shortageSentence } from '#activities/materials/planning/words.ts'
import { stationOf } from '#activities/schedule/solver/problem-from.ts'
import type { Schedule } from '#activities/schedule/solver/problem.ts'
import { dayNumber, dayText } from '#kernel/calendar.ts'
import { show } from '#kernel/quantity.ts'
import type { PlanRun } from '#activities/plan-run.ts'

type Cell = string | number | undefined

/** UTF-8 with a byte order mark, as the exports are. */
export type Table = { readonly name: string; readonly rows: number; readonly text: string }

const table = (name: string, fields: readonly string[], data: readonly (readonly Cell[])[]): Table => ({
  name,
  rows: data.length,
  text: `\ufeff${Papa.unparse({ fields: [...fields], data: data.map(row => row.map(cell => cell ?? '')) }, { newline: '\n' })}\n`
})

const day = (number: number | undefined): string =>
  number === undefined || !Number.isFinite(number) ? '' : dayText(number)

export const namesOf = ({ problem }: PlanRun): ((item: string) => string) => {
  const names = new Map(problem.items.map(({ id, name }) => [id, name ?? id]))
  return item => names.get(item) ?? item
}

/** `zone`: the plant's, for the times of the schedule. */
export const tablesOf = (run: PlanRun, zone: string): readonly Table[] => {
  const nameOf = namesOf(run)
  const items = new Map(run.problem.items.map(item => [item.id, item]))
  const today = dayNumber(run.today)
  return [
    table(
      'planned_orders.csv',
      ['order', 'item_no', 'name', 'source', 'qty', 'uom', 'output', 'start', 'due', 'supplier', 'from'],
      run.orders.map(({ id, item, source, quantity, output, start, due }) => {
        const { unit, supplier, transferFrom } = items.get(item) ?? {}
        return [
          id,
          item,
          nameOf(item),
          source,
          show(quantity),
          unit,
          show(output),
          day(start),
          day(due),
          supplier,
          transferFrom
        ]
      })
    ),
    table(
      'pegging.csv',
      ['item_no', 'qty', 'supply_kind', 'supply', 'supplied', 'need_kind', 'need', 'needed'],
      run.pegs.map(({ item, quantity, supply, supplied, need, needed }) => [
        item,
        show(quantity),
        supply.kind,
        refWords(supply),
        day(supplied),
        need.kind,
        refWords(need),
        day(needed)
      ])
    ),
    table(
      'messages.csv',
      ['severity', 'kind', 'item_no', 'about', 'day', 'qty', 'to_day', 'to_qty', 'sentence', 'key'],
      run.messages.map(message => [
        message.severity,
        message.kind,
        message.item,
        message.about ? refWords(message.about) : '',
        day(message.day),
        message.quantity === undefined ? '' : show(message.quantity),
        day(message.to?.day),
        message.to?.quantity === undefined ? '' : show(message.to.quantity),
        messageSentence(message, nameOf, today),
        message.key
      ])
    ),
    table('schedule.csv', SCHEDULE, scheduleRows(run, zone))
  ]
}

const SCHEDULE = [
  'work_order',
  'op_seq',
  'station',
  'start',
  'end',
  'setup_min',
  'run_min',
  'due',
  'late_min',
  'cause',
  'how'
]

const scheduleRows = ({ schedule, from }: PlanRun, zone: string): readonly (readonly Cell[])[] => {
  if (!schedule) return []
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  const at = (minutes: number): string => local.format(from + minutes * 60_000)
  const orders = new Map(schedule.workOrders.map(one => [one.workOrder, one]))
  return schedule.operations.map(one => {
    const order = orders.get(one.workOrder)
    const last = order?.end === one.end
    return [
      one.workOrder,
      one.op,
      stationOf(one.station),
      at(one.start),
      at(one.end),
      one.setupMinutes,
      one.runMinutes,
      // The end of its day, as it was given, is the next day's beginning.
      order?.due === undefined ? '' : at(order.due - 1).slice(0, 10),
      last ? order?.lateMinutes : '',
      last ? order?.cause?.cause : '',
      last ? order?.cause?.how : ''
    ]
  })
}

/** What is wrong with the data itself: each is named, since the plan went on without it. */
const WRONG: ReadonlySet<PlanMessage['kind']> = new Set<BadData>([
  'bom-loop',
  'no-source',
  'unit-unknown',
  'item-unknown',
  'negative-stock',
  'date-unlikely',
  'quantity-unlikely',
  'too-deep',
  'no-working-day'
])

const plural = (many: number, one: string, more = `${one}s`): string => `${many} ${many === 1 ? one : more}`

/** What a planner reads first: how much there is, what is short, what is late, what to do. */
export const summaryOf = (run: PlanRun, shown = 12): readonly string[] => {
  const { problem, orders, messages, shortages, schedule, today } = run
  const nameOf = namesOf(run)
  const by = (source: string): number => orders.filter(order => order.source === source).length
  const kinds = Map.groupBy(messages, message => message.kind)
  const first: First = (list, say) => [
    ...list.slice(0, shown).map(one => `  ${say(one)}`),
    ...(list.length > shown ? [`  and ${list.length - shown} more`] : [])
  ]
  return [
    `Planned for ${today}: ${plural(problem.items.length, 'item')}, ${plural(problem.demands.length, 'demand')}, ${plural(problem.receipts.length, 'open receipt')}.`,
    `${plural(orders.length, 'planned order')}: ${by('make')} to make, ${by('buy')} to buy, ${by('transfer')} to move.`,
    shortages.length === 0 ? 'Nothing is short.' : `${plural(shortages.length, 'shortage')}:`,
    ...first(shortages, one => shortageSentence(one, nameOf, dayNumber(today))),
    `${plural(messages.length, 'message')}: ${[...kinds].map(([kind, list]) => `${list.length} ${kind}`).join(', ') || 'none'}.`,
    ...first(
      messages.filter(({ kind }) => WRONG.has(kind)),
      one => messageSentence(one, nameOf, dayNumber(today))
    ),
    ...(schedule ? scheduleLines(schedule, first) : [])
  ]
}

type First = <T>(list: readonly T[], say: (one: T) => string) => readonly string[]

const scheduleLines = ({ operations, workOrders, faults }: Schedule, first: First): readonly string[] => {
  const late = workOrders.filter(order => order.lateMinutes > 0).sort((a, b) => b.lateMinutes - a.lateMinutes)
  return [
    `${plural(operations.length, 'operation')} scheduled, ${plural(late.length, 'order')} late.`,
    ...first(late, one => {
      const why = one.cause ? `: ${one.cause.how.replaceAll('-', ' ')} at ${one.cause.operation}` : ''
      const past = one.due !== undefined && one.due <= 0 ? ', past due before it was planned' : ''
      return `${one.workOrder} is ${days(one.lateMinutes)} late${past}${why}`
    }),
    ...first(
      faults,
      one => `${one.workOrder ?? one.operation ?? one.station ?? one.tool ?? ''}: ${one.code.replaceAll('-', ' ')}`
    )
  ]
}

const days = (minutes: number): string => {
  const hours = Math.round(minutes / 60)
  return hours < 24 ? `${hours} h` : `${Math.round(hours / 24)} d`
}
