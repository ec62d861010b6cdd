/** One operation of one work order at its station: the steps of each unit beside their document, and the count of pieces. */
import { type Signal, useSignal } from '@preact/signals'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { FloorScreen } from '#ui/floor-screen.tsx'
import { useFloor } from '#ui/floor.tsx'
import { setUpPath } from '../queue.ts'
import { BeforeStart } from './before-start.tsx'
import { HoldCard } from './hold-card.tsx'
import css from './operation-screen.module.css'
import { OperationPrimary } from './operation-primary.tsx'
import { PauseDialog } from './pause-dialog.tsx'
import { usePrimaryKey } from './primary-key.ts'
import { ReportDialog } from './report-dialog.tsx'
import { useStepDocument } from './step-document.tsx'
import { StepPanel } from './step-panel.tsx'
import { type Open, type Undo, useUndo } from './undo.ts'
import { UnitNav } from './unit-nav.tsx'
import { type OperationState, useOperation } from './use-operation.ts'

type Props = { readonly workOrder: string; readonly op: string }
export const OperationScreen = ({ workOrder, op }: Props) => {
  const state = useOperation(workOrder, Number(op))
  usePrimaryKey()
  return state ? <Known state={state} /> : <Unknown workOrder={workOrder} op={op} />
}

const Unknown = ({ workOrder, op }: Props) => {
  const floor = useFloor()
  return (
    <FloorScreen
      title={`${workOrder} · Op ${op}`}
      primary={
        <Button tone="primary" onPress={() => floor.go('/')}>
          Back to the station
        </Button>
      }
    >
      <Empty
        title="This job isn’t on this tablet"
        hint={floor.say({ refused: 'order-unknown', about: { workOrder } })}
      />
    </FloorScreen>
  )
}

const Known = ({ state }: { readonly state: OperationState }) => {
  const floor = useFloor()
  const open = useSignal<Open>(undefined)
  const setOpen = (next: Open): void => {
    open.value = next
  }
  const [undo, offer] = useUndo()
  const pages = useStepDocument(state)
  const { order, operation, spot } = state
  const running = operation.state === 'running'
  const working = running && operation.steps.length > 0
  const position = operation.steps.indexOf(spot.step) + 1
  const job = `${order.workOrder}/${operation.op}`
  return (
    <FloorScreen
      title={`${order.workOrder} · Op ${operation.op} · rev ${order.revision}`}
      sub={
        working
          ? `unit ${spot.cycle} of ${order.quantity} · step ${position} of ${operation.steps.length}`
          : operation.name
      }
      left={
        <>
          <Button onPress={() => floor.go('/')}>Back</Button>
          <Button onPress={() => floor.go(`/defect/${job}${working ? `?sample=${spot.cycle}` : ''}`)}>Defect</Button>
          {!running && operation.tools && <Button onPress={() => floor.go(setUpPath(state))}>Set-up</Button>}
        </>
      }
      primary={<OperationPrimary state={state} onOpen={setOpen} onUndo={offer} />}
    >
      <div class={css.operation} data-alone={state.method?.documents.length ? undefined : ''}>
        <div class={css.work}>
          {working ? <UnitNav state={state} /> : null}
          {working ? (
            <StepPanel state={state} onUndo={offer} key={`${spot.cycle}/${spot.step}`} />
          ) : (
            <BeforeStart state={state} />
          )}
          {running && <SideActions state={state} onOpen={setOpen} undo={undo} onUndone={() => offer(undefined)} />}
        </div>
        {pages}
      </div>
      <Over state={state} open={open} onUndo={offer} />
    </FloorScreen>
  )
}

type OverProps = {
  readonly state: OperationState
  readonly open: Signal<Open>
  readonly onUndo: (undo: Undo) => void
}

/** A part of its own, so that the whole page is not drawn again when a dialog comes or goes. */
const Over = ({ state, open, onUndo }: OverProps) => {
  const close = () => {
    open.value = undefined
  }
  const pause = () => {
    open.value = 'pause'
  }
  return (
    <>
      {open.value === 'report' && <ReportDialog state={state} onClose={close} onUndo={onUndo} />}
      {open.value === 'pause' && <PauseDialog state={state} onClose={close} />}
      {state.order.holds.length > 0 && <HoldCard state={state} onPause={pause} asking={open.value === 'pause'} />}
    </>
  )
}

type SideProps = {
  readonly state: OperationState
  readonly onOpen: (open: Open) => void
  readonly undo: Undo | undefined
  readonly onUndone: () => void
}

const SideActions = ({ state, onOpen, undo, onUndone }: SideProps) => {
  const floor = useFloor()
  const { operation, order } = state
  return (
    <div class={css.side}>
      {undo ? (
        <p class={css.counts} role="status">
          ✓ {undo.text}
        </p>
      ) : (
        <p class={css.counts} data-nocut="">
          <Counts state={state} />
        </p>
      )}
      {undo && (
        <Button
          onPress={() => {
            onUndone()
            undo.back()
          }}
        >
          Undo
        </Button>
      )}
      {operation.checks > 0 && (
        <Button onPress={() => floor.go(`/inspect/${order.workOrder}/${operation.op}`)}>Checks</Button>
      )}
      <Button onPress={() => onOpen('report')} label="Report pieces">
        Report
      </Button>
      <Button onPress={() => onOpen('pause')}>Pause</Button>
    </div>
  )
}

/** Without steps the panel above says them larger. */
const Counts = ({ state: { operation, order } }: { readonly state: OperationState }) =>
  operation.steps.length === 0 ? null : (
    <>
      <b>{operation.good}</b> of {order.quantity} good
      {operation.scrap + operation.rework > 0 && (
        <span>
          <br />
          {operation.scrap} scrap · {operation.rework} rework
        </span>
      )}
    </>
  )
