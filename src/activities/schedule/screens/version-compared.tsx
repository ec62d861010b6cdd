/** A version of the master schedule held against what became of it, item by item: a table with a bar for each number. */
import { dayNumber } from '#kernel/calendar.ts'
import { show } from '#kernel/quantity.ts'
import { Empty } from '#ui/card.tsx'
import { Code, Named, Panel } from '#ui/desk-parts.tsx'
import { useFloor } from '#ui/floor.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { type BucketKind, bucketsFrom, startOf } from '../mps/buckets.ts'
import { type Compared, compareVersion } from '../mps/compare.ts'
import { openOrderView } from '../order-view.ts'
import { buildView, plannedItemView } from '../projection.ts'
import type { MpsVersion } from '../version-view.ts'
import { columnOf } from './mps-sheet.tsx'
import type { Desk } from './plan-time.ts'
import css from './version-compared.module.css'

type Props = { readonly version: MpsVersion; readonly desk: Desk; readonly kind: BucketKind }

export const VersionCompared = ({ version, desk, kind }: Props) => {
  const floor = useFloor()
  const { content, hash } = version
  const first = startOf(dayNumber(content.on), kind)
  const buckets = bucketsFrom(first, kind, desk.buckets.length)
  const rows = compareVersion(
    content,
    floor.list(openOrderView).map(([, one]) => one),
    build => floor.get(buildView, build)?.workOrder,
    buckets
  )
  const most = Math.max(1, ...rows.flatMap(one => [one.planned, one.released, one.made, one.packed]))
  const amount = (
    name: string,
    of: (one: Compared) => number,
    against: (one: Compared) => number
  ): Column<Compared> => ({
    name,
    value: one => <Amount value={of(one)} most={most} less={of(one) < against(one)} />,
    sort: of
  })
  const columns: readonly Column<Compared>[] = [
    {
      name: 'Item',
      value: one => <Named number={one.item} name={floor.get(plannedItemView, one.item)?.name ?? ''} />,
      sort: one => one.item
    },
    {
      name: 'Due in',
      value: ({ bucket }) => {
        const one = buckets[bucket]
        if (!one) return ''
        // Not the running one: a version may be months old.
        const { name, note } = columnOf(one, kind, 1)
        return kind === 'month' ? name : `${name}, ${note}`
      },
      sort: one => one.bucket
    },
    amount(
      'Planned',
      one => one.planned,
      () => 0
    ),
    amount(
      'Released',
      one => one.released,
      one => one.planned
    ),
    amount(
      'Made',
      one => one.made,
      one => one.released
    ),
    amount(
      'Packed',
      one => one.packed,
      one => one.made
    )
  ]
  return (
    <Panel title={`${version.version}: what became of it`} actions={<Code>{hash.slice(0, 12)}</Code>}>
      <Table
        columns={columns}
        rows={rows}
        keyOf={one => `${one.item}/${one.bucket}`}
        empty={<Empty title="Nothing of it is due in this time" />}
      />
    </Panel>
  )
}

type AmountProps = { readonly value: number; readonly most: number; readonly less: boolean }

const Amount = ({ value, most, less }: AmountProps) => (
  <span class={css.amount} data-less={less ? '' : undefined}>
    <span>{value === 0 ? '0' : show(value)}</span>
    <span class={css.bar} style={{ inlineSize: `${(100 * value) / most}%` }} aria-hidden="true" />
  </span>
)
