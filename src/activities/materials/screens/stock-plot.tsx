/** What is left of an item over time, against its safety stock; the table below says the same in numbers. */
import { dayWords, grouped } from '../planning/words.ts'
import type { ItemRow } from '../planning/problem.ts'
import { plotOf } from './item-rows.ts'
import css from './stock-plot.module.css'

const WIDE = 600
const HIGH = 140

type Props = {
  readonly rows: readonly ItemRow[]
  readonly onHand: number
  readonly safety: number
  readonly today: number
  readonly unit: string
}

export const StockPlot = ({ rows, onHand, safety, today, unit }: Props) => {
  const plot = plotOf(rows, onHand, safety, today)
  const points = plot.line.map(([x, y]) => `${(x * WIDE).toFixed(1)},${(y * HIGH).toFixed(1)}`)
  const zero = plot.zero * HIGH
  const least = Math.min(onHand, ...rows.map(({ projected }) => projected))
  return (
    <figure class={css.plot}>
      <svg
        viewBox={`0 -4 ${WIDE} ${HIGH + 8}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Left of it from ${dayWords(plot.from, today)} to ${dayWords(plot.to, today)}: ${grouped(onHand)} ${unit} now, ${grouped(least)} at least.`}
      >
        {plot.low < 0 && <rect class={css.below} x="0" y={zero} width={WIDE} height={HIGH - zero + 4} />}
        <polygon class={css.area} points={[`0,${zero}`, ...points, `${WIDE},${zero}`].join(' ')} />
        <line class={css.zero} x1="0" x2={WIDE} y1={zero} y2={zero} />
        {safety > 0 && <line class={css.safety} x1="0" x2={WIDE} y1={plot.safety * HIGH} y2={plot.safety * HIGH} />}
        <polyline class={css.line} points={points.join(' ')} />
      </svg>
      <figcaption>
        <span>{dayWords(plot.from, today)}</span>
        <span>
          at most {grouped(plot.high)}, at least {grouped(least)} {unit}
          {safety > 0 && `; dashed: safety stock ${grouped(safety)}`}
        </span>
        <span>{dayWords(plot.to, today)}</span>
      </figcaption>
    </figure>
  )
}
