/** The firm planned orders: what the plan keeps because somebody said so, and what becomes of each. */
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Inline, Mark, matches, Named, RowActions, showDay } from '#ui/desk-parts.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { useAct } from '#ui/use-act.ts'
import { grouped } from '../planning/words.ts'
import type { Desk } from './desk-state.ts'
import { type Firm, firming, firmOf } from './firm.ts'
import { ItemLink } from './links.tsx'
import { FirmForm, OrderForm, type Planned } from './planned-forms.tsx'

type Props = { readonly desk: Desk; readonly typed: string }

export const FirmList = ({ desk, typed }: Props) => {
  const { floor, nameOf, unitOf, today } = desk
  const rows = firmOf(floor).filter(one => matches(typed, one.firm, one.item, nameOf(one.item)))
  const columns: readonly Column<Firm>[] = [
    { name: 'Number', value: ({ firm, made }) => <Named number={firm} name={made ? 'build' : 'to order'} /> },
    { name: 'Item', value: ({ item }) => <ItemLink desk={desk} item={item} />, sort: ({ item }) => nameOf(item) },
    {
      name: 'Quantity',
      value: ({ quantity, item }) => <Inline>{`${grouped(quantity)} ${unitOf(item)}`}</Inline>,
      align: 'end'
    },
    {
      name: 'Due',
      value: ({ due }) =>
        due < today ? <Mark level="stop" word={`${showDay(due)}, past due`} /> : <Inline>{showDay(due)}</Inline>,
      sort: ({ due }) => due
    },
    { name: '', value: firm => <Doing desk={desk} firm={firm} />, align: 'end' }
  ]
  return (
    <Table
      columns={columns}
      rows={rows}
      keyOf={({ firm }) => firm}
      empty={
        <Empty
          title={typed ? `No firm planned order matches “${typed}”` : 'No planned order is firm'}
          hint="The plan may change every planned order. Press Make firm beside one to keep it as it is."
        />
      }
    />
  )
}

const Doing = ({ desk, firm: one }: { readonly desk: Desk; readonly firm: Firm }) => {
  const { floor, nameOf } = desk
  const { act, why, busy } = useAct()
  const close = () => desk.ask(undefined)
  const planned: Planned = { ...one, why: `${one.firm} stays in the plan until it is ordered, changed or let go.` }
  const letGo = firming(floor, { ...one, quantity: 0 })
  const make = floor.action('schedule/make-work-order')
  return (
    <RowActions>
      {one.made ? (
        make && (
          <Button
            busy={busy}
            why={why(make, { build: one.firm })}
            onPress={() => void act(make, { build: one.firm }, 'The work order is made. Release it under Work orders.')}
          >
            Make a work order
          </Button>
        )
      ) : (
        <Button onPress={() => desk.ask(<OrderForm desk={desk} planned={planned} onClose={close} />)}>Order it</Button>
      )}
      <Button onPress={() => desk.ask(<FirmForm desk={desk} planned={planned} onClose={close} />)}>Change</Button>
      {letGo.action && (
        <Button
          busy={busy}
          why={why(letGo.action, letGo.input)}
          onPress={() =>
            letGo.action && void act(letGo.action, letGo.input, `The plan may change ${nameOf(one.item)} again.`)
          }
        >
          Let go
        </Button>
      )}
    </RowActions>
  )
}
