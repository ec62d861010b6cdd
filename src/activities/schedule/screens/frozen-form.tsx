/** Asking for a change inside the frozen zone: it is made when a supervisor signs it. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Form, Quiet, showDay } from '#ui/desk-parts.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field, TextInput } from '#ui/field.tsx'
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
    <Dialog title={`${name} is frozen`} onClose={onClose}>
      <Form
        end={
          <>
            <Button onPress={onClose}>Leave it</Button>
            <Button
              tone="primary"
              busy={busy}
              why={reason.trim() === '' ? 'Write why. Whoever signs it reads that.' : why(askFrozenEdit, input)}
              onPress={() => void ask()}
            >
              Ask for {build.quantity} by {showDay(build.due)}
            </Button>
          </>
        }
      >
        <Quiet>So near to its day a build is changed only by a supervisor’s signature.</Quiet>
        <Field label="Why">
          <TextInput value={reason} onChange={setReason} label="Why" lines={2} maxLength={500} autoFocus />
        </Field>
      </Form>
    </Dialog>
  )
}
