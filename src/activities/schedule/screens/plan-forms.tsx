/** Adding demand, and making a work order of a planned build. */
import { useState } from 'preact/hooks'
import { numberAfter } from '#kernel/number.ts'
import { dayOf, Quiet, showDay } from '#ui/desk-parts.tsx'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { type Floor, useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import { type Build, demandView, type PlannedItem } from '../projection.ts'
import { makeWorkOrder, setDemand } from '../rules.ts'
import { withChange } from '../scenario.ts'
import type { Scenarios } from './use-scenarios.ts'

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

type DemandProps = {
  readonly items: readonly PlannedItem[]
  readonly scenarios: Scenarios
  readonly onClose: () => void
}

/** While a scenario is open it is wanted there, and nowhere else before that is published. */
export const DemandForm = ({ items, scenarios, onClose }: DemandProps) => {
  const floor = useFloor()
  const { scenario, known } = scenarios
  const { act, why, busy } = useAct()
  const [item, setItem] = useState(items[0]?.item ?? '')
  const [quantity, setQuantity] = useState('')
  const [due, setDue] = useState(dayOf(floor.now.peek() + TWO_WEEKS))
  const [kind, setKind] = useState<'order' | 'forecast'>('order')
  const [customer, setCustomer] = useState('')
  const [number, setNumber] = useState(() => numberAfter('SO-', known.list(demandView)))
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
    : (piecesDueLack(input.quantity, due) ?? numberLacks(known, input.demand) ?? why(setDemand, input))
  const save = async () => {
    if (scenario) {
      scenarios.change(was => withChange(was, 'demands', input))
      floor.tell({ text: `${input.demand} is in ${scenario.name}. The plan itself stays as it is.`, tone: 'ok' })
    } else if (!(await act(setDemand, input, `${input.demand} is in the plan.`))) return
    onClose()
  }
  return (
    <FormDialog
      title={scenario ? `Add demand to ${scenario.name}` : 'Add demand'}
      onClose={onClose}
      does={scenario ? 'Try it' : 'Add it'}
      onDo={() => void save()}
      busy={busy}
      why={missing}
    >
      <ItemChoice items={items} value={item} onChange={setItem} />
      <PiecesDue quantity={quantity} onQuantity={setQuantity} due={due} onDue={setDue} />
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

/** Added under a number that is taken, it would replace what somebody else wants. */
const numberLacks = (known: Pick<Floor, 'get'>, demand: string): string | undefined =>
  demand === ''
    ? 'Give it a number.'
    : known.get(demandView, demand)
      ? `${demand} is there already. Give another number.`
      : undefined

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
