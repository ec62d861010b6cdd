/** A routing as it is typed: rows of texts, what can be done to them, what is wrong with each cell, and the operations they say. */
import { show } from '#kernel/quantity.ts'
import { code, name } from '#kernel/shape.ts'
import { ambiguous, readNumber } from '#ui/number-entry.ts'
import type { Operation, Step } from '../events.ts'
import { MOST_MINUTES } from '../routing-rules.ts'

/** In the order in which they stand in a row. */
export const CELLS = [
  'op',
  'name',
  'stations',
  'setupMinutes',
  'runMinutes',
  'family',
  'batch',
  'document',
  'controlPlan',
  'tools'
] as const
export type Cell = (typeof CELLS)[number]
export const WORDS: Readonly<Record<Cell, string>> = {
  op: 'Number',
  name: 'Name',
  stations: 'Stations',
  setupMinutes: 'Set-up, min',
  runMinutes: 'Run, min',
  family: 'Family',
  batch: 'Load',
  document: 'Document',
  controlPlan: 'Checks',
  tools: 'Tools'
}

/** Stations and tools are lists with a space between two. `steps` go where their operation goes. */
export type Row = Readonly<Record<Cell, string>> & {
  readonly key: number
  readonly steps: readonly Step[]
  /** What the office has; a text that still reads like it stays exactly as it is there. */
  readonly was?: Operation
}
export type Rows = readonly Row[]

const textsOf = (one: Operation): Readonly<Record<Cell, string>> => ({
  op: String(one.op),
  name: one.name,
  stations: one.stations.join(' '),
  setupMinutes: show(one.setupMinutes),
  runMinutes: show(one.runMinutes),
  family: one.family ?? '',
  batch: one.batch ?? '',
  document: one.document ?? '',
  controlPlan: one.controlPlan ?? '',
  tools: (one.tools ?? []).join(' ')
})

export const rowsOf = (operations: readonly Operation[]): Rows =>
  operations.map((one, at) => ({ ...textsOf(one), key: at + 1, steps: one.steps, was: one }))

export const listOf = (text: string): readonly string[] => text.split(/[\s,;]+/).filter(Boolean)

const wholeOf = (text: string): number | undefined => (/^\s*\d{1,6}\s*$/.test(text) ? Number(text) : undefined)
const LAST = 100_000

const opProblem = (text: string, rows: Rows): string | undefined => {
  const op = wholeOf(text)
  if (text.trim() === '') return 'Give it a number, such as 10.'
  if (op === undefined || op < 1 || op > LAST) return `“${text.trim()}” is no whole number from 1 to 100,000.`
  return rows.filter(one => wholeOf(one.op) === op).length > 1 ? `There are two with the number ${op}.` : undefined
}

const minutesProblem = (text: string): string | undefined => {
  if (text.trim() === '') return 'Give the minutes; 0 is a number.'
  if (ambiguous(text)) return `“${text.trim()}” can be read in two ways. Write 1000 or 1.0.`
  const value = readNumber(text)
  if (value === undefined) return `“${text.trim()}” is no number of minutes. Write it as 12 or 0.5.`
  if (value < 0) return `“${text.trim()}” is less than nothing.`
  return value > MOST_MINUTES ? `“${text.trim()}” is more than 100,000 minutes.` : undefined
}

const codeProblem = (text: string): string | undefined =>
  text.trim() === '' || code.safeParse(text.trim()).success ? undefined : 'At most 80 letters and signs, on one line.'

const listProblem = (text: string): string | undefined => {
  const all = listOf(text)
  const twice = all.find((one, at) => all.indexOf(one) !== at)
  if (twice !== undefined) return `${twice} is named twice.`
  return all.some(one => codeProblem(one)) ? 'One of them is longer than 80 letters and signs.' : undefined
}

type Stations = { readonly has: (station: string) => boolean }

const stationsProblem = (text: string, known: Stations): string | undefined => {
  const all = listOf(text)
  if (all.length === 0) return 'Choose where it may be done.'
  const unknown = all.find(one => !known.has(one))
  return unknown === undefined ? listProblem(text) : `There is no station ${unknown}.`
}

const cellProblem = (row: Row, cell: Cell, rows: Rows, known: Stations): string | undefined => {
  const text = row[cell]
  if (cell === 'op') return opProblem(text, rows)
  if (cell === 'name')
    return text.trim() === ''
      ? 'Say what is done.'
      : name.safeParse(text.trim()).success
        ? undefined
        : 'At most 200 letters and signs.'
  if (cell === 'stations') return stationsProblem(text, known)
  if (cell === 'setupMinutes' || cell === 'runMinutes') return minutesProblem(text)
  return cell === 'tools' ? listProblem(text) : codeProblem(text)
}

