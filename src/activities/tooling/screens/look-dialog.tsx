/** One tool in the hand: is it right for the job? What is wrong is recorded too; that it was found is the point. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { useAct } from '#ui/use-act.ts'
import type { Tool } from '../projection.ts'
import { setUpTool } from '../rules.ts'
import css from './set-up-screen.module.css'

type Props = {
  readonly tool: Tool
  readonly input: {
    readonly tool: string
    readonly station: string
    readonly workOrder: string
    readonly op: number
    readonly aligned: boolean
  }
  readonly onClose: () => void
}

export const LookDialog = ({ tool, input, onClose }: Props) => {
  const { act, busy } = useAct()
  const [wrong, setWrong] = useState(false)
  const [note, setNote] = useState('')
  const record = async (aligned: boolean): Promise<void> => {
    const said = note.trim()
    const done = aligned ? `${tool.tool} is set up.` : `${tool.tool} is kept out of the job until it is set right.`
    if (await act(setUpTool, { ...input, aligned, ...(said ? { note: said } : {}) }, done)) onClose()
  }
  return (
    <Dialog title={`${tool.tool} ${tool.name}`} onClose={onClose}>
      <div class={css.look}>
        <p>Is it clean, whole and aligned as the build document shows?</p>
        {wrong && (
          <Field label="What is wrong">
            <TextInput value={note} onChange={setNote} autoFocus placeholder="Left stop is loose" />
          </Field>
        )}
        <div class={css.ways}>
          {wrong ? (
            <>
              <Button onPress={() => setWrong(false)}>Back</Button>
              <Button
                tone="stop"
                grow
                busy={busy}
                why={note.trim() === '' ? 'Say in a few words what is wrong.' : undefined}
                onPress={() => void record(false)}
              >
                Record it
              </Button>
            </>
          ) : (
            <>
              <Button onPress={() => setWrong(true)}>Something is wrong</Button>
              <Button tone="primary" grow busy={busy} onPress={() => void record(true)}>
                It is right
              </Button>
            </>
          )}
        </div>
      </div>
    </Dialog>
  )
}
