/** An item of the plan, day by day: what is asked, what comes, what is left; and behind every number the documents. */
import { useState } from 'preact/hooks'
import { dayText } from '#kernel/calendar.ts'
import { Button } from '#ui/button.tsx'
import { Inline, Mark, Panel, Quiet, Row, RowActions } from '#ui/desk-parts.tsx'
import { Select } from '#ui/field.tsx'
import { Progress } from '#ui/progress.tsx'
import { StateMark } from '#ui/state-mark.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { useAnswer } from '#ui/use-answer.ts'
import type { ItemAsked, ItemPlan } from '../item-plan.ts'
import type { Delayed, ItemRow, NeedRef, Peg, PlannedOrder, SupplyRef } from '../planning/problem.ts'
import { dayWords, grouped, messageSentence, refWords } from '../planning/words.ts'
import { bare, kindName } from './action-words.ts'
import { addressOf, type Desk, purchaseLineOf } from './desk-state.ts'
import { weekly } from './item-rows.ts'
import { Inside, ItemLink } from './links.tsx'
import css from './materials-desk.module.css'
import { RemedyButton } from './remedy-button.tsx'
import { FirmForm } from './planned-forms.tsx'
import { StockPlot } from './stock-plot.tsx'

const ROWS = 40

export const ItemPlanning = ({ desk, item }: { readonly desk: Desk; readonly item: string }) => {
  const asked: ItemAsked = { today: desk.today, item }
  const { answer, part, problem } = useAnswer<ItemPlan>('materials/item-plan', asked)
  const [bucket, setBucket] = useState('day')
  const [at, setAt] = useState<number>()
  if (problem !== undefined) return <StateMark level="attention" word={problem} />
  if (!answer) return <Progress label="Planning" part={part ?? 0} />
  const rows = bucket === 'week' ? weekly(answer.rows) : answer.rows
  const within = (day: number): boolean => at === undefined || (day >= at && day < at + (bucket === 'week' ? 7 : 1))
  const { day, nameOf, unitOf } = desk
  return (
    <>
      {answer.messages.length > 0 && (
        <Panel title="What to do">
          {answer.messages.map(message => (
            <Row key={message.key}>
              <Mark level={message.severity} word={kindName(message.kind)} />
              <span class={css.sentence}>{bare(messageSentence(message, nameOf, day), nameOf(item))}</span>
              <RemedyButton desk={desk} message={message} />
            </Row>
          ))}
        </Panel>
      )}
      <Panel
        title="Day by day"
        actions={
          <Select
            label="Buckets"
            value={bucket}
            options={[
              { value: 'day', label: 'Days' },
              { value: 'week', label: 'Weeks' }
            ]}
            onChange={value => {
              setBucket(value)
              setAt(undefined)
            }}
          />
        }
      >
        {answer.rows.length === 0 ? (
          <Quiet>Nobody asks for it and none is coming, as far as the plan looks.</Quiet>
        ) : (
          <>
            <StockPlot
              rows={answer.rows}
              onHand={answer.onHand}
              safety={answer.safetyStock}
              today={answer.today}
              unit={unitOf(item)}
            />
            <Table
              columns={rowColumns(answer, day)}
              rows={rows.slice(0, ROWS)}
              keyOf={row => `${row.day}`}
              onOpen={row => setAt(was => (was === row.day ? undefined : row.day))}
              empty=""
            />
            {rows.length > ROWS && <Quiet>and {rows.length - ROWS} more days. Weeks show further.</Quiet>}
          </>
        )}
      </Panel>
      {answer.rows.length > 0 && (
        <Panel
          title={at === undefined ? 'Who needs it' : `Behind the numbers of ${dayWords(at, day)}`}
          actions={at === undefined ? undefined : <Button onPress={() => setAt(undefined)}>Show every day</Button>}
        >
          <Pegs
            late={answer.late}
            own={item}
            pegs={answer.pegs.filter(peg => within(peg.needed) || (at !== undefined && within(peg.supplied)))}
            desk={desk}
          />
        </Panel>
      )}
      {at === undefined && answer.above.length > 0 && (
        <Panel title="All that hangs on it">
          <Above above={answer.above} desk={desk} />
        </Panel>
      )}
      {answer.below.length > 0 && (
        <Panel title="What its orders wait for">
          <Pegs pegs={answer.below} late={answer.late} own={item} desk={desk} parts />
        </Panel>
      )}
      {answer.orders.length > 0 && (
        <Panel title="Planned orders">
          <Orders orders={answer.orders} desk={desk} unit={unitOf(item)} />
        </Panel>
      )}
    </>
  )
}

