/** Every work order that is created or on the floor: how far, how late, what stops it. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Inline, Mark, matches, Named, RowActions, Search, showDay, Stack, Tabs, dayOf } from '#ui/desk-parts.tsx'
import { DeskScreen } from '#ui/desk-screen.tsx'
import { useFloor } from '#ui/floor.tsx'
import { Table, type Column } from '#ui/table.tsx'
import { useAct } from '#ui/use-act.ts'
import { type WorkOrder, workOrderView } from '../projection.ts'
import { finished, orderMark } from './desk-words.ts'
import css from './orders-desk.module.css'
import { NewOrder } from './new-order.tsx'
import { OperationStrip } from './operation-strip.tsx'

type Tab = 'open' | 'floor' | 'created' | 'held'

const isIn: Record<Tab, (order: WorkOrder) => boolean> = {
  open: order => order.state === 'created' || order.state === 'released',
  floor: order => order.state === 'released',
  created: order => order.state === 'created',
  held: order => order.holds.length > 0
}

export const OrdersDesk = () => {
  const floor = useFloor()
  const [tab, setTab] = useState<Tab>('open')
  const [typed, setTyped] = useState('')
  const [making, setMaking] = useState(false)
  const orders = floor.list(workOrderView).map(([, order]) => order)
  const count = (one: Tab) => orders.filter(isIn[one]).length
  const shown = orders
    .filter(isIn[tab])
    .filter(order => matches(typed, order.workOrder, order.label, order.item, order.itemName, order.customer))
    .sort((a, b) => (a.due === b.due ? a.priority - b.priority : a.due < b.due ? -1 : 1))
  return (
    <DeskScreen
      title="Work orders"
      actions={
        <>
          <Search value={typed} onChange={setTyped} label="Find an order or item" />
          <Button tone="primary" onPress={() => setMaking(true)}>
            New work order
          </Button>
        </>
      }
    >
      <Stack>
        <Tabs
          label="Which orders"
          chosen={tab}
          onChange={setTab}
          tabs={[
            { tab: 'open', name: 'All open', count: count('open') },
            { tab: 'floor', name: 'On the floor', count: count('floor') },
            { tab: 'created', name: 'To release', count: count('created') },
            { tab: 'held', name: 'On hold', count: count('held'), level: 'stop' }
          ]}
        />
        <Table
          columns={useColumns()}
          rows={shown}
          keyOf={order => order.workOrder}
          onOpen={order => floor.go(`/orders/${order.workOrder}`)}
          stack
          empty={<None typed={typed} tab={tab} />}
        />
      </Stack>
      {making && <NewOrder onClose={() => setMaking(false)} />}
    </DeskScreen>
  )
}

const None = ({ typed, tab }: { typed: string; tab: Tab }) => {
  if (typed)
    return <Empty title={`No order matches “${typed}”`} hint="Search looks at number, label, item and customer." />
  if (tab === 'held') return <Empty title="Nothing is on hold" />
  return (
    <Empty
      title="No work orders here yet"
      hint="Make one here, from a planned build under Plan, or bring your own under Import."
    />
  )
}

const useColumns = (): readonly Column<WorkOrder>[] => {
  const today = dayOf(useFloor().now.peek())
  return [
    {
      name: 'Order',
      value: order => <Named number={order.workOrder} name={order.label ?? order.customer ?? ''} />,
      sort: order => order.workOrder,
      span: 2
    },
    {
      name: 'Item',
      value: order => (
        <span class={css.item}>
          {order.itemName}
          <small>
            {order.item} rev {order.revision}
          </small>
        </span>
      ),
      sort: order => order.itemName,
      span: 5
    },
    { name: 'State', value: order => <Mark {...orderMark(order)} />, sort: order => orderMark(order).word, span: 2 },
    {
      name: 'Operations',
      value: order => <OperationStrip order={order} />,
      sort: order => order.operations.filter(one => one.state === 'done').length / (order.operations.length || 1),
      span: 4
    },
    {
      name: 'Good',
      value: order => (
        <Inline>
          {finished(order)} of {order.quantity}
        </Inline>
      ),
      sort: order => finished(order) / order.quantity,
      align: 'end',
      named: true,
      span: 3
    },
    {
      name: 'Due',
      value: order => <Due day={order.due} today={today} />,
      sort: order => order.due,
      named: true,
      span: 5
    },
    {
      name: '',
      value: order =>
        order.state === 'created' && (
          <RowActions>
            <Release order={order} />
          </RowActions>
        ),
      align: 'end',
      span: 3
    }
  ]
}

const Due = ({ day, today }: { day: string; today: string }) => {
  const late = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000)
  return (
    <Inline>
      {showDay(day)}
      {late > 0 && <Mark level="attention" word={`${late} d late`} />}
    </Inline>
  )
}

/** The rule lives in the changes room; this asks it by name. */
export const Release = ({ order, primary }: { readonly order: WorkOrder; readonly primary?: boolean }) => {
  const floor = useFloor()
  const { act, why, busy } = useAct()
  const release = floor.action('changes/release-work-order')
  if (!release) return null
  const input = { workOrder: order.workOrder }
  const blocked = why(release, input)
  return (
    <Button
      tone={primary && !blocked ? 'primary' : 'plain'}
      busy={busy}
      why={blocked}
      data-action="release"
      onPress={() => void act(release, input, `${order.workOrder} is released to the floor.`)}
    >
      Release
    </Button>
  )
}
