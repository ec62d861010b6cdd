/** Job cards to print: one for each operation, with the code that is scanned at the station. */
import { useState } from 'preact/hooks'
import { jobCardLabel } from '#kernel/label.ts'
import { Barcode } from '#ui/barcode.tsx'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { showDay } from '#ui/desk-parts.tsx'
import { DeskScreen } from '#ui/desk-screen.tsx'
import { Select } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { type OperationSummary, type WorkOrder, workOrderView } from '../projection.ts'
import css from './job-cards.module.css'

type Paper = 'a6' | 'a5' | 'a4'

export const JobCards = ({ workOrder }: { readonly workOrder: string }) => {
  const floor = useFloor()
  const [paper, setPaper] = useState<Paper>('a4')
  const order = floor.get(workOrderView, workOrder)
  const actions = (
    <>
      <Button tone="quiet" onPress={() => floor.go(`/orders/${workOrder}`)}>
        Back to {workOrder}
      </Button>
      <div class={css.paper}>
        <Select
          label="Paper"
          value={paper}
          onChange={value => setPaper(value === 'a6' ? 'a6' : value === 'a5' ? 'a5' : 'a4')}
          options={[
            { value: 'a4', label: 'A4, four cards a page' },
            { value: 'a5', label: 'A5, one card a page' },
            { value: 'a6', label: 'A6, one card a page' }
          ]}
        />
      </div>
      <Button tone="primary" onPress={() => window.print()}>
        Print
      </Button>
    </>
  )
  return (
    <DeskScreen title={`Job cards ${workOrder}`} actions={actions}>
      {!order || order.operations.length === 0 ? (
        <Empty title={`${workOrder} has no job cards yet`} hint="They are printed once the order is released." />
      ) : (
        <div class={css.cards} data-paper={paper}>
          {order.operations.map(operation => (
            <JobCard key={operation.op} order={order} operation={operation} />
          ))}
        </div>
      )}
    </DeskScreen>
  )
}

const JobCard = ({ order, operation }: { order: WorkOrder; operation: OperationSummary }) => {
  const floor = useFloor()
  const code = jobCardLabel(order.workOrder, operation.op)
  return (
    <article class={css.card} aria-label={`Job card ${code}`}>
      <header class={css.head}>
        <div>
          <p class={css.order}>
            {order.workOrder}
            {order.label && <small> {order.label}</small>}
          </p>
          <p class={css.operation}>
            {operation.op} {operation.name}
          </p>
        </div>
        <Barcode kind="datamatrix" text={code} label="" />
      </header>
      <dl class={css.facts}>
        <dt>Item</dt>
        <dd>
          {order.itemName}
          <br />
          <small>
            {order.item} rev {order.revision}
          </small>
        </dd>
        <dt>Pieces</dt>
        <dd>
          <strong>{order.quantity}</strong>
        </dd>
        <dt>Due</dt>
        <dd>{showDay(order.due)}</dd>
        <dt>Station</dt>
        <dd>{operation.stations.map(station => floor.stationName(station)).join(', ')}</dd>
      </dl>
      <div class={css.code}>
        <Barcode kind="code128" text={code} label={code} />
      </div>
    </article>
  )
}
