/** One line of a purchase order: another day, another quantity, or no more of it. */
import { useState } from 'preact/hooks'
import { show } from '#kernel/quantity.ts'
import { Button } from '#ui/button.tsx'
import { Form } from '#ui/desk-parts.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { useAct } from '#ui/use-act.ts'
import type { PurchaseLine } from '../projection.ts'
import { changePurchaseLine } from '../purchase-rules.ts'
import type { Desk } from './desk-state.ts'

type Props = {
  readonly desk: Desk
  readonly order: string
  readonly line: PurchaseLine
  readonly onClose: () => void
}

export const ChangeLine = ({ desk, order, line, onClose }: Props) => {
  const { act, why, busy } = useAct()
  const [quantity, setQuantity] = useState(show(line.quantity))
  const [due, setDue] = useState(line.due)
  const [note, setNote] = useState('')
  const many = Number(quantity.replace(',', '.'))
  const base = {
    order,
    line: line.line,
    was: { quantity: line.quantity, due: line.due },
    ...(note.trim() ? { note: note.trim() } : {})
  }
  const input = {
    ...base,
    ...(many === line.quantity ? {} : { quantity: many }),
    ...(due === line.due ? {} : { due })
  }
  const missing = !(many > 0)
    ? 'Give a quantity, or close the line.'
    : due === ''
      ? 'Give the day.'
      : why(changePurchaseLine, input)
  const save = async (change: Parameters<typeof changePurchaseLine.decide>[1], done: string) => {
    if (await act(changePurchaseLine, change, done)) onClose()
  }
  return (
    <Dialog title={`${order}, line ${line.line}: ${desk.nameOf(line.item)}`} onClose={onClose}>
      <Form
        end={
          <>
            <Button onPress={onClose}>Leave it</Button>
            <Button
              busy={busy}
              why={why(changePurchaseLine, { ...base, close: true })}
              onPress={() => void save({ ...base, close: true }, 'The line is closed.')}
            >
              No more of it comes
            </Button>
            <Button tone="primary" busy={busy} why={missing} onPress={() => void save(input, 'The line is changed.')}>
              Save the line
            </Button>
          </>
        }
      >
        <Field
          label={`Ordered, ${desk.unitOf(line.item)}`}
          hint={line.received > 0 ? `${show(line.received)} have come.` : undefined}
        >
          <TextInput value={quantity} onChange={setQuantity} inputMode="decimal" />
        </Field>
        <Field label="Due">
          <TextInput type="date" value={due} onChange={setDue} autoFocus />
        </Field>
        <div data-wide="">
          <Field label="Note">
            <TextInput value={note} onChange={setNote} />
          </Field>
        </div>
      </Form>
    </Dialog>
  )
}
