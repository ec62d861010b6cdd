/** Change orders: who wrote, approved and released each, and what the work orders on the floor do about it. */
import { useState } from 'preact/hooks'
import { Age } from '#ui/age.tsx'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Facts, Label, Mark, Panel, Quiet, Row, Split } from '#ui/desk-parts.tsx'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import type { Level } from '#ui/state-mark.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { useAct } from '#ui/use-act.ts'
import {
  approveChangeOrder,
  type Reached,
  reachedBy,
  releaseChangeOrder,
  withdrawChangeOrder
} from '../change-order-rules.ts'
import { type ChangeOrder, changeOrderView, type OpenOrderDecision, requestView } from '../change-order-view.ts'
import { changeWord } from '../words.ts'
import css from './changes-desk.module.css'
import { SignApproval } from './sign-approval.tsx'

const levels: Record<ChangeOrder['state'], Level> = {
  open: 'attention',
  approved: 'info',
  released: 'normal',
  withdrawn: 'off'
}

const affected = ({ documents, items }: ChangeOrder): string =>
  [
    ...documents.map(one => `${one.document} rev ${one.revision}`),
    ...items.map(one => `${one.item} rev ${one.revision}`)
  ].join(', ')

const columns: readonly Column<ChangeOrder>[] = [
  { name: 'Order', value: one => <Label>{one.order}</Label>, sort: one => one.order },
  { name: 'Change', value: one => one.title, sort: one => one.title },
  { name: 'Releases', value: affected },
  {
    name: 'State',
    value: one => <Mark level={levels[one.state]} word={changeWord[one.state]} />,
    sort: one => one.state
  },
  { name: 'Age', value: one => <Age since={one.at} />, sort: one => one.at, align: 'end' }
]

export const ChangeOrders = () => {
  const floor = useFloor()
  const [chosen, setChosen] = useState<string>()
  const orders = floor
    .list(changeOrderView)
    .map(([, one]) => one)
    .sort((a, b) => (a.order < b.order ? 1 : -1))
  const change = chosen === undefined ? undefined : floor.get(changeOrderView, chosen)
  return (
    <Split
      left={
        <Table
          columns={change ? columns.filter(({ name }) => name !== 'Releases') : columns}
          rows={orders}
          keyOf={one => one.order}
          onOpen={one => setChosen(one.order)}
          empty={
            <Empty
              title="No change orders yet"
              hint="A change order releases new revisions with a second engineer’s approval, and says what the orders on the floor do."
            />
          }
        />
      }
      right={change && <ChangePanel key={change.order} change={change} />}
    />
  )
}

const ChangePanel = ({ change }: { change: ChangeOrder }) => {
  const floor = useFloor()
  const signed = (one: { by: string; at: string } | undefined) =>
    one && (
      <>
        {floor.nameOf(one.by)}, <Age since={one.at} /> ago
      </>
    )
  return (
    <>
      <Panel
        title={
          <>
            {change.order}, {change.title} <Mark level={levels[change.state]} word={changeWord[change.state]} />
          </>
        }
        actions={<PanelActions change={change} />}
      >
        <Facts
          facts={[
            ['Why', change.reason],
            ['Releases', affected(change)],
            ['Asked for', change.requests.map(one => floor.get(requestView, one)?.problem ?? '').join('; ')],
            ['Written by', signed(change)],
            [
              'Approved by',
              signed(change.approved) ?? (change.state === 'open' ? 'Another engineer, with the PIN' : undefined)
            ],
            ['Released by', signed(change.released)],
            [
              'Withdrawn by',
              change.withdrawn && (
                <>
                  {signed(change.withdrawn)}: {change.withdrawn.note}
                </>
              )
            ]
          ]}
        />
      </Panel>
      <Panel title="Work orders on the floor">
        {change.state === 'released' || change.state === 'withdrawn' ? (
          <Decided change={change} />
        ) : (
          <Deciding key={change.state} change={change} />
        )}
      </Panel>
    </>
  )
}

const PanelActions = ({ change }: { change: ChangeOrder }) => {
  const { why } = useAct()
  const [open, setOpen] = useState<'sign' | 'withdraw'>()
  const blocked = why(approveChangeOrder, { order: change.order })
  return (
    <>
      {change.state === 'open' && (
        <Button tone={blocked ? 'plain' : 'primary'} why={blocked} onPress={() => setOpen('sign')}>
          Approve
        </Button>
      )}
      {(change.state === 'open' || change.state === 'approved') && (
        <Button onPress={() => setOpen('withdraw')}>Withdraw</Button>
      )}
      {open === 'sign' && <SignApproval change={change} onClose={() => setOpen(undefined)} />}
      {open === 'withdraw' && <Withdraw order={change.order} onClose={() => setOpen(undefined)} />}
    </>
  )
}

const says: Record<OpenOrderDecision['decision'], string> = {
  finish: 'Finishes on its method',
  're-release': 'Takes the new method'
}

