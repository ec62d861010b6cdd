/** The grid of the master schedule: five lines an item, one column a bucket; the planned line is typed into. */
import { dayNumber, dayText, weekdayOf } from '#kernel/calendar.ts'
import { show } from '#kernel/quantity.ts'
import { Sheet } from '#ui/sheet.tsx'
import type { SheetCell, SheetColumn, SheetRow } from '#ui/use-sheet.ts'
import { type Bucket, type BucketKind, bucketOf } from '../mps/buckets.ts'
import type { MpsLines } from '../mps/lines.ts'

type Props = {
  readonly buckets: readonly Bucket[]
  readonly kind: BucketKind
  readonly lines: readonly MpsLines[]
  /** As the plan is, to mark what differs in a draft. */
  readonly live: ReadonlyMap<string, MpsLines>
  readonly onPlan: (line: MpsLines, bucket: number, quantity: number) => void
  readonly onAt: (item: string, bucket: number) => void
  readonly onWrong: (text: string) => void
}

const PLANNED = 'Planned'

export const MpsSheet = ({ buckets, kind, lines, live, onPlan, onAt, onWrong }: Props) => {
  const byKey = new Map(lines.map(line => [line.item.item, line]))
  return (
    <Sheet
      label="Master schedule"
      columns={buckets.map((bucket, at) => columnOf(bucket, kind, at))}
      rows={lines.flatMap(line => keptRows(line, live.get(line.item.item), buckets))}
      onAt={({ key }, bucket) => onAt(key.slice(0, key.lastIndexOf('/')), bucket)}
      onEdit={changes => {
        for (const { row, column, text } of changes) {
          const line = byKey.get(row.slice(0, -PLANNED.length - 1))
          const quantity = text === '' ? 0 : Number(text.replace(/[\s,']/g, ''))
          if (!Number.isInteger(quantity) || quantity < 0) onWrong(text)
          else if (line) onPlan(line, column, quantity)
        }
      }}
    />
  )
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const monthFormat = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' })

const shortDay = (day: number): string => dayFormat.format(day * 86_400_000)

export const columnOf = ({ from }: Bucket, kind: BucketKind, at: number): SheetColumn => ({
  key: String(from),
  name: at === 0 ? FIRST[kind] : nameOf(from, kind),
  note: shortDay(from)
})

const FIRST: Readonly<Record<BucketKind, string>> = { day: 'Today', week: 'This week', month: 'This month' }
const WEEKDAYS = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

const nameOf = (from: number, kind: BucketKind): string => {
  if (kind === 'day') return WEEKDAYS[weekdayOf(from)] ?? ''
  if (kind === 'week') return `W${weekNumber(from)}`
  return monthFormat.format(from * 86_400_000)
}

/** ISO 8601 week number of a Monday: the week's Thursday decides its year. */
const weekNumber = (monday: number): number => {
  const thursday = monday + 3
  return Math.floor((thursday - dayNumber(`${dayText(thursday).slice(0, 4)}-01-01`)) / 7) + 1
}

const amount = (quantity: number | undefined): string =>
  quantity === undefined || quantity === 0 ? '' : show(quantity)

/** Who or what stands behind a number, for whoever points at it. */
const behind = <T extends { readonly due: string; readonly quantity: number }>(
  list: readonly T[],
  buckets: readonly Bucket[],
  at: number,
  name: (one: T) => string
): string =>
  list
    .filter(one => bucketOf(buckets, dayNumber(one.due)) === at)
    .map(one => `${name(one)} ${show(one.quantity)}`)
    .join(', ')

type Kept = {
  readonly was: MpsLines | undefined
  readonly buckets: readonly Bucket[]
  readonly rows: readonly SheetRow[]
}
const kept = new WeakMap<MpsLines, Kept>()

/** Of thousands of items an edit or a step of the cursor changes one: the rows of the others are those of the last time. */
const keptRows = (line: MpsLines, was: MpsLines | undefined, buckets: readonly Bucket[]): readonly SheetRow[] => {
  const found = kept.get(line)
  if (found && found.was === was && found.buckets === buckets) return found.rows
  const rows = rowsOf(line, was, buckets)
  kept.set(line, { was, buckets, rows })
  return rows
}

const rowsOf = (line: MpsLines, was: MpsLines | undefined, buckets: readonly Bucket[]): readonly SheetRow[] => {
  const { item, given, record, onHand } = line
  const zone = (at: number) => record[at]?.zone
  /** The line of a fence stands before the first bucket behind it. */
  const apart = (at: number): Pick<SheetCell, 'fence' | 'shaded'> => ({
    fence: at > 0 && zone(at) !== zone(at - 1),
    shaded: zone(at) === 'frozen'
  })
  const row = (name: string, cell: (at: number) => SheetCell): SheetRow => {
    const cells: SheetCell[] = []
    return {
      key: `${item.item}/${name}`,
      name,
      cell: at => {
        cells[at] ??= { ...apart(at), ...cell(at) }
        return cells[at]
      }
    }
  }
  return [
    {
      ...row('Demand', at => ({
        text: amount(record[at]?.demand),
        title: demandTitle(line, buckets, at)
      })),
      group: item.name
    },
    {
      ...row('On order', at => ({
        text: amount(given.receipts?.[at]),
        title: behind(line.orders, buckets, at, one => one.workOrder)
      })),
      note: `${item.item} rev ${item.revision}`
    },
    {
      ...row(PLANNED, at => ({
        text: amount(given.planned[at]),
        editable: true,
        changed: was !== undefined && was.given.planned[at] !== given.planned[at],
        title: behind(line.builds, buckets, at, one => one.build)
      })),
      note: `${show(onHand)} on hand${item.safetyStock > 0 ? `, ${show(item.safetyStock)} safety` : ''}`
    },
    {
      ...row('Left', at => {
        const one = record[at]
        const level = !one ? undefined : one.projected < 0 ? 'stop' : one.belowSafety > 0 ? 'attention' : undefined
        return { text: one ? show(one.projected) : '', level }
      }),
      strong: true
    },
    row('To promise', at => ({
      text: record[at]?.promise === undefined ? '' : show(record[at]?.promise ?? 0),
      title: `${show(record[at]?.cumulativePromise ?? 0)} in all by then`
    }))
  ]
}

const demandTitle = ({ demands, given }: MpsLines, buckets: readonly Bucket[], at: number): string => {
  const orders = demands.filter(one => one.kind === 'order')
  const forecast = given.forecast[at] ?? 0
  const named = behind(orders, buckets, at, one => one.customer ?? one.demand)
  return [named, forecast > 0 ? `forecast ${show(forecast)}` : ''].filter(Boolean).join(', ')
}
