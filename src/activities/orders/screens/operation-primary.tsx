/** The one primary button of an operation: what it says is what it does next. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { type Floor, useFloor } from '#ui/floor.tsx'
import { readiness } from '../readiness.ts'
import { completeOperation, reportQuantity, resumeOperation, startOperation, withdrawReport } from '../rules.ts'
import { type Next, nextPress, nextUnit, openStep } from '../run.ts'
import { lastValue, outside } from '../step.ts'
import { completeStep, reopenStep } from '../step-rules.ts'
import { pieces } from '../format.ts'
import { type Act, useAct } from './act.ts'
import type { Open, Undo } from './undo.ts'
import type { OperationState } from './use-operation.ts'
import { WhyDialog } from './why-dialog.tsx'

type Props = {
  readonly state: OperationState
  readonly onOpen: (open: Open) => void
  readonly onUndo: (undo: Undo) => void
}
type Doing = {
  readonly state: OperationState
  readonly floor: Floor
  readonly act: Act
  readonly onOpen: (open: Open) => void
  readonly onUndo: (undo: Undo) => void
}

export const OperationPrimary = (props: Props) => {
  const { state } = props.state.operation
  if (state === 'running') return <Running {...props} />
  return state === 'done' ? <Done /> : <Start {...props} />
}

const Done = () => {
  const floor = useFloor()
  return (
    <Button tone="primary" onPress={() => floor.go('/')}>
      Next job
    </Button>
  )
}

const Start = ({ state }: Props) => {
  const floor = useFloor()
  const act = useAct()
  const [asked, setAsked] = useState(false)
  const { order, operation } = state
  const input = { workOrder: order.workOrder, op: operation.op }
  const resuming = operation.state === 'paused'
  const why = resuming ? floor.may(resumeOperation, input) : readiness(order, operation, floor.place.station)
  const press = () => void act(resuming ? resumeOperation : startOperation, input)
  if (why?.refused !== 'pieces-not-here')
    return (
      <Button tone="primary" why={why && floor.say(why)} onPress={press}>
        {resuming ? 'Resume' : 'Start'} operation {operation.op}
      </Button>
    )
  return (
    <>
      <Button tone="primary" onPress={() => setAsked(true)}>
        Start operation {operation.op}
      </Button>
      {asked && (
        <WhyDialog
          why={why}
          onClose={() => setAsked(false)}
          onPiecesHere={() => {
            setAsked(false)
            void act(startOperation, { ...input, piecesHere: true })
          }}
        />
      )}
    </>
  )
}

const Running = ({ state, onOpen, onUndo }: Props) => {
  const floor = useFloor()
  const [doing, setDoing] = useState<string>()
  const act = useAct()
  const { order, operation, spot, record } = state
  const place = { workOrder: order.workOrder, op: operation.op, ...spot }
  const next = nextPress(state, spot)
  const why =
    next.press === 'step'
      ? floor.may(completeStep, place)
      : next.press === 'complete'
        ? floor.may(completeOperation, { workOrder: order.workOrder, op: operation.op })
        : undefined
  const value = lastValue(record)
  if (doing === undefined && next.press === 'step' && why?.refused === 'value-outside' && value && outside(value))
    return (
      <Button
        tone="primary"
        onPress={() => floor.go(`/defect/${order.workOrder}/${operation.op}?sample=${spot.cycle}`)}
      >
        Record defect for unit {spot.cycle}
      </Button>
    )
  const press = () => {
    // A step and its count are two entries; the face between them would only flicker.
    setDoing(faceOf(next, state))
    void doNext(next, { state, floor, act, onOpen, onUndo }).finally(() => setDoing(undefined))
  }
  return (
    <Button
      tone="primary"
      why={doing === undefined && why ? floor.say(why) : undefined}
      onPress={() => (doing === undefined ? press() : undefined)}
    >
      {doing ?? faceOf(next, state)}
    </Button>
  )
}

const faceOf = (next: Next, { operation, spot }: OperationState): string => {
  switch (next.press) {
    case 'step':
      return next.counts ? `Unit ${spot.cycle} done: count 1 good` : 'Step done'
    case 'count':
      return `Count ${pieces(next.good)} good`
    case 'unit':
      return `Go to unit ${next.cycle}`
    case 'report':
      return 'Report pieces'
    case 'complete':
      return `Complete operation ${operation.op}`
  }
}

const doNext = async (next: Next, doing: Doing): Promise<void> => {
  const { state, floor, act, onOpen } = doing
  const { order, operation, go } = state
  const job = { workOrder: order.workOrder, op: operation.op }
  switch (next.press) {
    case 'report':
      return onOpen('report')
    case 'unit':
      return go({ cycle: next.cycle, step: openStep(state, next.cycle) })
    case 'count':
      if (await countGood(doing, next.good)) goOn(state)
      return
    case 'step':
      return stepDone(next.counts, doing)
    case 'complete':
      if (await act(completeOperation, job, { told: `Operation ${operation.op} of ${order.workOrder} is complete.` }))
        floor.go('/')
      return
  }
}

const stepDone = async (counts: boolean, doing: Doing): Promise<void> => {
  const { state, act, onUndo } = doing
  const { order, operation, spot, step, go } = state
  const place = { workOrder: order.workOrder, op: operation.op, ...spot }
  const back = () => {
    go(spot)
    void act(reopenStep, place)
  }
  if (!(await act(completeStep, place))) return
  if (counts) {
    if (await countGood(doing, 1, back)) goOn(state)
    return
  }
  onUndo({ text: step?.title ?? 'Done', back })
  const rest = operation.steps.find(one => one !== spot.step && !state.units.get(spot.cycle)?.steps[one]?.done)
  if (rest !== undefined) go({ cycle: spot.cycle, step: rest })
}

/** `after` takes back what was done with the count. */
const countGood = async ({ state, act, onUndo }: Doing, good: number, after?: () => void): Promise<boolean> => {
  const job = { workOrder: state.order.workOrder, op: state.operation.op }
  const report = crypto.randomUUID()
  if (!(await act(reportQuantity, { ...job, report, good, scrap: 0, rework: 0 }))) return false
  const text = after ? `Unit ${state.spot.cycle} counted good` : `${pieces(good)} counted good`
  onUndo({ text, back: () => void act(withdrawReport, { ...job, report }).then(done => done && after?.()) })
  return true
}

const goOn = (state: OperationState): void => {
  // The unit just finished is still open in what this press knew.
  const next = nextUnit(state, state.spot.cycle)
  if (next !== undefined && next !== state.spot.cycle) state.go({ cycle: next, step: openStep(state, next) })
}
