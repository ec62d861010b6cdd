/** The approval is signed: the office checks the PIN of whoever is signed in once more before it is asked to approve. */
import { useState } from 'preact/hooks'
import { Quiet } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { sentenceOf, useAct } from '#ui/use-act.ts'
import { approveChangeOrder } from '../change-order-rules.ts'
import type { ChangeOrder } from '../change-order-view.ts'

export const SignApproval = ({ change, onClose }: { readonly change: ChangeOrder; readonly onClose: () => void }) => {
  const floor = useFloor()
  const { act, busy } = useAct()
  const [pin, setPin] = useState('')
  const [problem, setProblem] = useState<string>()
  const person = floor.person.value
  const sign = async () => {
    if (!person || pin === '') return
    try {
      await floor.office.post('/v1/sign-in', { person: person.person, pin })
    } catch (caught) {
      setPin('')
      return setProblem(sentenceOf(caught))
    }
    if (await act(approveChangeOrder, { order: change.order }, `${change.order} is approved.`)) onClose()
  }
  return (
    <FormDialog
      title={`Approve ${change.order}`}
      onClose={onClose}
      does="Sign"
      onDo={() => void sign()}
      busy={busy}
      why={pin === '' ? 'Enter your PIN.' : undefined}
    >
      <div data-wide="">
        <Quiet>
          {change.title}. By signing, {person?.name} says that it was looked at and may be released. The name and the
          time are kept with it.
        </Quiet>
      </div>
      <Field label={`PIN of ${person?.name ?? ''}`} problem={problem}>
        <TextInput
          type="password"
          inputMode="numeric"
          autoComplete="off"
          value={pin}
          onChange={setPin}
          onDone={() => void sign()}
          autoFocus
        />
      </Field>
    </FormDialog>
  )
}
