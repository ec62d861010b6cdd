/** The last values of a check as dots between its limits, so that a copied value is noticed. */
import { show } from '#kernel/quantity.ts'
import { barAt } from '#ui/limit-words.ts'
import type { Characteristic } from '../plans.ts'
import type { Measured } from '../projection.ts'
import css from './check-row.module.css'

type Props = { readonly check: Characteristic; readonly values: readonly Measured[] }

const WIDTH = 84
const HEIGHT = 64
/** So that a dot at the end of the scale is whole. */
const EDGE = 7

export const LastDots = ({ check, values }: Props) => {
  if (values.length === 0) return <span class={css.dots} />
  // barAt puts the limits at 20 and 80 percent; up is more.
  const y = (value: number) => Math.min(HEIGHT - EDGE, Math.max(EDGE, HEIGHT - (barAt(value, check) / 100) * HEIGHT))
  const words = `Last ${values.length === 1 ? 'value' : 'values'}: ${values.map(({ value, sample }) => `${show(value)} in piece ${sample}`).join(', ')}`
  return (
    <svg class={css.dots} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words}>
      <title>{words}</title>
      {check.high !== undefined && (
        <line x1="0" x2={WIDTH} y1={y(check.high)} y2={y(check.high)} class={css.limitLine} />
      )}
      {check.low !== undefined && <line x1="0" x2={WIDTH} y1={y(check.low)} y2={y(check.low)} class={css.limitLine} />}
      {values.map(({ value, sample }, i) => (
        <circle key={sample} cx={14 + i * 28} cy={y(value)} r="6" class={css.dot} />
      ))}
    </svg>
  )
}
