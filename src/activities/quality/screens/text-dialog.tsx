/** What a check that asks for words was answered: typed, or scanned from the label it is about. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { TextInput } from '#ui/field.tsx'
import { type Floor, useScan } from '#ui/floor.tsx'
import type { Lot } from '../known.ts'
import type { Characteristic } from '../plans.ts'
import type { Result } from '../projection.ts'
import css from './check-row.module.css'
import { record } from './recording.ts'

type Props = {
  readonly floor: Floor
  readonly lot: Lot
  readonly sample: number
  readonly check: Characteristic
  readonly result: Result | undefined
  /** What the scanner read before the dialog opened. */
  readonly scanned?: string | undefined
  readonly onClose: () => void
}

export const TextDialog = ({ floor, lot, sample, check, result, scanned, onClose }: Props) => {
  const key = `quality/text/${lot.inspection.workOrder}/${lot.inspection.op}/${sample}/${check.number}`
  const [text, setText] = useState(scanned ?? floor.draft(key) ?? result?.text ?? '')
  const type = (next: string) => {
    floor.setDraft(key, next)
    setText(next)
  }
  useScan(({ raw }) => {
    type(raw.trim())
    return true
  })
  const save = async () => {
    if (!(await record(floor, lot, sample, check, result, { verdict: result?.verdict ?? 'pass', text }))) return
    floor.setDraft(key, undefined)
    onClose()
  }
  return (
    <Dialog title={`Check ${check.number} ${check.name}`} onClose={onClose}>
      <div class={css.writing}>
        <TextInput label={check.name} value={text} onChange={type} lines={3} maxLength={2000} autoFocus />
        <Button grow why={text.trim() === '' ? 'Write what you see.' : undefined} onPress={() => void save()}>
          Save
        </Button>
      </div>
    </Dialog>
  )
}