/** A press on a row shows what stands behind its numbers. */
const rowColumns = ({ safetyStock }: ItemPlan, today: number): readonly Column<ItemRow>[] => [
  { name: 'Day', value: row => <span title={dayText(row.day)}>{dayWords(row.day, today)}</span> },
  { name: 'Asked', value: row => nothing(row.gross), align: 'end' },
  { name: 'Comes', value: row => nothing(row.receipts), align: 'end' },
  { name: 'Planned', value: row => nothing(row.planned), align: 'end' },
  {
    name: 'Left',
    value: row =>
      row.projected < 0 ? (
        <Mark level="stop" word={grouped(row.projected)} />
      ) : row.projected < safetyStock ? (
        <Mark level="attention" word={grouped(row.projected)} />
      ) : (
        grouped(row.projected)
      ),
    align: 'end'
  }
]

const nothing = (quantity: number): string => (quantity === 0 ? '' : grouped(quantity))

const SHOWN = 30

type PegsProps = {
  readonly pegs: readonly Peg[]
  /** Planned orders that should have been started already. */
  readonly late: readonly string[]
  /** The item of this panel: its own orders are not named by it. */
  readonly own: string
  readonly desk: Desk
  /** Of several items, so the part is named. */
  readonly parts?: boolean
}

/** Each supply with whom it serves. */
const Pegs = ({ pegs, late, own, desk, parts }: PegsProps) => {
  const { day } = desk
  const columns: readonly Column<Peg>[] = [
    ...(parts ? [{ name: 'Part', value: ({ item }: Peg) => <ItemLink desk={desk} item={item} /> }] : []),
    {
      name: 'For',
      value: ({ need }) => (
        <Inline>
          <Ref value={need} own={own} desk={desk} />
        </Inline>
      )
    },
    {
      name: 'Needed',
      value: ({ needed, need }) => (need.kind === 'safety' ? '' : <Inline>{dayWords(needed, day)}</Inline>),
      sort: ({ needed }) => needed
    },
    { name: 'Quantity', value: ({ quantity }) => grouped(quantity), align: 'end' },
    {
      name: 'From',
      value: ({ supply, item }) => (
        <Inline>
          <Ref value={supply} own={item} desk={desk} />
        </Inline>
      )
    },
    {
      name: 'There',
      value: peg => <There peg={peg} late={late} day={day} />,
      sort: ({ supplied }) => supplied
    }
  ]
  return (
    <>
      <Table
        columns={columns}
        rows={pegs.slice(0, SHOWN)}
        keyOf={peg => JSON.stringify([peg.item, peg.supply, peg.need, peg.needed, peg.supplied])}
        empty={<Quiet>Nothing is asked of it.</Quiet>}
      />
      {pegs.length > SHOWN && <Quiet>and {pegs.length - SHOWN} more.</Quiet>}
    </>
  )
}

type ThereProps = { readonly peg: Peg; readonly late: readonly string[]; readonly day: number }

const There = ({ peg: { supply, supplied, needed }, late, day }: ThereProps) => {
  const days = supplied - Math.max(needed, day)
  if (supply.kind === 'on-hand') return <span>now</span>
  if (supply.kind === 'planned' && late.includes(supply.order)) return <Mark level="stop" word="past due" />
  if (days > 0) return <Mark level="stop" word={`${dayWords(supplied, day)}, ${days} d late`} />
  return <Inline>{dayWords(supplied, day)}</Inline>
}