const Decided = ({ change }: { change: ChangeOrder }) =>
  (change.released?.workOrders ?? []).length === 0 ? (
    <Quiet>None was touched.</Quiet>
  ) : (
    <Facts facts={(change.released?.workOrders ?? []).map(one => [one.workOrder, says[one.decision]])} />
  )

/** Each order on the floor gets its decision before anything is released; created ones take what is released then. */
const Deciding = ({ change }: { change: ChangeOrder }) => {
  const floor = useFloor()
  const reached = reachedBy(floor, change)
  if (change.state === 'approved') return <Decisions change={change} reached={reached} />
  return (
    <>
      <Quiet>
        {reached.length === 0
          ? 'None is made by what changes. Orders that are only created take the new revision when they are released.'
          : 'These are made by what changes. What each does is decided when the change is approved.'}
      </Quiet>
      {reached.length > 0 && (
        <Row>
          {reached.map(({ workOrder }) => (
            <a key={workOrder} href={`/orders/${workOrder}`}>
              {workOrder}
            </a>
          ))}
        </Row>
      )}
    </>
  )
}

type Choice = OpenOrderDecision['decision']

const Decisions = ({ change, reached }: { change: ChangeOrder; reached: readonly Reached[] }) => {
  const { act, why, busy } = useAct()
  const [chosen, setChosen] = useState<Readonly<Record<string, Choice>>>({})
  const inputOf = (choices: Readonly<Record<string, Choice>>) => ({
    order: change.order,
    workOrders: reached.flatMap(({ workOrder }) => {
      const decision = choices[workOrder]
      return decision ? [{ workOrder, decision }] : []
    })
  })
  const allFinish = Object.fromEntries(reached.map(({ workOrder }) => [workOrder, 'finish' as const]))
  /** Why this one can't take the new method, asked of the rule itself with every other order left as it is. */
  const bars = (workOrder: string) => why(releaseChangeOrder, inputOf({ ...allFinish, [workOrder]: 're-release' }))
  const blocked = why(releaseChangeOrder, inputOf(chosen))
  const columns: readonly Column<Reached>[] = [
    {
      name: 'Order',
      value: one => (
        <a href={`/orders/${one.workOrder}`}>
          <Label>{one.workOrder}</Label>
        </a>
      )
    },
    { name: 'Pieces', value: one => one.quantity, align: 'end' },
    {
      name: 'What it does',
      value: ({ workOrder }) => (
        <Choose
          workOrder={workOrder}
          choice={chosen[workOrder]}
          bar={bars(workOrder)}
          onChange={choice => setChosen(was => ({ ...was, [workOrder]: choice }))}
        />
      )
    }
  ]
  return (
    <>
      <Quiet>
        {reached.length === 0
          ? 'None is made by what changes. Orders that are only created take the new revision when they are released.'
          : 'Pieces that are done stay as they were recorded either way.'}
      </Quiet>
      {reached.length > 0 && <Table columns={columns} rows={reached} keyOf={one => one.workOrder} empty="" />}
      <Row>
        {reached.length > 1 && (
          <Button onPress={() => setChosen(was => ({ ...allFinish, ...was }))}>Let the others finish</Button>
        )}
        <Button
          tone="primary"
          busy={busy}
          why={blocked}
          onPress={() => void act(releaseChangeOrder, inputOf(chosen), `${change.order} is released.`)}
        >
          Release the change
        </Button>
      </Row>
    </>
  )
}

type ChooseProps = {
  readonly workOrder: string
  readonly choice: Choice | undefined
  readonly bar: string | undefined
  readonly onChange: (choice: Choice) => void
}

const Choose = ({ workOrder, choice, bar, onChange }: ChooseProps) => (
  <div class={css.choose}>
    <Select
      label={`What ${workOrder} does`}
      value={choice ?? ''}
      onChange={value => (value === 'finish' || value === 're-release') && onChange(value)}
      options={[
        { value: '', label: 'Decide' },
        { value: 'finish', label: says.finish },
        ...(bar ? [] : [{ value: 're-release', label: says['re-release'] }])
      ]}
    />
    {bar && <small>{bar}</small>}
  </div>
)

const Withdraw = ({ order, onClose }: { order: string; onClose: () => void }) => {
  const { act, why, busy } = useAct()
  const [note, setNote] = useState('')
  const input = { order, note }
  const withdraw = async () => {
    if (await act(withdrawChangeOrder, input, `${order} is withdrawn.`)) onClose()
  }
  return (
    <FormDialog
      title={`Withdraw ${order}`}
      onClose={onClose}
      does="Withdraw"
      onDo={() => void withdraw()}
      tone="stop"
      busy={busy}
      why={why(withdrawChangeOrder, input)}
    >
      <div data-wide="">
        <Field label="Why">
          <TextInput lines={3} value={note} onChange={setNote} autoFocus />
        </Field>
      </div>
    </FormDialog>
  )
}
