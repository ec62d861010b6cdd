/** Who looks after a matter, and what was said about it last. Both are the office's, so everyone at a desk sees them. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Quiet } from '#ui/desk-parts.tsx'
import { Select, TextInput } from '#ui/field.tsx'
import { useAct } from '#ui/use-act.ts'
import { dayWords } from '../planning/words.ts'
import { noteMessage } from '../plan-rules.ts'
import { type MessageNote, messageNoteView } from '../projection.ts'
import { type Desk, planners } from './desk-state.ts'
import css from './materials-desk.module.css'

/** What stays when one part of a note is changed. */
export const noteInput = (
  message: string,
  was: MessageNote | undefined,
  next: { readonly owner?: string; readonly note?: string; readonly dismissed?: string | undefined }
) => {
  const merged = { owner: was?.owner, note: was?.note, dismissed: was?.dismissed, ...next }
  const { owner, note, dismissed } = merged
  return {
    message,
    ...(owner ? { owner } : {}),
    ...(note ? { note } : {}),
    ...(dismissed === undefined ? {} : { dismissed })
  }
}

const noteDay = (at: string, today: number): string => dayWords(Math.floor(Date.parse(at) / 86_400_000), today)

/** 'Ask again on Monday (Pia, Thu 19 Nov)' */
export const noteWords = (desk: Desk, note: MessageNote | undefined): string =>
  note?.note === undefined
    ? ''
    : `${note.note} (${desk.floor.nameOf(note.person).split(' ')[0]}, ${noteDay(note.at, desk.day)})`

export const NoteLine = ({ desk, message }: { readonly desk: Desk; readonly message: string }) => {
  const { floor } = desk
  const was = floor.get(messageNoteView, message)
  const { act, why, busy } = useAct()
  const [text, setText] = useState<string>()
  const shown = text ?? was?.note ?? ''
  const owners = planners(floor)
  const save = async (next: Parameters<typeof noteInput>[2]) => {
    if (await act(noteMessage, noteInput(message, was, next))) setText(undefined)
  }
  const refused = why(noteMessage, noteInput(message, was, { note: shown }))
  return (
    <div class={css.note}>
      <Select
        label="Who looks after it"
        value={was?.owner ?? ''}
        options={owners}
        onChange={owner => void save({ owner })}
      />
      <TextInput
        label="Note"
        placeholder="Note"
        value={shown}
        maxLength={500}
        onChange={setText}
        onDone={() => void save({ note: shown.trim() })}
      />
      <Button
        busy={busy}
        why={refused ?? (text === undefined || text === (was?.note ?? '') ? 'Write the note first.' : undefined)}
        onPress={() => void save({ note: shown.trim() })}
      >
        Save the note
      </Button>
      {was?.note !== undefined && (
        <Quiet>
          {floor.nameOf(was.person)}, {noteDay(was.at, desk.day)}
        </Quiet>
      )}
    </div>
  )
}
