/**
 * A sheet of numbers that behaves as people's spreadsheets do: arrows, typing, Enter, F2, fill, copy, paste, undo. Rows are
 * 32 px high and only those in sight are drawn. It keeps no numbers: what is typed is told, and comes back as the cells' text.
 */
import { useId, useRef } from 'preact/hooks'
import css from './sheet.module.css'
import { boxOf, type Spot } from './sheet-model.ts'
import { Shape } from './state-mark.tsx'
import {
  ROW,
  type SheetCell,
  type SheetColumn,
  type SheetProps,
  type SheetRow,
  useSheet,
  useSight
} from './use-sheet.ts'

/** Drawn above and below what is in sight, so that a quick wheel finds rows there. */
const MORE = 8

export const Sheet = (props: SheetProps) => {
  const { label, corner, columns, rows } = props
  const box = useRef<HTMLDivElement>(null)
  const id = useId()
  const sight = useSight(box)
  const sheet = useSheet(props, box, sight.page)
  const first = Math.max(0, Math.floor(sight.top / ROW) - MORE)
  const last = Math.min(rows.length, first + sight.page + 2 * MORE)
  return (
    <div ref={box} class={css.box}>
      <table
        class={css.sheet}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a spreadsheet is a table with this role (ARIA, grid pattern)
        role="grid"
        tabIndex={0}
        onKeyDown={sheet.onKey}
        onCopy={sheet.onCopy}
        onPaste={sheet.onPaste}
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-activedescendant={`${id}-${sheet.at.row}-${sheet.at.column}`}
      >
        <thead>
          <tr>
            <th class={css.group}>{corner}</th>
            <th class={css.name} />
            {columns.map(column => (
              <th key={column.key} scope="col">
                {column.name}
                {column.note !== undefined && <small>{column.note}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr style={{ blockSize: `${first * ROW}px` }} />
          {rows.slice(first, last).map((row, i) => (
            <Line key={row.key} id={id} row={row} index={first + i} columns={columns} sheet={sheet} />
          ))}
          <tr style={{ blockSize: `${(rows.length - last) * ROW}px` }} />
        </tbody>
      </table>
    </div>
  )
}

type SheetState = ReturnType<typeof useSheet>
type LineProps = {
  readonly id: string
  readonly row: SheetRow
  readonly index: number
  readonly columns: readonly SheetColumn[]
  readonly sheet: SheetState
}

const Line = ({ id, row, index, columns, sheet }: LineProps) => (
  <tr
    aria-rowindex={index + 2}
    data-first={row.group === undefined ? undefined : ''}
    data-strong={row.strong ? '' : undefined}
  >
    <th class={css.group} scope="row">
      {row.group === undefined ? <small>{row.note}</small> : <strong title={row.group}>{row.group}</strong>}
    </th>
    <th class={css.name} scope="row">
      {row.name}
    </th>
    {columns.map((column, at) => (
      <Cell
        key={column.key}
        id={`${id}-${index}-${at}`}
        cell={row.cell(at)}
        spot={{ row: index, column: at }}
        sheet={sheet}
      />
    ))}
  </tr>
)

type CellProps = {
  readonly id: string
  readonly cell: SheetCell
  readonly spot: Spot
  readonly sheet: SheetState
}

const Cell = ({ id, cell, spot, sheet }: CellProps) => {
  const here = sheet.at.row === spot.row && sheet.at.column === spot.column
  const { top, bottom, left, right } = boxOf(sheet.area)
  const chosen = spot.row >= top && spot.row <= bottom && spot.column >= left && spot.column <= right
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the cell of a grid can be selected, and this is one
    <td
      id={id}
      aria-selected={chosen}
      aria-readonly={!cell.editable}
      title={cell.title}
      data-here={here ? '' : undefined}
      data-level={cell.level}
      data-editable={cell.editable ? '' : undefined}
      data-fence={cell.fence ? '' : undefined}
      data-shaded={cell.shaded ? '' : undefined}
      data-changed={cell.changed ? '' : undefined}
      data-nocut=""
      onPointerDown={event => sheet.point(spot, event.shiftKey)}
      onPointerEnter={event => event.buttons === 1 && sheet.point(spot, true)}
      onDblClick={() => sheet.open(cell.text)}
    >
      {here && sheet.typing !== undefined ? (
        <Typing text={sheet.typing} onType={sheet.type} onKeep={sheet.keep} />
      ) : (
        <>
          {cell.level && <Shape level={cell.level} />}
          {cell.text || <small>{cell.ghost}</small>}
        </>
      )}
    </td>
  )
}

type TypingProps = {
  readonly text: string
  readonly onType: (text: string) => void
  readonly onKeep: () => void
}

const Typing = ({ text, onType, onKeep }: TypingProps) => (
  <input
    class={css.input}
    value={text}
    aria-label="New value"
    inputMode="numeric"
    ref={input => {
      if (input && document.activeElement !== input) input.focus()
    }}
    onInput={event => onType(event.currentTarget.value)}
    onBlur={onKeep}
  />
)
