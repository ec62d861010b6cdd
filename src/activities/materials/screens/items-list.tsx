/** Every item with what is on hand and what is short; the chosen one beside it. */
import { Empty } from '#ui/card.tsx'
import { Inline, Label, Mark, matches, Named, Quiet, Split } from '#ui/desk-parts.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { grouped } from '../planning/words.ts'
import { type Item, itemView } from '../projection.ts'
import type { Desk } from './desk-state.ts'
import { ItemPanel } from './item-panel.tsx'

/** Rows drawn at once; the search finds the others. */
const SHOWN = 300

type ItemsProps = {
  desk: Desk
  typed: string
  chosen: string | undefined
  onChoose: (item: string) => void
  onHand: ReadonlyMap<string, number>
  short: ReadonlyMap<string, number>
}

export const ItemsList = ({ desk, typed, chosen, onChoose, onHand, short }: ItemsProps) => {
  const { floor } = desk
  const items = floor.list(itemView).map(([, item]) => item)
  const rows = items.filter(one => matches(typed, one.item, one.name, one.mpn, one.supplierPart))
  const item = chosen === undefined ? undefined : floor.get(itemView, chosen)
  const onHandColumn: Column<Item> = {
    name: 'On hand',
    value: one => <Inline>{`${grouped(onHand.get(one.item) ?? 0)} ${one.uom}`}</Inline>,
    sort: one => onHand.get(one.item) ?? 0,
    align: 'end',
    span: 3
  }
  const shortColumn: Column<Item> = {
    name: 'Short',
    value: one =>
      short.has(one.item) ? <Mark level="stop" word={`${grouped(short.get(one.item) ?? 0)} short`} /> : '',
    sort: one => -(short.get(one.item) ?? 0),
    span: 2
  }
  const columns = item ? [namedColumn, onHandColumn, shortColumn] : [...whole, onHandColumn, shortColumn]
  return (
    <Split
      left={
        <>
          <Table
            columns={columns}
            stack={!item}
            rows={rows.slice(0, SHOWN)}
            keyOf={one => one.item}
            onOpen={one => onChoose(one.item)}
            empty={
              typed ? (
                <Empty title={`No item matches “${typed}”`} hint="Search looks at number, name and part numbers." />
              ) : (
                <Empty title="No items yet" hint="Add one here, or bring your own lists under Import." />
              )
            }
          />
          {rows.length > SHOWN && <Quiet>and {rows.length - SHOWN} more. Type a part of the number or the name.</Quiet>}
        </>
      }
      right={item ? <ItemPanel key={item.item} desk={desk} item={item} onHand={onHand} onOpen={onChoose} /> : undefined}
    />
  )
}

const whole: readonly Column<Item>[] = [
  { name: 'Item', value: one => <Label>{one.item}</Label>, sort: one => one.item, span: 3 },
  { name: 'Name', value: one => one.name, sort: one => one.name, span: 7 },
  { name: 'Rev', value: one => one.revision, named: true, span: 2 },
  { name: 'Kind', value: one => kinds[one.source], sort: one => one.source, span: 3 },
  {
    name: 'Maker',
    value: one => [one.manufacturer, one.mpn].filter(Boolean).join(' '),
    sort: one => one.manufacturer ?? '',
    span: 4
  }
]
const namedColumn: Column<Item> = {
  name: 'Item',
  value: one => <Named number={one.item} name={`${one.name}, rev ${one.revision}`} />,
  sort: one => one.item
}

const kinds: Record<Item['source'], string> = { make: 'Made', buy: 'Bought', phantom: 'Phantom' }
