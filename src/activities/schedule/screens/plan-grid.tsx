/** The grid itself: four lines an item, one column a week; the planned line is typed into. */
import { useEffect, useState } from 'preact/hooks'
import { show } from '#kernel/quantity.ts'
import { Shape } from '#ui/state-mark.tsx'
import { useAct } from '#ui/use-act.ts'
import { bucketOf, type Movement, type Week, weekOf } from '../balance.ts'
import type { OpenOrder } from '../order-view.ts'
import type { Build, Demand, PlannedItem } from '../projection.ts'
import { planBuild } from '../rules.ts'
import css from './plan-desk.module.css'
import type { Ordering } from './plan-forms.tsx'

export type PlanRow = {
  readonly item: PlannedItem
  readonly onHand: number
  readonly demand: readonly Demand[]
  /** Planned and not yet an order. */
  readonly builds: readonly Build[]
  readonly orders: readonly OpenOrder[]
  readonly weeks: readonly Week[]
}

type Props = {
  readonly weeks: readonly string[]
  readonly rows: readonly PlanRow[]
  readonly onOrder: (ordering: Ordering) => void
}

export const PlanGrid = ({ weeks, rows, onOrder }: Props) => (
  <div class={css.scroll}>
    <table class={css.grid} aria-label="Master schedule" onKeyDown={walk}>
      <thead>
        <tr>
          <th scope="col">Item</th>
          <th scope="col">Line</th>
          <th scope="col">Now</th>
          {weeks.map((week, i) => (
            <th key={week} scope="col">
              {i === 0 ? 'This week' : `W${weekNumber(week)}`}
              <small>{shortDay(week)}</small>
            </th>
          ))}
        </tr>
      </thead>
      {rows.map((row, index) => (
        <ItemLines key={row.item.item} row={row} index={index} onOrder={onOrder} />
      ))}
    </table>
  </div>
)

const shortDay = (week: string): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(Date.parse(week))

/** ISO 8601 week number of a Monday: the week's Thursday decides its year. */
const weekNumber = (monday: string): number => {
  const thursday = Date.parse(monday) + 3 * 86_400_000
  return Math.floor((thursday - Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1)) / (7 * 86_400_000)) + 1
}

const ItemLines = ({ row, index, onOrder }: { row: PlanRow; index: number; onOrder: Props['onOrder'] }) => (
  <tbody>
    <tr>
      <th scope="rowgroup" rowSpan={4}>
        <strong>{row.item.name}</strong>
        <small>
          {row.item.item} rev {row.item.revision}
        </small>
      </th>
      <th scope="row">Demand</th>
      <td />
      {row.weeks.map(({ week, demand }) => (
        <td key={week} title={namesOf(row.demand, week, row.weeks, one => one.customer ?? one.demand)}>
          {amount(demand)}
        </td>
      ))}
    </tr>
    <tr>
      <th scope="row">On orders</th>
      <td />
      {row.weeks.map(({ week, ordered }) => (
        <td key={week} title={namesOf(row.orders, week, row.weeks, one => one.workOrder)}>
          {amount(ordered)}
        </td>
      ))}
    </tr>
    <tr>
      <th scope="row">Planned</th>
      <td />
      {row.weeks.map(({ week }, column) => (
        <PlannedCell
          key={week}
          row={row}
          week={week}
          at={`${index}/${column}`}
          first={column === 0}
          onOrder={onOrder}
        />
      ))}
    </tr>
    <tr class={css.balance}>
      <th scope="row">Left</th>
      <td>{show(row.onHand)}</td>
      {row.weeks.map(({ week, balance }) => (
        <td
          key={week}
          data-level={balance < 0 ? 'stop' : balance < row.item.safetyStock ? 'attention' : undefined}
          data-nocut=""
        >
          {balance < 0 && <Shape level="stop" />}
          {show(balance)}
        </td>
      ))}
    </tr>
  </tbody>
)

