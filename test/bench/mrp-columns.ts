/** The folders of the generator in the oracles, read straight into the engine's columns: one pass over the bytes, no objects. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Columns, type Dated, PLAIN } from '#activities/materials/planning/snapshot.ts'

const [COMMA, NEWLINE, ZERO, NINE] = [44, 10, 48, 57]

/** Whole numbers by column; a cell that is none is read by its first letter. The head line is left out. */
const columnsOf = (path: string, width: number): readonly Float64Array[] => {
  const bytes = readFileSync(path)
  let lines = 0
  for (const byte of bytes) if (byte === NEWLINE) lines++
  const rows = Math.max(0, lines - 1)
  const columns = Array.from({ length: width }, () => new Float64Array(rows))
  let at = bytes.indexOf(NEWLINE) + 1
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < width; column++) {
      let value = 0
      for (let byte = bytes[at] ?? 0; byte !== COMMA && byte !== NEWLINE; byte = bytes[++at] ?? NEWLINE)
        value = byte >= ZERO && byte <= NINE ? value * 10 + byte - ZERO : value === 0 ? -byte : value
      at++
      const into = columns[column]
      if (into) into[row] = value
    }
  return columns
}

const ints = (values: Float64Array | undefined, times = 1): Int32Array =>
  Int32Array.from(values ?? [], value => value * times)
const numbers = (count: number, value: number): Float64Array => new Float64Array(count).fill(value)

const dated = (folder: string, file: string): Dated => {
  const [item, week, quantity] = columnsOf(join(folder, file), 3)
  return { item: ints(item), day: ints(week, 7), quantity: quantity ?? new Float64Array(0) }
}

/** Week 0 begins on day 4, a Monday, so weeks of the files are the engine's weeks. */
const MONDAY = 4
const fromMonday = (list: Dated): Dated => ({ ...list, day: list.day.map(day => day + MONDAY) })

export const columnsFrom = (folder: string): Columns => {
  const [, type, lead, minimum, multiple, onHand] = columnsOf(join(folder, 'items.csv'), 7)
  const [parent, component, per] = columnsOf(join(folder, 'bom.csv'), 3)
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
      source: Uint8Array.from(type ?? [], letter => (letter === -'m'.charCodeAt(0) ? 0 : 1)),
      lead: ints(lead, 7),
      leadWorking: new Uint8Array(count),
      onHand: onHand ?? numbers(count, 0),
      safety: numbers(count, 0),
      lotRule: new Uint8Array(count),
      lotMinimum: minimum ?? numbers(count, 0),
      lotMaximum: numbers(count, 0),
      lotMultiple: multiple ?? numbers(count, 1),
      lotArgument: numbers(count, 0),
      yieldNum: numbers(count, 1),
      yieldDen: numbers(count, 1),
      scale: numbers(count, 1),
      fence: new Int32Array(count)
    },
    lines: {
      parent: ints(parent),
      component: ints(component),
      num: per ?? new Float64Array(0),
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
