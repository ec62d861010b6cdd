/** One station's row of the chart, and its bars. */
import { useState } from 'preact/hooks'
import { Shape } from '#ui/state-mark.tsx'
import css from './gantt.module.css'
import type { Bar, Gantt, GanttRow } from './gantt-model.ts'
import { lengthWord, whenWord } from './schedule-words.ts'

/** A smaller movement of a finger is a press. */
const PULL = 6

/** `same`: of the order that is chosen; `off`: not what is looked for. */
export type BarMark = 'same' | 'off' | undefined

type Props = {
  readonly row: GanttRow
  readonly gantt: Pick<Gantt, 'now' | 'zone'>
  readonly chosen: string | undefined
  readonly markOf: (bar: Bar) => BarMark
  readonly x: (instant: number) => number
  readonly inSight: (one: { readonly from: number; readonly to: number }) => boolean
  readonly onChoose: (bar: Bar) => void
  readonly onOpen: (bar: Bar) => void
  readonly onPulled: (bar: Bar, dx: number, clientY: number) => void
}

export const Lane = ({ row, gantt, chosen, markOf, x, inSight, ...bars }: Props) => {
  const { now, zone } = gantt
  const from = (instant: number) => ({ insetInlineStart: `${x(instant)}px` })
  const closed = row.closed.filter(inSight)
  const drawn = row.bars.filter(bar => inSight(bar) || bar.id === chosen)
  return (
    <div class={css.row} data-place={row.place}>
      <span class={css.name} title={row.name}>
        <strong>{row.place}</strong> {row.name}
      </span>
      <span class={css.lane}>
        {closed.map(one => (
          <span
            key={one.from}
            class={css.closed}
            style={{ ...from(one.from), inlineSize: `${x(one.to) - x(one.from)}px` }}
          />
        ))}
        <span class={css.now} style={from(now)} />
        {drawn.map(bar => (
          <BarButton key={bar.id} bar={bar} zone={zone} x={x} chosen={bar.id === chosen} mark={markOf(bar)} {...bars} />
        ))}
        {drawn.map(
          bar =>
            bar.material !== undefined && (
              <span
                key={`${bar.id}-parts`}
                class={css.parts}
                title={`Parts of ${bar.workOrder} are there ${whenWord(bar.material, zone)}`}
                style={from(bar.material)}
              />
            )
        )}
      </span>
    </div>
  )
}

type BarProps = {
  readonly bar: Bar
  readonly zone: string
  readonly x: (instant: number) => number
  readonly chosen: boolean
  readonly mark: BarMark
  readonly onChoose: (bar: Bar) => void
  readonly onOpen: (bar: Bar) => void
  readonly onPulled: (bar: Bar, dx: number, clientY: number) => void
}

const barTitle = (bar: Bar, zone: string): string => {
  const what = bar.run?.firm ? `${bar.workOrder} · ${bar.op}` : `planned · ${bar.op}`
  const late = bar.result && bar.result.lateMinutes > 0 ? `, ${lengthWord(bar.result.lateMinutes)} late` : ''
  return `${what} ${bar.run?.name ?? ''}, ${bar.place}, ${whenWord(bar.from, zone)} to ${whenWord(bar.to, zone)}${late}${bar.pinned ? ', pinned' : ''}${bar.started ? ', begun' : ''}`
}

const BarButton = ({ bar, zone, x, chosen, mark, onChoose, onOpen, onPulled }: BarProps) => {
  const [pull, setPull] = useState<{
    readonly x: number
    readonly y: number
    readonly dx: number
    readonly dy: number
  }>()
  const wide = Math.max(3, x(bar.to) - x(bar.from))
  const far = pull !== undefined && Math.hypot(pull.dx, pull.dy) > PULL
  const drop = (event: PointerEvent) => {
    setPull(undefined)
    if (far && pull) onPulled(bar, pull.dx, event.clientY)
  }
  return (
    <button
      type="button"
      class={css.bar}
      data-bar={bar.id}
      data-state={bar.state}
      data-mark={mark}
      data-pulled={far ? '' : undefined}
      aria-current={chosen ? 'true' : undefined}
      tabIndex={chosen ? 0 : -1}
      title={barTitle(bar, zone)}
      aria-label={barTitle(bar, zone)}
      style={{
        insetInlineStart: `${x(bar.from)}px`,
        inlineSize: `${wide}px`,
        ...(far && pull ? { transform: `translate(${pull.dx}px, ${pull.dy}px)` } : {})
      }}
      onFocus={() => chosen || onChoose(bar)}
      onDblClick={() => onOpen(bar)}
      onPointerDown={event => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setPull({ x: event.clientX, y: event.clientY, dx: 0, dy: 0 })
      }}
      onPointerMove={event => {
        if (pull) setPull({ ...pull, dx: event.clientX - pull.x, dy: event.clientY - pull.y })
        // Not on entering: a bar that a search puts under a resting mouse has not been pointed at.
        else if (event.pointerType === 'mouse' && event.buttons === 0 && !chosen) onChoose(bar)
      }}
      onPointerUp={drop}
      onPointerCancel={() => setPull(undefined)}
    >
      {bar.setUpTo > bar.from && <span class={css.setUp} style={{ inlineSize: `${x(bar.setUpTo) - x(bar.from)}px` }} />}
      {wide > 16 && bar.state === 'late' && <Shape level="stop" />}
      {wide > 44 && (
        <span class={css.text}>
          {bar.run?.firm ? `${bar.workOrder}·${bar.op}` : `${bar.op} ${bar.run?.name ?? ''}`}
          {wide > 150 && bar.run?.firm ? ` ${bar.run.name}` : ''}
          {wide > 90 && bar.state === 'late' && bar.result ? ` late ${lengthWord(bar.result.lateMinutes)}` : ''}
        </span>
      )}
    </button>
  )
}
