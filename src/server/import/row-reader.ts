/** Reads the cells of one row at a time as values, and says what is wrong with each. Made once per file. */
import { readDay, readGtin, readList, readNumber, readWord, readYesNo, type Cell } from './cell.ts'
import type { Problems } from './problem.ts'

/** How to get a column's text out of a row's cells; a saved mapping may compute it from several. */
export type Take = (cells: readonly string[]) => string

export type RowFormat = { readonly today: string; readonly decimal: '.' | ',' | undefined }

export type NumberLimits = {
  readonly above?: number
  readonly from?: number
  readonly to?: number
  readonly whole?: boolean
}

export const rowReader = (file: string, columns: ReadonlyMap<string, Take>, problems: Problems, format: RowFormat) => {
  let row = 0
  let cells: readonly string[] = []
  let broken = false

  const raw = (column: string): string => columns.get(column)?.(cells).trim() ?? ''
  const tell = (level: 'stop' | 'look', column: string, message: string): undefined => {
    if (level === 'stop') broken = true
    problems.add({ file, row, column, value: raw(column), level, message })
    return undefined
  }
  const read = <T>(column: string, from: (text: string) => Cell<T>): T | undefined => {
    const text = raw(column)
    if (text === '') return undefined
    const cell = from(text)
    return 'wrong' in cell ? tell('stop', column, cell.wrong) : cell.value
  }
  const code = (column: string): string | undefined =>
    read(column, text => {
      if (text.length > 80) return { wrong: `Longer than 80 characters: ${text.length}` }
      return /\p{Cc}/u.test(text) ? { wrong: 'Has a line break or a control character in it' } : { value: text }
    })
  const text = (column: string, most: number): string | undefined =>
    read(column, said =>
      said.length > most ? { wrong: `Longer than ${most} characters: ${said.length}` } : { value: said.toWellFormed() }
    )
  const number = (column: string, limits: NumberLimits = {}): number | undefined =>
    read(column, said => {
      const cell = readNumber(said, format.decimal)
      return 'wrong' in cell ? cell : within(said, cell.value, limits)
    })
  const needed = <T>(column: string, value: T | undefined): T | undefined =>
    value === undefined && raw(column) === '' ? tell('stop', column, `${column} is empty, and it is needed`) : value

  return {
    /** Turns to the next row. */
    point: (nextRow: number, nextCells: readonly string[]): void => {
      row = nextRow
      cells = nextCells
      broken = false
    },
    row: () => row,
    /** True when a `stop` was told for this row. */
    broken: () => broken,
    has: (column: string): boolean => columns.has(column),
    raw,
    tell,
    code,
    needCode: (column: string) => needed(column, code(column)),
    name: (column: string) => text(column, 200),
    needName: (column: string) => needed(column, text(column, 200)),
    note: (column: string) => text(column, 2000),
    number,
    needNumber: (column: string, limits?: NumberLimits) => needed(column, number(column, limits)),
    day: (column: string) => read(column, said => readDay(said, format.today)),
    needDay: (column: string) =>
      needed(
        column,
        read(column, said => readDay(said, format.today))
      ),
    gtin: (column: string) => read(column, readGtin),
    yesNo: (column: string) => read(column, readYesNo),
    // The words are the keys of `words`, which the caller gave.
    word: <W extends string>(column: string, words: Readonly<Record<W, readonly string[]>>) =>
      read(column, said => readWord(said, words)) as W | undefined,
    list: (column: string): readonly string[] => readList(raw(column))
  }
}
export type RowReader = ReturnType<typeof rowReader>

const within = (said: string, value: number, { above, from, to, whole }: NumberLimits): Cell<number> => {
  if (whole && !Number.isInteger(value)) return { wrong: `${said} is not a whole number` }
  if (above !== undefined && value <= above) return { wrong: `${said} is not more than ${above}` }
  if (from !== undefined && value < from) return { wrong: `${said} is less than ${from}` }
  if (to !== undefined && value > to) return { wrong: `${said} is more than ${to}` }
  return { value }
}
