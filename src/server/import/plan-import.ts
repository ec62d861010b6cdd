/**
 * The dry run: files against the plant as it is, to a report and the events that would make it so. Pure but for the shipped
 * mapping files; nothing is written here.
 *
 * Rows are upserted by key: a row that is missing from a file changes nothing, a column that is missing keeps what is there,
 * an empty cell takes it away. One `stop` keeps everything out.
 */
import * as z from 'zod/mini'
import type { Draft } from '#kernel/event.ts'
import { add } from '#kernel/quantity.ts'
import { checkPlant, clearSharedSupplierParts, type TellAt } from './check-plant.ts'
import { draftsOf, same } from './emit.ts'
import type { Mapping, Params } from './mapping.ts'
import { keyOf, TABLES, type BomRow, type Group, type Plant, type TableName, type TableRows } from './plant-tables.ts'
import { problemList, type Problem, type Problems } from './problem.ts'
import { rowReader } from './row-reader.ts'
import { LIMITS, passesOf, type Pass, type SourceFile } from './source.ts'
import { delimiterName, eachRow } from './table-text.ts'
import type { Taken } from './taken.ts'

export type FileReport = {
  readonly file: string
  readonly template: string
  readonly encoding: string
  readonly delimiter: string
  readonly rows: number
  readonly unchanged: number
  readonly changed: number
  readonly new: number
  readonly leftOut: number
}
export type ImportReport = {
  readonly files: readonly FileReport[]
  readonly rows: number
  readonly unchanged: number
  readonly changed: number
  readonly new: number
  readonly stops: number
  readonly looks: number
  /** At most the first thousand or so; `stops` and `looks` count them all. */
  readonly problems: readonly Problem[]
}
export type ImportPlan = {
  readonly report: ImportReport
  readonly drafts: readonly Draft[]
  readonly pins: ReadonlyMap<string, string>
  /** The plant as the files would have it; rows with a stop are not in it. */
  readonly after: Plant
}

/** `today` is the plant's day, YYYY-MM-DD: days may be written as `+12d`. */
export type ImportOptions = { readonly today: string; readonly mapping?: Mapping | undefined; readonly params?: Params }

type RowKey = { readonly group: string; readonly key: string }
/** Where a row came from; the cells only where a mapping may join several rows into one. */
type Origin = { readonly file: string; readonly row: number; readonly cells?: readonly string[] }
type Work = {
  readonly before: Plant
  readonly after: Plant
  /** Groups of `after` that are its own copies and may be written. */
  readonly owned: Set<unknown>
  readonly origins: Map<string, Origin>
  readonly touched: Map<TableName, Set<string>>
  /** Parts that a supplier number was given to on rows that were joined into others. */
  readonly claims: Map<string, Set<string>>
  readonly told: Set<string>
  readonly problems: Problems
  readonly pins: Map<string, string>
}

export const planImport = (files: readonly SourceFile[], before: Plant, options: ImportOptions): ImportPlan => {
  const problems = problemList()
  const work: Work = {
    before,
    after: copyOf(before),
    owned: new Set(),
    origins: new Map(),
    touched: new Map(),
    claims: new Map(),
    told: new Set(),
    problems,
    pins: new Map()
  }
  const passes = passesOf(files, { mapping: options.mapping, params: options.params ?? {} }, problems)
  const read = passes.map(pass => ({ pass, ...readPass(pass, work, options.today) }))
  const tell = tellAt(work)
  clearSharedSupplierParts(work.after, work.touched, work.claims, tell, (item, row) =>
    write(work, { table: 'items', group: item, key: item, row })
  )
  checkPlant(before, work.after, work.touched, tell)
  const reports = read.map(({ pass, rows, keys }) => fileReport(pass, rows, keys, work))
  const drafts = problems.stops() > 0 ? [] : draftsOf(before, work.after, changedGroups(work))
  checkShapes(drafts, problems)
  const sum = (of: (report: FileReport) => number): number => reports.reduce((total, report) => total + of(report), 0)
  const report = {
    files: reports,
    rows: sum(one => one.rows),
    unchanged: sum(one => one.unchanged),
    changed: sum(one => one.changed),
    new: sum(one => one.new),
    stops: problems.stops(),
    looks: problems.looks(),
    problems: [...problems.kept].sort((a, b) => (a.level === b.level ? 0 : a.level === 'stop' ? -1 : 1))
  }
  const stopped = problems.stops() > 0
  return { report, drafts: stopped ? [] : drafts, pins: stopped ? new Map() : work.pins, after: work.after }
}

