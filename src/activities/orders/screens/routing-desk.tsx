/** How each item is made: its routing by revision, and the form in which an engineer changes it. */
import { useState } from 'preact/hooks'
import { show } from '#kernel/quantity.ts'
import { Age } from '#ui/age.tsx'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Mark, matches, Named, Quiet, Row as Line, Search, Stack } from '#ui/desk-parts.tsx'
import { DeskScreen } from '#ui/desk-screen.tsx'
import { Select } from '#ui/field.tsx'
import { type Floor, useFloor } from '#ui/floor.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { type OrderItem, orderItemView } from '../item.ts'
import { bomLinesView, type Routing, routingKey, routingView } from '../routing-view.ts'
import { RoutingForm } from './routing-form.tsx'
import css from './routing.module.css'
import { routingDraft } from './use-routing.ts'

/** Rows drawn at once; the search finds the others. */
const SHOWN = 300

type Chosen = { readonly item: string; readonly revision: string | undefined }
/** A link may name the item, and a revision of it. */
const asked = (): Chosen | undefined => {
  const query = new URLSearchParams(location.search)
  const item = query.get('item')
  return item === null ? undefined : { item, revision: query.get('rev') ?? undefined }
}

export const RoutingDesk = () => {
  const floor = useFloor()
  const [chosen, setChosen] = useState(asked)
  const [typed, setTyped] = useState('')
  const item = chosen && floor.get(orderItemView, chosen.item)
  if (!item)
    return (
      <DeskScreen title="Routings" actions={<Search value={typed} onChange={setTyped} label="Find an item" />}>
        <Stack>
          {chosen && <Quiet>{chosen.item} is no item known here.</Quiet>}
          <Items typed={typed} onChoose={one => setChosen({ item: one, revision: undefined })} />
        </Stack>
      </DeskScreen>
    )
  const revision = chosen.revision ?? item.revision
  return (
    <DeskScreen
      title="Routing"
      actions={
        <Line>
          <div class={css.revision}>
            <Select
              label="Which revision"
              value={revision}
              onChange={next => setChosen({ item: item.item, revision: next })}
              options={revisionsOf(floor, item).map(one => ({
                value: one,
                label: one === item.revision ? `Rev ${one}, in use` : `Rev ${one}`
              }))}
            />
          </div>
          <Button onPress={() => setChosen(undefined)}>All routings</Button>
        </Line>
      }
    >
      <Stack>
        <RoutingForm key={routingKey(item.item, revision)} item={item} revision={revision} />
      </Stack>
    </DeskScreen>
  )
}

/** The one in use, and those that have a routing or a BOM: a change order can make one of them the one in use. */
const revisionsOf = (floor: Floor, { item, revision }: OrderItem): readonly string[] => {
  const prefix = `${item}/`
  const others = [...floor.list(routingView, prefix), ...floor.list(bomLinesView, prefix)]
    // An item number may itself hold a slash.
    .flatMap(([, one]) => (one.item === item ? [one.revision] : []))
  return [...new Set([revision, ...others])]
}

type ItemRow = { readonly item: OrderItem; readonly routing: Routing | undefined; readonly typed: boolean }

const Items = ({ typed, onChoose }: { readonly typed: string; readonly onChoose: (item: string) => void }) => {
  const floor = useFloor()
  const rows = floor
    .list(orderItemView)
    .map(([, item]): ItemRow => {
      const key = routingKey(item.item, item.revision)
      return { item, routing: floor.get(routingView, key), typed: routingDraft(floor, key) }
    })
    .filter(({ item, routing }) => item.source === 'make' || routing !== undefined)
    .filter(({ item }) => matches(typed, item.item, item.name))
  return (
    <>
      <Table
        columns={columns}
        rows={rows.slice(0, SHOWN)}
        keyOf={({ item }) => item.item}
        onOpen={({ item }) => onChoose(item.item)}
        empty={
          typed ? (
            <Empty title={`No item matches “${typed}”`} hint="Search looks at number and name of what is made here." />
          ) : (
            <Empty
              title="Nothing is made here yet"
              hint="Add an item under Materials that is made here, or bring your own lists under Import."
            />
          )
        }
      />
      {rows.length > SHOWN && <Quiet>and {rows.length - SHOWN} more. Type a part of the number or the name.</Quiet>}
    </>
  )
}

const columns: readonly Column<ItemRow>[] = [
  {
    name: 'Item',
    value: ({ item }) => <Named number={item.item} name={item.name} />,
    sort: ({ item }) => item.item
  },
  { name: 'Rev', value: ({ item }) => item.revision },
  {
    name: 'Operations',
    value: ({ routing, typed }) => (
      <>
        {routing ? routing.operations.length : <Mark level="attention" word="No routing" />}{' '}
        {typed && <Mark level="info" word="Not saved" />}
      </>
    ),
    sort: ({ routing }) => routing?.operations.length ?? 0
  },
  {
    name: 'Stations',
    value: ({ routing }) => [...new Set(routing?.operations.flatMap(one => one.stations))].join(', ')
  },
  {
    name: 'Set-up, min',
    value: ({ routing }) => routing && show(sum(routing, one => one.setupMinutes)),
    sort: ({ routing }) => (routing ? sum(routing, one => one.setupMinutes) : 0),
    align: 'end'
  },
  {
    name: 'A piece, min',
    value: ({ routing }) => routing && show(perPiece(routing)),
    sort: ({ routing }) => (routing ? perPiece(routing) : 0),
    align: 'end'
  },
  {
    name: 'Set',
    value: ({ routing }) => routing?.set && <Age since={routing.set.at} />,
    sort: ({ routing }) => routing?.set?.at ?? '',
    align: 'end'
  }
]

const sum = ({ operations }: Routing, minutes: (one: Routing['operations'][number]) => number): number =>
  operations.reduce((all, one) => all + minutes(one), 0)
/** A load's minutes are not of one piece. */
const perPiece = (routing: Routing): number => sum(routing, one => (one.batch === undefined ? one.runMinutes : 0))
