/** The one primary button of an operation: what it says is what it does next. */
import { useState } from 'preact/hooks'
import type { Refusal } from '#kernel/decision.ts'
import { Button } from '#ui/button.tsx'
import { type Floor, useFloor } from '#ui/floor.tsx'
import { completeOperation, resumeOperation, startOperation } from '../rules.ts'
import { type Next, nextPress, openStep } from '../run.ts'
import { lastValue, outside } from '../step.ts'
import { completeStep } from '../step-rules.ts'
import { pieces } from '../format.ts'
import { setUpPath } from '../queue.ts'
import { type Act, useAct } from './act.ts'
import { countGood, type Doing, goOn, stepDone } from './step-done.ts'
import type { Open, Undo } from './undo.ts'
import type { OperationState } from './use-operation.ts'
import { WhyDialog } from './why-dialog.tsx'

type Props = {
  readonly state: OperationState
  readonly onOpen: (open: Open) => void
  readonly onUndo: (undo: Undo) => void
}
/**
 * One button for all that an operation asks next, so that a finger that bounces on Resume does not say that a step is done, and
 * whoever works with keys stays on it.
 */
export const OperationPrimary = (props: Props) => {
  const { state } = props
  const floor = useFloor()
  const act = useAct()
  const [asked, setAsked] = useState(false)
  const [doing, setDoing] = useState<string>()
  const { order, operation } = state
  const { face, why, press } =
    operation.state === 'running'
      ? running(props, floor, act, doing, setDoing)
      : operation.state === 'done'
        ? { face: 'Next job', press: () => floor.go('/') }
        : starting(state, floor, act, () => setAsked(true))
  const missing = asked && operation.state === 'waiting' ? mayStart(state, floor) : undefined
  return (
    <>
      <Button tone="primary" why={why && floor.say(why)} onPress={press}>
        {face}
      </Button>
      {missing?.refused === 'pieces-not-here' && (
        <WhyDialog
          why={missing}
          onClose={() => setAsked(false)}
          onPiecesHere={() => {
            setAsked(false)
            void act(startOperation, { workOrder: order.workOrder, op: operation.op, piecesHere: true })
          }}
        />
      )}
    </>
  )
}

type Face = { readonly face: string; readonly why?: Refusal | undefined; readonly press: () => void }

const mayStart = ({ order, operation }: OperationState, floor: Floor): Refusal | undefined =>
  floor.may(startOperation, { workOrder: order.workOrder, op: operation.op })

const starting = (state: OperationState, floor: Floor, act: Act, ask: () => void): Face => {
  const { order, operation } = state
  const input = { workOrder: order.workOrder, op: operation.op }
  const resuming = operation.state === 'paused'
  const why = resuming ? floor.may(resumeOperation, input) : mayStart(state, floor)
  if (why?.refused === 'jig-not-set-up' || why?.refused === 'jig-out-of-line')
    return { face: `Set up ${why.about?.['tool']}`, press: () => floor.go(setUpPath(state)) }
  const face = `${resuming ? 'Resume' : 'Start'} operation ${operation.op}`
  if (why?.refused === 'pieces-not-here') return { face, press: ask }
  return { face, why, press: () => void act(resuming ? resumeOperation : startOperation, input) }
}

const running = (
  { state, onOpen, onUndo }: Props,
  floor: Floor,
  act: Act,
  doing: string | undefined,
  setDoing: (face: string | undefined) => void
): Face => {
  const { order, operation, spot, record } = state
  // A step and its count are two entries; the face between them would only flicker.
  if (doing !== undefined) return { face: doing, press: () => undefined }
  const next = nextPress(state, spot)
  const why = mayGoOn(next, state, floor)
  const value = lastValue(record)
  if (next.press === 'step' && why?.refused === 'value-outside' && value && outside(value))
    return {
      face: `Record defect for unit ${spot.cycle}`,
      press: () => floor.go(`/defect/${order.workOrder}/${operation.op}?sample=${spot.cycle}`)
    }
  const press = () => {
    setDoing(faceOf(next, state))
    void doNext(next, { state, floor, act, onOpen, onUndo }).finally(() => setDoing(undefined))
  }
  return { face: faceOf(next, state), why, press }
}

const mayGoOn = (next: Next, { order, operation, spot }: OperationState, floor: Floor): Refusal | undefined => {
  const job = { workOrder: order.workOrder, op: operation.op }
  if (next.press === 'step') return floor.may(completeStep, { ...job, ...spot })
  return next.press === 'complete' ? floor.may(completeOperation, job) : undefined
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
