/** A desk table: 32 px rows, sorted by its heads, walked with the arrows, opened with Enter; where rows have a sequence, moved. */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import css from './table.module.css'
import { useMoving } from './table-moving.ts'

export type Column<T> = {
  readonly name: string
  readonly value: (row: T) => ComponentChildren
  readonly sort?: ((row: T) => string | number) | undefined
  readonly align?: 'start' | 'end' | undefined
  /** Its name stands before its value where rows are stacked: a day says not of itself which one it is. */
  readonly named?: boolean | undefined
  /** Twelfths of a stacked row, so that its parts stand below each other from row to row. */
  readonly span?: number | undefined
}

type Props<T> = {
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  readonly keyOf: (row: T) => string
  readonly onOpen?: ((row: T) => void) | undefined
  /** Rows have a sequence of their own: this one goes to the place of that one. */
  readonly onMove?: ((row: T, to: T) => void) | undefined
  /** Where there is little room a row is a block of several lines, rather than that its end is out of sight. */
  readonly stack?: boolean | undefined
  /** What stands there when there are no rows. */
  readonly empty: ComponentChildren
}

type Order = { readonly column: number; readonly down: boolean }

export const sortRows = <T,>(
  rows: readonly T[],
  sort: ((row: T) => string | number) | undefined,
  down: boolean
): readonly T[] => {
  if (!sort) return rows
  const sign = down ? -1 : 1
  return [...rows].sort((a, b) => sign * compare(sort(a), sort(b)))
}

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number'
    ? a - b
    : String(a).localeCompare(String(b), undefined, { numeric: true })

export const Table = <T,>({ columns, rows, keyOf, onOpen, onMove, stack, empty }: Props<T>) => {
  const [order, setOrder] = useState<Order>()
  const moving = useMoving(rows, keyOf, onMove)
  if (rows.length === 0) return <>{empty}</>
  const sorted = sortRows(rows, order && columns[order.column]?.sort, order?.down ?? false)
  const turn = (column: number) => setOrder(was => ({ column, down: was?.column === column && !was.down }))
  return (
    <div
      class={css.scroll}
      data-stack={stack ? (columns.some(({ span }) => span !== undefined) ? 'lined' : 'loose') : undefined}
    >
      <table class={css.table}>
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th
                key={column.name}
                scope="col"
                data-align={column.align}
                aria-sort={order?.column === i ? (order.down ? 'descending' : 'ascending') : undefined}
              >
                {column.sort ? (
                  <button type="button" onClick={() => turn(i)}>
                    {column.name}
                    <Turn order={order} column={i} />
                  </button>
                ) : (
                  column.name
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map(row => (
            <tr
              key={keyOf(row)}
              tabIndex={onOpen || onMove ? 0 : undefined}
              data-open={onOpen ? '' : undefined}
              onClick={onOpen && (event => isControl(event.target) || onOpen(row))}
              onKeyDown={event => moving.key(event, row) || walk(event, onOpen && (() => onOpen(row)))}
              {...moving.row(row)}
            >
              {columns.map(column => (
                <td
                  key={column.name}
                  data-align={column.align}
                  data-name={column.named ? column.name : undefined}
                  style={column.span === undefined ? undefined : { '--span': column.span }}
                >
                  {column.value(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Turn = ({ order, column }: { order: Order | undefined; column: number }) => (
  <span aria-hidden="true" class={css.turn}>
    {order?.column === column ? (order.down ? '↓' : '↑') : ''}
  </span>
)

const isControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button,a,input,select') !== null

const walk = (event: KeyboardEvent, open: (() => void) | undefined): void => {
  const row = event.currentTarget
  if (!(row instanceof HTMLElement) || event.target !== row) return
  const to =
    event.key === 'ArrowDown'
      ? row.nextElementSibling
      : event.key === 'ArrowUp'
        ? row.previousElementSibling
        : undefined
  if (event.key === 'Enter' && open) open()
  else if (to instanceof HTMLElement) to.focus()
  else return
  event.preventDefault()
}
