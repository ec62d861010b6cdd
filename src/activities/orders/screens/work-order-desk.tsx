/** One work order: where its pieces are, what stops it, and by which method it is made. */
import { useState } from 'preact/hooks'
import { Age } from '#ui/age.tsx'
import { Button } from '#ui/button.tsx'
import { Card, Empty } from '#ui/card.tsx'
import { Code, Facts, Inline, Mark, Meter, Panel, Quiet, Row, showDay, Stack } from '#ui/desk-parts.tsx'
import { DeskScreen } from '#ui/desk-screen.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { useAct } from '#ui/use-act.ts'
import { closeWorkOrder } from '../office-rules.ts'
import { type OperationSummary, type WorkOrder, workOrderView } from '../projection.ts'
import { finished, operationMark, orderMark } from './desk-words.ts'
import { HoldOrder } from './hold-order.tsx'
import { Release } from './orders-desk.tsx'
import { ReleaseLacks } from './release-lacks.tsx'
import { Reschedule, Split } from './reschedule-forms.tsx'

export const WorkOrderDesk = ({ workOrder }: { readonly workOrder: string }) => {
  const floor = useFloor()
  const order = floor.get(workOrderView, workOrder)
  if (!order)
    return (
      <DeskScreen title={workOrder}>
        <Empty title={`${workOrder} isn’t among the open orders`} hint="Closed orders are kept under Trace.">
          <Row>
            <a href={`/trace/${workOrder}`}>Look under Trace</a>
            <a href="/orders">All open orders</a>
          </Row>
        </Empty>
      </DeskScreen>
    )
  return (
    <DeskScreen
      title={`${order.workOrder}${order.label ? ` · ${order.label}` : ''}`}
      actions={<Actions order={order} />}
    >
      <Stack>
        <Header order={order} />
        {order.state === 'created' && <ReleaseLacks workOrder={order.workOrder} />}
        {order.holds.length > 0 && <Holds order={order} />}
        <Panel title="Operations">
          <Table
            columns={useColumns()}
            rows={order.operations}
            keyOf={({ op }) => String(op)}
            stack
            empty={
              <Empty title="Not released yet" hint="Its operations are frozen with the method when it is released." />
            }
          />
        </Panel>
      </Stack>
    </DeskScreen>
  )
}

const Header = ({ order }: { order: WorkOrder }) => (
  <Panel
    title={
      <>
        {order.itemName} <Mark {...orderMark(order)} />
      </>
    }
    actions={(order.state === 'created' || order.state === 'released') && <Changes order={order} />}
  >
    <Facts
      facts={[
        ['Item', `${order.item} rev ${order.revision}`],
        ['Good', <Meter value={finished(order)} of={order.quantity} />],
        ['Due', showDay(order.due)],
        ['Customer', order.customer],
        [
          'Method',
          order.method ? (
            <Row>
              <Code>{order.method.slice(0, 16)}</Code>
              <a href={`/changes?method=${order.method}`}>What it holds, and what changed</a>
            </Row>
          ) : (
            'Frozen when it is released'
          )
        ]
      ]}
    />
  </Panel>
)

const Changes = ({ order }: { order: WorkOrder }) => {
  const [asking, setAsking] = useState<'change' | 'split'>()
  const close = () => setAsking(undefined)
  return (
    <>
      <Button onPress={() => setAsking('change')}>Change day or quantity</Button>
      <Button onPress={() => setAsking('split')}>Split</Button>
      {asking === 'change' && <Reschedule order={order} onClose={close} />}
      {asking === 'split' && <Split order={order} onClose={close} />}
    </>
  )
}

const Holds = ({ order }: { order: WorkOrder }) => {
  const floor = useFloor()
  const word = (code: string) => floor.reasons('hold').find(one => one.code === code)?.name ?? code
  return (
    <Panel title="Holds" actions={<a href="/quality">Decide under Quality</a>}>
      {order.holds.map(hold => (
        <Card key={hold.hold} level="stop">
          <strong>{word(hold.reason)}</strong> {hold.note}
          <Quiet>
            {floor.nameOf(hold.person)}, <Age since={hold.at} /> ago. Nothing more of this order is started until it is
            released.
          </Quiet>
        </Card>
      ))}
    </Panel>
  )
}

const count = (name: string, value: (one: OperationSummary) => number): Column<OperationSummary> => ({
  name,
  value,
  align: 'end',
  named: true,
  span: 2
})

const useColumns = (): readonly Column<OperationSummary>[] => {
  const floor = useFloor()
  return [
    { name: 'Op', value: ({ op }) => <strong>{op}</strong>, span: 1 },
    { name: 'Name', value: ({ name }) => name, span: 4 },
    {
      name: 'Station',
      value: one =>
        floor.stationName(one.station ?? '') || one.stations.map(station => floor.stationName(station)).join(', '),
      span: 4
    },
    {
      name: 'State',
      value: one => (
        <Inline>
          <Mark {...operationMark(one)} />
          {one.since && one.state !== 'done' && <Age since={one.since} />}
        </Inline>
      ),
      span: 3
    },
    count('Good', ({ good }) => good),
    count('Scrap', ({ scrap }) => scrap),
    count('Rework', ({ rework }) => rework),
    count('Steps', ({ steps }) => steps.length),
    count('Checks', ({ checks }) => checks),
    count('Min each', ({ runMinutes }) => runMinutes)
  ]
}

const Actions = ({ order }: { order: WorkOrder }) => {
  const floor = useFloor()
  const { act, why, busy } = useAct()
  const [asking, setAsking] = useState<'cancel' | 'hold'>()
  const complete = { workOrder: order.workOrder, outcome: 'complete' } as const
  return (
    <>
      <Button onPress={() => floor.go('/orders')} tone="quiet">
        All orders
      </Button>
      <Button onPress={() => floor.go(`/trace/${order.workOrder}`)}>Trace</Button>
      {order.state === 'released' && (
        <Button onPress={() => floor.go(`/orders/${order.workOrder}/cards`)}>Job cards</Button>
      )}
      {order.state === 'released' && (
        <Button
          busy={busy}
          why={why(closeWorkOrder, complete)}
          onPress={() => void act(closeWorkOrder, complete, `${order.workOrder} is complete.`)}
        >
          Complete
        </Button>
      )}
      {order.state === 'released' && <Button onPress={() => setAsking('hold')}>Put on hold</Button>}
      <Button tone="stop" onPress={() => setAsking('cancel')}>
        Cancel order
      </Button>
      {order.state === 'created' && <Release order={order} primary />}
      {asking === 'hold' && <HoldOrder workOrder={order.workOrder} onClose={() => setAsking(undefined)} />}
      {asking === 'cancel' && <Cancel order={order} onClose={() => setAsking(undefined)} />}
    </>
  )
}

const Cancel = ({ order, onClose }: { order: WorkOrder; onClose: () => void }) => {
  const { act, why, busy } = useAct()
  const [note, setNote] = useState('')
  const input = { workOrder: order.workOrder, outcome: 'cancelled', note } as const
  const cancel = async () => {
    if (await act(closeWorkOrder, input, `${order.workOrder} is cancelled.`)) onClose()
  }
  return (
    <FormDialog
      title={`Cancel ${order.workOrder}`}
      onClose={onClose}
      does="Cancel the order"
      onDo={() => void cancel()}
      tone="stop"
      busy={busy}
      why={why(closeWorkOrder, input)}
    >
      <div data-wide="">
        <Field label="Why" hint="What has been recorded is kept.">
          <TextInput lines={3} value={note} onChange={setNote} />
        </Field>
      </div>
    </FormDialog>
  )
}
