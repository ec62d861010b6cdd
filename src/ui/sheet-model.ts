/** What a spreadsheet's keys, clipboard and undo mean, apart from how it is drawn. Rows and columns count from 0. */

export type Spot = { readonly row: number; readonly column: number }
/** From one spot to another; either may come first. */
export type Area = { readonly from: Spot; readonly to: Spot }
export type Size = { readonly rows: number; readonly columns: number }
export type Change = { readonly row: string; readonly column: number; readonly text: string }
/** A change with what stood there before, so that it can be taken back. */
export type Done = Change & { readonly was: string }

export const boxOf = ({ from, to }: Area) => ({
  top: Math.min(from.row, to.row),
  bottom: Math.max(from.row, to.row),
  left: Math.min(from.column, to.column),
  right: Math.max(from.column, to.column)
})

const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value))

type Step = (at: Spot, size: Size, page: number) => Spot
const STEPS: Readonly<Record<string, Step>> = {
  ArrowUp: at => ({ ...at, row: at.row - 1 }),
  ArrowDown: at => ({ ...at, row: at.row + 1 }),
  ArrowLeft: at => ({ ...at, column: at.column - 1 }),
  ArrowRight: at => ({ ...at, column: at.column + 1 }),
  PageUp: (at, _, page) => ({ ...at, row: at.row - page }),
  PageDown: (at, _, page) => ({ ...at, row: at.row + page }),
  Home: at => ({ ...at, column: 0 }),
  End: (at, { columns }) => ({ ...at, column: columns - 1 })
}
/** With Ctrl or Cmd: to the edge of the sheet. */
const LEAPS: Readonly<Record<string, Step>> = {
  ArrowUp: at => ({ ...at, row: 0 }),
  ArrowDown: (at, { rows }) => ({ ...at, row: rows - 1 }),
  ArrowLeft: at => ({ ...at, column: 0 }),
  ArrowRight: (at, { columns }) => ({ ...at, column: columns - 1 }),
  Home: () => ({ row: 0, column: 0 }),
  End: (_, { rows, columns }) => ({ row: rows - 1, column: columns - 1 })
}

/** Where a key leads; undefined when the key does not move. `page` is how many rows are in sight. */
export const moved = (at: Spot, key: string, leap: boolean, size: Size, page: number): Spot | undefined => {
  const step = (leap ? LEAPS : STEPS)[key]
  if (!step || size.rows === 0 || size.columns === 0) return undefined
  const to = step(at, size, page)
  return { row: within(to.row, size.rows), column: within(to.column, size.columns) }
}

/** The next row down or up that may be typed into, in the same column; where it is when there is none. */
export const nextEditable = (at: Spot, down: boolean, size: Size, editable: (spot: Spot) => boolean): Spot => {
  for (let row = at.row + (down ? 1 : -1); row >= 0 && row < size.rows; row += down ? 1 : -1)
    if (editable({ row, column: at.column })) return { row, column: at.column }
  return at
}

export type TextAt = (spot: Spot) => string
export type Put = { readonly at: Spot; readonly text: string }

const cellsOf = (area: Area): readonly Spot[] => {
  const { top, bottom, left, right } = boxOf(area)
  const spots: Spot[] = []
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) spots.push({ row, column })
  return spots
}

/** As a spreadsheet takes it from the clipboard: tabs between columns, a line for each row. */
export const copied = (area: Area, textAt: TextAt): string => {
  const { top, bottom, left, right } = boxOf(area)
  const lines: string[] = []
  for (let row = top; row <= bottom; row++)
    lines.push(Array.from({ length: right - left + 1 }, (_, i) => textAt({ row, column: left + i })).join('\t'))
  return lines.join('\n')
}

/**
 * What a pasted text puts where. One value fills the whole area; a block is laid down from the area's corner, again and again
 * where the area is a whole multiple of it. What would fall outside the sheet is left out. With `editable`, each line of a
 * block goes to the next row that may be typed into: another program's table has a row for each item, and not five.
 */
export const pasted = (text: string, area: Area, size: Size, editable?: (spot: Spot) => boolean): readonly Put[] => {
  const block = text
    .replace(/\r\n?/g, '\n')
    .replace(/\n$/, '')
    .split('\n')
    .map(line => line.split('\t'))
  const { top, bottom, left, right } = boxOf(area)
  const high = block.length
  const wide = Math.max(...block.map(line => line.length))
  const [rows, columns] = [bottom - top + 1, right - left + 1]
  const typed = high > 1 && editable?.({ row: top, column: left }) ? editable : undefined
  const lines = typed && typedRows({ row: top, column: left }, high, size, typed)
  const tall = rows % high === 0 && !lines ? rows : high
  const broad = columns % wide === 0 ? columns : wide
  const puts: Put[] = []
  for (let row = 0; row < tall; row++)
    for (let column = 0; column < broad; column++) {
      const at = { row: lines ? (lines[row] ?? size.rows) : top + row, column: left + column }
      if (at.row < size.rows && at.column < size.columns)
        puts.push({ at, text: (block[row % high]?.[column % wide] ?? '').trim() })
    }
  return puts
}

/** The row itself and those below it that may be typed into, as many as are asked for and there. */
const typedRows = (from: Spot, many: number, size: Size, editable: (spot: Spot) => boolean): readonly number[] => {
  const found = [from]
  for (let at = from; found.length < many; found.push(at)) {
    const next = nextEditable(at, true, size, editable)
    if (next === at) break
    at = next
  }
  return found.map(({ row }) => row)
}

/** Ctrl+D: the first row of the area into all below it. Ctrl+R: its first column into all right of it. */
export const filled = (area: Area, way: 'down' | 'right', textAt: TextAt): readonly Put[] => {
  const { top, left } = boxOf(area)
  return cellsOf(area)
    .filter(({ row, column }) => (way === 'down' ? row > top : column > left))
    .map(at => ({ at, text: textAt(way === 'down' ? { row: top, column: at.column } : { row: at.row, column: left }) }))
}

export const emptied = (area: Area): readonly Put[] => cellsOf(area).map(at => ({ at, text: '' }))

/** What was done, newest last, and what was taken back. */
export type History = { readonly done: readonly (readonly Done[])[]; readonly undone: readonly (readonly Done[])[] }

export const NOTHING_DONE: History = { done: [], undone: [] }
const REMEMBERED = 200

export const remember = ({ done }: History, changes: readonly Done[]): History => ({
  done: [...done, changes].slice(-REMEMBERED),
  undone: []
})

/** The changes that take the last step back or do it again, and the history after it. Undefined when there is none. */
export const stepped = (
  { done, undone }: History,
  way: 'undo' | 'redo'
): { readonly changes: readonly Change[]; readonly history: History } | undefined => {
  const step = way === 'undo' ? done.at(-1) : undone.at(-1)
  if (!step) return undefined
  const changes = step.map(({ row, column, text, was }) => ({ row, column, text: way === 'undo' ? was : text }))
  return {
    changes: way === 'undo' ? changes.reverse() : changes,
    history:
      way === 'undo'
        ? { done: done.slice(0, -1), undone: [...undone, step] }
        : { done: [...done, step], undone: undone.slice(0, -1) }
  }
}
