/** The operations as rows to type into. Arrows and Enter go up and down, Tab goes on; moving, adding and undo have keys too. */
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Shape } from '#ui/state-mark.tsx'
import {
  addBelow,
  type Cell,
  CELLS,
  inOrder,
  listOf,
  moveRow,
  type Problems,
  put,
  removeRow,
  type Row,
  WORDS
} from './routing-rows.ts'
import css from './routing.module.css'
import { StationChoice } from './station-choice.tsx'
import type { RoutingForm } from './use-routing.ts'

type Props = {
  readonly form: RoutingForm
  readonly problems: ReadonlyMap<number, Problems>
  /** Why it can only be read. */
  readonly lacks: string | undefined
  /** Codes that other routings use, to choose from while typing. */
  readonly used: Readonly<Partial<Record<Cell, readonly string[]>>>
  readonly at: number | undefined
  readonly onAt: (key: number) => void
  /** Of the page that shows it: what `RoutingForm.edit` puts where the cursor goes next. */
  readonly cursor: Cursor
}

type Place = { readonly key: number; readonly cell: Cell }

/** Puts the cursor into a cell once it is drawn, also after its row has moved. */
export const useCursor = () => {
  const box = useRef<HTMLTableElement>(null)
  const next = useRef<Place>()
  useLayoutEffect(() => {
    const place = next.current
    const cell = place && cellAt(box.current, place)
    if (!cell) return
    next.current = undefined
    cell.focus()
    if (cell instanceof HTMLInputElement) cell.select()
  })
  return { box, go: (place: Place) => (next.current = place) }
}
export type Cursor = ReturnType<typeof useCursor>

/** Below the one of that key; its name is what is typed next. */
export const addOperation = (form: RoutingForm, cursor: Cursor, key: number | undefined): void =>
  form.edit(rows => {
    const next = addBelow(rows, key)
    const made = next.find(row => !rows.includes(row))
    if (made) cursor.go({ key: made.key, cell: 'name' })
    return next
  })

const cellAt = (box: HTMLElement | null, { key, cell }: Place): HTMLElement | null =>
  box?.querySelector<HTMLElement>(`[data-row="${key}"] [data-cell="${cell}"]`) ?? null

const placeOf = (target: EventTarget | null): Place | undefined => {
  const cell = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-cell]') : null
  const named = CELLS.find(one => one === cell?.dataset['cell'])
  const key = Number(cell?.closest<HTMLElement>('[data-row]')?.dataset['row'])
  return named && key ? { key, cell: named } : undefined
}

