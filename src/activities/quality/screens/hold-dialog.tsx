/** Stopping a batch: asked for by holding the button, then the reason. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field, TextInput, Tiles } from '#ui/field.tsx'
import type { Floor } from '#ui/floor.tsx'
import type { Run } from '../projection.ts'
import { placeHold } from '../rules.ts'
import css from './hold-dialog.module.css'
import { act } from './recording.ts'

type Props = { readonly floor: Floor; readonly run: Run; readonly onClose: () => void }

export const HoldDialog = ({ floor, run, onClose }: Props) => {
  const [reason, setReason] = useState<string>()
  const [note, setNote] = useState('')
  const save = async () => {
    if (reason === undefined || !(await act(floor, placeHold, { workOrder: run.workOrder, reason, note }))) return
    floor.tell({ text: `${run.workOrder} is on hold. Saved on this tablet.`, tone: 'ok' })
    onClose()
  }
  return (
    <Dialog title={`Put ${run.workOrder} on hold`} onClose={onClose} wide>
      <div class={css.form}>
        <p>Nothing more of this batch is started until a supervisor or an engineer releases it.</p>
        <Tiles
          label="Why"
          options={floor.reasons('hold').map(({ code, name }) => ({ value: code, label: name }))}
          value={reason}
          onChange={setReason}
        />
        <Field label="Note" hint="What to look at, which pieces">
          <TextInput value={note} onChange={setNote} maxLength={2000} />
        </Field>
        <Button tone="stop" grow why={reason === undefined ? 'Choose why.' : undefined} onPress={() => void save()}>
          Put on hold
        </Button>
      </div>
    </Dialog>
  )
}
