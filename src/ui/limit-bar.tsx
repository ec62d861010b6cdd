/** A measured value between its limits: bar, tick and words. */
import { show } from '#kernel/quantity.ts'
import css from './limit-bar.module.css'
import { barAt, decimalsOf, limitWords } from './limit-words.ts'
import { Shape, type Level } from './state-mark.tsx'

type Props = {
  readonly value?: number | undefined
  readonly low?: number | undefined
  readonly high?: number | undefined
  readonly nominal?: number | undefined
  readonly unit?: string | undefined
}

const levels = { none: 'off', below: 'stop', above: 'stop', near: 'attention', inside: 'normal' } satisfies Record<
  string,
  Level
>

export const LimitBar = ({ value, low, high, nominal, unit }: Props) => {
  const limits = { low, high, nominal }
  const { side, words } = limitWords(value, limits)
  const level = levels[side]
  const decimals = decimalsOf(value, low, high, nominal)
  return (
    <div class={css.limits} data-level={level} data-side={side}>
      <div class={css.scale} aria-hidden="true">
        <span class={css.zone} data-open={low === undefined ? 'low' : high === undefined ? 'high' : undefined} />
        {low !== undefined && (
          <span class={css.limit} data-end="low">
            {show(low, decimals)}
          </span>
        )}
        {high !== undefined && (
          <span class={css.limit} data-end="high">
            {show(high, decimals)}
            {unit && ` ${unit}`}
          </span>
        )}
        {nominal !== undefined && (
          <span class={css.nominal} style={{ insetInlineStart: `${barAt(nominal, limits)}%` }} />
        )}
        {value !== undefined && <span class={css.tick} style={{ insetInlineStart: `${barAt(value, limits)}%` }} />}
      </div>
      {value !== undefined && (
        <p class={css.words}>
          {side === 'inside' ? <span aria-hidden="true">✓</span> : <Shape level={level} />}
          <span>{words}</span>
        </p>
      )}
    </div>
  )
}
