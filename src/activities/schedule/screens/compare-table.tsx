/** Plans as columns, what differs as rows under what it is about; the names stay in sight when there are many plans. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Mark } from '#ui/desk-parts.tsx'
import type { Cell, Group } from './compare-model.ts'
import css from './compare.module.css'

/** Rows of a group that are shown at once. */
const SHOWN = 12
/** A column that holds a name or a number of days without breaking every word, in pixels. */
const NARROWEST = 132

type Props = {
  readonly plans: readonly { readonly id: string; readonly name: string; readonly note: string }[]
  readonly groups: readonly Group[]
  readonly busy: boolean
  readonly onOpen: (id: string) => void
}

export const CompareTable = ({ plans, groups, busy, onOpen }: Props) => (
  <div class={css.scroll}>
    <table
      class={css.table}
      style={{ minInlineSize: `${(plans.length + 1) * NARROWEST}px` }}
      aria-label="Plans side by side"
      aria-busy={busy}
    >
      <thead>
        <tr>
          <td />
          {plans.map(({ id, name, note }) => (
            <th key={id} scope="col">
              <Button onPress={() => onOpen(id)}>{name}</Button>
              {note !== '' && <small>{note}</small>}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map(group => (
        <Rows key={group.title} group={group} wide={plans.length + 1} busy={busy} />
      ))}
    </table>
  </div>
)

type RowsProps = { readonly group: Group; readonly wide: number; readonly busy: boolean }

const Rows = ({ group: { title, rows, same }, wide, busy }: RowsProps) => {
  const [whole, setWhole] = useState(false)
  const shown = whole ? rows : rows.slice(0, SHOWN)
  return (
    <tbody aria-label={title}>
      <tr>
        <th scope="rowgroup" colSpan={wide}>
          {title}
        </th>
      </tr>
      {shown.map(({ key, name, cells }) => (
        <tr key={key}>
          <th scope="row">{name}</th>
          {cells.map((cell, at) => (
            // Cells have no other identity than their plan's place.
            <td key={at}>{cell ? <Value cell={cell} /> : busy ? '…' : ''}</td>
          ))}
        </tr>
      ))}
      {(rows.length === 0 || same > 0 || rows.length > SHOWN) && (
        <tr>
          <td colSpan={wide}>
            <small>{rows.length === 0 && busy ? '…' : sameWord(rows.length, same)}</small>
            {rows.length > SHOWN && (
              <Button onPress={() => setWhole(!whole)}>
                {whole ? 'Show fewer' : `Show ${rows.length - SHOWN} more`}
              </Button>
            )}
          </td>
        </tr>
      )}
    </tbody>
  )
}

const sameWord = (rows: number, same: number): string => {
  if (same === 0) return rows === 0 ? 'None in any of them.' : ''
  return rows === 0
    ? `The same in each, ${same} in all.`
    : `${same} more ${same === 1 ? 'is' : 'are'} the same in each.`
}

const Value = ({ cell: { text, against } }: { readonly cell: Cell }) => {
  if (against === 'worse') return <Mark level="stop" word={text} />
  if (against === 'better') return <Mark level="normal" word={text} />
  return against === 'other' ? <strong>{text}</strong> : text
}
