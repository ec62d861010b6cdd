/** What can be built today: the open orders in the sequence that a planner proposes, against what really lies there. */
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Inline, Label, Mark, matches, Quiet, Row, RowActions, showDay, Stack } from '#ui/desk-parts.tsx'
import { type Column, Table } from '#ui/table.tsx'
import type { ClearBuild } from '../outlook.ts'
import { grouped } from '../planning/words.ts'
import type { Desk } from './desk-state.ts'
import { ItemLink } from './links.tsx'

/** The same orders, one of them a place further up or down. */
export const resequenced = (orders: readonly string[], order: string, by: 1 | -1): readonly string[] => {
  const at = orders.indexOf(order)
  const other = orders[at + by]
  if (at < 0 || other === undefined) return orders
  return orders.map((one, place) => (place === at ? other : place === at + by ? order : one))
}

const LACKS = 3

export const ClearList = ({ desk, typed }: { readonly desk: Desk; readonly typed: string }) => {
  const { answer, nameOf, unitOf, sequence, propose } = desk
  if (!answer) return null
  const orders = answer.builds.map(({ order }) => order)
  const rows = answer.builds.filter(one => matches(typed, one.order, one.item, nameOf(one.item)))
  const move = (order: string, by: 1 | -1) => propose(resequenced(orders, order, by))
  const columns: readonly Column<ClearBuild>[] = [
    { name: 'Turn', value: ({ order }) => orders.indexOf(order) + 1, align: 'end' },
    {
      name: 'Order',
      value: ({ order }) => (
        <a href={`/orders/${order}`}>
          <Label>{order}</Label>
        </a>
      )
    },
    { name: 'Item', value: one => `${grouped(one.quantity)} ${nameOf(one.item)}` },
    { name: 'Due', value: ({ due }) => <Inline>{showDay(due)}</Inline> },
    { name: 'Can start', value: one => <Clear one={one} /> },
    {
      name: 'Lacks',
      value: ({ lacks }) => (
        <>
          {lacks.slice(0, LACKS).map(({ item, short, needed }) => (
            <div key={item}>
              <ItemLink desk={desk} item={item} />: {grouped(short)} of {grouped(needed)} {unitOf(item)} short
            </div>
          ))}
          {lacks.length > LACKS && <div>and {lacks.length - LACKS} more</div>}
        </>
      )
    },
    {
      name: 'Sequence',
      value: ({ order }) => (
        <RowActions>
          <Button
            repeat
            label={`${order}: earlier`}
            why={orders[0] === order ? 'It is the first already.' : undefined}
            onPress={() => move(order, -1)}
          >
            ↑
          </Button>
          <Button
            repeat
            label={`${order}: later`}
            why={orders.at(-1) === order ? 'It is the last already.' : undefined}
            onPress={() => move(order, 1)}
          >
            ↓
          </Button>
        </RowActions>
      )
    }
  ]
  return (
    <Stack>
      <Table
        columns={columns}
        rows={rows}
        keyOf={({ order }) => order}
        empty={
          <Empty
            title={typed ? `No order matches “${typed}”` : 'No open work orders'}
            hint="Make one under Work orders."
          />
        }
      />
      <Row>
        {sequence.length > 0 && <Button onPress={() => propose([])}>Back to the order they are due</Button>}
        <Quiet>
          An order keeps what it finds, also while it lacks something else. Nothing on its way counts. The sequence is a
          proposal of this browser: it changes no order.
        </Quiet>
      </Row>
    </Stack>
  )
}

const Clear = ({ one: { state, split, quantity, hasBom } }: { readonly one: ClearBuild }) => {
  if (!hasBom) return <Mark level="attention" word="No BOM" />
  if (state === 'clear') return <Mark level="normal" word="Clear to build" />
  if (state === 'after-others') return <Mark level="info" word="Clear if it goes first" />
  return split > 0 ? (
    <Mark level="attention" word={`${grouped(split)} of ${grouped(quantity)} can be built`} />
  ) : (
    <Mark level="stop" word="Can’t start" />
  )
}
