/** The one primary button of an operation: what it says is what it does next. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { type Floor, useFloor } from '#ui/floor.tsx'
import { completeOperation, resumeOperation, startOperation } from '../rules.ts'
import { type Next, nextPress, openStep } from '../run.ts'
import { lastValue, outside } from '../step.ts'
import { completeStep } from '../step-rules.ts'
import { pieces } from '../format.ts'
import { setUpPath } from '../queue.ts'
import { useAct } from './act.ts'
import { countGood, type Doing, goOn, stepDone } from './step-done.ts'
import type { Open, Undo } from './undo.ts'
import type { OperationState } from './use-operation.ts'
import { WhyDialog } from './why-dialog.tsx'

type Props = {
  readonly state: OperationState
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
  const why = resuming ? floor.may(resumeOperation, input) : floor.may(startOperation, input)
  const press = () => void act(resuming ? resumeOperation : startOperation, input)
  if (why?.refused === 'jig-not-set-up' || why?.refused === 'jig-out-of-line')
    return (
      <Button tone="primary" onPress={() => floor.go(setUpPath(state))}>
        Set up {why.about?.['tool']}
      </Button>
    )
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

type Pressing = Doing & { readonly floor: Floor; readonly onOpen: (open: Open) => void }

const doNext = async (next: Next, doing: Pressing): Promise<void> => {
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
