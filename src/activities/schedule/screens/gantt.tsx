/** The schedule drawn: a row for each station, a bar for each operation, walked with the arrows, pulled by hand. */
import { useEffect, useRef, useState } from 'preact/hooks'
import {
  type Bar,
  type Gantt,
  type GanttRow,
  neighbour,
  opened,
  SCALE,
  snapped,
  swapped,
  ticksOf,
  type Way,
  type Zoom
} from './gantt-model.ts'
import css from './gantt.module.css'
import { type BarMark, Lane } from './gantt-lane.tsx'

/** As the style sheet has it, in pixels. */
const ROW = 40
const HOUR = 3_600_000
/** Drawn left and right of what is in sight. */
const MORE = 400

type Props = {
  readonly gantt: Gantt
  readonly zoom: Zoom
  readonly chosen: string | undefined
  /** Orders that are looked for; the others are drawn faintly. */
  readonly found: ReadonlySet<string> | undefined
  readonly onChoose: (bar: Bar) => void
  readonly onOpen: (bar: Bar) => void
  readonly onMove: (bar: Bar, place: string, from: number) => void
}

const WAYS: Readonly<Record<string, Way>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last'
}

export const GanttChart = ({ gantt, zoom, chosen, found, onChoose, onOpen, onMove }: Props) => {
  const { from, to, now, rows } = gantt
  const box = useRef<HTMLDivElement>(null)
  const scale = SCALE[zoom] / HOUR
  const x = (instant: number): number => (instant - from) * scale
  const { left, right } = useSight(box, zoom)
  const inSight = (one: { readonly from: number; readonly to: number }): boolean =>
    x(one.to) >= left && x(one.from) <= right
  const order = rows.flatMap(row => row.bars).find(one => one.id === chosen)?.workOrder
  const markOf = ({ workOrder }: Bar): BarMark =>
    workOrder === order ? 'same' : found && !found.has(workOrder) ? 'off' : undefined
  useShown(box, rows, chosen, x, zoom)
  const moveTo = (bar: Bar, place: string, instant: number) => {
    const row = rows.find(one => one.place === place)
    const start = snapped(instant, now)
    onMove(bar, place, row ? opened(row, start) : start)
  }
  const key = (event: KeyboardEvent) => {
    const way = WAYS[event.key]
    const bar = rows.flatMap(row => row.bars).find(one => one.id === chosen)
    if (event.key === 'Enter' && bar) onOpen(bar)
    else if (event.altKey && bar && (way === 'left' || way === 'right')) {
      const start = swapped(rows, bar, way)
      if (start !== undefined) moveTo(bar, bar.place, start)
    } else if (way && !event.altKey) {
      const next = neighbour(rows, chosen, way)
      if (next) onChoose(next)
    } else return
    event.preventDefault()
  }
  const pulled = (bar: Bar, dx: number, clientY: number) => {
    const top = box.current?.querySelector(`.${css.row}`)?.getBoundingClientRect().top ?? 0
    const place = rows[Math.floor((clientY - top) / ROW)]?.place ?? bar.place
    moveTo(bar, place, bar.from + dx / scale)
  }
  return (
    <div ref={box} class={css.box} role="group" aria-label="Schedule by station" onKeyDown={key}>
      <div class={css.inner} style={{ inlineSize: `calc(var(--names) + ${x(to)}px)` }}>
        <div class={css.axis} aria-hidden="true">
          <span class={css.name} />
          <span class={css.lane}>
            {ticksOf(gantt, zoom).map(
              tick =>
                inSight({ from: tick.at, to: tick.at }) && (
                  <span
                    key={tick.at}
                    data-strong={tick.strong ? '' : undefined}
                    style={{ insetInlineStart: `${x(tick.at)}px` }}
                  >
                    {tick.text}
                  </span>
                )
            )}
          </span>
        </div>
        {rows.map(row => (
          <Lane
            key={row.place}
            row={row}
            gantt={gantt}
            chosen={chosen}
            markOf={markOf}
            x={x}
            inSight={inSight}
            onChoose={onChoose}
            onOpen={onOpen}
            onPulled={pulled}
          />
        ))}
      </div>
    </div>
  )
}

/** The part of the chart that is drawn, in its own pixels. */
const useSight = (box: { readonly current: HTMLDivElement | null }, zoom: Zoom) => {
  const [sight, setSight] = useState({ left: 0, right: 2400 })
  useEffect(() => {
    const element = box.current
    if (!element) return
    let waiting = 0
    const look = () => {
      cancelAnimationFrame(waiting)
      waiting = requestAnimationFrame(() =>
        setSight({ left: element.scrollLeft - MORE, right: element.scrollLeft + element.clientWidth + MORE })
      )
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    const watch = new ResizeObserver(look)
    watch.observe(element)
    return () => {
      cancelAnimationFrame(waiting)
      element.removeEventListener('scroll', look)
      watch.disconnect()
    }
  }, [zoom])
  return sight
}

/** What is chosen is in sight; where the keys are, the focus goes with it. */
const useShown = (
  box: { readonly current: HTMLDivElement | null },
  rows: readonly GanttRow[],
  chosen: string | undefined,
  x: (instant: number) => number,
  zoom: Zoom
): void => {
  useEffect(() => {
    const element = box.current
    const bar = rows.flatMap(row => row.bars).find(one => one.id === chosen)
    if (!element || !bar || element.matches(':hover')) return
    const names = element.querySelector<HTMLElement>(`.${css.name}`)?.offsetWidth ?? 0
    const [from, to] = [x(bar.from), x(bar.to)]
    if (from < element.scrollLeft || to > element.scrollLeft + element.clientWidth - names)
      element.scrollLeft = Math.max(0, from - 60)
    if (element.contains(document.activeElement))
      element.querySelector<HTMLElement>(`[data-bar="${CSS.escape(bar.id)}"]`)?.focus()
  }, [chosen, zoom])
}
