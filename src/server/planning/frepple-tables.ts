/** frePPLe's CSV files as rows: its database's names and its spreadsheets' names of one column are the same one here. */
import { basename, extname } from 'node:path'
import Papa from 'papaparse'
import type { SourceFile } from '#server/import/source.ts'
import { readText } from '#server/import/read-text.ts'

export type Row = Readonly<Record<string, string>> & { readonly row: string }
export type Tables = ReadonlyMap<string, readonly Row[]>

const SAME_FILE: Readonly<Record<string, string>> = {
  salesorder: 'demand',
  purchaseorder: 'operationplan',
  manufacturingorder: 'operationplan',
  distributionorder: 'operationplan',
  itemdistributions: 'itemdistribution'
}
const SAME_COLUMN: Readonly<Record<string, string>> = {
  pk: 'name',
  durationperunit: 'durationper',
  unitduration: 'durationper',
  onhandinventory: 'onhand',
  leadtimes: 'leadtime',
  receiptdate: 'enddate',
  available: 'available'
}

/** `salesorder` and `sales_order.csv` are `demand`. */
export const tableName = (file: string): string => {
  const stem = basename(file, extname(file))
    .toLowerCase()
    .replace(/[\s_.-]|mfg$/g, '')
  return SAME_FILE[stem] ?? stem
}

const columnName = (header: string): string => {
  const plain = header.toLowerCase().replace(/_id$/, '').replace(/[\s_]/g, '')
  return SAME_COLUMN[plain] ?? plain
}

export const readTables = (files: readonly SourceFile[]): Tables => {
  const tables = new Map<string, Row[]>()
  for (const file of files) {
    const text = readText(file.bytes)?.text.replace(/^\ufeff/, '') ?? ''
    const [header = [], ...rows] = Papa.parse<string[]>(text.trimEnd()).data
    const columns = header.map(columnName)
    const list = tables.get(tableName(file.name)) ?? []
    tables.set(tableName(file.name), list)
    rows.forEach((cells, at) => {
      const row: Record<string, string> = { row: String(at + 2) }
      cells.forEach((cell, column) => {
        const name = columns[column]
        // Two columns of one name, a key of the database and a name: what a person reads is the name.
        if (name && (row[name] === undefined || row[name] === '' || header[column]?.toLowerCase() === 'name'))
          row[name] = cell.trim()
      })
      list.push({ ...row, row: row['row'] ?? '' })
    })
  }
  return tables
}

/** Seconds, or hours as `168:00:00` or `7 0:00:00`; 0 when empty. */
export const secondsOf = (text: string | undefined): number => {
  const said = text ?? ''
  const clock = /^(?:(\d+)\s+)?(\d+):(\d{2}):(\d{2})(?:\.\d+)?$/.exec(said)
  if (!clock) return Number(said) || 0
  const [days, hours, minutes, seconds] = clock.slice(1).map(part => Number(part ?? 0))
  return (days ?? 0) * 86_400 + (hours ?? 0) * 3_600 + (minutes ?? 0) * 60 + (seconds ?? 0)
}

/** The day of a date and time, or of a spreadsheet's day number; undefined when empty or neither. */
export const dayOf = (text: string | undefined): string | undefined => {
  const said = text ?? ''
  if (/^\d{4}-\d{2}-\d{2}/.test(said)) return said.slice(0, 10)
  const serial = Number(said)
  // Days since 1899-12-30, as spreadsheets count them.
  return said !== '' && serial > 20_000 && serial < 80_000
    ? new Date((Math.floor(serial) - 25_569) * 86_400_000).toISOString().slice(0, 10)
    : undefined
}