export const RoutingTable = (props: Props) => {
  const { form, problems, lacks, used, at, onAt, cursor } = props
  const lists = useId()
  const [choosing, setChoosing] = useState<number>()
  const onKey = useKeys(props)
  const chosen = form.rows.find(row => row.key === choosing)
  return (
    <>
      <div class={css.scroll}>
        <table
          ref={cursor.box}
          class={css.rows}
          onKeyDown={onKey}
          onFocusIn={event => {
            const place = placeOf(event.target)
            if (place && place.key !== at) onAt(place.key)
          }}
        >
          <Head />
          <tbody>
            {form.rows.map(row => (
              <Line
                key={row.key}
                row={row}
                here={row.key === at}
                problems={problems.get(row.key) ?? {}}
                readOnly={lacks !== undefined || form.waits}
                lists={lists}
                onType={(cell, text) => form.edit(rows => put(rows, row.key, cell, text), `${row.key}/${cell}`)}
                onOrder={() => form.edit(inOrder, `${row.key}/op`)}
                onChoose={() => setChoosing(row.key)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {CELLS.map(cell => used[cell] && <Codes key={cell} id={`${lists}${cell}`} codes={used[cell]} />)}
      {chosen && (
        <StationChoice
          title={`Where operation ${chosen.op} may be done`}
          chosen={listOf(chosen.stations)}
          onChange={all =>
            form.edit(rows => put(rows, chosen.key, 'stations', all.join(' ')), `${chosen.key}/stations`)
          }
          onClose={() => setChoosing(undefined)}
        />
      )}
    </>
  )
}

const Head = () => (
  <thead>
    <tr>
      {CELLS.map(cell => (
        <th key={cell} scope="col" data-of={cell}>
          {WORDS[cell]}
        </th>
      ))}
      <th scope="col">Steps</th>
    </tr>
  </thead>
)

const Codes = ({ id, codes }: { readonly id: string; readonly codes: readonly string[] }) => (
  <datalist id={id}>
    {codes.map(one => (
      <option key={one} value={one} />
    ))}
  </datalist>
)

type LineProps = {
  readonly row: Row
  readonly here: boolean
  readonly problems: Problems
  readonly readOnly: boolean
  readonly lists: string
  readonly onType: (cell: Cell, text: string) => void
  readonly onOrder: () => void
  readonly onChoose: () => void
}

const NUMBERS: ReadonlySet<Cell> = new Set(['op', 'setupMinutes', 'runMinutes'])

const Line = ({ row, here, problems, readOnly, lists, onType, onOrder, onChoose }: LineProps) => {
  const about = useId()
  const wrong = CELLS.filter(cell => problems[cell] !== undefined)
  const named = (cell: Cell) => ({
    'data-cell': cell,
    'aria-label': `${WORDS[cell]} of operation ${row.op}`,
    'aria-invalid': problems[cell] !== undefined || undefined,
    'aria-describedby': problems[cell] === undefined ? undefined : about,
    // A cell may be narrower than its text.
    title: problems[cell] ?? row[cell]
  })
  return (
    <>
      <tr data-row={row.key} data-here={here ? '' : undefined}>
        {CELLS.map(cell => (
          <td key={cell} data-of={cell} data-label={WORDS[cell]}>
            {cell === 'stations' ? (
              <button type="button" class={css.cell} disabled={readOnly} {...named(cell)} onClick={onChoose}>
                {listOf(row.stations).join(' ') || 'Choose'}
              </button>
            ) : (
              <input
                class={css.cell}
                value={row[cell]}
                readOnly={readOnly}
                list={here ? `${lists}${cell}` : undefined}
                data-number={NUMBERS.has(cell) ? '' : undefined}
                inputMode={NUMBERS.has(cell) ? 'decimal' : 'text'}
                autoComplete="off"
                spellcheck={false}
                {...named(cell)}
                onInput={event => onType(cell, event.currentTarget.value)}
                onChange={cell === 'op' ? onOrder : undefined}
              />
            )}
          </td>
        ))}
        <td data-label="Steps" data-of="steps">
          {row.steps.length}
        </td>
      </tr>
      {wrong.length > 0 && (
        <tr>
          <td id={about} class={css.problem} colSpan={CELLS.length + 1} aria-live="polite">
            {wrong.map(cell => (
              <span key={cell}>
                <Shape level="stop" /> {WORDS[cell].replace(', min', '')}: {problems[cell]}
              </span>
            ))}
          </td>
        </tr>
      )}
    </>
  )
}

const useKeys = ({ form, lacks, cursor }: Props) => {
  const beside = ({ key, cell }: Place, by: -1 | 1): Place | undefined => {
    const next = form.rows[form.rows.findIndex(row => row.key === key) + by]
    return next && { key: next.key, cell }
  }
  const change = (event: KeyboardEvent, place: Place): boolean => {
    const far = event.ctrlKey || event.metaKey
    const { key } = place
    if (far && event.key === 'Enter') addOperation(form, cursor, key)
    else if (event.altKey && event.key === 'Delete') form.edit(rows => removeRow(rows, key))
    else if (event.altKey && event.key === 'ArrowUp') form.edit(rows => moveRow(rows, key, -1))
    else if (event.altKey && event.key === 'ArrowDown') form.edit(rows => moveRow(rows, key, 1))
    else if (far && event.key.toLowerCase() === 'z') event.shiftKey ? form.redo() : form.undo()
    else if (far && event.key.toLowerCase() === 'y') form.redo()
    else return false
    if (event.altKey) cursor.go(event.key === 'Delete' ? (beside(place, 1) ?? beside(place, -1) ?? place) : place)
    return true
  }
  const walk = (event: KeyboardEvent, place: Place): boolean => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' || event.key === 'Enter' ? 1 : undefined
    const isButton = event.target instanceof HTMLButtonElement
    if (by === undefined || event.ctrlKey || event.altKey || (isButton && event.key === 'Enter')) return false
    const to = beside(place, by)
    const cell = to && cellAt(cursor.box.current, to)
    cell?.focus()
    if (cell instanceof HTMLInputElement) cell.select()
    return true
  }
  return (event: KeyboardEvent): void => {
    const place = placeOf(event.target)
    if (!place || event.isComposing) return
    if ((lacks === undefined && change(event, place)) || walk(event, place)) event.preventDefault()
  }
}
