/** Another day for what is on order: a line of a purchase order, or a work order. */
import { useState } from 'preact/hooks'
import { Quiet, showDay } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import { type Desk, purchaseLineOf } from './desk-state.ts'
import { changing } from './use-remedy.ts'

type Props = {
  readonly desk: Desk
  /** 'PO-0207/1' or 'WO-0012' */
  readonly receipt: string
  /** YYYY-MM-DD that stands there at first. */
  readonly day: string
  readonly why: string
  readonly onClose: () => void
}

export const DayForm = ({ desk, receipt, day, why: sentence, onClose }: Props) => {
  const { floor, today } = desk
  const { act, why, busy } = useAct()
  const [due, setDue] = useState(day)
  const [note, setNote] = useState('')
  const change = changing(floor, receipt, { due, ...(note.trim() ? { note: note.trim() } : {}) })
  if (!change) return null
  const missing = due < today ? 'Give a day that is not over.' : why(change.action, change.input)
  // A line has a number behind its order's; what is made here is done, and doesn't come.
  const ours = purchaseLineOf(receipt) === undefined
  const save = async () => {
    if (await act(change.action, change.input, `${change.name} is now ${ours ? 'due' : 'to come'} on ${showDay(due)}.`))
      onClose()
  }
  return (
    <FormDialog
      title={ours ? `When is ${change.name} done?` : `When does ${change.name} come?`}
      onClose={onClose}
      does="Save the day"
      onDo={() => void save()}
      busy={busy}
      why={missing}
    >
      <div data-wide="">
        <Quiet>{sentence}</Quiet>
      </div>
      <Field label={ours ? 'It is done on' : 'It comes on'} hint={`Until now ${showDay(change.due)}.`}>
        <TextInput type="date" value={due} onChange={setDue} autoFocus />
      </Field>
      <Field label="Note">
        <TextInput value={note} onChange={setNote} />
      </Field>
    </FormDialog>
  )
}
