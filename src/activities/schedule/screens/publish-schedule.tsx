/** Giving a schedule to the floor: what is in it, why, and what the stations then follow. */
import { useState } from 'preact/hooks'
import { Quiet } from '#ui/desk-parts.tsx'
import { useFloor } from '#ui/floor.tsx'
import { publishSchedule } from '../dispatch-rules.ts'
import { PUBLISHED, publishedView } from '../dispatch-view.ts'
import type { PlanSchedule } from '../outlook.ts'
import { stationOf } from '../solver/problem-from.ts'
import { ReasonDialog } from './reason-dialog.tsx'

const MINUTE = 60_000

/** Work orders only: what is planned and no order yet has no job card. */
export const publishable = ({ from, schedule, runs }: PlanSchedule) =>
  schedule.operations
    .filter(({ workOrder }) => runs[workOrder]?.firm)
    .map(({ workOrder, op, station, start, end }) => ({
      workOrder,
      op,
      station: stationOf(station),
      start: new Date(from + start * MINUTE).toISOString(),
      end: new Date(from + end * MINUTE).toISOString()
    }))

export const PublishSchedule = ({ plan, onClose }: { readonly plan: PlanSchedule; readonly onClose: () => void }) => {
  const floor = useFloor()
  // As it was when the dialog was opened: one that is published meanwhile is not overwritten unseen.
  const [basedOn] = useState(floor.get(publishedView, PUBLISHED)?.version ?? 0)
  const operations = publishable(plan)
  const planned = plan.schedule.operations.length - operations.length
  return (
    <ReasonDialog
      title="Publish the schedule"
      onClose={onClose}
      does={`Publish ${operations.length} operations`}
      unsaid="Write why. Stations see that the order of work has changed."
      lacks={
        operations.length === 0 ? 'There is no work order in it. Make work orders of what is planned first.' : undefined
      }
      action={publishSchedule}
      input={note => ({ basedOn, operations, note })}
      done={`Schedule ${basedOn + 1} is what the stations follow now.`}
    >
      <div data-wide="">
        <p>
          {operations.length} operations of {new Set(operations.map(one => one.workOrder)).size} work orders at{' '}
          {new Set(operations.map(one => one.station)).size} stations.
          {plan.schedule.moved > 0 && ` ${plan.schedule.moved} are elsewhere than in schedule ${basedOn}.`}
        </p>
        {planned > 0 && (
          <Quiet>{planned} operations are only planned; they are left out until there is a work order.</Quiet>
        )}
      </div>
    </ReasonDialog>
  )
}
