/** A signature: the office checks the PIN of whoever is signed in once more before it is asked to do what is signed. */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Quiet } from './desk-parts.tsx'
import { Field, TextInput } from './field.tsx'
import { useFloor } from './floor.tsx'
import { FormDialog } from './form-dialog.tsx'
import { sentenceOf } from './use-act.ts'

type Props = {
  readonly title: ComponentChildren
  readonly busy: boolean
  /** Done when the PIN was right. */
  readonly onSigned: () => Promise<boolean>
  readonly onClose: () => void
  /** What is signed; `name` says it. */
  readonly children: (name: string) => ComponentChildren
}

export const SignDialog = ({ title, busy, onSigned, onClose, children }: Props) => {
  const floor = useFloor()
  const [pin, setPin] = useState('')
  const [problem, setProblem] = useState<string>()
  const person = floor.person.value
  const name = person?.name ?? ''
  const sign = async () => {
    if (!person || pin === '') return
    try {
      await floor.office.post('/v1/sign-in', { person: person.person, pin })
    } catch (caught) {
      setPin('')
      return setProblem(sentenceOf(caught))
    }
    if (await onSigned()) onClose()
  }
  return (
    <FormDialog
      title={title}
      onClose={onClose}
      does="Sign"
      onDo={() => void sign()}
      busy={busy}
      why={pin === '' ? 'Enter your PIN.' : undefined}
    >
      <div data-wide="">
        <Quiet>{children(name)} The name and the time are kept with it.</Quiet>
      </div>
      <Field label={`PIN of ${name}`} problem={problem}>
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