export type Problems = Partial<Record<Cell, string>>
/** A sentence for each cell that can't stay as it is typed, by the key of its row; rows without one are left out. */
export const problemsOf = (rows: Rows, known: Stations): ReadonlyMap<number, Problems> =>
  new Map(
    rows.flatMap(row => {
      const found = CELLS.flatMap(cell => {
        const problem = cellProblem(row, cell, rows, known)
        return problem === undefined ? [] : [[cell, problem] as const]
      })
      return found.length === 0 ? [] : [[row.key, Object.fromEntries(found)] as const]
    })
  )

/** What the rows say. Only for rows without a problem. */
export const operationsOf = (rows: Rows): readonly Operation[] => rows.map(operationOf).sort((a, b) => a.op - b.op)

const operationOf = (row: Row): Operation => {
  const was = row.was
  const texts = was && textsOf(was)
  const kept = <C extends Cell & keyof Operation>(cell: C): boolean => texts !== undefined && texts[cell] === row[cell]
  const number = (cell: 'setupMinutes' | 'runMinutes'): number =>
    was && kept(cell) ? was[cell] : (readNumber(row[cell]) ?? 0)
  const codes = (['document', 'controlPlan', 'family', 'batch'] as const).flatMap(cell => {
    const text = kept(cell) ? was?.[cell] : row[cell].trim()
    return text ? [[cell, text] as const] : []
  })
  const tools = kept('tools') ? was?.tools : listOf(row.tools)
  return {
    op: wholeOf(row.op) ?? 0,
    name: kept('name') && was ? was.name : row.name.trim(),
    stations: was && kept('stations') ? was.stations : [...listOf(row.stations)],
    setupMinutes: number('setupMinutes'),
    runMinutes: number('runMinutes'),
    ...Object.fromEntries(codes),
    ...(tools && tools.length > 0 ? { tools: [...tools] } : {}),
    steps: [...row.steps]
  }
}

const unlike = (a: Row, b: Row): boolean => a.key !== b.key || CELLS.some(cell => a[cell] !== b[cell])
/** Whether anything is typed that is not what it was. */
export const changed = (rows: Rows, was: Rows): boolean =>
  rows.length !== was.length || rows.some((row, at) => unlike(row, was[at] ?? row))

export const put = (rows: Rows, key: number, cell: Cell, text: string): Rows =>
  rows.map(row => (row.key === key ? { ...row, [cell]: text } : row))

const nextKey = (rows: Rows): number => Math.max(0, ...rows.map(row => row.key)) + 1

/** Between two neighbours where a whole number is free, ten further at the end; '' where none is. */
const numberAfterRow = (rows: Rows, at: number): string => {
  const before = at < 0 ? 0 : wholeOf(rows[at]?.op ?? '')
  const after = at + 1 < rows.length ? wholeOf(rows[at + 1]?.op ?? '') : undefined
  if (before === undefined) return ''
  if (at + 1 >= rows.length) return before + 10 <= LAST ? String(Math.floor(before / 10) * 10 + 10) : ''
  return after !== undefined && after - before > 1 ? String(Math.floor((before + after) / 2)) : ''
}

const EMPTY = { name: '', family: '', batch: '', document: '', controlPlan: '', tools: '', setupMinutes: '0' } as const

/** Below the row of that key, or at the end. It is done where the one above it is until somebody says otherwise. */
export const addBelow = (rows: Rows, key: number | undefined): Rows => {
  const found = rows.findIndex(row => row.key === key)
  const at = found < 0 ? rows.length - 1 : found
  const stations = rows[at]?.stations ?? ''
  const row: Row = { ...EMPTY, key: nextKey(rows), op: numberAfterRow(rows, at), stations, runMinutes: '', steps: [] }
  return [...rows.slice(0, at + 1), row, ...rows.slice(at + 1)]
}

export const removeRow = (rows: Rows, key: number): Rows => rows.filter(row => row.key !== key)

/** Changes places with its neighbour; the numbers stay in their places, because they are the order of work. */
export const moveRow = (rows: Rows, key: number, by: -1 | 1): Rows => {
  const at = rows.findIndex(row => row.key === key)
  const [one, other] = [rows[at], rows[at + by]]
  if (!one || !other) return rows
  const next = [...rows]
  next[at] = { ...other, op: one.op }
  next[at + by] = { ...one, op: other.op }
  return next
}

export const renumber = (rows: Rows): Rows => rows.map((row, at) => ({ ...row, op: String((at + 1) * 10) }))

/** In the order of their numbers; where they stand while one of them is none. */
export const inOrder = (rows: Rows): Rows =>
  rows.every(row => wholeOf(row.op) !== undefined)
    ? [...rows].sort((a, b) => (wholeOf(a.op) ?? 0) - (wholeOf(b.op) ?? 0))
    : rows
