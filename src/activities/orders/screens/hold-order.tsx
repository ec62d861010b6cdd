/** Puts a work order on hold from a desk. The rule lives in the quality room; this asks it by name. */
import { useState } from 'preact/hooks'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'

export const HoldOrder = ({ workOrder, onClose }: { readonly workOrder: string; readonly onClose: () => void }) => {
  const floor = useFloor()
  const { act, why, busy } = useAct()
  const [reason, setReason] = useState('')
  const [note, setNote] = useState('')
  const place = floor.action('quality/place-hold')
  if (!place) return null
  const input = { workOrder, reason, note }
  const hold = async () => {
    if (await act(place, input, `${workOrder} is on hold.`)) onClose()
  }
  return (
    <FormDialog
      title={`Put ${workOrder} on hold`}
      onClose={onClose}
      does="Put on hold"
      onDo={() => void hold()}
      tone="stop"
      busy={busy}
      why={reason === '' ? 'Choose why.' : why(place, input)}
    >
      <div data-wide="">
        <Field label="Why" hint="Nothing more of it is started until a supervisor or an engineer releases it.">
          <Select
            value={reason}
            onChange={setReason}
            options={[
              { value: '', label: 'Choose' },
              ...floor.reasons('hold').map(({ code, name }) => ({ value: code, label: name }))
            ]}
          />
        </Field>
      </div>
      <div data-wide="">
        <Field label="Note" hint="What to look at, which pieces">
          <TextInput lines={2} value={note} onChange={setNote} maxLength={2000} />
        </Field>
      </div>
    </FormDialog>
  )
}
