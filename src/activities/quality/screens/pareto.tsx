/** Which defects make up most of what is found, in pieces, over the last thirty days. */
import type { Floor } from '#ui/floor.tsx'
import { defectView } from '../projection.ts'
import css from './plots.module.css'

const DAYS = 30
const MOST = 7

export const Pareto = ({ floor }: { readonly floor: Floor }) => {
  const since = new Date(floor.now.peek() - DAYS * 86_400_000).toISOString()
  const counts = new Map<string, number>()
  for (const [, { code, quantity, at }] of floor.list(defectView))
    if (at >= since) counts.set(code, (counts.get(code) ?? 0) + quantity)
  const named = new Map(floor.reasons('defect').map(({ code, name }) => [code, name]))
  const sorted = [...counts].sort((a, b) => b[1] - a[1])
  const total = sorted.reduce((sum, [, count]) => sum + count, 0)
  const most = sorted[0]?.[1] ?? 1
  return (
    <section class={css.plot}>
      <h2>Defects of the last {DAYS} days</h2>
      {sorted.length === 0 ? (
        <p class={css.caption}>No defect was recorded in that time.</p>
      ) : (
        <ol class={css.bars}>
          {sorted.slice(0, MOST).map(([code, count]) => (
            <li key={code}>
              <span>{named.get(code) ?? code}</span>
              <span class={css.bar}>
                <span style={{ inlineSize: `${(count / most) * 100}%` }} />
              </span>
              <span class={css.count}>
                {count} · {Math.round((count / total) * 100)} %
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
