/** Saying that a step is done, and counting the piece with its last one. */
import { pieces } from '../format.ts'
import { reportQuantity, withdrawReport } from '../rules.ts'
import { nextPress, nextUnit, openStep } from '../run.ts'
import { completeStep, reopenStep } from '../step-rules.ts'
import type { Act } from './act.ts'
import type { Undo } from './undo.ts'
import type { OperationState } from './use-operation.ts'

export type Doing = {
  readonly state: OperationState
  readonly act: Act
  readonly onUndo: (undo: Undo) => void
}

/** The next step is shown at once: it is saved while the eye moves on, and what is refused comes back with its reason. */
export const stepDone = async (counts: boolean, doing: Doing): Promise<void> => {
  const { state, act, onUndo } = doing
  const { order, operation, spot, step, go } = state
  const place = { workOrder: order.workOrder, op: operation.op, ...spot }
  const back = () => {
    go(spot)
    void act(reopenStep, place)
  }
  const rest = operation.steps.find(one => one !== spot.step && !state.units.get(spot.cycle)?.steps[one]?.done)
  if (counts) goOn(state)
  else if (rest !== undefined) go({ cycle: spot.cycle, step: rest })
  if (!(await act(completeStep, place))) return go(spot)
  if (!counts) return onUndo({ text: step?.title ?? 'Done', back })
  if (!(await countGood(doing, 1, back))) go(spot)
}

/** Says that the step is done from where it was filled, as the primary button would. */
export const finishStep = (doing: Doing): Promise<void> => {
  const next = nextPress(doing.state, doing.state.spot)
  return next.press === 'step' ? stepDone(next.counts, doing) : Promise.resolve()
}

/** `after` takes back what was done with the count. */
export const countGood = async ({ state, act, onUndo }: Doing, good: number, after?: () => void): Promise<boolean> => {
  const job = { workOrder: state.order.workOrder, op: state.operation.op }
  const report = crypto.randomUUID()
  if (!(await act(reportQuantity, { ...job, report, good, scrap: 0, rework: 0 }))) return false
  const text = after ? `Unit ${state.spot.cycle} counted good` : `${pieces(good)} counted good`
  onUndo({ text, back: () => void act(withdrawReport, { ...job, report }).then(done => done && after?.()) })
  return true
}

export const goOn = (state: OperationState): void => {
  // The unit just finished is still open in what this press knew.
  const next = nextUnit(state, state.spot.cycle)
  if (next !== undefined && next !== state.spot.cycle) state.go({ cycle: next, step: openStep(state, next) })
}
