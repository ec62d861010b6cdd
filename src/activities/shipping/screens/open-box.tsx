/** Opens a box for one order; its number comes from the office. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Form, Quiet } from '#ui/desk-parts.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { useAct } from '#ui/use-act.ts'
import { packedOrderView } from '../projection.ts'
import { openHandlingUnit } from '../rules.ts'

export const OpenBox = ({ onClose }: { readonly onClose: () => void }) => {
  const floor = useFloor()
  const { act, why, busy } = useAct()
  const orders = floor
    .list(packedOrderView)
    .map(([, order]) => order)
    .filter(({ state }) => state === 'released' || state === 'complete')
  const [workOrder, setWorkOrder] = useState(orders[0]?.workOrder ?? '')
  const [capacity, setCapacity] = useState('12')
  const pieces = Number(capacity)
  const input = { workOrder, capacity: pieces }
  const missing = !(Number.isInteger(pieces) && pieces > 0)
    ? 'Give how many pieces go into the box.'
    : why(openHandlingUnit, input)
  const open = async () => {
    if (await act(openHandlingUnit, input, `A box is open for ${workOrder}.`)) onClose()
  }
  return (
    <Dialog title="Open a box" onClose={onClose}>
      {orders.length === 0 ? (
        <Quiet>No order is on the floor, so there is nothing to pack.</Quiet>
      ) : (
        <Form
          end={
            <>
              <Button onPress={onClose}>Leave it</Button>
              <Button tone="primary" busy={busy} why={missing} onPress={() => void open()}>
                Open the box
              </Button>
            </>
          }
        >
          <div data-wide="">
            <Field label="Order">
              <Select
                value={workOrder}
                onChange={setWorkOrder}
                options={orders.map(one => ({
                  value: one.workOrder,
                  label: `${one.workOrder}, ${one.itemName}, ${one.packed} of ${one.quantity} packed`
                }))}
              />
            </Field>
          </div>
          <Field label="Pieces in a full box">
            <TextInput value={capacity} onChange={setCapacity} inputMode="numeric" />
          </Field>
        </Form>
      )}
    </Dialog>
  )
}
