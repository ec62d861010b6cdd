/** What to do next at this station: scan a job card, or take a job from the list. */
import { useState } from 'preact/hooks'
import type { Refusal } from '#kernel/decision.ts'
import { readLabel } from '#kernel/label.ts'
import { Button } from '#ui/button.tsx'
import { TextInput } from '#ui/field.tsx'
import { FloorScreen } from '#ui/floor-screen.tsx'
import { type Floor, useFloor, useScan } from '#ui/floor.tsx'
import { StateMark } from '#ui/state-mark.tsx'
import { dispatchOf, dispatchView, workOrderView } from '../views.ts'
import { jobPath, queueOf, type QueueRow, setUpPath } from '../queue.ts'
import { dayWord } from '../format.ts'
import { type Act, useAct } from './act.ts'
import { usePrimaryKey } from './primary-key.ts'
import { markOf, Queue } from './queue.tsx'
import { CameraIcon, CardPicture, ScanIcon } from './pictures.tsx'
import css from './station-home.module.css'
import { useDraft } from './use-draft.ts'
import { WhyDialog } from './why-dialog.tsx'

export const StationHome = () => {
  const floor = useFloor()
  const act = useAct()
  const station = floor.place.station ?? ''
  const { rows, plan } = useQueue(floor, station)
  const [typed, setTyped] = useDraft('home/scan')
  const [chosen, setChosen] = useState<string>()
  const [asked, setAsked] = useState<QueueRow>()
  const scanned = rows.find(row => keyOf(row) === chosen)
  const shown = scanned ?? rows.find(row => row.state !== 'blocked')
  usePrimaryKey()
  useScan(({ raw }) => {
    const row = rowScanned(rows, raw)
    if (!row) return false
    setTyped('')
    // What is being worked opens at once; what would start waits for a press.
    if (row.state === 'running' || row.inspection) floor.go(jobPath(row))
    else setChosen(keyOf(row))
    return true
  })
  const begin = async (row: QueueRow, piecesHere = false) => {
    setAsked(undefined)
    await open(floor, act, row, piecesHere)
  }
  const submit = () => {
    if (typed.trim()) floor.scanned({ raw: typed, source: 'typed', at: Date.now() })
  }
  return (
    <FloorScreen
      title={`${station} ${floor.stationName(station)}`}
      left={
        <Button icon={<CameraIcon />} onPress={() => floor.openCamera()}>
          Camera
        </Button>
      }
      primary={<Primary row={shown} onPress={begin} onWhy={setAsked} />}
    >
      <div class={css.home}>
        <section class={css.scan} aria-labelledby="scan-title">
          <h2 id="scan-title">Scan the job card</h2>
          <div class={css.entry}>
            <span class={css.reader} aria-hidden="true">
              <ScanIcon />
            </span>
            <TextInput
              value={typed}
              onChange={setTyped}
              onDone={submit}
              label="Job number"
              placeholder="WO-…"
              data-nocut=""
              data-entry=""
            />
            {typed !== '' && <Button onPress={submit}>Find</Button>}
          </div>
          {shown ? <Shown row={shown} scanned={scanned !== undefined} /> : <Hint rows={rows} />}
          {shown && <p class={css.another}>Scan any other card, or take a job from the list.</p>}
        </section>
        <Queue
          rows={rows}
          plan={plan}
          chosen={shown && keyOf(shown)}
          onOpen={row => (row.why ? setAsked(row) : floor.go(jobPath(row)))}
        />
      </div>
      {asked?.why && (
        <WhyDialog
          why={asked.why}
          onClose={() => setAsked(undefined)}
          onLook={() => floor.go(jobPath(asked))}
          onPiecesHere={
            asked.why.refused === 'pieces-not-here' && !asked.inspection ? () => void begin(asked, true) : undefined
          }
        />
      )}
    </FloorScreen>
  )
}

