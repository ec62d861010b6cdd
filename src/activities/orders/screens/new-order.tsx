/** Makes a work order. The number is given by the office when none is typed. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { dayOf, Form, Quiet } from '#ui/desk-parts.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { useAct } from '#ui/use-act.ts'
import { orderItemView } from '../item.ts'
import { createWorkOrder } from '../office-rules.ts'

const WEEK = 7 * 86_400_000

export const NewOrder = ({ onClose }: { readonly onClose: () => void }) => {
  const floor = useFloor()
  const { act, busy } = useAct()
  const items = floor
    .list(orderItemView)
    .map(([, item]) => item)
    .filter(({ source }) => source === 'make')
  const [item, setItem] = useState(items[0]?.item ?? '')
  const [quantity, setQuantity] = useState('')
  const [due, setDue] = useState(dayOf(floor.now.peek() + WEEK))
  const [label, setLabel] = useState('')
  const [customer, setCustomer] = useState('')
  const [number, setNumber] = useState('')
  const chosen = items.find(one => one.item === item)
  const pieces = Number(quantity)
  const missing = !chosen
    ? 'Choose an item that is made here.'
    : !(Number.isInteger(pieces) && pieces > 0)
      ? 'Give a whole number of pieces.'
      : due === ''
        ? 'Give the day it is due.'
        : undefined
  const create = async () => {
    if (!chosen) return
    const order = {
      item: chosen.item,
      revision: chosen.revision,
      itemName: chosen.name,
      quantity: pieces,
      due,
      priority: 5,
      ...(label.trim() ? { label: label.trim() } : {}),
      ...(customer.trim() ? { customer: customer.trim() } : {}),
      ...(number.trim() ? { workOrder: number.trim().toUpperCase() } : {})
    }
    if (await act(createWorkOrder, order, 'The work order is made. Release it when it may start.')) onClose()
  }
  return (
    <Dialog title="New work order" onClose={onClose}>
      {items.length === 0 ? (
        <Quiet>No item is made here yet. Add items under Materials or bring them with Import.</Quiet>
      ) : (
        <Form
          end={
            <>
              <Button onPress={onClose}>Leave it</Button>
              <Button tone="primary" busy={busy} why={missing} onPress={() => void create()}>
                Make it
              </Button>
            </>
          }
        >
          <div data-wide="">
            <Field label="Item">
              <Select
                value={item}
                onChange={setItem}
                options={items.map(one => ({ value: one.item, label: `${one.name}, ${one.item} rev ${one.revision}` }))}
              />
            </Field>
          </div>
          <Field label="Pieces">
            <TextInput value={quantity} onChange={setQuantity} inputMode="numeric" autoFocus />
          </Field>
          <Field label="Due">
            <TextInput type="date" value={due} onChange={setDue} />
          </Field>
          <Field label="What people call it" hint="For example Batch 12.">
            <TextInput value={label} onChange={setLabel} />
          </Field>
          <Field label="Customer">
            <TextInput value={customer} onChange={setCustomer} />
          </Field>
          <Field label="Number" hint="The next free one when empty.">
            <TextInput value={number} onChange={setNumber} placeholder="WO-0012" />
          </Field>
        </Form>
      )}
    </Dialog>
  )
}
