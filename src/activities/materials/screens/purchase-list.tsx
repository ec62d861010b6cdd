/** Orders to suppliers: what is still to come, what is late, and what came. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Inline, Label, Mark, matches, Named, Panel, Quiet, Row, showDay, Split, Stack } from '#ui/desk-parts.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { type PurchaseLine, type PurchaseOrder, purchaseOrderView, toCome } from '../projection.ts'
import { grouped } from '../planning/words.ts'
import type { Desk } from './desk-state.ts'
import { ChangeLine } from './line-form.tsx'
import { ItemLink } from './links.tsx'
import css from './materials-desk.module.css'
import { PurchaseForm } from './purchase-form.tsx'
import { lineState, orderState } from './purchase-words.ts'
import { ReceiveForm } from './receive-form.tsx'

type Props = {
  readonly desk: Desk
  readonly typed: string
  readonly chosen: string | undefined
  readonly onChoose: (order: string) => void
}

export const PurchaseList = ({ desk, typed, chosen, onChoose }: Props) => {
  const { floor, nameOf, today } = desk
  const [adding, setAdding] = useState(false)
  const orders = floor.list(purchaseOrderView).map(([, order]) => order)
  const state = (order: PurchaseOrder) => orderState(order, today)
  const rows = orders
    .filter(one => matches(typed, one.order, one.supplier, ...one.lines.flatMap(({ item }) => [item, nameOf(item)])))
    .toSorted(
      (a, b) => (state(a).next ?? '9999').localeCompare(state(b).next ?? '9999') || (a.order < b.order ? -1 : 1)
    )
  const order = chosen === undefined ? undefined : floor.get(purchaseOrderView, chosen)
  const columns: readonly Column<PurchaseOrder>[] = [
    { name: 'Order', value: one => <Label>{one.order}</Label>, sort: one => one.order },
    { name: 'Supplier', value: one => one.supplier ?? '', sort: one => one.supplier ?? '' },
    { name: 'Next', value: one => <Inline>{nextDay(state(one).next)}</Inline>, sort: one => state(one).next ?? '9999' },
    { name: 'State', value: one => <OrderMark {...state(one)} />, sort: one => -state(one).late }
  ]
  return (
    <Stack>
      <Row>
        <Button onPress={() => setAdding(true)}>Add a purchase order</Button>
        <Quiet>Prices and requests for quotes are kept elsewhere; here is what the plan counts on.</Quiet>
      </Row>
      <Split
        left={
          <Table
            columns={columns}
            rows={rows}
            keyOf={one => one.order}
            onOpen={one => onChoose(one.order)}
            empty={
              <Empty
                title={typed ? `No purchase order matches “${typed}”` : 'No purchase orders yet'}
                hint="Add one here, order from the list of actions, or bring open_po.csv with Import."
              />
            }
          />
        }
        right={order && <PurchasePanel key={order.order} desk={desk} order={order} />}
      />
      {adding && (
        <PurchaseForm
          desk={desk}
          was={undefined}
          onClose={() => setAdding(false)}
          onDone={one => {
            setAdding(false)
            onChoose(one)
          }}
        />
      )}
    </Stack>
  )
}

const nextDay = (day: string | undefined): string => (day === undefined ? '' : showDay(day))

const OrderMark = ({ open, late }: { readonly open: number; readonly late: number }) =>
  late > 0 ? (
    <Mark level="stop" word={`${late} late`} />
  ) : open > 0 ? (
    <Mark level="info" word={`${open} to come`} />
  ) : (
    <Mark level="off" word="all here" />
  )

const LINE_MARKS = {
  open: { level: 'info', word: 'to come' },
  late: { level: 'stop', word: 'late' },
  complete: { level: 'normal', word: 'all here' },
  closed: { level: 'off', word: 'closed' }
} as const

type Doing = { readonly what: 'receive' | 'change'; readonly line: number }

const PurchasePanel = ({ desk, order }: { readonly desk: Desk; readonly order: PurchaseOrder }) => {
  const { today, unitOf, day } = desk
  const [doing, setDoing] = useState<Doing>()
  const [editing, setEditing] = useState(false)
  const mark = (line: PurchaseLine) => {
    const state = lineState(line, today)
    const late = state === 'late' ? ` ${day - Math.floor(Date.parse(line.due) / 86_400_000)} d` : ''
    return { level: LINE_MARKS[state].level, word: `${LINE_MARKS[state].word}${late}` }
  }
  const columns: readonly Column<PurchaseLine>[] = [
    {
      name: 'Line',
      value: ({ line, item }) => (
        <>
          <strong>{line}</strong> <ItemLink desk={desk} item={item} />
        </>
      )
    },
    {
      name: 'Ordered',
      value: ({ quantity, item, received }) => (
        <Named
          number={`${grouped(quantity)} ${unitOf(item)}`}
          name={received > 0 ? `${grouped(received)} came` : 'none came'}
        />
      )
    },
    {
      name: 'Due',
      value: line => (
        <>
          <Named number={showDay(line.due)} name={line.confirmed ? 'confirmed' : 'not confirmed'} />
          <Mark {...mark(line)} />
        </>
      )
    },
    {
      name: 'Do',
      value: line =>
        line.state === 'open' && (
          <div class={css.stacked}>
            <Button onPress={() => setDoing({ what: 'receive', line: line.line })}>Receive</Button>
            <Button onPress={() => setDoing({ what: 'change', line: line.line })}>Change</Button>
          </div>
        )
    }
  ]
  const line = order.lines.find(one => one.line === doing?.line)
  return (
    <Panel
      title={
        <>
          {order.order} <small>{order.supplier}</small>
        </>
      }
      actions={<Button onPress={() => setEditing(true)}>Edit the order</Button>}
    >
      <Table columns={columns} rows={order.lines} keyOf={one => `${one.line}`} empty="" />
      {order.note !== undefined && <Quiet>{order.note}</Quiet>}
      {line && doing?.what === 'receive' && (
        <ReceiveForm
          desk={desk}
          order={order.order}
          line={line}
          open={toCome(line)}
          onClose={() => setDoing(undefined)}
        />
      )}
      {line && doing?.what === 'change' && (
        <ChangeLine desk={desk} order={order.order} line={line} onClose={() => setDoing(undefined)} />
      )}
      {editing && (
        <PurchaseForm desk={desk} was={order} onClose={() => setEditing(false)} onDone={() => setEditing(false)} />
      )}
    </Panel>
  )
}
