/** What a sheet remembers while it is on the screen: the cursor, the area, what is being typed, and what can be taken back. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { keyAnswer, type KeyAnswer } from './sheet-keys.ts'
import {
  type Area,
  type Change,
  copied,
  emptied,
  filled,
  moved,
  NOTHING_DONE,
  nextEditable,
  pasted,
  type Put,
  remember,
  type Size,
  type Spot,
  stepped
} from './sheet-model.ts'

export type SheetCell = {
  readonly text: string
  /** What counts while nothing stands here, drawn pale; it is neither copied nor typed over. */
  readonly ghost?: string | undefined
  /** What stands behind the number, for whoever points at it. */
  readonly title?: string | undefined
  readonly level?: 'stop' | 'attention' | undefined
  readonly editable?: boolean | undefined
  /** A thick line before it: a time fence. */
  readonly fence?: boolean | undefined
  /** Inside the frozen zone, or otherwise apart from the rest. */
  readonly shaded?: boolean | undefined
  /** Differs from what is live. */
  readonly changed?: boolean | undefined
}

export type SheetRow = {
  readonly key: string
  /** Over the first of several rows that belong together. */
  readonly group?: string | undefined
  readonly note?: string | undefined
  readonly name: string
  readonly strong?: boolean | undefined
  readonly cell: (column: number) => SheetCell
}

export type SheetColumn = { readonly key: string; readonly name: string; readonly note?: string | undefined }

export type SheetProps = {
  readonly label: string
  /** Over the names of the rows. */
  readonly corner?: string | undefined
  readonly columns: readonly SheetColumn[]
  readonly rows: readonly SheetRow[]
  /** What was typed, pasted, filled or taken back; only for cells that may be typed into. */
  readonly onEdit: (changes: readonly Change[]) => void
  /** The cell that the cursor is on, to tell more about it. */
  readonly onAt?: ((row: SheetRow, column: number) => void) | undefined
}

/** Pixels; the same as --d-row. */
export const ROW = 32

type Box = { readonly current: HTMLDivElement | null }

/** How far it is scrolled and how many rows are in sight. */
export const useSight = (box: Box) => {
  const [sight, setSight] = useState({ top: 0, page: 20 })
  useEffect(() => {
    const element = box.current
    if (!element) return
    const look = () =>
      setSight({ top: element.scrollTop, page: Math.max(4, Math.floor(element.clientHeight / ROW) - 1) })
    look()
    element.addEventListener('scroll', look, { passive: true })
    const sized = new ResizeObserver(look)
    sized.observe(element)
    // Paper has no scroll bar: every row is drawn for it.
    const paper = matchMedia('print')
    const turn = () => (paper.matches ? setSight({ top: 0, page: Number.MAX_SAFE_INTEGER }) : look())
    paper.addEventListener('change', turn)
    return () => {
      element.removeEventListener('scroll', look)
      sized.disconnect()
      paper.removeEventListener('change', turn)
    }
  }, [box])
  return sight
}

/** What is put into cells, as one step that can be taken back. */
const useEdits = ({ rows, onEdit }: SheetProps) => {
  const history = useRef(NOTHING_DONE)
  const cellAt = ({ row, column }: Spot): SheetCell | undefined => rows[row]?.cell(column)
  return {
    cellAt,
    textAt: (spot: Spot) => cellAt(spot)?.text ?? '',
    /** Only what may be typed into and differs is told. */
    put: (puts: readonly Put[]) => {
      const done = puts.flatMap(({ at, text }) => {
        const [row, cell] = [rows[at.row], cellAt(at)]
        return row && cell?.editable && cell.text !== text
          ? [{ row: row.key, column: at.column, text, was: cell.text }]
          : []
      })
      if (done.length === 0) return
      history.current = remember(history.current, done)
      onEdit(done)
    },
    step: (way: 'undo' | 'redo') => {
      const taken = stepped(history.current, way)
      if (!taken) return
      history.current = taken.history
      onEdit(taken.changes)
    }
  }
}

