/** The first page of a desk: what needs a person now, then where the work is. */
import { andonView, type AndonCall } from '#plant/projection.ts'
import { type WorkOrder, workOrderView } from '#activities/orders/projection.ts'
import { Age } from '#ui/age.tsx'
import { Button } from '#ui/button.tsx'
import { Card, Empty } from '#ui/card.tsx'
import { dayOf, showDay } from '#ui/desk-parts.tsx'
import { DeskScreen } from '#ui/desk-screen.tsx'
import { useFloor } from '#ui/floor.tsx'
import { StateMark } from '#ui/state-mark.tsx'
import css from './desk-home.module.css'
import { FirstSteps } from './first-steps.tsx'

/** The orders of one kind, the most urgent first. Days are compared as text: YYYY-MM-DD. */
export const ordersByNeed = (orders: readonly WorkOrder[], today: string) => {
  const open = orders.filter(order => order.state === 'created' || order.state === 'released')
  const byDue = (a: WorkOrder, b: WorkOrder): number => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0)
  return {
    held: open.filter(order => order.holds.length > 0).sort(byDue),
    late: open.filter(order => order.due < today && order.holds.length === 0).sort(byDue),
    toRelease: open.filter(order => order.state === 'created').sort(byDue),
    running: open.filter(order => order.state === 'released').sort(byDue)
  }
}

export const DeskHome = () => {
  const floor = useFloor()
  const today = dayOf(floor.now.value)
  const orders = floor.list(workOrderView).map(([, order]) => order)
  const { held, late, toRelease, running } = ordersByNeed(orders, today)
  const calls = floor
    .list(andonView)
    .map(([, call]) => call)
    .filter(call => call.state !== 'closed')
  const quiet = calls.length + held.length + late.length === 0
  return (
    <DeskScreen
      title="Today"
      actions={
        <Button tone="primary" onPress={() => floor.go('/orders')}>
          Open work orders
        </Button>
      }
    >
      {orders.length === 0 && <FirstSteps />}
      <div class={css.columns}>
        <section>
          <h2>Needs a person now</h2>
          {calls.map(call => (
            <Call key={call.call} call={call} />
          ))}
          {held.map(order => (
            <Order key={order.workOrder} order={order} mark={<StateMark level="stop" word="On hold" />} />
          ))}
          {late.map(order => (
            <Order
              key={order.workOrder}
              order={order}
              mark={<StateMark level="attention" word={`Due ${showDay(order.due)}`} />}
            />
          ))}
          {quiet && <Empty title="Nothing waits for you" hint="Calls for help, holds and late orders stand here." />}
        </section>
        <section>
          <h2>To release</h2>
          {toRelease.map(order => (
            <Order key={order.workOrder} order={order} mark={<StateMark level="off" word="Not released" />} />
          ))}
          {toRelease.length === 0 && (
            <Empty title={orders.length === 0 ? 'No work orders yet' : 'Every order is released'} />
          )}
        </section>
        <section>
          <h2>On the floor</h2>
          {running.map(order => (
            <Order key={order.workOrder} order={order} mark={<Part order={order} />} />
          ))}
          {running.length === 0 && (
            <Empty title="Nothing is being built" hint="Release a work order and it stands here." />
          )}
        </section>
      </div>
    </DeskScreen>
  )
}

const Call = ({ call }: { readonly call: AndonCall }) => {
  const floor = useFloor()
  const on = call.answeredBy ? ` · ${floor.nameOf(call.answeredBy)} is on it` : ''
  return (
    <Card level="stop" onPress={() => floor.go('/board')}>
      <p class={css.name}>
        {call.station} {floor.stationName(call.station)} calls: {call.kind}
      </p>
      <p>
        <Age since={call.at} />
        {on}
      </p>
    </Card>
  )
}

const Order = ({ order, mark }: { readonly order: WorkOrder; readonly mark: preact.ComponentChildren }) => {
  const floor = useFloor()
  return (
    <Card onPress={() => floor.go(`/orders/${encodeURIComponent(order.workOrder)}`)}>
      <p class={css.name} data-nocut="">
        {order.workOrder}
        {order.label && ` · ${order.label}`}
      </p>
      <p>
        {order.quantity} × {order.itemName}
      </p>
      <p>{mark}</p>
    </Card>
  )
}

const Part = ({ order }: { readonly order: WorkOrder }) => {
  const done = order.operations.filter(one => one.state === 'done').length
  return <StateMark level="normal" word={`${done} of ${order.operations.length} operations done`} />
}
