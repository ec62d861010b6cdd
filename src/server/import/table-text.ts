/** A CSV text as rows: which character parts the cells, which row is the header, and what is out of place. */
import Papa from 'papaparse'

const DELIMITERS = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]

export type TableText = {
  readonly text: string
  readonly delimiter: Delimiter
  readonly headers: readonly string[]
  /** The row of the header, counted from 1 as a spreadsheet does. */
  readonly headerRow: number
  readonly decimal: '.' | ',' | undefined
}

/** `fitOf` says how well a row would do as the header; 0 for not at all. */
export const readTable = (text: string, fitOf: (headers: readonly string[]) => number): TableText | undefined => {
  let best: (TableText & { readonly score: number }) | undefined
  for (const delimiter of DELIMITERS) {
    const rows = Papa.parse<string[]>(text, { delimiter, preview: 20 }).data
    rows.forEach((row, at) => {
      const headers = row.map(cell => cell.trim())
      const score = fitOf(headers)
      if (score > 0 && (!best || score > best.score))
        best = { text, delimiter, headers, headerRow: at + 1, decimal: undefined, score }
    })
  }
  if (!best) return undefined
  const { score: _, ...table } = best
  return { ...table, decimal: decimalOf(table) }
}

/** The decimal mark that the file's own numbers show beyond doubt, if they do. */
const decimalOf = ({ text, delimiter, headerRow }: TableText): '.' | ',' | undefined => {
  let commas = 0
  let points = 0
  const rows = Papa.parse<string[]>(text, { delimiter, preview: headerRow + 2000 }).data.slice(headerRow)
  for (const row of rows)
    for (const cell of row) {
      const said = cell.trim()
      if (/^[+-]?(?:\d+,(?:\d{1,2}|\d{4,})|0,\d+|\d{1,3}(?:\.\d{3})+,\d+)$/.test(said)) commas += 1
      else if (/^[+-]?(?:\d+\.(?:\d{1,2}|\d{4,})|0\.\d+|\d{1,3}(?:,\d{3})+\.\d+)$/.test(said)) points += 1
    }
  return commas > 0 && points === 0 ? ',' : points > 0 && commas === 0 ? '.' : undefined
}

export type RowProblem = 'quote' | 'too-many-cells'

/** Goes through the rows after the header without holding them; empty rows are counted and skipped. Answers how many there were. */
export const eachRow = (
  table: TableText,
  tell: (row: number, cells: readonly string[], problem: RowProblem | undefined) => void
): { readonly rows: number; readonly empty: number } => {
  let row = 0
  let rows = 0
  let empty = 0
  Papa.parse<string[]>(table.text, {
    delimiter: table.delimiter,
    step: ({ data, errors }) => {
      row += 1
      if (row <= table.headerRow) return
      if (data.every(cell => cell.trim() === '')) {
        empty += 1
        return
      }
      rows += 1
      const extra =
        data.length > table.headers.length && data.slice(table.headers.length).some(cell => cell.trim() !== '')
      const problem = errors.some(error => error.type === 'Quotes') ? 'quote' : extra ? 'too-many-cells' : undefined
      tell(row, data, problem)
    }
  })
  return { rows, empty }
}

export const delimiterName = (delimiter: Delimiter): string =>
  ({ ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' })[delimiter]
