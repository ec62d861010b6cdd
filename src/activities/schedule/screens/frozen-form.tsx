/** Asking for a change inside the frozen zone: it is made when a supervisor signs it. */
import { useState } from 'preact/hooks'
import { Quiet, showDay } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import type { Build } from '../projection.ts'
import { askFrozenEdit } from '../version-rules.ts'

export type Frozen = { readonly name: string; readonly build: Pick<Build, 'build' | 'item' | 'quantity' | 'due'> }

export const AskFrozen = ({ name, build, onClose }: Frozen & { readonly onClose: () => void }) => {
  const { act, why, busy } = useAct()
  const [reason, setReason] = useState('')
  const input = { ...build, reason }
  const ask = async () => {
    if (await act(askFrozenEdit, input, 'Asked for. A supervisor decides under Approvals and versions.')) onClose()
  }
  return (
    <FormDialog
      title={`${name} is frozen`}
      onClose={onClose}
      does={`Ask for ${build.quantity} by ${showDay(build.due)}`}
      onDo={() => void ask()}
      busy={busy}
      why={reason.trim() === '' ? 'Write why. Whoever signs it reads that.' : why(askFrozenEdit, input)}
    >
      <div data-wide="">
        <Quiet>
          So near to its day a build is changed only by a supervisor’s signature. Until then the plan stays as it is.
        </Quiet>
      </div>
      <div data-wide="">
        <Field label="Why">
          <TextInput value={reason} onChange={setReason} label="Why" lines={2} maxLength={500} autoFocus />
        </Field>
      </div>
    </FormDialog>
  )
}
