/** Good, scrap and rework in one action, each with its reason; what was reported may be taken back. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Counter, Field, TextInput, Tiles } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { counted } from '../fold.ts'
import type { Report } from '../projection.ts'
import { expected } from '../readiness.ts'
import { completeOperation, reportQuantity, withdrawReport } from '../rules.ts'
import { finishedCount, isFinished, nextUnit, openStep } from '../run.ts'
import { pieces, timeWord } from '../format.ts'
import { useAct } from './act.ts'
import css from './dialogs.module.css'
import { reasonTiles } from './reason-tiles.ts'
import type { Undo } from './undo.ts'
import { useDraft } from './use-draft.ts'
import type { OperationState } from './use-operation.ts'

type Props = { readonly state: OperationState; readonly onClose: () => void }
type ReportProps = Props & { readonly onUndo: (undo: Undo) => void }
type Entry = {
  readonly good: number
  readonly scrap: number
  readonly rework: number
  readonly scrapReason?: string
  readonly reworkReason?: string
}

const nothing: Entry = { good: 0, scrap: 0, rework: 0 }

/** Finished pieces that nobody has counted are proposed. */
const proposal = (state: OperationState, left: number): Entry => {
  const { operation } = state
  if (operation.steps.length === 0) return nothing
  return { ...nothing, good: Math.max(0, Math.min(left, finishedCount(state) - operation.good)) }
}

const useEntry = (state: OperationState, left: number): readonly [Entry, (entry: Entry) => void, () => void] => {
  const { order, operation } = state
  const [text, setText] = useDraft(`job/${order.workOrder}/${operation.op}/report`)
  // Only `setText` below writes it.
  const entry = text ? (JSON.parse(text) as Entry) : proposal(state, left)
  return [entry, next => setText(JSON.stringify(next)), () => setText('')]
}

export const ReportDialog = ({ state, onClose, onUndo }: ReportProps) => {
  const floor = useFloor()
  const act = useAct()
  const { order, operation, spot } = state
  const left = Math.max(0, order.quantity - counted(operation))
  const [entry, setEntry, clear] = useEntry(state, left)
  const job = { workOrder: order.workOrder, op: operation.op }
  const input = inputOf(entry)
  const why = floor.may(reportQuantity, { ...job, ...input })
  const send = async () => {
    const report = crypto.randomUUID()
    if (!(await act(reportQuantity, { ...job, ...input, report }))) return
    onUndo({ text: summary(entry, floor.reasons), back: () => void act(withdrawReport, { ...job, report }) })
    clear()
    onClose()
    const next =
      entry.scrap + entry.rework > 0 && !isFinished(state, spot.cycle) ? nextUnit(state, spot.cycle) : undefined
    if (next !== undefined) state.go({ cycle: next, step: openStep(state, next) })
  }
  const room = (own: number) => Math.max(0, left - counted(entry) + own)
  return (
    <Dialog title={`Report pieces · ${left} left of ${expected(order, operation.op)}`} onClose={onClose} wide>
      <div class={css.halves}>
        <div class={css.list}>
          <Counter
            label="Good"
            value={entry.good}
            max={room(entry.good)}
            onChange={good => setEntry({ ...entry, good })}
          />
          <Counter
            label="Scrap"
            value={entry.scrap}
            max={room(entry.scrap)}
            onChange={scrap => setEntry({ ...entry, scrap })}
          />
          <Counter
            label="Rework"
            value={entry.rework}
            max={room(entry.rework)}
            onChange={rework => setEntry({ ...entry, rework })}
          />
          <Button grow chosen={!why} why={why && floor.say(why)} onPress={() => void send()} data-send="">
            {counted(entry) === 0 ? 'Report pieces' : `Report ${summary(entry, floor.reasons)}`}
          </Button>
          {why && counted(entry) > 0 && <p class={css.quiet}>{floor.say(why)}</p>}
        </div>
        <div class={css.list}>
          {entry.scrap > 0 && (
            <Why
              label="Why scrap"
              list="scrap"
              value={entry.scrapReason}
              onChange={scrapReason => setEntry({ ...entry, scrapReason })}
            />
          )}
          {entry.rework > 0 && (
            <Why
              label="Why rework"
              list="rework"
              value={entry.reworkReason}
              onChange={reworkReason => setEntry({ ...entry, reworkReason })}
            />
          )}
          {entry.scrap + entry.rework === 0 && (
            <p class={css.quiet}>Pieces that are not good ask for their reason here.</p>
          )}
          <Reports state={state} />
          <Shortfall state={state} onClose={onClose} />
        </div>
      </div>
    </Dialog>
  )
}

