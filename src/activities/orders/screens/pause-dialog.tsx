import { useRef } from 'preact/hooks'
import { Dialog } from '#ui/dialog.tsx'
import { Tiles } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { pauseOperation } from '../rules.ts'
import { useAct } from './act.ts'
import { reasonTiles } from './reason-tiles.ts'
import type { OperationState } from './use-operation.ts'

/** One tap on the reason pauses. */
export const PauseDialog = ({ state, onClose }: { readonly state: OperationState; readonly onClose: () => void }) => {
  const floor = useFloor()
  const act = useAct()
  const { order, operation } = state
  const paused = useRef(false)
  // The button that opened it goes with the work; what is pressed next is Resume.
  const back = () => (paused.current ? document.querySelector<HTMLElement>('[data-primary]') : null)
  const pause = (reason: string) => {
    paused.current = true
    onClose()
    void act(
      pauseOperation,
      { workOrder: order.workOrder, op: operation.op, reason },
      { told: `Operation ${operation.op} is paused.` }
    )
  }
  return (
    <Dialog title="Why does it stop?" onClose={onClose} back={back} wide>
      <Tiles options={reasonTiles(floor, 'pause')} onChange={pause} label="Reason" />
    </Dialog>
  )
}
