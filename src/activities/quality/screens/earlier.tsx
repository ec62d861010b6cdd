/** That a check was recorded more than once by different hands: what the others said, who they were and when. */
import { show } from '#kernel/quantity.ts'
import type { Floor } from '#ui/floor.tsx'
import { Shape } from '#ui/state-mark.tsx'
import type { Characteristic } from '../plans.ts'
import type { Earlier, Result } from '../projection.ts'
import css from './check-row.module.css'

/** '14:02' by this tablet's clock. */
export const timeOf = (at: string): string =>
  new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })

export const foundWords = ({ verdict, value, text }: Earlier, unit: string | undefined): string =>
  value !== undefined
    ? `${show(value)}${unit ? ` ${unit}` : ''}`
    : text !== undefined
      ? text
      : verdict === 'pass'
        ? 'Pass'
        : 'Fail'

type Props = {
  readonly floor: Floor
  readonly check: Characteristic
  readonly result: Result | undefined
  readonly earlier: readonly Earlier[] | undefined
}

export const EarlierLine = ({ floor, check, result, earlier }: Props) => {
  const last = earlier?.at(-1)
  if (!earlier || !last) return null
  const apart = result !== undefined && earlier.some(({ verdict }) => verdict !== result.verdict)
  const list = earlier.map(one => `${foundWords(one, check.unit)}, ${floor.nameOf(one.person)} ${timeOf(one.at)}`)
  return (
    <p class={css.earlier} data-apart={apart ? '' : undefined}>
      {apart && <Shape level="attention" />}
      <span>
        {apart ? 'Results differ. ' : ''}
        {result
          ? `Counts: ${foundWords(result, check.unit)}, ${floor.nameOf(result.person)} ${timeOf(result.at)}. `
          : ''}
        Before: {list.join('; ')}
      </span>
    </p>
  )
}
