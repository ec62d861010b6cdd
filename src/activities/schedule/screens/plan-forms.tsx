/** Adding demand, and making a work order of a planned build. */
import { useState } from 'preact/hooks'
import { numberAfter } from '#kernel/number.ts'
import { dayOf, Quiet, showDay } from '#ui/desk-parts.tsx'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import { type Build, demandView, type PlannedItem } from '../projection.ts'
import { makeWorkOrder, setDemand } from '../rules.ts'

type ChoiceProps = {
  readonly items: readonly PlannedItem[]
  readonly value: string
  readonly onChange: (item: string) => void
}

export const ItemChoice = ({ items, value, onChange }: ChoiceProps) => (
  <div data-wide="">
    <Field label="Item">
      <Select
        value={value}
        onChange={onChange}
        options={items.map(one => ({ value: one.item, label: `${one.name}, ${one.item}` }))}
      />
    </Field>
  </div>
)

type PiecesProps = {
  readonly quantity: string
  readonly onQuantity: (quantity: string) => void
  readonly due: string
  readonly onDue: (due: string) => void
}

/** How many by when. */
export const PiecesDue = ({ quantity, onQuantity, due, onDue }: PiecesProps) => (
  <>
    <Field label="Pieces">
      <TextInput value={quantity} onChange={onQuantity} inputMode="numeric" autoFocus />
    </Field>
    <Field label="Due">
      <TextInput type="date" value={due} onChange={onDue} />
    </Field>
  </>
)

/** Why it can't be so many by then. */
export const piecesDueLack = (pieces: number, due: string): string | undefined =>
  !(Number.isInteger(pieces) && pieces > 0)
    ? 'Give a whole number of pieces.'
    : due === ''
      ? 'Give the day it is due.'
      : undefined

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
  const [number, setNumber] = useState(() => numberAfter('SO-', floor.list(demandView)))
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
    : (piecesDueLack(input.quantity, due) ?? (input.demand ? why(setDemand, input) : 'Give it a number.'))
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

/** The office gives the number. */
export const OrderForm = ({ build, name, onClose }: Ordering & { readonly onClose: () => void }) => {
  const { act, why, busy } = useAct()
  const input = { build: build.build }
  const make = async () => {
    if (await act(makeWorkOrder, input, 'The work order is made. Release it under Work orders.')) onClose()
  }
  return (
    <FormDialog
      title={`Work order for ${build.quantity} ${name}`}
      onClose={onClose}
      does="Make the work order"
      onDo={() => void make()}
      busy={busy}
      why={why(makeWorkOrder, input)}
    >
      <div data-wide="">
        <Quiet>
          Due {showDay(build.due)}. It gets the next free number. From then on the order counts, and this line of the
          plan points to it.
        </Quiet>
      </div>
    </FormDialog>
  )
}
