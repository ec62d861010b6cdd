/** Asking for a change inside the frozen zone: it is made when a supervisor signs it. */
import { Quiet, showDay } from '#ui/desk-parts.tsx'
import type { Build } from '../projection.ts'
import { askFrozenEdit } from '../version-rules.ts'
import { ReasonDialog } from './reason-dialog.tsx'

export type Frozen = { readonly name: string; readonly build: Pick<Build, 'build' | 'item' | 'quantity' | 'due'> }

type Props = Frozen & {
  /** So many are asked for after this one. */
  readonly more: number
  /** The scenario that is open, which does not change by it. */
  readonly scenario: string | undefined
  readonly onClose: () => void
}

export const AskFrozen = ({ name, build, more, scenario, onClose }: Props) => (
  <ReasonDialog
    title={`${name} is frozen`}
    onClose={onClose}
    does={`Ask for ${build.quantity} by ${showDay(build.due)}`}
    unsaid="Write why. Whoever signs it reads that."
    action={askFrozenEdit}
    input={reason => ({ ...build, reason })}
    done="Asked for. A supervisor decides under Approvals and versions."
  >
    <div data-wide="">
      <Quiet>
        So near to its day a build is changed only by a supervisor’s signature. Until then the plan stays as it is.
        {more > 0 && ` ${more === 1 ? 'One more' : `${more} more`} of what you put in is frozen and comes next.`}
        {scenario !== undefined &&
          ` This asks for a change of the plan as it is, not of ${scenario}: a scenario can’t sign for what is frozen.`}
      </Quiet>
    </div>
  </ReasonDialog>
)
