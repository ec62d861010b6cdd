/** Another day for a line of a purchase order: what the supplier said, or what was asked for and agreed. */
import { useState } from 'preact/hooks'
import { Quiet, showDay } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import { purchaseOrderView } from '../projection.ts'
import { changePurchaseLine } from '../purchase-rules.ts'
import { type Desk, purchaseLineOf } from './desk-state.ts'

type Props = {
  readonly desk: Desk
  /** 'PO-0207/1' */
  readonly receipt: string
  /** YYYY-MM-DD that stands there at first. */
  readonly day: string
  readonly why: string
  readonly onClose: () => void
}

export const LineDay = ({ desk, receipt, day, why: sentence, onClose }: Props) => {
  const { floor, today } = desk
  const { act, why, busy } = useAct()
  const at = purchaseLineOf(receipt)
  const line = at && floor.get(purchaseOrderView, at.order)?.lines.find(one => one.line === at.line)
  const [due, setDue] = useState(day)
  const [note, setNote] = useState('')
  if (!at || !line) return null
  const input = {
    ...at,
    was: { quantity: line.quantity, due: line.due },
    due,
    ...(note.trim() ? { note: note.trim() } : {})
  }
  const missing = due < today ? 'Give a day that is not over.' : why(changePurchaseLine, input)
  const save = async () => {
    if (await act(changePurchaseLine, input, `${at.order}, line ${at.line} now comes on ${showDay(due)}.`)) onClose()
  }
  return (
    <FormDialog
      title={`When does ${at.order}, line ${at.line} come?`}
      onClose={onClose}
      does="Save the day"
      onDo={() => void save()}
      busy={busy}
      why={missing}
    >
      <div data-wide="">
        <Quiet>{sentence}</Quiet>
      </div>
      <Field label="It comes on" hint={`Until now ${showDay(line.due)}.`}>
        <TextInput type="date" value={due} onChange={setDue} autoFocus />
      </Field>
      <Field label="Note">
        <TextInput value={note} onChange={setNote} />
      </Field>
    </FormDialog>
  )
}
