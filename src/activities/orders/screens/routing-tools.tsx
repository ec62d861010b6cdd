/** What can be done to the operation that the cursor is in, and to all of them. */
import { Button } from '#ui/button.tsx'
import css from './routing.module.css'
import { moveRow, removeRow, renumber, type Row } from './routing-rows.ts'
import { addOperation, type Cursor } from './routing-table.tsx'
import type { RoutingForm } from './use-routing.ts'

type Props = {
  readonly form: RoutingForm
  readonly at: Row | undefined
  readonly cursor: Cursor
}

export const RoutingTools = ({ form, at, cursor }: Props) => {
  const which = at ? undefined : 'Go into an operation first.'
  const place = form.rows.findIndex(row => row.key === at?.key)
  const on = (change: (key: number) => void) => () => {
    if (at) change(at.key)
  }
  const move = (by: -1 | 1) =>
    on(key => {
      cursor.go({ key, cell: 'name' })
      form.edit(rows => moveRow(rows, key, by))
    })
  return (
    <div class={css.tools} role="toolbar" aria-label="Operations">
      <Button onPress={() => addOperation(form, cursor, at?.key)}>
        {at ? `Add below ${at.op}` : 'Add an operation'}
      </Button>
      <Button repeat why={which ?? (place === 0 ? 'It is the first.' : undefined)} onPress={move(-1)}>
        Earlier
      </Button>
      <Button repeat why={which ?? (place === form.rows.length - 1 ? 'It is the last.' : undefined)} onPress={move(1)}>
        Later
      </Button>
      <Button why={which} onPress={on(key => form.edit(rows => removeRow(rows, key)))}>
        {at ? `Take out ${at.op}` : 'Take out'}
      </Button>
      <Button onPress={() => form.edit(renumber)}>Number 10, 20, 30</Button>
      <Button repeat why={form.undoes ? undefined : 'There is nothing to take back.'} onPress={form.undo}>
        Undo
      </Button>
      <Button repeat why={form.redoes ? undefined : 'Nothing was taken back.'} onPress={form.redo}>
        Redo
      </Button>
    </div>
  )
}