export const useSheet = (props: SheetProps, box: Box, page: number) => {
  const { label, columns, rows, onAt } = props
  const [area, setArea] = useState<Area>(() => {
    const first = firstOpen(props)
    return { from: first, to: first }
  })
  const [typing, setTyping] = useState<string>()
  const { cellAt, textAt, put, step } = useEdits(props)
  const size = { rows: rows.length, columns: columns.length }
  const at = { row: Math.min(area.to.row, Math.max(0, size.rows - 1)), column: area.to.column }
  const choose = (to: Spot, extend: boolean) => {
    setArea(was => ({ from: extend ? was.from : to, to }))
    const row = rows[to.row]
    if (row) onAt?.(row, to.column)
    inSight(box.current, to)
  }
  const keep = () => {
    if (typing === undefined) return
    put([{ at, text: typing.trim() }])
    setTyping(undefined)
  }
  const open = (text: string) => {
    if (cellAt(at)?.editable) setTyping(text)
  }
  const back = () => box.current?.querySelector('table')?.focus({ preventScroll: true })
  /** Keeps what is typed and goes on to another cell. */
  const leave = (to: Spot | undefined, extend: boolean) => {
    keep()
    back()
    if (to) choose(to, extend)
  }
  const editable = (spot: Spot) => cellAt(spot)?.editable === true
  const obey = (answer: KeyAnswer) => {
    if (answer.do === 'move') leave(moved(at, answer.key, answer.leap, size, page), answer.extend)
    else if (answer.do === 'enter') leave(nextEditable(at, !answer.back, size, editable), false)
    else if (answer.do === 'leave') {
      setTyping(undefined)
      back()
    } else if (answer.do === 'type') open(answer.text)
    else if (answer.do === 'edit') open(textAt(at))
    else if (answer.do === 'empty') put(emptied(area))
    else if (answer.do === 'fill') put(filled(area, answer.way, textAt))
    else if (answer.do === 'all') setArea(whole(size))
    else step(answer.do)
  }
  return {
    at,
    area,
    typing,
    keep,
    open,
    type: setTyping,
    onKey: (event: KeyboardEvent) => {
      const answer = keyAnswer(event, typing !== undefined)
      if (!answer) return
      event.preventDefault()
      obey(answer)
    },
    point: (spot: Spot, extend: boolean) => {
      if (typing !== undefined && spot.row === at.row && spot.column === at.column) return
      keep()
      choose(spot, extend)
      back()
    },
    onCopy: clip(typing, data => {
      data.setData('text/plain', copied(area, textAt))
      data.setData(OURS, label)
    }),
    onPaste: clip(typing, data =>
      put(pasted(data.getData('text/plain'), area, size, data.getData(OURS) === '' ? editable : undefined))
    )
  }
}

/** Marks what was copied from a sheet of ours: it is laid down row by row, as it was taken. */
const OURS = 'application/x-jobcard-sheet'

const whole = ({ rows, columns }: Size): Area => ({
  from: { row: 0, column: 0 },
  to: { row: rows - 1, column: columns - 1 }
})

/** While something is typed, the clipboard belongs to the text. */
const clip = (typing: string | undefined, use: (data: DataTransfer) => void) => (event: ClipboardEvent) => {
  if (typing !== undefined || !event.clipboardData) return
  event.preventDefault()
  use(event.clipboardData)
}

/** Where one would begin to type: the first cell that is open to it and not set apart. */
const firstOpen = ({ rows, columns }: SheetProps): Spot => {
  for (const [row, line] of rows.slice(0, 40).entries())
    for (let column = 0; column < columns.length; column++) {
      const cell = line.cell(column)
      if (cell.editable && !cell.shaded) return { row, column }
    }
  return { row: 0, column: 0 }
}

const inSight = (element: HTMLDivElement | null, { row, column }: Spot): void => {
  if (!element) return
  const head = element.querySelector('thead')?.offsetHeight ?? ROW
  const top = row * ROW
  if (top < element.scrollTop) element.scrollTop = top
  else if (top + ROW > element.scrollTop + element.clientHeight - head)
    element.scrollTop = top + ROW - element.clientHeight + head
  // The first two heads, of the thing and of its row, stay in their place; what lies under them is not seen.
  const heads = element.querySelectorAll<HTMLElement>('thead th')
  const [names, cell] = [(heads[0]?.offsetWidth ?? 0) + (heads[1]?.offsetWidth ?? 0), heads[column + 2]]
  if (!cell) return
  const [left, right] = [cell.offsetLeft, cell.offsetLeft + cell.offsetWidth]
  if (left < element.scrollLeft + names) element.scrollLeft = column === 0 ? 0 : left - names
  else if (right > element.scrollLeft + element.clientWidth) element.scrollLeft = right - element.clientWidth
}
