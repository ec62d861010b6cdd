/** All that the operation's screen knows, read once for its parts. */
import { useState } from 'preact/hooks'
import { useFloor } from '#ui/floor.tsx'
import {
  type Job,
  jobKey,
  jobView,
  type Method,
  type Operation,
  type OperationSummary,
  type Step,
  type StepRecord,
  type Unit,
  unitView,
  type WorkOrder,
  workOrderView
} from '../projection.ts'
import { resumeAt, type Run, type Spot } from '../run.ts'
import { methodOf, operationOf, recordOf } from '../step.ts'
import type { Undo } from './undo.ts'
import { useDraft } from './use-draft.ts'

export type OperationState = Run & {
  readonly order: WorkOrder
  readonly operation: OperationSummary
  readonly method: Method | undefined
  readonly detail: Operation | undefined
  readonly job: Job | undefined
  readonly spot: Spot
  readonly step: Step | undefined
  readonly record: StepRecord
  readonly go: (spot: Spot) => void
}

/** What the field of a step is drawn from. */
export type FieldProps = {
  readonly state: OperationState
  readonly step: Step
  readonly onUndo: (undo: Undo) => void
}

/** `undefined` while the order or the operation isn't known on this tablet. */
export const useOperation = (workOrder: string, op: number): OperationState | undefined => {
  const floor = useFloor()
  const [kept, keep] = useDraft(`job/${workOrder}/${op}/at`)
  const [moved, setMoved] = useState(false)
  const order = floor.get(workOrderView, workOrder)
  const operation = order?.operations.find(one => one.op === op)
  if (!order || !operation) return undefined
  const units = new Map<number, Unit>(
    floor.list(unitView, `${jobKey(workOrder, op)}/`).map(([, unit]) => [unit.cycle, unit])
  )
  const job = floor.get(jobView, jobKey(workOrder, op))
  const method = methodOf(floor, order)
  const detail = operationOf(method, op)
  const run = { order, operation, units }
  const spot = (moved ? read(kept, run) : stillOpen(read(kept, run), run)) ?? resumeAt(run, job?.cycles ?? 1)
  return {
    ...run,
    method,
    detail,
    job,
    spot,
    step: detail?.steps.find(one => one.step === spot.step),
    record: recordOf(units.get(spot.cycle), spot.step),
    go: ({ cycle, step }) => {
      setMoved(true)
      keep(`${cycle}/${step}`)
    }
  }
}

/** What was kept is only followed while the operation still has that unit and step. */
const read = (kept: string, { order, operation }: Run): Spot | undefined => {
  const [cycle = 0, step = 0] = kept.split('/').map(Number)
  return cycle >= 1 && cycle <= order.quantity && operation.steps.includes(step) ? { cycle, step } : undefined
}

/** A browser that was killed may have forgotten the last moves, but never what was recorded: that says where to go on. */
const stillOpen = (spot: Spot | undefined, { units }: Run): Spot | undefined =>
  spot && !units.get(spot.cycle)?.steps[spot.step]?.done ? spot : undefined
