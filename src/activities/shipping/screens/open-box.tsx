/** Opens a box for one order; its number comes from the office. Orders that may not be packed yet say why. */
import { useState } from 'preact/hooks'
import { Mark, Named, Quiet } from '#ui/desk-parts.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import { type PackedOrder, packedOrderView } from '../projection.ts'
import { notReady, openHandlingUnit } from '../rules.ts'
import css from './shipping-desk.module.css'

type Props = { readonly onOpened: (workOrder: string) => void; readonly onClose: () => void }

export const OpenBox = ({ onOpened, onClose }: Props) => {
  const floor = useFloor()
  const { act, why, busy } = useAct()
  const orders = floor
    .list(packedOrderView)
    .map(([, order]) => order)
    .filter(({ state, packed, quantity }) => (state === 'released' || state === 'complete') && packed < quantity)
  const stopOf = (order: PackedOrder): string | undefined => {
    const refusal = notReady(order)
    return refusal && floor.say(refusal)
  }
  const ready = orders.filter(order => stopOf(order) === undefined)
  const [workOrder, setWorkOrder] = useState(ready[0]?.workOrder)
  const [typed, setTyped] = useState<string>()
  const chosen = orders.find(one => one.workOrder === workOrder)
  const capacity = Number(typed ?? Math.min(12, chosen ? chosen.quantity - chosen.packed : 12))
  const missing = !chosen
    ? ready.length === 0
      ? 'No order is ready to be packed.'
      : 'Choose the order.'
    : !(Number.isInteger(capacity) && capacity > 0)
      ? 'Give how many pieces go into the box.'
      : (stopOf(chosen) ?? why(openHandlingUnit, { workOrder: chosen.workOrder, capacity }))
  const open = async () => {
    if (!chosen) return
    const done = `A box is open for ${chosen.workOrder}.`
    if (!(await act(openHandlingUnit, { workOrder: chosen.workOrder, capacity }, done))) return
    onOpened(chosen.workOrder)
    onClose()
  }
  if (orders.length === 0)
    return (
      <Dialog title="Open a box" onClose={onClose}>
        <Quiet>Every order on the floor is packed. Release the next one under Work orders.</Quiet>
      </Dialog>
    )
  return (
    <FormDialog
      title="Open a box"
      onClose={onClose}
      does="Open the box"
      onDo={() => void open()}
      busy={busy}
      why={missing}
    >
      <div data-wide="" class={css.orders} role="radiogroup" aria-label="Order">
        {[...ready, ...orders.filter(one => !ready.includes(one))].map(order => (
          <Order
            key={order.workOrder}
            order={order}
            stop={stopOf(order)}
            chosen={order.workOrder === workOrder}
            onChoose={() => setWorkOrder(order.workOrder)}
          />
        ))}
      </div>
      <Field label="Pieces in a full box">
        <TextInput value={typed ?? String(capacity)} onChange={setTyped} inputMode="numeric" />
      </Field>
    </FormDialog>
  )
}

type OrderProps = {
  readonly order: PackedOrder
  readonly stop: string | undefined
  readonly chosen: boolean
  readonly onChoose: () => void
}

const Order = ({ order, stop, chosen, onChoose }: OrderProps) => (
  <label class={css.order} data-chosen={chosen ? '' : undefined} data-order={order.workOrder}>
    <input type="radio" name="order" checked={chosen} onChange={onChoose} />
    <span>
      <Named number={order.workOrder} name={`${order.itemName}, ${order.packed} of ${order.quantity} packed`} />
      {stop && <small>{stop}</small>}
    </span>
    <Mark level={stop ? 'attention' : 'normal'} word={stop ? 'Not yet' : 'Ready'} />
  </label>
)
