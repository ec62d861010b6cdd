/** Over every screen of a tablet that the office took out of use: what happened, what is safe, what to do. */
import { useContext } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { useFloor } from '#ui/floor.tsx'
import { StopCard } from '#ui/stop-card.tsx'
import { SyncContext } from './sync-port.ts'

export const OutOfUse = () => {
  const floor = useFloor()
  const sync = useContext(SyncContext)
  const waiting = sync?.tablet.unsent.value ?? 0
  return (
    <StopCard
      title="This tablet was taken out of use"
      sentence={
        <>
          <p>What was recorded on it is not lost: it is sent, and a supervisor decides what counts.</p>
          <p>Nothing more can be recorded here. Go on at another tablet, or ask the administrator for a code.</p>
        </>
      }
    >
      <Button
        tone="primary"
        why={waiting > 0 ? `${waiting} still wait to be sent. Leave it on until they are.` : undefined}
        onPress={() => sync?.leave()}
      >
        Enrol it again
      </Button>
      <Button onPress={() => floor.go('/sync')}>See what was recorded</Button>
    </StopCard>
  )
}
