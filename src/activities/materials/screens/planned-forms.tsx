/** What becomes of a planned order: an order to a supplier, a work order, or a firm one that the plan keeps. */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { numberAfter } from '#kernel/number.ts'
import { show } from '#kernel/quantity.ts'
import { Quiet, showDay } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import type { PlanMessage } from '../planning/problem.ts'
import { itemView, purchaseOrderView } from '../projection.ts'
import { onOrderOf, orderPlanned } from '../purchase-rules.ts'
import type { Desk } from './desk-state.ts'
import { firming, isMade } from './firm.ts'
import { useStillHolds } from './use-remedy.ts'

/** Days are YYYY-MM-DD. */
export type Planned = {
  readonly item: string
  readonly quantity: number
  readonly start?: string | undefined
  readonly due: string
  /** Why it is asked for, as a sentence. */
  readonly why: string
  /** The message that asks for it: the plan is asked again right before it is done. */
  readonly message?: PlanMessage
  /** What it is called when it is firm already. */
  readonly firm?: string
}

type Props = { readonly desk: Desk; readonly planned: Planned; readonly onClose: () => void }
type Asked = { readonly quantity: number; readonly due: string }

type FrameProps = Props & {
  readonly title: string
  readonly does: string
  readonly dueName: string
  readonly busy: boolean
  /** Why it can't be done, when quantity and day can. */
  readonly lacks: (asked: Asked) => string | undefined
  readonly onDo: (asked: Asked) => Promise<boolean>
  readonly children?: ComponentChildren
}

const Frame = ({ desk, planned, title, does, dueName, busy, lacks, onDo, onClose, children }: FrameProps) => {
  const { today, unitOf } = desk
  const stillHolds = useStillHolds(desk)
  const whole = isMade(desk.floor, planned.item)
  const [quantity, setQuantity] = useState(show(whole ? Math.ceil(planned.quantity) : planned.quantity))
  // Nothing can be asked for yesterday.
  const over = planned.due < today
  const [due, setDue] = useState(over ? today : planned.due)
  const asked = { quantity: Number(quantity.replace(',', '.')), due }
  const missing =
    whole && !Number.isInteger(asked.quantity)
      ? 'Give a whole number of pieces.'
      : !(asked.quantity > 0)
        ? 'Give a quantity.'
        : due < today
          ? 'Give a day that is not over.'
          : lacks(asked)
  const run = async () => {
    if ((!planned.message || (await stillHolds(planned.message))) && (await onDo(asked))) onClose()
  }
  return (
    <FormDialog title={title} onClose={onClose} does={does} onDo={() => void run()} busy={busy} why={missing}>
      <div data-wide="">
        <Quiet>{planned.why}</Quiet>
      </div>
      <Field label={`Quantity, ${unitOf(planned.item)}`}>
        <TextInput value={quantity} onChange={setQuantity} inputMode={whole ? 'numeric' : 'decimal'} autoFocus />
      </Field>
      <Field label={dueName}>
        <TextInput type="date" value={due} onChange={setDue} />
      </Field>
      {children}
    </FormDialog>
  )
}

export const OrderForm = (props: Props) => {
  const { floor, nameOf } = props.desk
  const { item, firm } = props.planned
  const { act, why, busy } = useAct()
  // As the plan that asks for it counted: when it is another number by then, the office refuses.
  const [onOrder] = useState(() => onOrderOf(floor, item))
  const [order, setOrder] = useState(() => numberAfter('PO-', floor.list(purchaseOrderView)))
  const [supplier, setSupplier] = useState(floor.get(itemView, item)?.supplier ?? '')
  const input = (asked: Asked) => ({
    order: order.trim(),
    ...(supplier.trim() ? { supplier: supplier.trim() } : {}),
    lines: [{ item, ...asked, onOrder, ...(firm === undefined ? {} : { firm }) }]
  })
  return (
    <Frame
      {...props}
      title={`Order ${nameOf(item)}`}
      does="Make the purchase order"
      dueName="Wanted by"
      busy={busy}
      lacks={asked => (order.trim() ? why(orderPlanned, input(asked)) : 'Give the order a number.')}
      onDo={asked => act(orderPlanned, input(asked), `${order.trim()} is ordered.`)}
    >
      <Field label="Supplier">
        <TextInput value={supplier} onChange={setSupplier} />
      </Field>
      <Field label="Number">
        <TextInput value={order} onChange={setOrder} />
      </Field>
    </Frame>
  )
}

/** The work order itself belongs to another room; it gives the next free number. */
export const BuildForm = (props: Props) => {
  const { floor, nameOf } = props.desk
  const { item } = props.planned
  const found = floor.get(itemView, item)
  const { act, why, busy } = useAct()
  const create = floor.action('orders/create-work-order')
  const input = (asked: Asked) => ({
    item,
    revision: found?.revision ?? '',
    itemName: found?.name ?? item,
    ...asked,
    priority: 5
  })
  return (
    <Frame
      {...props}
      title={`Work order for ${nameOf(item)}`}
      does="Make the work order"
      dueName="Due"
      busy={busy}
      lacks={asked => (create ? why(create, input(asked)) : 'This version can’t make work orders.')}
      onDo={async asked =>
        create !== undefined &&
        (await act(create, input(asked), 'The work order is made. Release it under Work orders.'))
      }
    />
  )
}

/** The plan keeps it as it is, with this quantity and day, until it is ordered, changed or let go. */
export const FirmForm = (props: Props) => {
  const { floor, nameOf } = props.desk
  const { item, firm, start, due } = props.planned
  const { act, why, busy } = useAct()
  const doing = (asked: Asked) =>
    // Another day has another start, which the plan works out.
    firming(floor, { item, firm, start: asked.due === due ? start : undefined, ...asked })
  return (
    <Frame
      {...props}
      title={firm === undefined ? `Make it firm: ${nameOf(item)}` : `Change the firm order of ${nameOf(item)}`}
      does={firm === undefined ? 'Keep it in the plan' : 'Change it'}
      dueName="Due"
      busy={busy}
      lacks={asked => {
        const { action, input } = doing(asked)
        return action ? why(action, input) : 'This version can’t keep planned orders.'
      }}
      onDo={async asked => {
        const { action, input } = doing(asked)
        const done = `${show(asked.quantity)} ${nameOf(item)} by ${showDay(asked.due)} stay in the plan.`
        return action !== undefined && (await act(action, input, done))
      }}
    />
  )
}
