/** Another day or quantity for a work order, and two orders of one. */
import { useState } from 'preact/hooks'
import { Quiet, showDay } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import type { WorkOrder } from '../projection.ts'
import { begunPieces } from '../reschedule.ts'
import { rescheduleWorkOrder, splitWorkOrder } from '../reschedule-rules.ts'

type Props = { readonly order: WorkOrder; readonly onClose: () => void }

const noted = (note: string) => (note.trim() ? { note: note.trim() } : {})
const isWhole = (pieces: number): boolean => Number.isInteger(pieces) && pieces > 0

export const Reschedule = ({ order, onClose }: Props) => {
  const { workOrder, quantity, due } = order
  const { act, why, busy } = useAct()
  // What the person saw: when it is another by then, the office refuses.
  const [was] = useState({ quantity, due })
  const [pieces, setPieces] = useState(String(quantity))
  const [day, setDay] = useState(due)
  const [note, setNote] = useState('')
  const input = { workOrder, was, due: day, quantity: Number(pieces), ...noted(note) }
  const missing = !isWhole(input.quantity)
    ? 'Give a whole number of pieces.'
    : day === ''
      ? 'Give the day it is due.'
      : why(rescheduleWorkOrder, input)
  const save = async () => {
    if (await act(rescheduleWorkOrder, input, `${workOrder}: ${pieces} by ${showDay(day)}.`)) onClose()
  }
  return (
    <FormDialog
      title={`Change ${workOrder}`}
      onClose={onClose}
      does="Change it"
      onDo={() => void save()}
      busy={busy}
      why={missing}
    >
      <Field label="Due">
        <TextInput type="date" value={day} onChange={setDay} autoFocus />
      </Field>
      <Field label="Pieces" hint="While nothing is begun.">
        <TextInput value={pieces} onChange={setPieces} inputMode="numeric" />
      </Field>
      <div data-wide="">
        <Field label="Why" hint="It stands in the story of the order.">
          <TextInput value={note} onChange={setNote} maxLength={500} />
        </Field>
      </div>
    </FormDialog>
  )
}

export const Split = ({ order, onClose }: Props) => {
  const floor = useFloor()
  const { workOrder, quantity, due } = order
  const { act, why, busy } = useAct()
  const [was] = useState({ quantity, due })
  const begun = begunPieces(floor, order)
  const [pieces, setPieces] = useState(String(Math.max(begun, Math.floor(quantity / 2), 1)))
  const [day, setDay] = useState(due)
  const rest = was.quantity - Number(pieces)
  const input = { workOrder, was, quantity: Number(pieces), due: day }
  const missing = !isWhole(input.quantity)
    ? 'Give a whole number of pieces.'
    : day === ''
      ? 'Give the day on which the others are due.'
      : why(splitWorkOrder, input)
  const save = async () => {
    if (await act(splitWorkOrder, input, `${workOrder} keeps ${pieces}. The other ${rest} are a new order to release.`))
      onClose()
  }
  return (
    <FormDialog
      title={`Split ${workOrder}`}
      onClose={onClose}
      does={missing ? 'Split it' : `Keep ${pieces}, ${rest} in a new order`}
      onDo={() => void save()}
      busy={busy}
      why={missing}
    >
      <div data-wide="">
        <Quiet>
          {quantity} pieces due {showDay(due)}
          {begun > 0 && `, ${begun} of them begun`}. What is recorded stays with {workOrder}.
        </Quiet>
      </div>
      <Field label={`Pieces that ${workOrder} keeps`}>
        <TextInput value={pieces} onChange={setPieces} inputMode="numeric" autoFocus />
      </Field>
      <Field label="The others are due">
        <TextInput type="date" value={day} onChange={setDay} />
      </Field>
    </FormDialog>
  )
}
