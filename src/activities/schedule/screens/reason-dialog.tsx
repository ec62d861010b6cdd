/** A decision that somebody else will ask about: what it does, and a line saying why, without which it can't be done. */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Action } from '#kernel/decision.ts'
import { Field, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'

type Props<I> = {
  readonly title: string
  readonly does: string
  readonly tone?: 'stop'
  /** Above the line, 'Why' when not given. */
  readonly asks?: string
  /** Why the line may not stay empty. */
  readonly unsaid: string
  /** Why it can't be done whatever is written. */
  readonly lacks?: string | undefined
  readonly action: Action<I>
  readonly input: (reason: string) => I
  /** What is told once it is done. */
  readonly done: string
  readonly onDone?: () => void
  readonly onClose: () => void
  readonly children?: ComponentChildren
}

export const ReasonDialog = <I,>(props: Props<I>) => {
  const { title, does, tone, asks = 'Why', unsaid, lacks, action, input, done, onDone, onClose, children } = props
  const { act, why, busy } = useAct()
  const [typed, setTyped] = useState('')
  const reason = typed.trim()
  const whole = input(reason)
  const run = async () => {
    if (!(await act(action, whole, done))) return
    onDone?.()
    onClose()
  }
  return (
    <FormDialog
      title={title}
      onClose={onClose}
      does={does}
      onDo={() => void run()}
      tone={tone}
      busy={busy}
      why={lacks ?? (reason === '' ? unsaid : why(action, whole))}
    >
      {children}
      <div data-wide="">
        <Field label={asks}>
          <TextInput value={typed} onChange={setTyped} label={asks} lines={2} maxLength={500} autoFocus />
        </Field>
      </div>
    </FormDialog>
  )
}
