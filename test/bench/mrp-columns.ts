/** The folders of the generator in the oracles, read straight into the engine's columns: one pass over the bytes, no objects. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Loaded } from '#activities/materials/planning/load.ts'
import type { PlanItem } from '#activities/materials/planning/problem.ts'
import { type Columns, type Dated, PLAIN } from '#activities/materials/planning/snapshot.ts'

const [COMMA, NEWLINE, ZERO, NINE] = [44, 10, 48, 57]

/** Whole numbers by column; a cell that is none is read as its first letter, negative. The head line is left out. */
const columnsOf = (path: string, kinds: readonly (typeof Int32Array | typeof Float64Array)[]) => {
  const bytes = readFileSync(path)
  let lines = 0
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === NEWLINE) lines++
  const rows = Math.max(0, lines - 1)
  const columns = kinds.map(Kind => new Kind(rows))
  let at = bytes.indexOf(NEWLINE) + 1
  for (let row = 0; row < rows; row++)
    for (const column of columns) {
      let value = 0
      for (let byte = bytes[at] ?? 0; byte !== COMMA && byte !== NEWLINE; byte = bytes[++at] ?? NEWLINE)
        value = byte >= ZERO && byte <= NINE ? value * 10 + byte - ZERO : value === 0 ? -byte : value
      at++
      column[row] = value
    }
  return columns
}

const ints = (values: Int32Array | Float64Array | undefined, times = 1): Int32Array => {
  const made = new Int32Array(values?.length ?? 0)
  for (let at = 0; at < made.length; at++) made[at] = (values?.[at] ?? 0) * times
  return made
}
const floats = (values: Int32Array | Float64Array | undefined): Float64Array =>
  values instanceof Float64Array ? values : new Float64Array(values ?? [])
const numbers = (count: number, value: number): Float64Array => new Float64Array(count).fill(value)

const dated = (folder: string, file: string): Dated => {
  const [item, week, quantity] = columnsOf(join(folder, file), [Int32Array, Int32Array, Float64Array])
  return { item: ints(item), day: ints(week, 7), quantity: floats(quantity) }
}

/** Week 0 begins on day 4, a Monday, so weeks of the files are the engine's weeks. */
const MONDAY = 4
const fromMonday = (list: Dated): Dated => ({ ...list, day: list.day.map(day => day + MONDAY) })

const ITEM = [Int32Array, Int32Array, Int32Array, Float64Array, Float64Array, Float64Array, Int32Array] as const

export const columnsFrom = (folder: string): Columns => {
  const [, type, lead, minimum, multiple, onHand] = columnsOf(join(folder, 'items.csv'), ITEM)
  const [parent, component, per] = columnsOf(join(folder, 'bom.csv'), [Int32Array, Int32Array, Float64Array])
  const count = type?.length ?? 0
  return {
    settings: {
      today: MONDAY,
      weekly: true,
      expediteWithin: 0,
      releaseWithin: 7,
      minimumDays: 1,
      minimumQuantity: 0
    },
    items: {
      count,
      // 'make' or 'buy', by the first letter.
      source: new Uint8Array(count).map((_, at) => (type?.[at] === -'m'.charCodeAt(0) ? 0 : 1)),
      lead: ints(lead, 7),
      leadWorking: new Uint8Array(count),
      onHand: floats(onHand),
      safety: numbers(count, 0),
      lotRule: new Uint8Array(count),
      lotMinimum: floats(minimum),
      lotMaximum: numbers(count, 0),
      lotMultiple: floats(multiple),
      lotArgument: numbers(count, 0),
      yieldNum: numbers(count, 1),
      yieldDen: numbers(count, 1),
      scale: numbers(count, 1),
      fence: new Int32Array(count)
    },
    lines: {
      parent: ints(parent),
      component: ints(component),
      num: floats(per),
      rule: new Int32Array(parent?.length ?? 0)
    },
    rules: [PLAIN],
    economics: [],
    standIns: [],
    demands: fromMonday(dated(folder, 'demand.csv')),
    receipts: fromMonday(dated(folder, 'receipts.csv')),
    openNeeds: [],
    firm: []
  }
}

/** The same with what everything is called, as a plan made from readable data has it. */
export const loadedFrom = (folder: string): Loaded => {
  const columns = columnsFrom(folder)
  const { items, demands, receipts } = columns
  const names = Array.from({ length: items.count }, (_, at): PlanItem => {
    return { id: String(at), source: items.source[at] === 0 ? 'make' : 'buy', leadTime: items.lead[at] ?? 0 }
  })
  const one = (list: Dated, prefix: string, at: number) => ({
    id: `${prefix}${at}`,
    item: names[list.item[at] ?? 0]?.id ?? '',
    quantity: list.quantity[at] ?? 0,
    day: list.day[at] ?? 0
  })
  const numberOf = new Map(names.map(({ id }, at) => [id, at]))
  const asked = Array.from({ length: demands.item.length }, (_, at) => one(demands, 'D', at))
  const coming = Array.from({ length: receipts.item.length }, (_, at) => ({
    ...one(receipts, 'R', at),
    kind: 'purchase' as const
  }))
  const policy = { expediteWithin: 0, releaseWithin: 7, minimumDays: 1, minimumQuantity: 0, horizon: 3660 }
  const problem = { today: MONDAY, bucketing: 'week', items: names, bom: [], demands: asked, receipts: coming } as const
  const faults: Loaded['faults'] = []
  const keys = (list: readonly { readonly id: string }[]) => {
    let made: Map<string, number> | undefined
    return () => {
      made ??= new Map(list.map(({ id }, at) => [id, at]))
      return made
    }
  }
  return {
    columns,
    items: names,
    demands: asked,
    receipts: coming,
    demandKeys: keys(asked),
    receiptKeys: keys(coming),
    // Everything that comes is bought.
    opened: { begun: (_, { day, quantity }) => ({ day, started: quantity }), needs: () => [] },
    loading: { problem, items: names, numberOf, scale: items.scale, faults, policy },
    numberOf,
    tools: [],
    faults,
    policy
  }
}
