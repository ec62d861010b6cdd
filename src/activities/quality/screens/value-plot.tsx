/** Measured values of one check against its limits, in the order they were measured. */
import { useState } from 'preact/hooks'
import { show } from '#kernel/quantity.ts'
import { Select } from '#ui/field.tsx'
import type { Floor } from '#ui/floor.tsx'
import { decimalsOf, rangeWords } from '#ui/limit-words.ts'
import { StateMark } from '#ui/state-mark.tsx'
import { lotOf, verdictOf } from '../known.ts'
import type { Characteristic } from '../plans.ts'
import { inspectionView, pieceView } from '../projection.ts'
import { ENOUGH, type Process, processOf } from '../statistics/signals.ts'
import css from './plots.module.css'

type Dot = { readonly key: string; readonly value: number; readonly at: string; readonly label: string }

const WIDTH = 640
const HEIGHT = 220
const EDGE = { left: 56, right: 12, top: 14, bottom: 14 }

export const ValuePlot = ({ floor }: { readonly floor: Floor }) => {
  const [chosen, setChosen] = useState('')
  const series = seriesOf(floor)
  const shown = series.find(({ key }) => key === chosen) ?? series[0]
  return (
    <section class={css.plot}>
      <h2>Measured values</h2>
      {shown ? (
        <>
          <Select
            label="Which check"
            value={shown.key}
            onChange={setChosen}
            options={series.map(({ key, name }) => ({ value: key, label: name }))}
          />
          <Shown check={shown.check} dots={shown.dots} />
        </>
      ) : (
        <p class={css.caption}>The values of every measured check show here as they come in.</p>
      )}
    </section>
  )
}

type Series = { readonly check: Characteristic; readonly dots: readonly Dot[] }

const Shown = ({ check, dots }: Series) => {
  const values = dots.map(({ value }) => value)
  const process = processOf(values, check)
  return (
    <>
      <Plot check={check} dots={dots} process={process} />
      <p class={css.caption}>{captionOf(check, dots)}</p>
      <p class={css.caption}>
        {process ? processWords(check, process) : `Control limits show from ${ENOUGH} values on.`}
      </p>
      {process?.signals.map(({ says, at }) => (
        <StateMark key={says} level="attention" word={`${says}: ${dots[at.at(-1) ?? 0]?.label ?? ''}`} />
      ))}
    </>
  )
}

const processWords = (check: Characteristic, { chart, cpk }: Process): string => {
  const decimals = decimalsOf(check.low, check.high, check.nominal) + 1
  const [limits] = chart.limits
  const own = limits ? `control limits ${show(limits.low, decimals)} to ${show(limits.high, decimals)}` : ''
  return cpk === undefined ? own : `${own} · Cpk ${show(cpk, 2)}`
}

/** Checks with values, the one measured last first. One line for each control plan's check, over all work orders. */
const seriesOf = (floor: Floor) => {
  const found = new Map<string, { key: string; name: string; check: Characteristic; dots: Dot[] }>()
  for (const [key, { workOrder, op }] of floor.list(inspectionView)) {
    const plan = lotOf(floor, workOrder, op)?.plan
    const measures = plan?.characteristics.filter(({ kind }) => kind === 'measure') ?? []
    if (!plan || measures.length === 0) continue
    for (const [, piece] of floor.list(pieceView, `${key}/`))
      for (const check of measures) {
        const result = piece.results[check.number]
        if (result?.value === undefined) continue
        const id = `${plan.plan}/${check.number}`
        const line = found.get(id) ?? { key: id, name: `${plan.plan} · ${check.number} ${check.name}`, check, dots: [] }
        line.dots.push({
          key: `${key}/${piece.sample}`,
          value: result.value,
          at: result.at,
          label: `${workOrder}, piece ${piece.sample}`
        })
        found.set(id, line)
      }
  }
  const last = ({ dots }: { dots: Dot[] }) =>
    dots
      .map(({ at }) => at)
      .sort()
      .at(-1) ?? ''
  return [...found.values()]
    .map(line => ({ ...line, dots: line.dots.sort((a, b) => (a.at < b.at ? -1 : 1)).slice(-200) }))
    .sort((a, b) => (last(a) < last(b) ? 1 : -1))
}

const captionOf = (check: Characteristic, dots: readonly Dot[]): string => {
  const out = dots.filter(({ value }) => verdictOf(check, value) === 'fail').length
  const mean = dots.reduce((sum, { value }) => sum + value, 0) / dots.length
  const decimals = decimalsOf(check.low, check.high, check.nominal) + 1
  return `${rangeWords(check, check.unit) || 'no limits'} · ${dots.length} values, mean ${show(mean, decimals)}, ${out} outside`
}

const Plot = ({ check, dots, process }: Series & { readonly process: Process | undefined }) => {
  const limits = process?.chart.limits[0]
  const lines = process && limits ? [limits.low, process.chart.centre, limits.high] : []
  const signalled = new Set(process?.signals.flatMap(({ at }) => at))
  const known = [check.low, check.high, check.nominal, ...lines].filter(one => one !== undefined)
  const all = [...known, ...dots.map(({ value }) => value)]
  const [least, most] = [Math.min(...all), Math.max(...all)]
  const pad = (most - least || Math.abs(most) || 1) * 0.08
  const y = (value: number) =>
    EDGE.top + (1 - (value - least + pad) / (most - least + 2 * pad)) * (HEIGHT - EDGE.top - EDGE.bottom)
  const x = (i: number) => EDGE.left + ((i + 0.5) / dots.length) * (WIDTH - EDGE.left - EDGE.right)
  const decimals = decimalsOf(check.low, check.high, check.nominal)
  return (
    <svg
      class={css.chart}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${check.name}: ${captionOf(check, dots)}`}
    >
      {[check.low, check.high].map(
        limit =>
          limit !== undefined && (
            <g key={limit}>
              <line x1={EDGE.left} x2={WIDTH - EDGE.right} y1={y(limit)} y2={y(limit)} class={css.limit} />
              <text x={EDGE.left - 8} y={y(limit)} class={css.scale}>
                {show(limit, decimals)}
              </text>
            </g>
          )
      )}
      {check.nominal !== undefined && (
        <line x1={EDGE.left} x2={WIDTH - EDGE.right} y1={y(check.nominal)} y2={y(check.nominal)} class={css.nominal} />
      )}
      {lines.map(line => (
        <line key={line} x1={EDGE.left} x2={WIDTH - EDGE.right} y1={y(line)} y2={y(line)} class={css.control} />
      ))}
      <polyline class={css.path} points={dots.map(({ value }, i) => `${x(i)},${y(value)}`).join(' ')} />
      {dots.map(
        (dot, i) => signalled.has(i) && <circle key={dot.key} cx={x(i)} cy={y(dot.value)} r="10" class={css.signal} />
      )}
      {dots.map((dot, i) => (
        <Mark key={dot.key} x={x(i)} y={y(dot.value)} dot={dot} out={verdictOf(check, dot.value) === 'fail'} />
      ))}
    </svg>
  )
}

/** Outside the limits the shape changes, not only the colour. */
const Mark = ({
  x,
  y,
  dot,
  out
}: {
  readonly x: number
  readonly y: number
  readonly dot: Dot
  readonly out: boolean
}) => (
  <g>
    <title>{`${dot.label}: ${show(dot.value)}`}</title>
    {out ? (
      <rect x={x - 6} y={y - 6} width="12" height="12" class={css.out} />
    ) : (
      <circle cx={x} cy={y} r="4.5" class={css.in} />
    )}
  </g>
)
