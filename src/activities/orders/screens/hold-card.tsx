/** The order is on hold: nothing of it is worked on until quality or the supervisor releases it. */
import { useContext } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { HelpSlot } from '#ui/floor-screen.tsx'
import { useFloor } from '#ui/floor.tsx'
import { StopCard } from '#ui/stop-card.tsx'
import { timeWord } from '../format.ts'
import type { OperationState } from './use-operation.ts'

type Props = { readonly state: OperationState; readonly onPause: () => void; readonly asking: boolean }

export const HoldCard = ({ state: { order, operation }, onPause, asking }: Props) => {
  const floor = useFloor()
  const Help = useContext(HelpSlot)
  const hold = order.holds[0]
  // The question why it is paused lies over the screen, not under this card.
  if (!hold || asking) return null
  const reason = floor.reasons('hold').find(one => one.code === hold.reason)?.name ?? hold.reason
  const sentence = (
    <>
      {hold.note && <p>{hold.note}</p>}
      <p>
        Held by {floor.nameOf(hold.person)} at {timeWord(hold.at)}. Put the pieces aside; quality or the supervisor
        releases it.
      </p>
    </>
  )
  return (
    <StopCard title={`${order.workOrder} is on hold: ${reason}`} sentence={sentence}>
      {operation.state === 'running' ? (
        <Button onPress={onPause}>Pause operation {operation.op}</Button>
      ) : (
        <Button onPress={() => floor.go('/')}>Back to the station</Button>
      )}
      {operation.state === 'running' && <Button onPress={() => floor.go('/')}>Back</Button>}
      {Help && <Help />}
    </StopCard>
  )
}
