/** Where in the work: one step back or on, or a jump to any step of any unit. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { finishedCount, isFinished, neighbour, openStep } from '../run.ts'
import dialogs from './dialogs.module.css'
import css from './operation-screen.module.css'
import type { OperationState } from './use-operation.ts'

export const UnitNav = ({ state }: { readonly state: OperationState }) => {
  const [open, setOpen] = useState(false)
  const { spot, order, operation, go } = state
  const before = neighbour(state, spot, -1)
  const after = neighbour(state, spot, 1)
  const unit = state.units.get(spot.cycle)
  return (
    <nav class={css.nav} aria-label="Steps">
      <Button
        repeat
        label="Step before"
        why={before ? undefined : 'This is the first step.'}
        onPress={() => before && go(before)}
      >
        ‹
      </Button>
      <Button
        grow
        onPress={() => setOpen(true)}
        label={`Unit ${spot.cycle} of ${order.quantity}, step ${operation.steps.indexOf(spot.step) + 1} of ${operation.steps.length}. Choose another`}
      >
        <span class={css.where}>
          <b data-nocut="">Unit {spot.cycle}</b>
          <span class={css.dots} aria-hidden="true">
            {operation.steps.map(step => (
              <i
                key={step}
                data-state={unit?.steps[step]?.done ? 'done' : 'open'}
                data-here={step === spot.step ? '' : undefined}
              />
            ))}
          </span>
        </span>
      </Button>
      <Button
        repeat
        label="Next step"
        why={after ? undefined : 'This is the last step.'}
        onPress={() => after && go(after)}
      >
        ›
      </Button>
      {open && <JumpDialog state={state} onClose={() => setOpen(false)} />}
    </nav>
  )
}

const JumpDialog = ({ state, onClose }: { readonly state: OperationState; readonly onClose: () => void }) => {
  const { spot, order, operation, detail, units } = state
  const unit = units.get(spot.cycle)
  const to = (cycle: number, step: number) => {
    onClose()
    state.go({ cycle, step })
  }
  const titleOf = (step: number) => detail?.steps.find(one => one.step === step)?.title ?? `Step ${step}`
  return (
    <Dialog title={`Unit ${spot.cycle} of ${order.quantity} · ${finishedCount(state)} finished`} onClose={onClose} wide>
      <div class={dialogs.halves}>
        <div class={dialogs.group}>
          <h3>Steps of unit {spot.cycle}</h3>
          <div class={dialogs.steps}>
            {operation.steps.map((step, index) => (
              <Button key={step} chosen={step === spot.step} onPress={() => to(spot.cycle, step)}>
                {unit?.steps[step]?.done ? '✓' : index + 1} · {titleOf(step)}
              </Button>
            ))}
          </div>
        </div>
        <div class={dialogs.group}>
          <h3>Units</h3>
          <div class={dialogs.units}>
            {Array.from({ length: order.quantity }, (_, index) => index + 1).map(cycle => (
              <Button key={cycle} chosen={cycle === spot.cycle} onPress={() => to(cycle, openStep(state, cycle))}>
                {cycle}
                {isFinished(state, cycle) ? ' ✓' : ''}
              </Button>
            ))}
          </div>
        </div>
      </div>
    </Dialog>
  )
}