const copyOf = (plant: Plant): Plant => {
  const copy: Record<string, unknown> = { closed: plant.closed }
  for (const table of TABLES) copy[table] = new Map<string, unknown>(plant[table])
  // Every table was copied just above.
  return copy as Plant
}

const QUOTE = 'A quotation mark is out of place: the row and what follows can not be told apart'

const readPass = (pass: Pass, work: Work, today: string): { rows: number; keys: RowKey[] } => {
  const { problems } = work
  const reader = rowReader(pass.file, pass.columns, problems, { today, decimal: pass.table.decimal })
  const keys: RowKey[] = []
  let count = 0
  const stopRow = (row: number, message: string): void =>
    problems.add({ file: pass.file, row, column: '', value: '', level: 'stop', message })
  const { rows } = eachRow(pass.table, (row, cells, problem) => {
    count += 1
    if (count === LIMITS.rows + 1) stopRow(row, `The file has more than ${LIMITS.rows} rows: split it`)
    if (count > LIMITS.rows || (pass.once && count > 1)) return
    if (problem === 'quote') return stopRow(row, QUOTE)
    if (problem)
      return stopRow(
        row,
        `The row has ${cells.length} cells and the header ${pass.table.headers.length}: a quote or a separator is out of place`
      )
    const skip = pass.skips.find(one => one.test(cells))
    if (skip) return tellSkip(work, pass, row, skip.column, cells, skip.because)
    reader.point(row, cells)
    if (isFooter(pass, reader))
      return void reader.tell('look', '', 'Nothing that the template needs is in this row: left out')
    const taken = pass.template.take(reader, work.after, work.pins) ?? []
    for (const one of taken) place(one, pass, row, cells, work, keys)
  })
  return { rows: pass.once ? Math.min(rows, 1) : rows, keys }
}

/** A file that is read for its items and for its list tells a row that is left out once. */
const tellSkip = (
  { told, problems }: Work,
  { file, table }: Pass,
  row: number,
  column: string,
  cells: readonly string[],
  message: string
): void => {
  const id = keyOf(file, row, message)
  if (told.has(id)) return
  told.add(id)
  problems.add({ file, row, column, value: cells[table.headers.indexOf(column)] ?? '', level: 'look', message })
}

/** Totals and notes under a table: perhaps a sum, and not one of the other columns that are needed. */
const isFooter = (pass: Pass, reader: { raw: (column: string) => string }): boolean =>
  pass.template.columns
    .filter(column => column.needed && column.name !== 'qty')
    .every(column => reader.raw(column.name) === '')

const place = (taken: Taken, pass: Pass, row: number, cells: readonly string[], work: Work, keys: RowKey[]): void => {
  const id = keyOf(taken.table, taken.group, taken.key)
  const counted = taken.table === pass.template.table
  const origin = counted ? work.origins.get(id) : undefined
  if (counted) keys.push({ group: taken.group, key: taken.key })
  if (!origin) {
    work.origins.set(id, { file: pass.file, row, ...(pass.mapped ? { cells } : {}) })
    return write(work, taken)
  }
  if (counted) placeAgain(taken, origin, pass, row, cells, work)
}

/** A key that a row before had: added up, the same, told and joined, or a stop. */
const placeAgain = (
  taken: Taken,
  origin: Origin,
  pass: Pass,
  row: number,
  cells: readonly string[],
  work: Work
): void => {
  const held = work.after[taken.table].get(taken.group)?.get(taken.key)
  const said = [...new Set([...taken.group.split('\u001f'), ...taken.key.split('\u001f')])]
    .filter(part => part !== '0' && part !== '')
    .join(' ')
  const where = origin.file === pass.file ? `row ${origin.row}` : `row ${origin.row} of ${origin.file}`
  const differs = differences(pass, origin, cells)
  const tell = (level: 'stop' | 'look', message: string): void =>
    work.problems.add({
      file: pass.file,
      row,
      column: pass.template.columns[0]?.name ?? '',
      value: cells.join(' ').slice(0, 80),
      level,
      message
    })
  if (pass.template.twice === 'add') {
    tell('look', `${said} is on ${where} as well${differs}: the quantities are added up`)
    return write(work, { ...taken, row: addUp(taken.table, held, taken.row) })
  }
  if (same(held, taken.row)) return pass.mapped ? undefined : tell('look', `The same as ${where}`)
  if (!pass.mapped || pass.template.name !== 'items')
    return tell('stop', `${said} is on ${where} as well, and the two differ`)
  // A mapping makes items out of the rows of a parts list, where one part may be on several rows.
  tell('look', `${said} is on ${where} as well${differs}: taken as one part, as ${where} has it`)
  const { supplier = '', supplierPart } = taken.row as TableRows['items']
  if (!supplierPart) return
  const key = keyOf(supplier, supplierPart)
  work.claims.set(key, (work.claims.get(key) ?? new Set()).add(taken.key))
}

