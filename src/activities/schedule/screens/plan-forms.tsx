/** Adding demand, and making a work order of a planned build. */
import { useState } from 'preact/hooks'
import { dayOf, Quiet, showDay } from '#ui/desk-parts.tsx'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import { openOrderView } from '../order-view.ts'
import { type Build, demandView, type PlannedItem } from '../projection.ts'
import { makeWorkOrder, setDemand } from '../rules.ts'

const TWO_WEEKS = 14 * 86_400_000

export const DemandForm = ({
  items,
  onClose
}: {
  readonly items: readonly PlannedItem[]
  readonly onClose: () => void
}) => {
  const floor = useFloor()
  const { act, why, busy } = useAct()
  const [item, setItem] = useState(items[0]?.item ?? '')
  const [quantity, setQuantity] = useState('')
  const [due, setDue] = useState(dayOf(floor.now.peek() + TWO_WEEKS))
  const [kind, setKind] = useState<'order' | 'forecast'>('order')
  const [customer, setCustomer] = useState('')
  const [number, setNumber] = useState(`SO-${String(floor.list(demandView).length + 1).padStart(4, '0')}`)
  const input = {
    demand: number.trim(),
    item,
    quantity: Number(quantity),
    due,
    kind,
    ...(customer.trim() ? { customer: customer.trim() } : {})
  }
  const missing = !item
    ? 'Add an item that is made here first.'
    : !(Number.isInteger(input.quantity) && input.quantity > 0)
      ? 'Give a whole number of pieces.'
      : !due
        ? 'Give the day it is due.'
        : !input.demand
          ? 'Give it a number.'
          : why(setDemand, input)
  const save = async () => {
    if (await act(setDemand, input, `${input.demand} is in the plan.`)) onClose()
  }
  return (
    <FormDialog title="Add demand" onClose={onClose} does="Add it" onDo={() => void save()} busy={busy} why={missing}>
      <div data-wide="">
        <Field label="Item">
          <Select
            value={item}
            onChange={setItem}
            options={items.map(one => ({ value: one.item, label: `${one.name}, ${one.item}` }))}
          />
        </Field>
      </div>
      <Field label="Pieces">
        <TextInput value={quantity} onChange={setQuantity} inputMode="numeric" autoFocus />
      </Field>
      <Field label="Due">
        <TextInput type="date" value={due} onChange={setDue} />
      </Field>
      <Field label="Kind">
        <Select
          value={kind}
          onChange={value => setKind(value === 'forecast' ? 'forecast' : 'order')}
          options={[
            { value: 'order', label: 'Customer order' },
            { value: 'forecast', label: 'Forecast' }
          ]}
        />
      </Field>
      <Field label="Customer">
        <TextInput value={customer} onChange={setCustomer} />
      </Field>
      <Field label="Number">
        <TextInput value={number} onChange={setNumber} />
      </Field>
    </FormDialog>
  )
}

export type Ordering = { readonly build: Build; readonly name: string }

/** The number after the highest of the form WO-0001 that this screen knows. */
const useNextNumber = (): string => {
  const numbers = useFloor()
    .list(openOrderView)
    .map(([key]) => Number(/^WO-(\d{1,9})$/.exec(key)?.[1] ?? 0))
  return `WO-${String(Math.max(0, ...numbers) + 1).padStart(4, '0')}`
}

export const OrderForm = ({ build, name, onClose }: Ordering & { readonly onClose: () => void }) => {
  const { act, why, busy } = useAct()
  const [number, setNumber] = useState(useNextNumber())
  const input = { build: build.build, workOrder: number.trim().toUpperCase() }
  const missing = /^WO-[A-Z0-9-]+$/.test(input.workOrder)
    ? why(makeWorkOrder, input)
    : 'The number begins with WO-, so that a scanner knows it.'
  const make = async () => {
    if (await act(makeWorkOrder, input, `${input.workOrder} is made. Release it under Work orders.`)) onClose()
  }
  return (
    <FormDialog
      title={`Work order for ${build.quantity} ${name}`}
      onClose={onClose}
      does="Make the work order"
      onDo={() => void make()}
      busy={busy}
      why={missing}
    >
      <Field label="Number">
        <TextInput value={number} onChange={setNumber} autoFocus />
      </Field>
      <div data-wide="">
        <Quiet>Due {showDay(build.due)}. From then on the order counts, and this line of the plan points to it.</Quiet>
      </div>
    </FormDialog>
  )
}