const amount = (quantity: number): string => (quantity === 0 ? '' : show(quantity))

/** Who or what stands behind a number, for whoever points at it. */
const namesOf = <T extends Movement>(
  list: readonly T[],
  week: string,
  weeks: readonly Week[],
  name: (one: T) => string
): string => {
  const first = weeks[0]?.week ?? ''
  return list
    .filter(one => bucketOf(one.due, first) === week)
    .map(one => `${name(one)} ${show(one.quantity)}`)
    .join(', ')
}

type CellProps = { row: PlanRow; week: string; at: string; first: boolean; onOrder: Props['onOrder'] }

const PlannedCell = ({ row, week, at, first, onOrder }: CellProps) => {
  const { act } = useAct()
  const builds = row.builds.filter(({ due }) => weekOf(due) === week || (first && weekOf(due) < week))
  const planned = builds.reduce((sum, { quantity }) => sum + quantity, 0)
  const [typed, setTyped] = useState(amount(planned))
  useEffect(() => setTyped(amount(planned)), [planned])
  const number = typed.trim() === '' ? 0 : Number(typed)
  const wrong = !Number.isInteger(number) || number < 0
  const save = async () => {
    if (wrong || number === planned) return
    // One line a week carries the number; others of that week are taken out.
    const [kept, ...others] = builds
    const build = kept?.build ?? `${row.item.item}/${week}`
    for (const other of others)
      await act(planBuild, { build: other.build, item: other.item, quantity: 0, due: other.due })
    const saved = await act(planBuild, { build, item: row.item.item, quantity: number, due: kept?.due ?? friday(week) })
    if (!saved) setTyped(amount(planned))
  }
  const only = builds.length === 1 ? builds[0] : undefined
  return (
    <td class={css.cell} data-build={only ? '' : undefined}>
      <input
        value={typed}
        inputMode="numeric"
        data-cell={at}
        aria-label={`Planned ${row.item.name}, week of ${week}`}
        aria-invalid={wrong || undefined}
        title={wrong ? 'A whole number of pieces, or empty.' : undefined}
        onInput={event => setTyped(event.currentTarget.value)}
        onBlur={() => void save()}
        onKeyDown={event => {
          if (event.key === 'Escape') setTyped(amount(planned))
        }}
      />
      {only && number === planned && (
        <button
          type="button"
          class={css.make}
          onClick={() => onOrder({ build: only, name: row.item.name })}
          aria-label={`Make a work order of ${only.quantity} ${row.item.name}`}
          title="Make a work order"
        >
          Make
        </button>
      )}
    </td>
  )
}

const friday = (monday: string): string => new Date(Date.parse(monday) + 4 * 86_400_000).toISOString().slice(0, 10)

/** Arrows and Enter move between the planned cells; leaving a cell saves it. Left and right only leave at the text's end. */
const walk = (event: KeyboardEvent): void => {
  const input = event.target
  if (!(input instanceof HTMLInputElement) || !(event.currentTarget instanceof HTMLElement)) return
  const [row, column] = (input.dataset['cell'] ?? '').split('/').map(Number)
  if (row === undefined || column === undefined) return
  const atStart = input.selectionStart === 0
  const atEnd = input.selectionEnd === input.value.length
  const to =
    event.key === 'ArrowUp'
      ? [row - 1, column]
      : event.key === 'ArrowDown' || event.key === 'Enter'
        ? [row + 1, column]
        : event.key === 'ArrowLeft' && atStart
          ? [row, column - 1]
          : event.key === 'ArrowRight' && atEnd
            ? [row, column + 1]
            : undefined
  if (!to) return
  event.preventDefault()
  const next = event.currentTarget.querySelector<HTMLInputElement>(`[data-cell="${to.join('/')}"]`)
  if (!next) return event.key === 'Enter' ? input.blur() : undefined
  next.focus()
  next.select()
}