/** What the two rows say differently in the columns that are read, as `Value 15p and 15pF`. */
const differences = (pass: Pass, origin: Origin, cells: readonly string[]): string => {
  const found = pass.table.headers.flatMap((header, at) => {
    const [was, now] = [origin.cells?.[at]?.trim() ?? '', cells[at]?.trim() ?? '']
    return origin.cells && pass.reads.has(header) && was !== now
      ? [`${header} ${was || 'empty'} and ${now || 'empty'}`]
      : []
  })
  return found.length > 0 && origin.file === pass.file ? ` (${found.join('; ')})` : ''
}

const addUp = (table: TableName, held: unknown, row: unknown): unknown => {
  if (table === 'bom') {
    // The table's name says what its rows are.
    const [a, b] = [held as BomRow, row as BomRow]
    const places = [...(a.line.places ?? []), ...(b.line.places ?? [])]
    return {
      ...a,
      line: { ...a.line, quantity: add(a.line.quantity, b.line.quantity), ...(places.length > 0 ? { places } : {}) }
    }
  }
  const [a, b] = [held as TableRows['stock'], row as TableRows['stock']]
  return { ...a, quantity: add(a.quantity, b.quantity) }
}

const write = (work: Work, { table, group, key, row }: Taken): void => {
  // Each table's rows are written only by the take that makes them.
  const groups = work.after[table] as Map<string, Group<unknown>>
  const held = groups.get(group)
  if (held && work.owned.has(held)) held.set(key, row)
  else {
    const own = new Map(held ?? [])
    own.set(key, row)
    work.owned.add(own)
    groups.set(group, own)
  }
  const touched = work.touched.get(table)
  if (touched) touched.add(group)
  else work.touched.set(table, new Set([group]))
}

const tellAt =
  (work: Work): TellAt =>
  (table, group, key, column, level, message, value = '') => {
    const origin = work.origins.get(keyOf(table, group, key)) ?? { file: '', row: 0 }
    work.problems.add({ ...origin, column, value, level, message })
  }

const fileReport = (pass: Pass, rows: number, keys: readonly RowKey[], work: Work): FileReport => {
  const counts = { unchanged: 0, changed: 0, new: 0 }
  const { table } = pass.template
  for (const { group, key } of keys) {
    const was = work.before[table].get(group)?.get(key)
    const now = work.after[table].get(group)?.get(key)
    if (was === undefined) counts.new += 1
    else if (same(was, now)) counts.unchanged += 1
    else counts.changed += 1
  }
  return {
    file: pass.file,
    template: pass.template.name,
    encoding: pass.encoding,
    delimiter: delimiterName(pass.table.delimiter),
    rows,
    ...counts,
    leftOut: rows - counts.unchanged - counts.changed - counts.new
  }
}

const changedGroups = ({ before, after, touched }: Work): Map<TableName, Set<string>> => {
  const changed = new Map<TableName, Set<string>>()
  for (const [table, groups] of touched) {
    const own = new Set<string>()
    for (const group of groups) {
      const [was, now] = [before[table].get(group), after[table].get(group)]
      if (now && [...now].some(([key, row]) => !same(was?.get(key), row))) own.add(group)
    }
    changed.set(table, own)
  }
  return changed
}

/** The last net: what no column's own check has caught. Says the event's own words, because nothing better is known here. */
const checkShapes = (drafts: readonly Draft[], problems: Problems): void => {
  for (const { kind, payload } of drafts) {
    const checked = z.safeParse(kind.payload, payload)
    if (checked.success) continue
    const issue = checked.error.issues[0]
    const message = `${kind.type} would not be accepted: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`
    problems.add({
      file: '',
      row: 0,
      column: String(issue?.path[0] ?? ''),
      value: JSON.stringify(payload).slice(0, 80),
      level: 'stop',
      message
    })
  }
}