/** Goes to the job, started where nobody works on it yet. A tool that keeps it from starting is seen to on its own screen. */
const open = async (floor: Floor, act: Act, row: QueueRow, piecesHere: boolean): Promise<void> => {
  if (row.inspection || row.state === 'running' || row.state === 'paused') return floor.go(jobPath(row))
  // Rules come with the first press: nothing of them is needed to draw.
  const { startOperation } = await import('../rules.ts')
  const input = { workOrder: row.order.workOrder, op: row.operation.op, ...(piecesHere ? { piecesHere } : {}) }
  const refused = ({ refused }: Refusal) => {
    const tool = /^(jig|tool)-/.test(refused)
    if (tool) floor.go(setUpPath(row))
    return tool
  }
  if (await act(startOperation, input, { refused })) floor.go(jobPath(row))
}

/** As the published schedule has it, where there is one. */
const useQueue = (floor: Floor, station: string) => {
  const dispatch = dispatchOf(key => floor.get(dispatchView, key), station)
  const orders = floor.list(workOrderView).map(([, order]) => order)
  return { rows: queueOf(orders, station, dispatch), plan: dispatch?.at }
}

export const keyOf = (row: QueueRow): string => `${row.order.workOrder}-${row.operation.op}`

/** The row that a job card names, or the first open one of a work order's label. */
const rowScanned = (rows: readonly QueueRow[], raw: string): QueueRow | undefined => {
  const label = readLabel(raw)
  if (label.label === 'job-card') return rows.find(row => keyOf(row) === `${label.workOrder}-${label.op}`)
  return label.label === 'work-order' ? rows.find(row => row.order.workOrder === label.workOrder) : undefined
}

type PrimaryProps = {
  readonly row: QueueRow | undefined
  readonly onPress: (row: QueueRow) => unknown
  readonly onWhy: (row: QueueRow) => void
}

const verbs = { running: 'Open', paused: 'Open', held: 'Open', ready: 'Start', blocked: 'Start' } as const

const Primary = ({ row, onPress, onWhy }: PrimaryProps) => {
  const floor = useFloor()
  if (!row)
    return (
      <Button tone="primary" why="Scan a job card or take a job from the list." onPress={() => undefined}>
        Start
      </Button>
    )
  const { op } = row.operation
  if (row.inspection && !row.why)
    return (
      <Button tone="primary" onPress={() => onPress(row)}>
        Open inspection {op}
      </Button>
    )
  const why: Refusal | undefined = row.state === 'blocked' ? row.why : undefined
  return (
    <Button
      tone="primary"
      onPress={() => (row.why && row.state !== 'held' ? onWhy(row) : onPress(row))}
      {...(why ? { why: floor.say(why) } : {})}
    >
      {verbs[row.state]} operation {op}
    </Button>
  )
}

const Shown = ({ row, scanned }: { readonly row: QueueRow; readonly scanned: boolean }) => {
  const floor = useFloor()
  const { order, operation } = row
  const { level, word } = markOf(row)
  return (
    <div class={css.shown}>
      <p class={css.over}>
        <span>{scanned ? 'Scanned' : row.state === 'ready' ? 'Next in line' : 'Begun here'}</span>
        <StateMark level={level} word={word} />
      </p>
      <p class={css.number} data-nocut="">
        {order.workOrder} <span>· Op {operation.op}</span>
      </p>
      <p class={css.what}>{operation.name}</p>
      <dl class={css.facts}>
        <div>
          <dt>Item</dt>
          <dd>
            {order.itemName}{' '}
            <span data-nocut="">
              {order.item} rev {order.revision}
            </span>
          </dd>
        </div>
        <div>
          <dt>Counted</dt>
          <dd data-nocut="">
            <b>{row.counted}</b> of {row.expected}
          </dd>
        </div>
        <div>
          <dt>Due</dt>
          <dd data-nocut="">{dayWord(order.due)}</dd>
        </div>
      </dl>
      {row.why && <p class={css.why}>{floor.say(row.why)}</p>}
    </div>
  )
}

const Hint = ({ rows }: { readonly rows: readonly QueueRow[] }) => (
  <div class={css.hint}>
    <CardPicture />
    <p>
      {rows.length > 0
        ? 'Hold the card under the scanner, or take a job from the list. No field needs a touch first.'
        : 'Nothing is released for this station. A job card that you scan opens here as soon as its order is released.'}
    </p>
  </div>
)
