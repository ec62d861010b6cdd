/** Two orders of one that lacks parts: what can be built now, and the rest for the day on which its parts are there. */
import { useState } from 'preact/hooks'
import { dayText } from '#kernel/calendar.ts'
import { Quiet, showDay } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import type { ClearBuild, Outlook } from '../outlook.ts'
import { grouped } from '../planning/words.ts'
import type { Desk } from './desk-state.ts'

type Props = { readonly desk: Desk; readonly build: ClearBuild; readonly onClose: () => void }

/** The last of the days on which what it lacks comes, as far as the plan knows one; not before it is due anyhow. YYYY-MM-DD. */
export const restDue = (
  { due, lacks }: Pick<ClearBuild, 'due' | 'lacks'>,
  parts: readonly Pick<Outlook['parts'][number], 'item' | 'next'>[]
): string => {
  const days = lacks.flatMap(({ item }) => parts.find(one => one.item === item)?.next?.day ?? [])
  return [due, ...days.map(dayText)].toSorted().at(-1) ?? due
}

export const SplitBuild = ({ desk, build, onClose }: Props) => {
  const { order, split, quantity, due, lacks } = build
  const { floor, nameOf, answer } = desk
  const { act, why, busy } = useAct()
  const [was] = useState({ quantity, due })
  const [pieces, setPieces] = useState(String(split))
  const [day, setDay] = useState(() => restDue(build, answer?.parts ?? []))
  const action = floor.action('orders/split-work-order')
  const rest = was.quantity - Number(pieces)
  const input = { workOrder: order, was, quantity: Number(pieces), due: day, note: 'Split at clear to build' }
  const missing = !action
    ? 'This version can’t split work orders.'
    : !(Number.isInteger(input.quantity) && input.quantity > 0)
      ? 'Give a whole number of pieces.'
      : day === ''
        ? 'Give the day on which the others are due.'
        : why(action, input)
  const save = async () => {
    const done = `${order} keeps ${pieces} and is clear. The other ${rest} are a new order to release.`
    if (action && (await act(action, input, done))) onClose()
  }
  return (
    <FormDialog
      title={`Split ${order}`}
      onClose={onClose}
      does={missing ? 'Split it' : `Build ${pieces} now, ${rest} later`}
      onDo={() => void save()}
      busy={busy}
      why={missing}
    >
      <div data-wide="">
        <Quiet>
          {grouped(quantity)} {nameOf(build.item)} are due {showDay(due)}. {grouped(split)} can be built with what is
          there; {lacks.map(({ item }) => nameOf(item)).join(', ')} would be short for the rest.
        </Quiet>
      </div>
      <Field label="Build now">
        <TextInput value={pieces} onChange={setPieces} inputMode="numeric" autoFocus />
      </Field>
      <Field label="The others are due">
        <TextInput type="date" value={day} onChange={setDay} />
      </Field>
    </FormDialog>
  )
}
