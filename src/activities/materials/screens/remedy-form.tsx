/** What a remedy has to be told first: the number of the order, who supplies it, or the day that the supplier says now. */
import { useState } from 'preact/hooks'
import { dayText } from '#kernel/calendar.ts'
import { show } from '#kernel/quantity.ts'
import { Quiet } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import type { PlanMessage } from '../planning/problem.ts'
import { messageSentence } from '../planning/words.ts'
import { itemView, purchaseOrderView } from '../projection.ts'
import { onOrderOf, orderPlanned } from '../purchase-rules.ts'
import type { Desk } from './desk-state.ts'
import { LineDay } from './line-day.tsx'
import { nextPurchaseNumber } from './purchase-words.ts'
import { type Remedy, useStillHolds } from './use-remedy.ts'

type Props = {
  readonly desk: Desk
  readonly message: PlanMessage
  readonly kind: Exclude<Remedy['kind'], 'apply' | 'go'>
  readonly onClose: () => void
}

export const RemedyForm = (props: Props) => {
  const { kind } = props
  return kind === 'order' ? (
    <OrderForm {...props} />
  ) : kind === 'build' ? (
    <BuildForm {...props} />
  ) : (
    <Redate {...props} />
  )
}

/** The day on which a planned order is due; today at the earliest, for nothing can be asked for yesterday. */
const dueOf = ({ why }: PlanMessage, day: number): string => dayText(Math.max(day, Number(why['due'] ?? day)))

const OrderForm = ({ desk, message, onClose }: Props) => {
  const { floor, day, nameOf, unitOf } = desk
  const item = message.item ?? ''
  const stillHolds = useStillHolds(desk)
  const { act, why, busy } = useAct()
  // As the plan that asks for it counted: when it is another number by then, the office refuses.
  const [onOrder] = useState(() => onOrderOf(floor, item))
  const [order, setOrder] = useState(() => nextPurchaseNumber(floor.list(purchaseOrderView).map(([key]) => key)))
  const [supplier, setSupplier] = useState(floor.get(itemView, item)?.supplier ?? '')
  const [quantity, setQuantity] = useState(show(message.quantity ?? 0))
  const [due, setDue] = useState(dueOf(message, day))
  const many = Number(quantity.replace(',', '.'))
  const input = {
    order: order.trim(),
    ...(supplier.trim() ? { supplier: supplier.trim() } : {}),
    lines: [{ item, quantity: many, due, onOrder }]
  }
  const missing = !input.order
    ? 'Give the order a number.'
    : !(many > 0)
      ? 'Give a quantity.'
      : due < desk.today
        ? 'Give a day that is not over.'
        : why(orderPlanned, input)
  const save = async () => {
    if ((await stillHolds(message)) && (await act(orderPlanned, input, `${input.order} is ordered.`))) onClose()
  }
  return (
    <FormDialog
      title={`Order ${nameOf(item)}`}
      onClose={onClose}
      does="Make the purchase order"
      onDo={() => void save()}
      busy={busy}
      why={missing}
    >
      <div data-wide="">
        <Quiet>{messageSentence(message, nameOf, day)}</Quiet>
      </div>
      <Field label={`Quantity, ${unitOf(item)}`}>
        <TextInput value={quantity} onChange={setQuantity} inputMode="decimal" autoFocus />
      </Field>
      <Field label="Wanted by">
        <TextInput type="date" value={due} onChange={setDue} />
      </Field>
      <Field label="Supplier">
        <TextInput value={supplier} onChange={setSupplier} />
      </Field>
      <Field label="Number">
        <TextInput value={order} onChange={setOrder} />
      </Field>
    </FormDialog>
  )
}

/** The work order itself belongs to another room; it gives the next free number. */
const BuildForm = ({ desk, message, onClose }: Props) => {
  const { floor, day, nameOf, unitOf } = desk
  const item = message.item ?? ''
  const found = floor.get(itemView, item)
  const stillHolds = useStillHolds(desk)
  const { act, why, busy } = useAct()
  const [quantity, setQuantity] = useState(show(Math.ceil(message.quantity ?? 0)))
  const [due, setDue] = useState(dueOf(message, day))
  const create = floor.action('orders/create-work-order')
  const input = {
    item,
    revision: found?.revision ?? '',
    itemName: found?.name ?? item,
    quantity: Number(quantity),
    due,
    priority: 5
  }
  const missing = !create
    ? 'This version can’t make work orders.'
    : !(Number.isInteger(input.quantity) && input.quantity > 0)
      ? 'Give a whole number of pieces.'
      : why(create, input)
  const save = async () => {
    if (
      create &&
      (await stillHolds(message)) &&
      (await act(create, input, 'The work order is made. Release it under Work orders.'))
    )
      onClose()
  }
  return (
    <FormDialog
      title={`Work order for ${nameOf(item)}`}
      onClose={onClose}
      does="Make the work order"
      onDo={() => void save()}
      busy={busy}
      why={missing}
    >
      <div data-wide="">
        <Quiet>{messageSentence(message, nameOf, day)}</Quiet>
      </div>
      <Field label={`Quantity, ${unitOf(item)}`}>
        <TextInput value={quantity} onChange={setQuantity} inputMode="numeric" autoFocus />
      </Field>
      <Field label="Due">
        <TextInput type="date" value={due} onChange={setDue} />
      </Field>
    </FormDialog>
  )
}

const Redate = ({ desk, message, onClose }: Props) =>
  message.about?.kind === 'receipt' ? (
    <LineDay
      desk={desk}
      receipt={message.about.receipt}
      day={desk.today}
      why={messageSentence(message, desk.nameOf, desk.day)}
      onClose={onClose}
    />
  ) : null
