/** What is short and which order it stops; which orders are clear to build. */
import { show } from '#kernel/quantity.ts'
import { Empty } from '#ui/card.tsx'
import { Label, Mark, matches, showDay, Stack, Quiet } from '#ui/desk-parts.tsx'
import { useFloor } from '#ui/floor.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { itemView, needView } from '../projection.ts'
import type { Clearance, ShortPart } from '../shortage.ts'

/** The first two, and how many more. */
const also = (words: readonly string[]): string =>
  words.slice(0, 2).join(', ') + (words.length > 2 ? ` and ${words.length - 2} more` : '')

type ShortProps = {
  readonly parts: readonly ShortPart[]
  readonly onHand: ReadonlyMap<string, number>
  readonly typed: string
  readonly onOpen: (item: string) => void
}

export const ShortList = ({ parts, onHand, typed, onOpen }: ShortProps) => {
  const floor = useFloor()
  const item = (component: string) => floor.get(itemView, component)
  const orders = floor.list(needView).map(([, order]) => order)
  const made = (component: string) =>
    orders.filter(order => order.item === component).map(order => `${order.workOrder} ${show(order.quantity)}`)
  const unit = (component: string) => item(component)?.uom ?? ''
  const columns: readonly Column<ShortPart>[] = [
    {
      name: 'Part',
      value: one => (
        <span>
          <strong>{item(one.component)?.name ?? one.component}</strong> {one.component}
        </span>
      ),
      sort: one => item(one.component)?.name ?? one.component
    },
    {
      name: 'Short',
      value: one => <Mark level="stop" word={`${show(one.short)} ${unit(one.component)} short`} />,
      sort: one => one.short
    },
    {
      name: 'On hand',
      value: one => show(onHand.get(one.component) ?? 0),
      align: 'end',
      sort: one => onHand.get(one.component) ?? 0
    },
    {
      name: 'Stops first',
      value: ({ stops: [first] }) =>
        first && (
          <span>
            <a href={`/orders/${first.workOrder}`}>{first.workOrder}</a> due {showDay(first.due)}
          </span>
        ),
      sort: one => one.stops[0]?.due ?? ''
    },
    {
      name: 'Also',
      value: one => also(one.stops.slice(1).map(stop => `${stop.workOrder} ${show(stop.short)}`))
    },
    { name: 'Being made', value: one => made(one.component).join(', ') },
    { name: 'Supplier', value: one => item(one.component)?.supplier ?? '' },
    {
      name: 'Lead time',
      value: one => (item(one.component)?.leadTimeDays === undefined ? '' : `${item(one.component)?.leadTimeDays} d`),
      align: 'end'
    }
  ]
  const rows = parts.filter(one => matches(typed, one.component, item(one.component)?.name))
  return (
    <Stack>
      <Table
        columns={columns}
        rows={rows}
        keyOf={one => one.component}
        onOpen={one => onOpen(one.component)}
        empty={
          <Empty
            title={typed ? `Nothing short matches “${typed}”` : 'Nothing is short'}
            hint="Every open order has what its BOM asks for."
          />
        }
      />
      <Quiet>
        What is on hand goes to the order that is due first. Parts on the way from a supplier aren’t counted.
      </Quiet>
    </Stack>
  )
}

export const ClearList = ({
  clearances,
  typed
}: {
  readonly clearances: readonly Clearance[]
  readonly typed: string
}) => {
  const floor = useFloor()
  const nameOf = (item: string) => floor.get(itemView, item)?.name ?? item
  const columns: readonly Column<Clearance>[] = [
    { name: 'Order', value: ({ order }) => <Label>{order.workOrder}</Label>, sort: ({ order }) => order.workOrder },
    {
      name: 'Item',
      value: ({ order }) => (
        <span>
          {nameOf(order.item)}{' '}
          <small>
            {order.item} rev {order.revision}
          </small>
        </span>
      )
    },
    { name: 'Pieces', value: ({ order }) => order.quantity, align: 'end' },
    { name: 'Due', value: ({ order }) => showDay(order.due), sort: ({ order }) => order.due },
    { name: 'Parts', value: one => <Clear clearance={one} /> },
    {
      name: 'Waits for',
      value: ({ shortages }) =>
        shortages
          .slice(0, 3)
          .map(one => `${nameOf(one.component)} ${show(one.short)}`)
          .join(', ') + (shortages.length > 3 ? ` and ${shortages.length - 3} more` : '')
    }
  ]
  const rows = clearances.filter(({ order }) => matches(typed, order.workOrder, order.item, nameOf(order.item)))
  return (
    <Table
      columns={columns}
      rows={rows}
      keyOf={({ order }) => order.workOrder}
      onOpen={({ order }) => floor.go(`/orders/${order.workOrder}`)}
      empty={<Empty title="No open work orders" hint="Make one under Work orders." />}
    />
  )
}

const Clear = ({ clearance: { hasBom, shortages } }: { clearance: Clearance }) => {
  if (!hasBom) return <Mark level="attention" word="No BOM" />
  return shortages.length === 0 ? (
    <Mark level="normal" word="Clear to build" />
  ) : (
    <Mark level="stop" word={`${shortages.length} short`} />
  )
}
