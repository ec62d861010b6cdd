/** Items with what is on hand, the parts that are short, and which orders are clear to build. */
import { useState } from 'preact/hooks'
import { add, show } from '#kernel/quantity.ts'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Inline, Label, Mark, Named, matches, Search, Split, Stack, Tabs } from '#ui/desk-parts.tsx'
import { DeskScreen } from '#ui/desk-screen.tsx'
import { type Floor, useFloor } from '#ui/floor.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { bomKey, bomView, type Item, itemView, needView, stockView } from '../projection.ts'
import { clearToBuild, shortParts, throughPhantoms } from '../shortage.ts'
import { ItemForm } from './item-form.tsx'
import { ItemPanel } from './item-panel.tsx'
import { ClearList, ShortList } from './shortage-lists.tsx'

type Tab = 'items' | 'short' | 'clear'

/** Pieces on hand by item, all lots together. */
const useOnHand = (): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>()
  for (const [, { item, quantity }] of useFloor().list(stockView)) sums.set(item, add(sums.get(item) ?? 0, quantity))
  return sums
}

/** What is taken from the shelf for one piece: phantoms are never there, their parts are. */
const linesOf = (floor: Floor, item: string, revision: string) => {
  const lines = floor.get(bomView, bomKey(item, revision))?.lines
  const below = (component: string) => {
    const found = floor.get(itemView, component)
    return found?.source === 'phantom' ? floor.get(bomView, bomKey(component, found.revision))?.lines : undefined
  }
  return lines && throughPhantoms(lines, below)
}

export const MaterialsDesk = () => {
  const floor = useFloor()
  const [tab, setTab] = useState<Tab>('items')
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<string>()
  const [adding, setAdding] = useState(false)
  const onHand = useOnHand()
  const clearances = clearToBuild(
    floor.list(needView).map(([, order]) => order),
    (item, revision) => linesOf(floor, item, revision),
    item => onHand.get(item) ?? 0
  )
  const short = shortParts(clearances)
  const open = (item: string) => {
    setChosen(item)
    setTab('items')
  }
  return (
    <DeskScreen
      title="Materials"
      actions={
        <>
          <Search value={typed} onChange={setTyped} label="Find an item" />
          <Button tone="primary" onPress={() => setAdding(true)}>
            Add an item
          </Button>
        </>
      }
    >
      <Stack>
        <Tabs
          label="What to see"
          chosen={tab}
          onChange={setTab}
          tabs={[
            { tab: 'items', name: 'Items' },
            { tab: 'short', name: 'Short', count: short.length, level: 'stop' },
            {
              tab: 'clear',
              name: 'Clear to build',
              count: clearances.filter(one => one.hasBom && one.shortages.length === 0).length
            }
          ]}
        />
        {tab === 'short' && <ShortList parts={short} onHand={onHand} typed={typed} onOpen={open} />}
        {tab === 'clear' && <ClearList clearances={clearances} typed={typed} />}
        {tab === 'items' && (
          <Items
            typed={typed}
            chosen={chosen}
            onChoose={setChosen}
            onHand={onHand}
            short={new Map(short.map(part => [part.component, part.short]))}
          />
        )}
      </Stack>
      {adding && (
        <ItemForm
          onClose={() => setAdding(false)}
          onDone={item => {
            setAdding(false)
            open(item)
          }}
        />
      )}
    </DeskScreen>
  )
}

type ItemsProps = {
  typed: string
  chosen: string | undefined
  onChoose: (item: string) => void
  onHand: ReadonlyMap<string, number>
  short: ReadonlyMap<string, number>
}

const Items = ({ typed, chosen, onChoose, onHand, short }: ItemsProps) => {
  const floor = useFloor()
  const items = floor.list(itemView).map(([, item]) => item)
  const rows = items.filter(one => matches(typed, one.item, one.name, one.mpn, one.supplierPart))
  const item = chosen === undefined ? undefined : floor.get(itemView, chosen)
  const onHandColumn: Column<Item> = {
    name: 'On hand',
    value: one => <Inline>{`${show(onHand.get(one.item) ?? 0)} ${one.uom}`}</Inline>,
    sort: one => onHand.get(one.item) ?? 0,
    align: 'end'
  }
  const shortColumn: Column<Item> = {
    name: 'Short',
    value: one => (short.has(one.item) ? <Mark level="stop" word={`${show(short.get(one.item) ?? 0)} short`} /> : ''),
    sort: one => -(short.get(one.item) ?? 0)
  }
  const columns = item ? [namedColumn, onHandColumn, shortColumn] : [...whole, onHandColumn, shortColumn]
  return (
    <Split
      left={
        <Table
          columns={columns}
          rows={rows}
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
      }
      right={item ? <ItemPanel key={item.item} item={item} onHand={onHand} onOpen={onChoose} /> : undefined}
    />
  )
}

const whole: readonly Column<Item>[] = [
  { name: 'Item', value: one => <Label>{one.item}</Label>, sort: one => one.item },
  { name: 'Name', value: one => one.name, sort: one => one.name },
  { name: 'Rev', value: one => one.revision },
  { name: 'Kind', value: one => kinds[one.source], sort: one => one.source },
  {
    name: 'Maker',
    value: one => [one.manufacturer, one.mpn].filter(Boolean).join(' '),
    sort: one => one.manufacturer ?? ''
  }
]
const namedColumn: Column<Item> = {
  name: 'Item',
  value: one => <Named number={one.item} name={`${one.name}, rev ${one.revision}`} />,
  sort: one => one.item
}

const kinds: Record<Item['source'], string> = { make: 'Made', buy: 'Bought', phantom: 'Phantom' }
