import { useState } from 'preact/hooks'
import { show } from '#kernel/quantity.ts'
import { Dialog } from '#ui/dialog.tsx'
import { useFloor } from '#ui/floor.tsx'
import { LimitBar } from '#ui/limit-bar.tsx'
import { readNumber } from '#ui/number-entry.ts'
import { NumberPad } from '#ui/number-pad.tsx'
import { usePress } from '#ui/press.ts'
import { lastValue } from '../step.ts'
import { measureValue } from '../step-rules.ts'
import { targetWord, timeWord } from '../format.ts'
import { useAct } from './act.ts'
import css from './step-panel.module.css'
import { useDraft } from './use-draft.ts'
import type { FieldProps } from './use-operation.ts'

/** A reading between its limits, which are seen before anything is typed. Every reading is kept. */
export const MeasureField = ({ state, step }: FieldProps) => {
  const floor = useFloor()
  const act = useAct()
  const { order, operation, spot, record } = state
  const [draft, setTyped] = useDraft(`job/${order.workOrder}/${operation.op}/${spot.cycle}/${spot.step}/value`)
  const [open, setOpen] = useState(false)
  const value = lastValue(record)
  const limits = { low: step.low, high: step.high, nominal: step.nominal, unit: step.unit }
  const locked = record.done !== undefined
  // What a killed browser remembers of its last seconds may be older than what was recorded then.
  const typed = locked ? '' : draft
  const pressing = usePress(() =>
    locked ? floor.tell({ text: 'This step is done. Undo it first to measure again.', tone: 'stop' }) : setOpen(true)
  )
  const keep = async () => {
    const number = readNumber(typed)
    if (number === undefined) return
    setOpen(false)
    // The next key is meant for the screen's primary button, not for this field again.
    setTimeout(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
    if (await act(measureValue, { workOrder: order.workOrder, op: operation.op, ...spot, value: number })) setTyped('')
  }
  return (
    <div class={css.measure}>
      <button type="button" class={css.reading} data-empty={value || typed ? undefined : ''} {...pressing}>
        <small>{typed ? 'Typed, not yet entered' : 'Reading'}</small>
        <b data-nocut="">
          {typed || (value ? show(value.value) : 'Tap to enter')} {(typed || value) && <span>{step.unit}</span>}
        </b>
      </button>
      <LimitBar {...limits} value={readNumber(typed) ?? value?.value} />
      {value && (
        <p class={css.before}>
          {timeWord(value.at)} by {floor.nameOf(value.person)}
          {record.values.length > 1 &&
            `, before it ${record.values
              .slice(0, -1)
              .map(one => show(one.value))
              .join(' · ')}`}
        </p>
      )}
      {open && (
        <Dialog title={step.title} onClose={() => setOpen(false)}>
          <div class={css.pad}>
            <div class={css.limits}>
              <p class={css.target}>{targetWord(step)}</p>
              <LimitBar {...limits} value={readNumber(typed)} />
            </div>
            <NumberPad
              value={typed}
              onChange={setTyped}
              onDone={() => void keep()}
              unit={step.unit}
              label="Reading"
              done="Enter"
            />
          </div>
        </Dialog>
      )}
    </div>
  )
}