type WhyProps = {
  readonly label: string
  readonly list: 'scrap' | 'rework'
  readonly value: string | undefined
  readonly onChange: (code: string) => void
}

const Why = ({ label, list, value, onChange }: WhyProps) => (
  <div class={css.group}>
    <h3>{label}</h3>
    <Tiles label={label} options={reasonTiles(useFloor(), list)} value={value} onChange={onChange} />
  </div>
)

/** A reason is only kept for pieces that are counted. */
const inputOf = ({ scrapReason, reworkReason, ...counts }: Entry): Entry => ({
  ...counts,
  ...(counts.scrap > 0 && scrapReason ? { scrapReason } : {}),
  ...(counts.rework > 0 && reworkReason ? { reworkReason } : {})
})

type Reasons = (list: 'scrap' | 'rework') => readonly { readonly code: string; readonly name: string }[]

const summary = (entry: Entry, reasons: Reasons): string => {
  const nameOf = (list: 'scrap' | 'rework', code: string | undefined) =>
    code ? ` (${reasons(list).find(one => one.code === code)?.name ?? code})` : ''
  return [
    entry.good > 0 ? `${entry.good} good` : '',
    entry.scrap > 0 ? `${entry.scrap} scrap${nameOf('scrap', entry.scrapReason)}` : '',
    entry.rework > 0 ? `${entry.rework} rework${nameOf('rework', entry.reworkReason)}` : ''
  ]
    .filter(Boolean)
    .join(' · ')
}

/** As many as a person corrects; the desk has them all. */
const SHOWN = 4

const Reports = ({ state: { job, order, operation } }: { readonly state: OperationState }) => {
  const floor = useFloor()
  const act = useAct()
  const last = [...(job?.reports ?? [])].reverse().slice(0, SHOWN)
  if (last.length === 0) return null
  const back = ({ report }: Report) =>
    void act(
      withdrawReport,
      { workOrder: order.workOrder, op: operation.op, report },
      { told: 'The report is taken back.' }
    )
  return (
    <div class={css.group}>
      <h3>Reported last</h3>
      {last.map(one => (
        <div class={css.entry} key={one.report} data-state={one.state}>
          <p>
            <b data-nocut="">{summary(one, floor.reasons)}</b> · {timeWord(one.at)} by {floor.nameOf(one.person)}
          </p>
          {one.state === 'counted' && <Button onPress={() => back(one)}>Take back</Button>}
        </div>
      ))}
    </div>
  )
}

/** Completing with fewer pieces than expected, with the reason in words. */
const Shortfall = ({ state: { order, operation }, onClose }: Props) => {
  const floor = useFloor()
  const act = useAct()
  const [open, setOpen] = useState(false)
  const [text, setText] = useDraft(`job/${order.workOrder}/${operation.op}/shortfall`)
  const missing = expected(order, operation.op) - counted(operation)
  if (missing <= 0) return null
  const complete = async () => {
    if (!(await act(completeOperation, { workOrder: order.workOrder, op: operation.op, shortfall: text }))) return
    setText('')
    onClose()
    floor.go('/')
  }
  if (!open)
    return (
      <Button tone="quiet" onPress={() => setOpen(true)}>
        Complete with {pieces(missing)} missing
      </Button>
    )
  return (
    <div class={css.group}>
      <Field label={`Why are ${pieces(missing)} missing?`}>
        <TextInput value={text} onChange={setText} autoFocus />
      </Field>
      <Button why={text.trim() ? undefined : 'Write why they are missing first.'} onPress={() => void complete()}>
        Complete operation {operation.op} without them
      </Button>
    </div>
  )
}
