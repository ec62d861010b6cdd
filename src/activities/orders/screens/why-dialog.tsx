/** Why a job can't be worked now, with the ways out that a person at the station has. */
import type { Refusal } from '#kernel/decision.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { useFloor } from '#ui/floor.tsx'
import css from './dialogs.module.css'

type Props = {
  readonly why: Refusal
  readonly onClose: () => void
  readonly onLook?: (() => void) | undefined
  /** Offered when only the report of the operation before is missing here: that tablet may be out of reach. */
  readonly onPiecesHere?: (() => void) | undefined
}

export const WhyDialog = ({ why, onClose, onLook, onPiecesHere }: Props) => {
  const floor = useFloor()
  return (
    <Dialog title="Why it waits" onClose={onClose}>
      <div class={css.stack}>
        <p class={css.sentence}>{floor.say(why)}</p>
        {onPiecesHere && (
          <p class={css.quiet}>
            The report may still be on its way. When the pieces lie in front of you, start; your name is kept with it.
          </p>
        )}
        <div class={css.actions}>
          {onLook && <Button onPress={onLook}>Look at the job</Button>}
          {onPiecesHere && (
            <Button grow onPress={onPiecesHere}>
              The pieces are here: start
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  )
}