type RefProps = { readonly value: SupplyRef | NeedRef; readonly own: string; readonly desk: Desk }

/** What an order or a need is called, and the way to it. */
const Ref = ({ value, own, desk }: RefProps) => {
  const at = value.kind === 'receipt' ? purchaseLineOf(value.receipt) : undefined
  if (at && value.kind === 'receipt')
    return <Inside onPress={() => desk.openPurchase(at.order)}>{value.receipt}</Inside>
  if (value.kind === 'planned')
    return value.item === own ? (
      <span>planned order</span>
    ) : (
      <span title={desk.nameOf(value.item)}>
        <Inside onPress={() => desk.openItem(value.item)}>planned {value.item}</Inside>
      </span>
    )
  const address = addressOf(desk.floor, value)
  const words = refWords(value).replace(/^forecast .*/, 'forecast')
  return address === undefined ? <span>{words}</span> : <a href={address}>{words}</a>
}

const Above = ({ above, desk }: { readonly above: readonly Delayed[]; readonly desk: Desk }) => {
  const { day, floor } = desk
  const columns: readonly Column<Delayed>[] = [
    {
      name: 'What',
      value: ({ what }) => {
        const name =
          what.kind === 'demand'
            ? what.demand.replace(/^forecast .*/, 'forecast')
            : what.kind === 'receipt'
              ? what.receipt
              : 'planned order'
        const address = addressOf(floor, what)
        return address === undefined ? name : <a href={address}>{name}</a>
      }
    },
    { name: 'Item', value: ({ item }) => <ItemLink desk={desk} item={item} /> },
    { name: 'Quantity', value: ({ quantity }) => grouped(quantity), align: 'end' },
    { name: 'Due', value: ({ due }) => <Inline>{dayWords(due, day)}</Inline>, sort: ({ due }) => due },
    { name: 'Customer', value: ({ what }) => (what.kind === 'demand' ? (what.customer ?? '') : '') }
  ]
  return (
    <>
      <Table columns={columns} rows={above.slice(0, SHOWN)} keyOf={({ what }) => JSON.stringify(what)} empty="" />
      {above.length > SHOWN && <Quiet>and {above.length - SHOWN} more.</Quiet>}
    </>
  )
}

type OrdersProps = { readonly orders: readonly PlannedOrder[]; readonly desk: Desk; readonly unit: string }

const Orders = ({ orders, desk, unit }: OrdersProps) => {
  const { day } = desk
  const firm = ({ item, quantity, start, due }: PlannedOrder) =>
    desk.ask(
      <FirmForm
        desk={desk}
        planned={{
          item,
          quantity,
          start: start < day ? undefined : dayText(start),
          due: dayText(due),
          why: 'The next run would plan it anew. Firm, it stays as it is until it is ordered, changed or let go.'
        }}
        onClose={() => desk.ask(undefined)}
      />
    )
  const columns: readonly Column<PlannedOrder>[] = [
    { name: 'Quantity', value: ({ quantity }) => `${grouped(quantity)} ${unit}`, align: 'end' },
    {
      name: 'Start',
      value: ({ start }) =>
        start < day ? <Mark level="stop" word={`${dayWords(start, day)}, past due`} /> : dayWords(start, day)
    },
    { name: 'Due', value: ({ due }) => dayWords(due, day) },
    {
      name: '',
      value: one => (
        <RowActions>
          <Button onPress={() => firm(one)}>Make firm</Button>
        </RowActions>
      ),
      align: 'end'
    }
  ]
  return (
    <>
      <Table columns={columns} rows={orders.slice(0, SHOWN)} keyOf={({ id }) => id} empty="" />
      {orders.length > SHOWN && <Quiet>and {orders.length - SHOWN} more.</Quiet>}
    </>
  )
}
