/** One step of one unit: what to do, how much, and the field in which it is recorded. */
import { Button } from '#ui/button.tsx'
import { useFloor } from '#ui/floor.tsx'
import { Shape } from '#ui/state-mark.tsx'
import { reopenStep } from '../step-rules.ts'
import { targetWord, timeWord } from '../format.ts'
import { useAct } from './act.ts'
import { MeasureField } from './measure-field.tsx'
import { PartField } from './part-field.tsx'
import { PhotoField } from './photo-field.tsx'
import css from './step-panel.module.css'
import type { Undo } from './undo.ts'
import { useDraft } from './use-draft.ts'
import type { FieldProps, OperationState } from './use-operation.ts'

type PanelProps = { readonly state: OperationState; readonly onUndo: (undo: Undo) => void }

export const StepPanel = ({ state, onUndo }: PanelProps) => {
  const { step } = state
  const floor = useFloor()
  if (!step)
    return (
      <p class={css.text}>{floor.say({ refused: 'method-not-here', about: { workOrder: state.order.workOrder } })}</p>
    )
  return (
    <section class={css.step} data-kind={step.kind} aria-labelledby="step-title">
      <h2 id="step-title">{step.title}</h2>
      {step.news && <News state={state} news={step.news} step={step.step} />}
      {step.text && <p class={css.text}>{step.text}</p>}
      {step.kind === 'measure' && (
        <p class={css.target} data-nocut="">
          {targetWord(step)}
        </p>
      )}
      <StepField state={state} step={step} onUndo={onUndo} />
      <DoneLine state={state} step={step} />
    </section>
  )
}

const StepField = (props: FieldProps) => {
  switch (props.step.kind) {
    case 'measure':
      return <MeasureField {...props} />
    case 'part':
      return <PartField {...props} />
    case 'photo':
      return <PhotoField {...props} />
    case 'task':
      return null
  }
}

const DoneLine = ({ state, step }: Pick<FieldProps, 'state' | 'step'>) => {
  const floor = useFloor()
  const act = useAct()
  const { done } = state.record
  if (!done) return null
  const place = { workOrder: state.order.workOrder, op: state.operation.op, ...state.spot }
  return (
    <div class={css.done}>
      <p>
        <b>✓ Done</b> {timeWord(done.at)} by {floor.nameOf(done.person)}
      </p>
      <Button onPress={() => void act(reopenStep, place, { told: `Open again: ${step.title}` })}>Undo</Button>
    </div>
  )
}

/** What changed in this revision, until this person has said that it is seen. */
const News = ({
  state: { order, operation },
  news,
  step
}: {
  readonly state: OperationState
  readonly news: string
  readonly step: number
}) => {
  const floor = useFloor()
  const [seen, setSeen] = useDraft(`news/${order.method}/${operation.op}/${step}/${floor.person.value?.person ?? ''}`)
  if (seen) return null
  return (
    <div class={css.news}>
      <Shape level="attention" />
      <p>
        <b>New in rev {order.revision}:</b> {news}
      </p>
      <Button onPress={() => setSeen('seen')}>Seen</Button>
    </div>
  )
}
